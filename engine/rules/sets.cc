// SPDX-License-Identifier: Apache-2.0
// Items that stand for a pair (a set's member, a summary), orders, comments: what the columns
// cannot say of them.
#include "engine/rules/references.h"
#include "engine/rules/specials.h"

#include <algorithm>
#include <set>

namespace qualog::engine {

using projector::Facet;
using projector::Kind;
using projector::On;

ItemId setmember_of_pair(const Question& question) {
  return projector::setmember_item(question.id("set"), question.id("item"));
}

ItemId summary_of_pair(const Question& question) {
  return projector::summary_item(question.id("row"), question.id("column"));
}

// The top of the codebook is the project's.
ItemId ordered_parent(const Question& question) {
  const ItemId parent = question.id("parent");
  return parent ? parent : projector::kProjectItem;
}

bool membership_is_so(const Question& question) {
  const ItemId id = setmember_of_pair(question);
  const auto row = projector::item(question.state, id);
  const bool is_member =
      row && !has_ended(question.state, id) && projector::value_of<On>(*row, Facet::On).on;
  return is_member == (question.rule.action == fb::Action::SetMemberAdded);
}

namespace {

// Under it, or under what was merged into it.
bool is_child(const projector::Reader& state, const ItemId& id, const ItemId& parent) {
  const auto row = projector::item_slice(state, id);
  if (!row) return false;
  const auto own = projector::value_of<projector::Parent>(*row, Facet::Parent).parent;
  return projector::merge_target(state, own) == parent;
}

}  // namespace

// Each child of the item that the row names first at most once, and nothing else.
Verdict order_is_of_parent(const Question& question) {
  const ItemId parent = question.id(question.rule.references[0].field);
  std::set<ItemId> seen;
  for (const auto& id : question.ids("order")) {
    if (!is_child(question.state, id, parent)) return refuse(fb::RefusalCode::BadRef, "order");
    if (!seen.insert(id).second) return refuse(fb::RefusalCode::Invalid, "order");
  }
  return {};
}

Verdict keep_other_order(const Question& question, fb::ActionUnion& action) {
  auto& order = action.AsCodebookReordered()->order;
  if (order.empty() || question.id("parent")) return {};
  const auto top = projector::item(question.state, projector::kProjectItem);
  const auto kind = projector::kind_of(question.state, order.front());
  for (const auto& id : projector::value_of<projector::Order>(*top, Facet::Order).items)
    if (projector::kind_of(question.state, id) != kind && is_child(question.state, id, {}) &&
        projector::standing(question.state, id) == projector::Standing::Alive &&
        std::ranges::count(order, id) == 0)
      order.push_back(id);
  return {};
}

bool link_gone(const Question& question) { return has_ended(question.state, question.id("link")); }

Verdict comment_is_sound(const Question& question) {
  const auto& comment = question.as<fb::CommentPosted>();
  const bool on_item = bool(question.id("item"));
  if (on_item == (comment.sequence() != 0))
    return refuse(fb::RefusalCode::Invalid, "either item or sequence");
  if (comment.sequence() <= question.context.head.value) return {};
  return refuse(fb::RefusalCode::SeenAhead, "sequence");
}

bool resolved_so(const Question& question) {
  const auto row = projector::item(question.state, question.id("comment"));
  const auto& action = question.as<fb::CommentResolved>();
  return row && projector::value_of<On>(*row, Facet::On).on == action.resolved();
}

}  // namespace qualog::engine
