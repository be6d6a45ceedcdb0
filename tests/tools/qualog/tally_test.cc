// SPDX-License-Identifier: Apache-2.0
// Every answer and what it makes of the exit code of `apply`.
#include "tools/qualog/support/tally.h"

#include <boost/test/unit_test.hpp>

#include <vector>

namespace qualog::test {

namespace {

using engine::Answer;
using engine::Outcome;
using tools::Exit;

Answer answer(Outcome outcome, Code code = Code::io) {
  Answer made;
  made.outcome = outcome;
  made.code = code;
  return made;
}

Answer refusal(fb::RefusalCode code) {
  auto made = answer(Outcome::refused);
  auto refused = std::make_shared<fb::ConflictRefusedT>();
  refused->code = code;
  made.refusal = std::move(refused);
  return made;
}

int exit_of(const std::vector<Answer>& answers) {
  tools::Tally tally;
  for (const auto& each : answers) tally.count(each);
  return static_cast<int>(tally.exit());
}

const auto kAccepted = answer(Outcome::accepted);
const auto kStale = refusal(fb::RefusalCode::Stale);

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_accepted_is_done) {
  BOOST_TEST(exit_of({}) == 0);
  BOOST_TEST(exit_of({kAccepted, kAccepted}) == 0);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_the_command_is_a_refusal) {
  BOOST_TEST(exit_of({kAccepted, kStale}) == 3);
  BOOST_TEST(exit_of({refusal(fb::RefusalCode::Denied), kAccepted}) == 3);
  for (const auto code : {Code::invalid, Code::too_large, Code::not_found, Code::forbidden})
    BOOST_TEST(exit_of({kAccepted, answer(Outcome::error, code)}) == 3, name(code));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_the_project_is_a_failure) {
  for (const auto code : {Code::damaged, Code::io, Code::read_only, Code::no_space, Code::held,
                          Code::moved, Code::too_new, Code::unknown_outcome})
    BOOST_TEST(exit_of({answer(Outcome::error, code), kStale}) == 1, name(code));
  BOOST_TEST(exit_of({answer(Outcome::not_applied), kStale}) == 1);
  BOOST_TEST(exit_of({answer(Outcome::unknown), kAccepted}) == 1);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_command_is_the_worst) {
  tools::Tally tally;
  tally.count(answer(Outcome::unknown));
  tally.count_unreadable();
  tally.count(kStale);
  BOOST_TEST(static_cast<int>(tally.exit()) == 2);
}

}  // namespace qualog::test
