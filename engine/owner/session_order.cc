// SPDX-License-Identifier: Apache-2.0
#include "engine/owner/session_order.h"

#include <algorithm>

namespace qualog::engine {

namespace {

SessionId sender_of(const Submission& submission) {
  return submission.sender ? submission.sender : SessionId(submission.command.session);
}

}  // namespace

void SessionOrder::arrange(std::deque<Submission>& submissions) const {
  std::set<SessionId> first;
  for (const auto& submission : submissions)
    if (losers_.contains(submission.command.session)) first.insert(sender_of(submission));
  for (const auto& submission : submissions)
    if (submission.command.after) first.erase(sender_of(submission));
  std::stable_partition(submissions.begin(), submissions.end(), [&](const Submission& submission) {
    return first.contains(sender_of(submission));
  });
}

std::optional<CommandId> SessionOrder::awaited_before(const fb::CommandT& command) const {
  const auto found = unapplied_.find(command.session);
  if (found == unapplied_.end() || found->second == command.command_id) return std::nullopt;
  return found->second;
}

void SessionOrder::answered(const SessionId& session, const Answer& answer) {
  if (answer.outcome == Outcome::refused)
    losers_.insert(session);
  else
    losers_.erase(session);
  if (answer.outcome == Outcome::not_applied) {
    unapplied_.try_emplace(session, answer.command);
    return;
  }
  const auto found = unapplied_.find(session);
  if (found != unapplied_.end() && found->second == answer.command) unapplied_.erase(found);
}

}  // namespace qualog::engine
