// SPDX-License-Identifier: Apache-2.0
// RowProjector: from a stored event to a row for analytics: flat, the same columns always, without
// a participant's words unless these were asked for. Start here. A row depends on its event, on the
// options and on what earlier events said (known.h), so it is the same wherever it is made: for a
// file and for a topic. Only events become rows: what was refused is in none. What leaves is said
// by telling.h, where it goes by columns.h; the shape is published in docs/schemas.
// No file, no clock, no thread; one thread an object.
#pragma once

#include "replay/stream/columns.h"
#include "replay/stream/known.h"
#include "replay/stream/pseudonyms.h"
#include "schema/result.h"

#include <boost/json/value.hpp>

namespace qualog::stream {

struct RowOptions {
  bool with_text = false;                // free text too
  std::optional<Pseudonyms> pseudonyms;  // in place of accounts and profiles; names of people go
};

struct Row {
  std::array<boost::json::value, kColumns> values;

  const boost::json::value& at(Col col) const { return values[static_cast<std::size_t>(col)]; }
  boost::json::value& at(Col col) { return values[static_cast<std::size_t>(col)]; }
};

class RowProjector {
 public:
  // Without what is `known` every event from the first is to be given, to learn() or to row().
  RowProjector(const ProjectId& project, RowOptions options, Known known = {});

  // Takes note of an event whose row is not wanted. Error: damaged.
  Result<void> learn(ByteView stored);
  // The row of a settled event. `stored` is aligned to 8, as the log hands it out.
  // Errors: damaged; too_new (an action that this version does not know: nothing is skipped).
  Result<Row> row(ByteView stored);

 private:
  std::string project_;
  RowOptions options_;
  Known known_;
};

}  // namespace qualog::stream
