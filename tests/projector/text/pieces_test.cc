// SPDX-License-Identifier: Apache-2.0
// Lists of pieces against the plain reading of them, one entry for each code point; random lists
// are deliberately not normal. That an undo gives the identical list is also compared after every
// act of re_anchoring_test.cc.
#include "projector/text/pieces.h"

#include "schema/limits.h"
#include "tests/support/seed.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <utility>

namespace qualog::text {
namespace {

using test::below;
using test::Rng;
using Spelled = std::vector<std::pair<std::uint64_t, std::uint32_t>>;

Spelled spell(const Pieces& pieces) {
  Spelled result;
  for (const Piece& piece : pieces) {
    for (std::uint32_t i = 0; i < piece.length; ++i)
      result.emplace_back(piece.text, piece.begin + i);
  }
  return result;
}

bool is_normal(const Pieces& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].length == 0) return false;
    if (i == 0 || pieces[i].text != pieces[i - 1].text) continue;
    if (pieces[i].begin == pieces[i - 1].begin + pieces[i - 1].length) return false;
  }
  return true;
}

Pieces random_pieces(Rng& rng) {
  Pieces result;
  for (std::uint64_t left = below(rng, 8); left > 0; --left) {
    const auto begin = static_cast<std::uint32_t>(below(rng, 4));
    result.push_back({below(rng, 3), begin, static_cast<std::uint32_t>(below(rng, 4))});
  }
  return result;
}

BOOST_AUTO_TEST_SUITE(pieces)

BOOST_AUTO_TEST_CASE(neighbours_that_go_on_become_one_and_empty_ones_vanish) {
  const Pieces list{{1, 0, 2}, {1, 2, 3}, {9, 7, 0}, {1, 5, 1}, {1, 0, 1}, {2, 1, 1}};
  BOOST_TEST((normalised(list) == Pieces{{1, 0, 6}, {1, 0, 1}, {2, 1, 1}}));
  BOOST_TEST(length(list) == 8U);
  BOOST_TEST(normalised(Pieces{{1, 5, 0}}).empty());
}

BOOST_AUTO_TEST_CASE(an_edit_rearranges_and_its_undo_brings_back_the_same_stored_text) {
  const Pieces text{{1, 0, 10}};
  const std::vector<Splice> splices{{2, 3, 2}, {8, 0, 1}};
  const auto edited = apply(text, splices, Pieces{{2, 0, 3}});
  BOOST_REQUIRE(edited.has_value());
  BOOST_TEST((edited->text == Pieces{{1, 0, 2}, {2, 0, 2}, {1, 5, 3}, {2, 2, 1}, {1, 8, 2}}));
  BOOST_TEST((edited->removed == Pieces{{1, 2, 3}}));
  const auto undone = apply(edited->text, inverse(splices), edited->removed);
  BOOST_REQUIRE(undone.has_value());
  BOOST_TEST((undone->text == text));
  BOOST_TEST((undone->removed == Pieces{{2, 0, 3}}));
}

BOOST_AUTO_TEST_CASE(slice_is_the_plain_reading) {
  test::for_seeds(2'000, [](Rng& rng, std::uint64_t seed) {
    const Pieces list = random_pieces(rng);
    const Spelled all = spell(list);
    const std::size_t begin = below(rng, all.size() + 1);
    const std::size_t end = begin + below(rng, all.size() - begin + 1);
    const Pieces part =
        slice(list, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
    const auto at = [&all](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(i); };
    BOOST_REQUIRE_MESSAGE((spell(part) == Spelled(at(begin), at(end))), "QUALOG_SEED=" << seed);
    BOOST_REQUIRE_MESSAGE(is_normal(part), "QUALOG_SEED=" << seed);
  });
}

BOOST_AUTO_TEST_CASE(apply_is_the_plain_reading_and_reversible) {
  test::for_seeds(5'000, [](Rng& rng, std::uint64_t seed) {
    const Pieces list = normalised(random_pieces(rng));
    const Pieces inserted = random_pieces(rng);
    const Spelled old_text = spell(list);
    const std::size_t at = below(rng, old_text.size() + 1);
    const std::size_t gone = below(rng, old_text.size() - at + 1);
    Spelled expected = old_text;
    const auto begin = expected.begin() + static_cast<std::ptrdiff_t>(at);
    expected.erase(begin, begin + static_cast<std::ptrdiff_t>(gone));
    const Spelled new_text = spell(inserted);
    expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(at), new_text.begin(),
                    new_text.end());
    if (gone == 0 && new_text.empty()) return;
    const std::vector<Splice> splices{{static_cast<std::uint32_t>(at),
                                       static_cast<std::uint32_t>(gone),
                                       static_cast<std::uint32_t>(new_text.size())}};
    const auto edited = apply(list, splices, inserted);
    BOOST_REQUIRE_MESSAGE(edited.has_value(), "QUALOG_SEED=" << seed);
    BOOST_REQUIRE_MESSAGE((spell(edited->text) == expected), "QUALOG_SEED=" << seed);
    BOOST_REQUIRE_MESSAGE(is_normal(edited->text), "QUALOG_SEED=" << seed);
    const auto undone = apply(edited->text, inverse(splices), edited->removed);
    BOOST_REQUIRE_MESSAGE(undone.has_value(), "QUALOG_SEED=" << seed);
    BOOST_REQUIRE_MESSAGE((undone->text == list), "QUALOG_SEED=" << seed);
  });
}

BOOST_AUTO_TEST_CASE(apply_refuses_lengths_that_disagree) {
  const Pieces text{{1, 0, 4}};
  const Pieces inserted{{2, 0, 2}};
  const auto code = [](const Result<Applied>& result) { return result.error().code; };
  const std::vector<Splice> right{{1, 1, 2}};
  BOOST_TEST(apply(text, right, inserted).has_value());
  BOOST_TEST((code(apply(text, right, Pieces{})) == Code::invalid));
  BOOST_TEST((code(apply(text, std::vector<Splice>{{1, 1, 1}}, inserted)) == Code::invalid));
  BOOST_TEST((code(apply(text, std::vector<Splice>{{1, 4, 2}}, inserted)) == Code::invalid));
  const Pieces huge{{1, 0, 0xFFFFFFFF}, {2, 0, 0xFFFFFFFF}};
  BOOST_TEST(length(huge) == 0x1FFFFFFFEU);
  BOOST_TEST((code(apply(huge, right, inserted)) == Code::too_large));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace qualog::text
