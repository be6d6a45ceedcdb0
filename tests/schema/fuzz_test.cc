// SPDX-License-Identifier: Apache-2.0
// Sound bytes, damaged at random: whatever comes out is refused or understood, never worse, and
// what is accepted is canonical after one round. Run with the sanitizers it is the smoke test of
// the way from the network to decide. QUALOG_CASES sets the number of mutations.
#include "schema/actions.h"
#include "schema/json.h"
#include "schema/validate.h"
#include "tests/schema/random_item.h"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace qualog;
using namespace qualog::test;

namespace {

constexpr std::uint64_t kMutations = 200'000;
constexpr std::uint64_t kMutationsOfOne = 200;

struct Tally {
  std::size_t malformed = 0;
  std::size_t flawed = 0;
  std::size_t accepted = 0;
};

void overwrite(Rng& rng, Bytes& bytes) {
  constexpr std::uint8_t kEdges[] = {0, 1, 2, 4, 8, 0x7F, 0x80, 0xFF};
  auto& byte = bytes[below(rng, bytes.size())];
  byte = below(rng, 2) == 0 ? kEdges[below(rng, std::size(kEdges))]
                            : static_cast<std::uint8_t>(byte ^ (1u << below(rng, 8)));
}

// Four bytes of one place to another: offsets that lead elsewhere, also to the same place twice.
void copy_word(Rng& rng, Bytes& bytes) {
  const auto from = below(rng, bytes.size() / 4) * 4, to = below(rng, bytes.size() / 4) * 4;
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), 4,
              bytes.begin() + static_cast<std::ptrdiff_t>(to));
}

Bytes mutated(Rng& rng, const Bytes& sound) {
  Bytes bytes = sound;
  for (std::uint64_t i = 1 + below(rng, 3); i > 0; --i)
    below(rng, 4) == 0 ? copy_word(rng, bytes) : overwrite(rng, bytes);
  if (below(rng, 20) == 0) bytes.resize(below(rng, bytes.size() + 16));
  return Bytes(bytes.begin(), bytes.end());  // no room behind: an access past the end is seen
}

void try_command(const Bytes& bytes, Tally& tally) {
  const auto view = command_view(bytes);
  if (!view) return void(++tally.malformed);
  if (flaw_in(**view, bytes.size())) return void(++tally.flawed);
  ++tally.accepted;
  Bytes once, twice;
  const auto native = unpack(**view);
  pack(*native, once);
  const auto again = command_view(once);
  BOOST_REQUIRE(again);
  const auto flaw = flaw_in(**again, once.size());
  BOOST_REQUIRE_EQUAL(flaw ? flaw->field + " " + flaw->problem : "", "");
  pack(*unpack(**again), twice);
  BOOST_REQUIRE(once == twice);
  BOOST_REQUIRE(!boost::json::serialize(actions_json(native->actions)).empty());
}

void try_event(const Bytes& bytes, Tally& tally) {
  const auto view = event_view(bytes);
  if (!view) return void(++tally.malformed);
  BOOST_REQUIRE(!boost::json::serialize(event_json(**view)).empty());
  if (flaw_in(**view, bytes)) return void(++tally.flawed);
  ++tally.accepted;
  Bytes once;
  pack(*unpack(**view), once);
  BOOST_REQUIRE(once == bytes);
}

template <class Make, class Try>
void fuzz(Make make, Try attempt) {
  Tally tally;
  for_seeds(kMutations / kMutationsOfOne / 2, [&](Rng& rng, std::uint64_t seed) {
    const Bytes sound = make(rng);
    BOOST_TEST_CONTEXT("seed " << seed) {
      for (std::uint64_t i = 0; i < kMutationsOfOne; ++i) attempt(mutated(rng, sound), tally);
    }
  });
  BOOST_TEST_MESSAGE(tally.malformed << " malformed, " << tally.flawed << " flawed, "
                                     << tally.accepted << " accepted");
  BOOST_TEST(tally.malformed > 0u);
  BOOST_TEST(tally.flawed > 0u);
  BOOST_TEST(tally.accepted > 0u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fuzz_smoke)

BOOST_AUTO_TEST_CASE(a_damaged_command_is_refused_or_canonical_after_one_round) {
  fuzz([](Rng& rng) { return ItemMaker(rng, {.sealed = true}).command(1 + below(rng, 3)); },
       try_command);
}

BOOST_AUTO_TEST_CASE(a_damaged_event_is_refused_or_canonical) {
  const auto served = served_actions();
  fuzz(
      [&](Rng& rng) {
        ItemMaker maker(rng, {.sealed = true, .computed = true});
        return maker.event(served[below(rng, served.size())]);
      },
      try_event);
}

BOOST_AUTO_TEST_CASE(any_line_is_refused_or_read_the_same_again) {
  Tally tally;
  for_seeds(2000, [&](Rng& rng, std::uint64_t seed) {
    const auto served = served_actions();
    std::vector<std::unique_ptr<fb::ProposalT>> actions;
    actions.push_back(ItemMaker(rng).proposal(served[below(rng, served.size())]));
    const std::string line = boost::json::serialize(actions_json(actions).front());
    const Bytes bytes = mutated(rng, Bytes(line.begin(), line.end()));
    const auto parsed = parse_json_line(text_of(bytes));
    if (!parsed) {
      ++tally.malformed;
      return;
    }
    ++tally.accepted;
    const auto again = parse_json_line(boost::json::serialize(*parsed));
    BOOST_REQUIRE_MESSAGE(again, "seed " << seed);
    BOOST_TEST((*again == *parsed), "seed " << seed);
    const auto *name = parsed->if_contains("action"), *body = parsed->if_contains("body");
    if (name != nullptr && name->is_string() && body != nullptr && body->is_object())
      (void)action_from_json(std::string_view(name->get_string()), body->get_object(),
                             test_name_key());
  });
  BOOST_TEST(tally.malformed > 0u);
  BOOST_TEST(tally.accepted > 0u);
}

BOOST_AUTO_TEST_SUITE_END()
