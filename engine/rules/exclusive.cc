// SPDX-License-Identifier: Apache-2.0
// The exclusive session: one owner's, while nobody else is at work; it stops everybody else
// (LOCKED_EXCLUSIVE) and is what EXCL asks for. It runs out as an edit mode does.
#include "engine/rules/lease.h"
#include "engine/rules/specials.h"

#include <algorithm>

namespace qualog::engine {

using projector::Exclusive;
using projector::Facet;
using projector::kProjectItem;
using projector::SessionRow;
using projector::Table;

namespace {

Exclusive stored_exclusive(const projector::Reader& state) {
  const auto project = projector::item_slice(state, kProjectItem);
  return project ? projector::value_of<Exclusive>(*project, Facet::Exclusive) : Exclusive{};
}

// Unless it has run out.
std::optional<Exclusive> live_exclusive(const Question& question) {
  const auto exclusive = stored_exclusive(question.state);
  if (exclusive.token == 0 || !is_live(question, exclusive.session)) return std::nullopt;
  return exclusive;
}

Refusal locked(const Exclusive& exclusive) {
  auto refusal = refuse(fb::RefusalCode::LockedExclusive, "exclusive");
  refusal.facets = {{projector::Kind::Project, kProjectItem, Facet::Exclusive}};
  refusal.winner = Sequence{exclusive.token};
  return refusal;
}

// Other sessions that have neither ended nor been silent for the timeout, by their accounts.
std::vector<std::string> others_at_work(const Question& question) {
  std::vector<std::string> others;
  for (const auto table : {Table::Sessions, Table::AsideSessions})
    question.state.scan(table, {}, [&](ByteView key, ByteView value) {
      const auto row = projector::decode<SessionRow>(value);
      if (!row || key.size() != sizeof(SessionId)) {
        projector::report_damaged_row(question.state);
        return true;
      }
      const SessionId session{projector::item_in(key, 0).bytes};
      const bool other = session != question.command.session && is_live(question, session);
      if (other && std::find(others.begin(), others.end(), row->principal) == others.end())
        others.push_back(row->principal);
      return true;
    });
  return others;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

bool exclusive_is_mine(const Question& question) {
  const auto exclusive = live_exclusive(question);
  return exclusive && exclusive->session == question.command.session;
}

bool no_exclusive(const Question& question) { return stored_exclusive(question.state).token == 0; }

bool exclusive_is_over(const Question& question) {
  return is_over(question, stored_exclusive(question.state).token);
}

Verdict check_exclusive(const Question& question) {
  if (question.trusted || question.rule.exclusive == ExclusiveRule::Passes) return {};
  const auto exclusive = live_exclusive(question);
  if (exclusive && exclusive->session != question.command.session) return locked(*exclusive);
  if (exclusive || question.rule.exclusive != ExclusiveRule::Needs) return {};
  return refuse(fb::RefusalCode::NeedExclusive, "exclusive");
}

Verdict nobody_is_at_work(const Question& question) {
  if (question.as<fb::ExclusiveAcquired>().drain()) return {};
  const auto others = others_at_work(question);
  if (others.empty()) return {};
  return refuse(fb::RefusalCode::Policy, "at work: " + listed(others));
}

}  // namespace qualog::engine
