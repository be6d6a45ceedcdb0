// SPDX-License-Identifier: Apache-2.0
// Edit mode: who holds an item's lease and whom that stops. A lease runs out when its session has
// been silent for the timeout; its token keeps a wrong clock harmless.
#include "engine/rules/lease.h"

#include "engine/rules/specials.h"
#include "projector/kinds.h"
#include "projector/query/leases.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::Kind;
using projector::Lease;

namespace {

projector::Asking asking(const Question& question) {
  return {question.context.now, question.context.lease_timeout_us, question.command.session};
}

// The holder's, unless it has run out.
std::optional<Lease> live_lease(const Question& question, const ItemId& item) {
  return projector::live_lease(question.state, item, asking(question));
}

// The items whose content is meant: a coding's or an annotation's source, those at both ends of a
// link, a source itself.
std::vector<ItemId> content_items(const projector::Reader& state, const ItemId& id) {
  const auto row = projector::item_slice(state, id);
  if (!row) return {};
  if (projector::traits_of(row->kind).on_place)
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

}  // namespace

bool is_over(const Question& question, std::uint64_t token) {
  const auto meant = question.number("token");
  return token == 0 || (meant != 0 && meant != token);
}

namespace {

Verdict check_held(const Question& question, const ItemId& item) {
  const auto lease = live_lease(question, item);
  if (lease && lease->session == question.command.session &&
      lease->token == question.number("token"))
    return {};
  return lease_refusal(fb::RefusalCode::NeedEditLease, question, item, lease.value_or(Lease{}));
}

Verdict check_free(const Question& question, const ItemId& item) {
  const auto lease = live_lease(question, item);
  if (!lease || lease->session == question.command.session) return {};
  return lease_refusal(fb::RefusalCode::LockedEdit, question, item, *lease);
}

// Whoever waits longest for the item and is still there.
std::optional<projector::Waiter> first_waiter(const Question& question, const ItemId& item) {
  const auto row = projector::item_slice(question.state, item);
  if (!row) return std::nullopt;
  const auto waiting = projector::value_of<projector::Waiting>(*row, Facet::Waiting);
  for (const auto& waiter : waiting.waiters)
    if (is_live(question, waiter.session)) return waiter;
  return std::nullopt;
}

bool waits(const Question& question, const ItemId& item) {
  const auto row = projector::item_slice(question.state, item);
  const auto waiting = projector::value_of<projector::Waiting>(*row, Facet::Waiting);
  return std::any_of(waiting.waiters.begin(), waiting.waiters.end(), [&](const auto& waiter) {
    return waiter.session == question.command.session;
  });
}

// What a dataset or a PDF says is what it said when it came.
bool is_immutable(const Question& question, const ItemId& item) {
  const auto row = projector::item_slice(question.state, item);
  const auto kind = static_cast<fb::SourceKind>(
      projector::value_of<projector::Props>(*row, Facet::Props).subkind);
  return row->kind == Kind::Source &&
         (kind == fb::SourceKind::Pdf || kind == fb::SourceKind::Dataset);
}

}  // namespace

bool is_live(const Question& question, const SessionId& session) {
  return projector::is_live(question.state, session, asking(question));
}

Verdict check_free_of_lease(const Question& question, const ItemId& item) {
  for (const auto& content : content_items(question.state, item))
    if (auto verdict = check_free(question, content)) return verdict;
  return {};
}

namespace {

Verdict check_held_content(const Question& question, const ItemId& item) {
  for (const auto& content : content_items(question.state, item))
    if (auto verdict = check_held(question, content)) return verdict;
  return {};
}

}  // namespace

Verdict check_leases_held(const Question& question, const std::vector<ItemId>& items) {
  for (const auto& item : items)
    for (const auto& content : content_items(question.state, item)) {
      const auto lease = live_lease(question, content);
      if (!lease || lease->session != question.command.session)
        return refuse(fb::RefusalCode::NeedEditLease, "lease");
    }
  return {};
}

// An import has the project for itself: it needs no edit mode, only that nobody else is in one.
Verdict check_lease(const Question& question) {
  const bool must_hold = question.rule.lease == LeaseRule::Holds && !question.in_import;
  for (const auto field : question.rule.leased)
    for (const auto& item : question.ids(field))
      if (auto verdict =
              must_hold ? check_held_content(question, item) : check_free_of_lease(question, item))
        return verdict;
  return {};
}

Verdict can_be_leased(const Question& question) {
  if (!is_immutable(question, question.id("item"))) return {};
  return refuse(fb::RefusalCode::Policy, "what a dataset or a PDF says cannot be edited");
}

// Free, and nobody else has waited for it longer.
Verdict lease_is_free(const Question& question) {
  const ItemId item = question.id("item");
  if (auto verdict = can_be_leased(question)) return verdict;
  if (auto verdict = check_free(question, item)) return verdict;
  const auto first = first_waiter(question, item);
  if (!first || first->session == question.command.session) return {};
  auto refusal = refuse(fb::RefusalCode::LockedEdit, "lease: somebody has waited longer");
  refusal.facets = {{projector::kind_of(question.state, item), item, Facet::Waiting}};
  return refusal;
}

Verdict lease_is_mine(const Question& question) {
  if (question.number("token") == 0 && waits(question, question.id("item"))) return {};
  return check_held(question, question.id("item"));
}

bool lease_already_mine(const Question& question) {
  const auto lease = live_lease(question, question.id("item"));
  return lease && lease->session == question.command.session;
}

bool holds_or_waits(const Question& question) {
  return lease_already_mine(question) || waits(question, question.id("item"));
}

// To stop waiting is to release what one has not got yet.
bool neither_holds_nor_waits(const Question& question) {
  return no_lease(question) && !waits(question, question.id("item"));
}

bool no_lease(const Question& question) {
  return !projector::stored_lease(question.state, question.id("item"));
}

bool lease_is_over(const Question& question) {
  const auto lease = projector::stored_lease(question.state, question.id("item"));
  return is_over(question, lease.value_or(Lease{}).token);
}

}  // namespace qualog::engine
