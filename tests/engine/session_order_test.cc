// SPDX-License-Identifier: Apache-2.0
// Whose commands are decided next: sessions that lost go first, and nobody's own order is changed.
#include "engine/owner/session_order.h"

#include <boost/test/unit_test.hpp>

#include <string>

namespace qualog::test {

namespace {

constexpr std::uint8_t kTwoInTurn[] = {1, 2, 1, 2};

SessionId session(std::uint8_t number) {
  SessionId id;
  id.bytes[15] = number;
  return id;
}

struct Waiting {
  engine::SessionOrder order;
  std::deque<engine::Submission> queue;

  void lost(std::uint8_t number) {
    engine::Answer answer;
    answer.outcome = engine::Outcome::refused;
    order.answered(session(number), answer);
  }
  void sent(std::uint8_t number, std::uint8_t sender = 0) {
    engine::Submission submission;
    submission.command.session = session(number);
    submission.sender = session(sender);
    submission.principal = std::to_string(queue.size());
    queue.push_back(std::move(submission));
  }
  std::string arranged() {
    order.arrange(queue);
    std::string text;
    for (const auto& each : queue) text += each.principal;
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(session_order, Waiting)

BOOST_AUTO_TEST_CASE(CF_3_who_lost_goes_first_in_their_own_order) {
  lost(2);
  for (const auto each : kTwoInTurn) sent(each);
  BOOST_TEST(arranged() == "1302");
}

BOOST_AUTO_TEST_CASE(CF_3_one_sender_keeps_the_order_of_all_its_sessions) {
  lost(2);
  for (const auto each : kTwoInTurn) sent(each, 9);
  BOOST_TEST(arranged() == "0123");
  sent(3, 8);
  BOOST_TEST(arranged() == "01234");
}

BOOST_AUTO_TEST_CASE(CF_3_who_builds_on_another_command_keeps_their_place) {
  lost(2);
  sent(1);
  sent(2);
  queue.back().command.after = CommandId{session(7).bytes};
  BOOST_TEST(arranged() == "01");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
