// SPDX-License-Identifier: Apache-2.0
// Feed: one project on its way into a topic: what its log has behind a cursor, as rows. One thread.
#pragma once

#include "replay/mirror/row_topic.h"
#include "replay/reading/history.h"
#include "replay/stream/rows.h"

#include <optional>

namespace qualog::mirror {

// Rows that one call sends at the most: cursors are kept, and others have their turn, that often.
inline constexpr std::uint64_t kRowsInTurn = 20'000;

struct Fed {
  std::uint64_t rows = 0;
  replay::HistoryEnd end = replay::HistoryEnd::reached;
  bool access_changed = false;   // behind the last row: who mirrors may not read any more
  std::optional<Error> trouble;  // of the log
};

class Feed {
 public:
  // `rows` knows what every event up to the cursor said.
  Feed(engine::ProjectPlace place, stream::RowProjector rows, const Cursor& from);

  // Sends the rows of what was not sent before. The Error is the topic's.
  Result<Fed> send_on(RowTopic& topic);

  // Behind all that was sent.
  const Cursor& cursor() const { return cursor_; }
  const engine::ProjectPlace& place() const { return place_; }

 private:
  Result<replay::HistoryEnd> read_on(const replay::VisitStored& visit);

  engine::ProjectPlace place_;
  stream::RowProjector rows_;
  Cursor cursor_;
  replay::History history_;
};

}  // namespace qualog::mirror
