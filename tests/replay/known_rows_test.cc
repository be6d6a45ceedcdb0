// SPDX-License-Identifier: Apache-2.0
// Rows of a project at work: whoever begins in the middle with what the state knows makes the very
// rows that somebody makes who began at the first event; beginning with nothing gives less away.
#include "replay/stream/lines.h"
#include "tests/replay/workshop.h"

using namespace qualog;
using namespace qualog::test;

namespace {

std::vector<std::string> rows_from(std::size_t first, const std::vector<Bytes>& events,
                                   stream::RowProjector rows) {
  std::vector<std::string> lines;
  for (std::size_t at = first; at < events.size(); ++at)
    lines.push_back(stream::ndjson(good(rows.row(events[at]))));
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(known_rows)

BOOST_AUTO_TEST_CASE(P18_rows_are_the_same_from_wherever_they_begin) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  {
    Working working(place, workshop.effects(), nullptr);
    Rng rng(21);
    work(working, rng, 80);
  }
  const auto events = stored_events(place);
  const auto view = good(engine::View::open(place));
  for (const stream::RowOptions& options :
       {stream::RowOptions{}, stream::RowOptions{true, stream::Pseudonyms(Bytes(32, 7))}}) {
    const auto whole = rows_from(0, events, {place.id, options});
    for (std::size_t first = 1; first < events.size(); first += 7) {
      const auto known = stream::Known::of(view->state());
      const auto part = rows_from(first, events, {place.id, options, known});
      BOOST_TEST(std::equal(part.begin(), part.end(), whole.begin() + static_cast<long>(first)),
                 "from " << first);
    }
  }
}

BOOST_AUTO_TEST_CASE(control_who_knows_nothing_withholds_new_names) {
  Workshop workshop;
  const auto place = workshop.create("Gym");
  Working working(place, workshop.effects(), nullptr);
  working.must("anna", {code_created(2, "Stress")});
  const auto renamed = working.must("anna", {code_renamed(2, "Strain")});
  const auto events = stored_events(place);
  const auto known = rows_from(0, events, {place.id, {}});
  const auto unknown = rows_from(renamed - 1, events, {place.id, {}});
  BOOST_TEST((known.at(renamed - 1).find("Strain") != std::string::npos));
  BOOST_TEST((unknown.front().find("Strain") == std::string::npos));
}

BOOST_AUTO_TEST_SUITE_END()
