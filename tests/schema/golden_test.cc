// SPDX-License-Identifier: Apache-2.0
// What was written once is read for ever: every golden item verifies, is sound and canonical, and
// shows as the JSON that was stored with it. The controls damage an item and expect to be told.
#include "tests/schema/golden.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace qualog;
using namespace qualog::test;

BOOST_AUTO_TEST_SUITE(golden)

BOOST_AUTO_TEST_CASE(every_golden_item_is_read_as_it_was_written) {
  for (const Golden& golden : read_goldens(kGoldenFile))
    BOOST_TEST(golden_problem(golden).value_or("") == "",
               golden.name << " " << golden_problem(golden).value_or(""));
}

BOOST_AUTO_TEST_CASE(everything_that_is_served_has_a_golden_item) {
  const auto goldens = read_goldens(kGoldenFile);
  for (const std::string& name : served_names()) {
    const auto made = make_golden(name);
    const bool known = std::any_of(goldens.begin(), goldens.end(), [&](const Golden& golden) {
      return golden.name == name && has_fields_of(golden, made);
    });
    BOOST_TEST(known, name << " has none with all its fields; run golden_write");
  }
}

BOOST_AUTO_TEST_CASE(a_golden_item_that_reads_otherwise_is_noticed) {
  const auto goldens = read_goldens(kGoldenFile);
  for (std::size_t i = 0; i < goldens.size(); ++i) {
    Golden other_bytes = goldens[i];
    other_bytes.bytes = goldens[(i + 1) % goldens.size()].bytes;
    Golden other_kind = goldens[i];
    other_kind.bytes[4] ^= 1;  // of the identifier
    Golden longer = goldens[i];
    longer.bytes.resize(longer.bytes.size() + 8);
    Golden other_json = goldens[i];
    other_json.json.replace(other_json.json.find("\"time\""), 6, "\"when\"");
    for (const Golden& broken : {other_bytes, other_kind, longer, other_json})
      BOOST_TEST(golden_problem(broken).has_value(), broken.name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
