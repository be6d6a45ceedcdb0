// SPDX-License-Identifier: Apache-2.0
// The lines of `events cat`: events as they were written, for people or as JSON, asides with them;
// or as rows for analytics (replay/stream), in which nothing stands that was refused. One thread.
#pragma once

#include "replay/stream/rows.h"
#include "tools/qualog/support/history.h"

#include <memory>

namespace qualog::tools {

class EventLines {
 public:
  virtual ~EventLines() = default;

  // What stands before the first line.
  virtual std::string head() const { return {}; }
  // Whether events in front of those that are wanted must be passed by pass().
  virtual bool looks_back() const { return false; }
  virtual Result<void> pass(const Stored&) { return {}; }
  // With its line end.
  virtual Result<std::string> line(const Stored& item) = 0;
};

// `reader` sees what they themselves were refused; with `all_asides`, what everybody was.
struct AsideSight {
  std::string reader;
  bool all_asides = false;
};
std::unique_ptr<EventLines> lines_for_people(AsideSight sight);
std::unique_ptr<EventLines> lines_of_json(AsideSight sight);
std::unique_ptr<EventLines> rows_as_ndjson(stream::RowProjector rows);
std::unique_ptr<EventLines> rows_as_csv(stream::RowProjector rows);

}  // namespace qualog::tools
