// SPDX-License-Identifier: Apache-2.0
// Mirror: the rows of many projects in one topic, for whoever counts: each at least once and those
// of a project in order, also when the mirror was killed, ran twice, or goes on from another
// machine. It reads beside whoever owns the projects and writes into none. One thread.
#pragma once

#include "replay/mirror/feed.h"

#include <functional>
#include <map>
#include <vector>

namespace qualog::mirror {

struct Turn {
  std::uint64_t rows = 0;
  bool more = false;  // some log is known to have more
};

class Mirror {
 public:
  // What makes the rows of a project, knowing all that its events have said. Error: forbidden, who
  // mirrors may not read it.
  using Admit = std::function<Result<stream::RowProjector>(const engine::ProjectPlace&)>;
  // What befell a project, which is then left out until it is taken up again.
  using Trouble = std::function<void(const engine::ProjectPlace&, const Error&)>;

  // The topic outlives it.
  Mirror(RowTopic& topic, RowKind kind, Admit admit, Trouble trouble);

  // Learns how far earlier mirrors came. Errors: those of the topic, and invalid: it has rows of
  // another kind.
  Result<void> begin();
  // From now on the project is mirrored, from where it was left; nothing to do if it is already.
  void take_up(const engine::ProjectPlace& place);
  // Sends what the logs have more, and keeps how far it came. A project that has moved on is left
  // out: taking it up again finds it, or tells where it is. Errors: those of the topic.
  Result<Turn> turn();
  // Waits until all of it is kept.
  Result<void> finish();

  std::size_t projects() const { return feeds_.size(); }

 private:
  Result<void> check_kind(const Cursor& cursor) const;
  void leave_out(const engine::ProjectPlace& place, const Error& why);

  RowTopic& topic_;
  RowKind kind_;
  Admit admit_;
  Trouble trouble_;
  std::map<ProjectId, Cursor> cursors_;  // of all, as they are kept
  std::map<ProjectId, Feed> feeds_;
};

}  // namespace qualog::mirror
