// SPDX-License-Identifier: Apache-2.0
// SessionOrder: whose commands are decided next. A session's commands are decided in the order in
// which it sent them, also over an attempt that was not applied: until that command has come again,
// no other of its session takes effect, or a later value would be overwritten by an older one. Of
// several sessions those go first whose last command was refused. One thread.
#pragma once

#include "engine/answer.h"
#include "engine/owner/submission.h"

#include <deque>
#include <map>
#include <set>

namespace qualog::engine {

class SessionOrder {
 public:
  // Puts the sessions that lost before the others, each with all of its sender's. A sender that
  // builds on a command which it may not have sent itself (`after`) keeps its place: it must not
  // come before that command.
  void arrange(std::deque<Submission>& submissions) const;
  // The command of the same session that has to come again before this one; none: decide it.
  std::optional<CommandId> awaited_before(const fb::CommandT& command) const;
  // Every answer, in the order in which answers are given.
  void answered(const SessionId& session, const Answer& answer);

 private:
  std::set<SessionId> losers_;
  std::map<SessionId, CommandId> unapplied_;  // the first of its session that was not applied
};

}  // namespace qualog::engine
