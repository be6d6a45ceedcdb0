// SPDX-License-Identifier: Apache-2.0
// The lines of `events cat`: events as they were written, for people or as JSON, asides with them;
// or as rows for analytics (replay/stream), in which nothing stands that was refused. One thread.
#pragma once

#include "replay/reading/history.h"
#include "replay/stream/rows.h"

#include <boost/json/object.hpp>

#include <memory>

namespace qualog::tools {

class EventLines {
 public:
  virtual ~EventLines() = default;

  // What stands before the first line.
  virtual std::string head() const { return {}; }
  // Whether events in front of those that are wanted must be passed by pass().
  virtual bool looks_back() const { return false; }
  virtual Result<void> pass(const replay::Stored&) { return {}; }
  // With its line end.
  virtual Result<std::string> line(const replay::Stored& item) = 0;
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

// An event as `events cat` and `show` print it: every key, null where it has none.
boost::json::object event_line(const fb::Event& event);

}  // namespace qualog::tools
