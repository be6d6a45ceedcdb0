// SPDX-License-Identifier: Apache-2.0
// RFC 3339 in and out: examples of the standard, texts that look like it, and the way back for
// times of all years.
#include "schema/time.h"

#include "tests/support/seed.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;

namespace {

std::optional<std::string> normal(std::string_view text) {
  const auto time = parse_rfc3339(text);
  if (!time) return std::nullopt;
  return rfc3339(*time);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(time_text)

BOOST_AUTO_TEST_CASE(a_time_is_written_in_utc_with_six_digits) {
  BOOST_TEST(rfc3339(0) == "1970-01-01T00:00:00.000000Z");
  BOOST_TEST(rfc3339(-1) == "1969-12-31T23:59:59.999999Z");
  BOOST_TEST(rfc3339(1'772'000'000'123'456) == "2026-02-25T06:13:20.123456Z");
  BOOST_TEST(rfc3339(kTimeMin) == "0000-01-01T00:00:00.000000Z");
  BOOST_TEST(rfc3339(kTimeMax) == "9999-12-31T23:59:59.999999Z");
}

BOOST_AUTO_TEST_CASE(a_time_outside_rfc3339_is_still_written) {
  BOOST_TEST(rfc3339(kTimeMax + 1) == "+010000-01-01T00:00:00.000000Z");
  BOOST_TEST(rfc3339(kTimeMin - 1) == "-000001-12-31T23:59:59.999999Z");
  BOOST_TEST(rfc3339(INT64_MAX).size() == 30u);
  BOOST_TEST(rfc3339(INT64_MIN).size() == 30u);
}

BOOST_AUTO_TEST_CASE(what_the_standard_allows_is_read) {
  const std::pair<const char*, const char*> examples[] = {
      {"1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520000Z"},
      {"1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000000Z"},
      {"1990-12-31T23:59:60Z", "1991-01-01T00:00:00.000000Z"},
      {"1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870000Z"},
      {"2024-02-29t01:02:03.000001z", "2024-02-29T01:02:03.000001Z"},
      {"2026-01-31", "2026-01-31T00:00:00.000000Z"},
      {"2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00.000000Z"},
  };
  for (const auto& [text, wanted] : examples) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_REQUIRE(normal(text));
      BOOST_TEST(*normal(text) == wanted);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_the_standard_forbids_is_refused) {
  for (const char* text : {"",
                           "2026",
                           "2026-1-31",
                           "2026-02-29",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-01-00",
                           "26-01-31",
                           "2026-01-31T",
                           "2026-01-31T12:00Z",
                           "2026-01-31T12:00:00",
                           "2026-01-31T24:00:00Z",
                           "2026-01-31T12:60:00Z",
                           "2026-01-31T12:00:61Z",
                           "2026-01-31T12:00:00.Z",
                           "2026-01-31T12:00:00.1234567Z",
                           "2026-01-31T12:00:00,5Z",
                           "2026-01-31T12:00:00+0100",
                           "2026-01-31T12:00:00+24:00",
                           "2026-01-31T12:00:00Z ",
                           " 2026-01-31",
                           "2026-01-31 12:00:00Z",
                           "+2026-01-31",
                           "0000-01-01T00:00:00+00:01",
                           "9999-12-31T23:59:59-00:01",
                           "9999-12-31T23:59:60Z"})
    BOOST_TEST(!parse_rfc3339(text), text);
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  test::for_seeds(2000, [](test::Rng& rng, std::uint64_t seed) {
    const auto span = static_cast<std::uint64_t>(kTimeMax) - static_cast<std::uint64_t>(kTimeMin);
    const std::int64_t time = kTimeMin + static_cast<std::int64_t>(test::below(rng, span));
    BOOST_TEST((parse_rfc3339(rfc3339(time)) == time), "seed " << seed);
  });
}

BOOST_AUTO_TEST_SUITE_END()
