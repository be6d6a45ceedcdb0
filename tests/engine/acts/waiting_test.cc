// SPDX-License-Identifier: Apache-2.0
// The queue for an edit mode: who waits longest comes first, and is told by the event that ends the
// edit mode before.
// Rows: X-12.
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Waiting : World {
  Person bo = join("bo"), cy = join("cy"), dee = join("dee"), eva = join("eva");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  Sequence token = did(bo, lease_acquired(text));

  Action awaited() { return said("lease.awaited", {{"item", word(text)}}); }
  void three_wait() {
    for (const auto& person : {cy, dee, eva}) did(person, awaited());
  }
  std::string takes(const Person& person) { return result(does(person, lease_acquired(text))); }
  void gives_back(const Person& person) {
    const Sequence held{value<projector::Lease>(text, projector::Facet::Lease).token};
    did(person, lease_released(text, held));
  }
  std::vector<SessionId> queue() const {
    std::vector<SessionId> sessions;
    for (const auto& waiter : value<projector::Waiting>(text, projector::Facet::Waiting).waiters)
      sessions.push_back(waiter.session);
    return sessions;
  }
};

using Queue = std::vector<SessionId>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(waiting, Waiting)

BOOST_AUTO_TEST_CASE(X_12_three_who_wait_come_in_the_order_in_which_they_came) {
  three_wait();
  BOOST_TEST((queue() == Queue{cy.session, dee.session, eva.session}));
  for (const auto& person : {cy, dee, eva}) BOOST_TEST(takes(person) == "LOCKED_EDIT");
  gives_back(bo);
  BOOST_TEST(takes(eva) == "LOCKED_EDIT");
  BOOST_TEST(takes(dee) == "LOCKED_EDIT");
  BOOST_TEST(takes(cy) == "accepted");
  gives_back(cy);
  BOOST_TEST(takes(eva) == "LOCKED_EDIT");
  BOOST_TEST(takes(dee) == "accepted");
  gives_back(dee);
  BOOST_TEST(takes(eva) == "accepted");
  BOOST_TEST(queue().empty());
  BOOST_TEST((replayed() == digests()));
}

BOOST_AUTO_TEST_CASE(X_12_whoever_does_not_wait_comes_behind_those_who_do) {
  did(cy, awaited());
  gives_back(bo);
  const auto answer = does(ann, lease_acquired(text));
  BOOST_TEST(result(answer) == "LOCKED_EDIT");
  BOOST_TEST(facets(answer) == "source.waiting");
  BOOST_TEST(takes(bo) == "LOCKED_EDIT");
  BOOST_TEST(takes(cy) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_12_waiting_twice_is_waiting_once_and_whoever_edits_does_not_wait) {
  did(cy, awaited());
  BOOST_TEST(result(does(cy, awaited())) == "noop");
  BOOST_TEST(result(does(bo, awaited())) == "noop");
  BOOST_TEST((queue() == Queue{cy.session}));
}

BOOST_AUTO_TEST_CASE(X_12_who_stops_waiting_is_passed_over) {
  three_wait();
  did(cy, lease_released(text, {}));
  BOOST_TEST((queue() == Queue{dee.session, eva.session}));
  gives_back(bo);
  BOOST_TEST(takes(eva) == "LOCKED_EDIT");
  BOOST_TEST(takes(dee) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_12_who_was_silent_for_too_long_is_passed_over) {
  did(cy, awaited());
  clock().pass(static_cast<std::uint64_t>(lease_timeout_us) - 1000);
  did(dee, awaited());
  clock().pass(2000);
  BOOST_TEST(takes(eva) == "LOCKED_EDIT");
  BOOST_TEST(takes(dee) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_12_an_edit_mode_that_an_owner_breaks_goes_to_who_waits) {
  three_wait();
  did(ann, lease_broken(text));
  BOOST_TEST(takes(ann) == "LOCKED_EDIT");
  BOOST_TEST(takes(cy) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_12_nobody_waits_into_anothers_exclusive_session) {
  did(ann, said("exclusive.acquired", {{"drain", true}}));
  BOOST_TEST(result(does(cy, awaited())) == "LOCKED_EXCLUSIVE");
  did(ann, said("exclusive.released", {}));
  BOOST_TEST(result(does(cy, awaited())) == "accepted");
}

// Who edits and who waits is no work on the text.
BOOST_AUTO_TEST_CASE(X_12_whoever_waits_makes_no_look_at_the_text_old) {
  const auto looked = head();
  three_wait();
  gives_back(bo);
  did(cy, lease_acquired(text));
  gives_back(cy);
  for (const auto& person : {dee, eva}) did(person, lease_released(text, {}));
  BOOST_TEST(result(does(ann.seeing(looked), source_deleted(text))) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_12_a_text_for_which_somebody_waited_is_undone_as_any_other) {
  const auto made = a_source("interview 2", "Nobody came.");
  const auto creation = head();
  did(bo, lease_acquired(made));
  did(cy, said("lease.awaited", {{"item", word(made)}}));
  did(cy, lease_released(made, {}));
  did(bo,
      lease_released(made, Sequence{value<projector::Lease>(made, projector::Facet::Lease).token}));
  BOOST_TEST(result(does(ann, undone(creation))) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_12_readers_do_not_wait) {
  const auto rae = join("rae", fb::Group::Reader);
  BOOST_TEST(result(does(rae, awaited())) == "DENIED");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
