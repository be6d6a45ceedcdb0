// SPDX-License-Identifier: Apache-2.0
// Which lists of splices are an edit, what each refusal says, and that the inverse is an edit too.
#include "projector/text/splice.h"

#include "schema/limits.h"

#include <boost/test/unit_test.hpp>

#include <string>

namespace qualog::text {
namespace {

using Splices = std::vector<Splice>;
constexpr std::uint32_t kLength = 10;

struct Refusal {
  Splices splices;
  const char* cause;
};

const Refusal kRefusals[] = {
    {{{3, 0, 0}}, "neither deletes nor inserts"},
    {{{3, 2, 1}, {4, 1, 1}}, "begins before"},
    {{{3, 1, 1}, {1, 1, 1}}, "begins before"},
    {{{3, 2, 1}, {3, 0, 1}}, "begins before"},
    {{{11, 0, 1}}, "past the end"},
    {{{9, 2, 0}}, "past the end"},
    {{{2, 0xFFFFFFFF, 0}}, "past the end"},
    {{{0xFFFFFFFF, 0xFFFFFFFF, 0}}, "past the end"},
    {{{3, 0, 1}, {3, 0, 1}}, "join the two"},
    {{{3, 1, 0}, {4, 1, 0}}, "join the two"},
};

const Splices kAccepted[] = {
    {},
    {{0, 0, 1}},
    {{10, 0, 1}},
    {{0, 10, 0}},
    {{0, 10, 5}},
    {{3, 1, 1}, {4, 1, 1}},
    {{3, 1, 0}, {4, 0, 1}},
    {{3, 0, 1}, {3, 1, 0}},
    {{3, 0, 1}, {3, 1, 1}, {4, 0, 1}, {4, 6, 0}, {10, 0, 1}},
};

BOOST_AUTO_TEST_SUITE(splices)

BOOST_AUTO_TEST_CASE(check_names_the_splice_and_the_cause) {
  for (const Refusal& refusal : kRefusals) {
    const auto result = check(refusal.splices, kLength);
    BOOST_REQUIRE_MESSAGE(!result.has_value(), refusal.cause);
    BOOST_TEST((result.error().code == Code::invalid));
    BOOST_TEST(result.error().message.find(refusal.cause) != std::string::npos,
               result.error().message);
    const std::string place = "splice " + std::to_string(refusal.splices.size()) + " of ";
    if (refusal.splices.size() == 1) BOOST_TEST(result.error().message.starts_with(place));
  }
}

BOOST_AUTO_TEST_CASE(check_accepts_touching_splices) {
  for (const Splices& list : kAccepted) BOOST_TEST(check(list, kLength).has_value());
}

BOOST_AUTO_TEST_CASE(inverse_is_an_edit_of_the_new_text_and_its_inverse_is_the_list) {
  for (const Splices& list : kAccepted) {
    const std::uint32_t after = new_length(list, kLength);
    const Splices back = inverse(list);
    BOOST_TEST(check(back, after).has_value());
    BOOST_TEST(new_length(back, after) == kLength);
    BOOST_TEST((inverse(back) == list));
  }
}

BOOST_AUTO_TEST_CASE(inverse_uses_coordinates_of_the_new_text) {
  const Splices list{{1, 2, 5}, {4, 0, 1}, {6, 3, 0}};
  const Splices expected{{1, 5, 2}, {7, 1, 0}, {10, 0, 3}};
  BOOST_TEST((inverse(list) == expected));
  BOOST_TEST(new_length(list, kLength) == 11U);
}

BOOST_AUTO_TEST_CASE(check_keeps_the_text_within_its_limit) {
  constexpr auto kMax = static_cast<std::uint32_t>(limits::kSourceCodePointsMax);
  BOOST_TEST(check(Splices{{0, 0, 1}}, kMax - 1).has_value());
  BOOST_TEST(check(Splices{{0, 1, 1}}, kMax).has_value());
  const auto above = check(Splices{{0, 0, 1}}, kMax);
  BOOST_REQUIRE(!above.has_value());
  BOOST_TEST((above.error().code == Code::too_large));
  const auto twice = check(Splices{{0, 0, 0xFFFFFFFF}, {1, 0, 0xFFFFFFFF}}, kLength);
  BOOST_REQUIRE(!twice.has_value());
  BOOST_TEST((twice.error().code == Code::too_large));
}

BOOST_AUTO_TEST_CASE(check_keeps_the_list_within_its_limit) {
  constexpr auto kMax = static_cast<std::uint32_t>(limits::kListItemsMax);
  Splices list;
  for (std::uint32_t i = 0; i < kMax; ++i) list.push_back({i, 1, 1});
  BOOST_TEST(check(list, kMax + 1).has_value());
  list.push_back({kMax, 1, 1});
  const auto above = check(list, kMax + 1);
  BOOST_REQUIRE(!above.has_value());
  BOOST_TEST((above.error().code == Code::too_large));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace qualog::text
