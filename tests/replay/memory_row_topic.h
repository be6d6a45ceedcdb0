// SPDX-License-Identifier: Apache-2.0
// A row topic in memory whose user is killed at a chosen step: what it had queued has landed in
// part, its cursors behind all rows that they speak of. `breaks_order` is the control: cursors
// reach the topic first.
#pragma once

#include "replay/mirror/row_topic.h"
#include "tests/support/seed.h"

#include <map>
#include <string>
#include <vector>

namespace qualog::test {

// What lies in the topic: all that outlives a mirror.
struct Landed {
  std::vector<std::string> rows;  // values, in order
  std::map<ProjectId, mirror::Cursor> cursors;
};

class MemoryRowTopic final : public mirror::RowTopic {
 public:
  MemoryRowTopic(Landed& landed, Rng& rng, std::uint64_t steps, bool breaks_order = false)
      : landed_(landed), rng_(rng), steps_(steps), breaks_order_(breaks_order) {}

  Result<void> send(const stream::Message& row) override {
    if (dies()) return killed();
    queued_.push_back(row.value);
    return {};
  }
  Result<void> keep(const std::vector<mirror::Cursor>& cursors) override {
    if (breaks_order_) land(cursors);
    if (dies()) return killed();
    land_rows(queued_.size());
    land(cursors);
    return {};
  }
  Result<std::vector<mirror::Cursor>> cursors() override {
    std::vector<mirror::Cursor> found;
    for (const auto& [project, cursor] : landed_.cursors) found.push_back(cursor);
    return found;
  }
  const std::string& name() const override { return name_; }

 private:
  bool dies() {
    dead_ = dead_ || steps_ == 0 || --steps_ == 0;
    return dead_;
  }
  // Some of what was queued has landed, in order.
  Error killed() {
    land_rows(queued_.empty() ? 0 : rng_() % (queued_.size() + 1));
    queued_.clear();
    return fail(Code::unreachable, "killed");
  }
  void land_rows(std::size_t count) {
    const auto end = queued_.begin() + static_cast<std::ptrdiff_t>(count);
    landed_.rows.insert(landed_.rows.end(), queued_.begin(), end);
    queued_.erase(queued_.begin(), end);
  }
  void land(const std::vector<mirror::Cursor>& cursors) {
    for (const auto& cursor : cursors) landed_.cursors[cursor.project] = cursor;
  }

  Landed& landed_;
  Rng& rng_;
  std::uint64_t steps_;
  bool breaks_order_;
  bool dead_ = false;
  std::vector<std::string> queued_;
  std::string name_ = "memory";
};

}  // namespace qualog::test
