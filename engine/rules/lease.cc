// SPDX-License-Identifier: Apache-2.0
// Edit mode: who holds an item's lease and whom that stops. A lease runs out when its session has
// been silent for the timeout; its token keeps a wrong clock harmless.
#include "engine/rules/question.h"

namespace qualog::engine {

using projector::Facet;
using projector::Kind;
using projector::Lease;
using projector::Table;

namespace {

// When the session last left a record, and whether it has ended.
projector::SessionRow session_row(const projector::Reader& state, const SessionId& session) {
  const auto own = projector::row_of<projector::SessionRow>(state, Table::Sessions, session.view());
  const auto aside =
      projector::row_of<projector::SessionRow>(state, Table::AsideSessions, session.view());
  if (!own || (aside && aside->time > own->time)) return aside.value_or(projector::SessionRow{});
  return *own;
}

// The items whose content is meant: a coding's or an annotation's source, those at both ends of a
// link, a source itself.
std::vector<ItemId> content_items(const projector::Reader& state, const ItemId& id) {
  const auto row = projector::item_slice(state, id);
  if (!row) return {};
  if (row->kind == Kind::Coding || row->kind == Kind::Annotation)
    return {projector::value_of<projector::Place>(*row, Facet::Place).source};
  if (row->kind != Kind::Seealso) return {id};
  const auto ends = projector::value_of<projector::Ends>(*row, Facet::Ends);
  auto items = content_items(state, ends.from);
  for (const auto& item : content_items(state, ends.to)) items.push_back(item);
  return items;
}

Refusal lease_refusal(fb::RefusalCode code, const Question& question, const ItemId& item,
                      const Lease& lease) {
  auto refusal = refuse(code, "lease");
  refusal.facets = {{projector::kind_of(question.state, item), item, Facet::Lease}};
  refusal.winner = Sequence{lease.token};
  return refusal;
}

std::uint64_t token_in(const Question& question) {
  const auto& field = field_in(question.rule.action, "token");
  return flatbuffers::GetFieldI<std::uint64_t>(question.action, field);
}

Verdict check_held(const Question& question, const ItemId& item) {
  const auto lease = live_lease(question, item);
  if (lease && lease->session == question.command.session && lease->token == token_in(question))
    return {};
  return lease_refusal(fb::RefusalCode::NeedEditLease, question, item, lease.value_or(Lease{}));
}

Verdict check_free(const Question& question, const ItemId& item) {
  const auto lease = live_lease(question, item);
  if (!lease || lease->session == question.command.session) return {};
  return lease_refusal(fb::RefusalCode::LockedEdit, question, item, *lease);
}

}  // namespace

std::optional<Lease> live_lease(const Question& question, const ItemId& item) {
  const auto row = projector::item_slice(question.state, item);
  if (!row) return std::nullopt;
  const auto lease = projector::value_of<Lease>(*row, Facet::Lease);
  if (lease.token == 0) return std::nullopt;
  const auto holder = session_row(question.state, lease.session);
  const bool silent = question.context.now > holder.time + question.context.lease_timeout_us;
  if (holder.ended || (silent && lease.session != question.command.session)) return std::nullopt;
  return lease;
}

Verdict check_free_of_lease(const Question& question, const ItemId& item) {
  for (const auto& content : content_items(question.state, item))
    if (auto verdict = check_free(question, content)) return verdict;
  return {};
}

Verdict check_lease(const Question& question) {
  for (const auto field : question.rule.leased)
    for (const auto& item : question.ids(field)) {
      auto verdict = question.rule.lease == LeaseRule::Holds ? check_held(question, item)
                                                             : check_free_of_lease(question, item);
      if (verdict) return verdict;
    }
  return {};
}

Verdict lease_is_free(const Question& question) {
  return check_free(question, question.id("item"));
}

Verdict lease_is_mine(const Question& question) {
  return check_held(question, question.id("item"));
}

bool lease_already_mine(const Question& question) {
  const auto lease = live_lease(question, question.id("item"));
  return lease && lease->session == question.command.session;
}

bool no_lease(const Question& question) {
  const auto row = projector::item(question.state, question.id("item"));
  return row && projector::value_of<Lease>(*row, Facet::Lease).token == 0;
}

}  // namespace qualog::engine
