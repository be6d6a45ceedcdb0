// SPDX-License-Identifier: Apache-2.0
// Method: several people with several sessions do anything at random; of every command and of every
// history what must always be true is checked (history.h). The audit asserts that the run has
// accepted every action that is served and has met every refusal that can be met.
#include "tests/engine/history.h"

#include "engine/rules/rule.h"
#include "schema/actions.h"
#include "tests/engine/conservation.h"

#include <boost/test/unit_test.hpp>

#include <iostream>

namespace qualog::test {

namespace {

constexpr std::uint64_t kHistories = 200;
constexpr std::size_t kCommands = 100;

using fb::RefusalCode;

// Those that a rule of this version gives. SESSION_ENDED and READ_ONLY come with a server.
const std::vector<RefusalCode> kReachable = {
    RefusalCode::Denied,        RefusalCode::GuestReadonly, RefusalCode::UnknownPrincipal,
    RefusalCode::NeedEditLease, RefusalCode::LockedEdit,    RefusalCode::NeedExclusive,
    RefusalCode::Stale,         RefusalCode::Gone,          RefusalCode::Merged,
    RefusalCode::NameTaken,     RefusalCode::BadRef,        RefusalCode::Cycle,
    RefusalCode::AnchorStale,   RefusalCode::UndoBlocked,   RefusalCode::Policy,
    RefusalCode::Unsupported,   RefusalCode::Invalid,       RefusalCode::IdReused,
    RefusalCode::SeenAhead,     RefusalCode::TooLarge};

void print(const Audit& audit) {
  for (const auto& [action, count] : audit.accepted)
    std::cout << "  " << action_name(action) << " " << count << "\n";
  for (const auto& [code, count] : audit.refused)
    std::cout << "  " << refusal_name(code) << " " << count << "\n";
  std::cout << "  repeated " << audit.repeated << ", unsound " << audit.unsound
            << ", undone and back " << audit.undone_and_back << ", versions "
            << audit.versions_checked << ", expired leases passed " << audit.leases_met << "\n";
}

bool can_be_accepted(fb::Action action) {
  return engine::rule_of(action)->need != engine::Need::Nobody;
}

// A run that the test has sized itself must have reached everything.
void check_reach(const Audit& audit) {
  for (const auto action : audit.sent) {
    if (!can_be_accepted(action)) continue;
    const auto found = audit.accepted.find(action);
    const auto count = found == audit.accepted.end() ? 0 : found->second;
    BOOST_TEST(count >= 10u, action_name(action) << " was accepted " << count << " times");
  }
  for (const auto code : kReachable) {
    const auto found = audit.refused.find(code);
    const auto count = found == audit.refused.end() ? 0 : found->second;
    BOOST_TEST(count >= 3u, refusal_name(code) << " was met " << count << " times");
  }
  BOOST_TEST(audit.undone_and_back >= 100u);
  BOOST_TEST(audit.versions_checked >= 1000u);
  BOOST_TEST(audit.leases_met >= 1u);
}

}  // namespace

BOOST_AUTO_TEST_CASE(P5_random_histories_keep_every_invariant_and_reach_everything) {
  Audit audit;
  for_seeds(kHistories, [&](Rng&, std::uint64_t seed) {
    History history(seed, audit);
    const auto wrong = history.live(kCommands);
    BOOST_TEST(!wrong, "QUALOG_SEED=" << seed << ": " << wrong.value_or(""));
  });
  print(audit);
  if (full_run()) check_reach(audit);
}

BOOST_AUTO_TEST_CASE(control_histories_of_a_broken_engine_are_noticed) {
  for (const auto trick : {Trick::SeesEverything, Trick::ForgetsLeases, Trick::SignsAsAnother}) {
    std::optional<std::string> wrong;
    for (std::uint64_t seed = 1; seed <= kHistories && !wrong; ++seed) {
      Audit audit;
      wrong = History(seed, audit, trick).live(kCommands);
    }
    BOOST_TEST(wrong.has_value(), "trick " << static_cast<int>(trick) << " was not noticed");
    std::cout << "control " << static_cast<int>(trick) << ": " << wrong.value_or("") << "\n";
  }
}

// Each row of each table that the checks speak of, taken out alone.
BOOST_AUTO_TEST_CASE(control_a_state_that_lacks_any_row_is_noticed) {
  using projector::Table;
  Audit audit;
  History history(3, audit);
  BOOST_REQUIRE(!history.live(kCommands));
  const auto& state = history.world().state();
  for (const auto table : {Table::Ranges, Table::Anchors, Table::Contents, Table::Names,
                           Table::Children, Table::Coded, Table::Links, Table::Effects}) {
    std::vector<Bytes> keys;
    state.scan(table, {}, [&](ByteView key, ByteView) {
      keys.emplace_back(key.begin(), key.end());
      return true;
    });
    BOOST_TEST(!keys.empty());
    for (const auto& key : keys) {
      projector::Overlay broken(&state);
      broken.erase(table, key);
      BOOST_TEST(Conservation(broken).check(history.world().head()).has_value(),
                 "table " << static_cast<int>(table) << " without " << hex(key));
    }
  }
}

}  // namespace qualog::test
