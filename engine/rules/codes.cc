// SPDX-License-Identifier: Apache-2.0
// The codebook's and the memo links' own checks: a code never goes into its own sub-tree; an item
// has at most one memo and a memo at most one item.
#include "engine/rules/names.h"
#include "engine/rules/references.h"
#include "engine/rules/specials.h"
#include "projector/overlay.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::Kind;

// A relationship is made as one.
Verdict kind_is_served(const Question& question) {
  if (question.as<fb::CodeCreated>().kind() != fb::CodeKind::Relationship) return {};
  return refuse(fb::RefusalCode::Unsupported, "kind");
}

namespace {

// Only like goes into like: a case into a case, what classifies sources into what does.
Verdict check_alike(const Question& question, const ItemId& from, const ItemId& into) {
  const auto one = projector::item(question.state, from),
             other = projector::item(question.state, into);
  const auto parent = [](const projector::ItemRow& row) {
    return projector::value_of<projector::Parent>(row, Facet::Parent).parent;
  };
  const auto subkind = [](const projector::ItemRow& row) {
    return projector::value_of<projector::Props>(row, Facet::Props).subkind;
  };
  const bool alike = one->kind == other->kind &&
                     (one->kind != Kind::Classification || subkind(*one) == subkind(*other)) &&
                     (one->kind != Kind::Attrvalue || parent(*one) == parent(*other));
  if (alike) return {};
  return refuse(fb::RefusalCode::BadRef, "into");
}

}  // namespace

Verdict merge_is_sound(const Question& question) {
  const ItemId into = question.id("into");
  const auto from = question.ids("from");
  if (from.empty()) return refuse(fb::RefusalCode::Invalid, "from");
  for (const auto& code : from) {
    if (auto verdict = check_alike(question, code, into)) return verdict;
    if (projector::is_within(question.state, into, code)) {
      auto refusal = refuse(fb::RefusalCode::Cycle, "into");
      refusal.facets = {{projector::kind_of(question.state, code), code, Facet::Life}};
      return refusal;
    }
    if (auto verdict = check_depth(question.state, into, code)) return verdict;
  }
  return {};
}

namespace {

bool is_gone(const Verdict& verdict) { return verdict && verdict->code == fb::RefusalCode::Gone; }

// The state with all of them back: each may lie where another one takes it.
void bring_back(projector::Overlay& state, const std::vector<ItemId>& codes) {
  for (const auto& code : codes) {
    auto row = *projector::item(state, code);
    row.slot(Facet::Life).value = projector::encode(projector::Life{});
    projector::put_row(state, projector::Table::Items, code.view(), row);
  }
}

Verdict check_comes_back(const Question& question, const projector::Reader& after,
                         const ItemId& code, ByName& together) {
  if (auto verdict = check_alive(question.state, code); is_gone(verdict)) return verdict;
  const auto row = projector::item(question.state, code);
  const auto parent = projector::value_of<projector::Parent>(*row, Facet::Parent).parent;
  if (parent)
    if (auto verdict = check_alive(question.state, parent); is_gone(verdict)) return verdict;
  if (auto verdict = check_above(question.state, after, parent, code)) return verdict;
  const auto match = projector::value_of<projector::Props>(*row, Facet::Props).name.match;
  return name_is_free(question.state, parent, row->kind, match, code, together);
}

}  // namespace

Verdict unmerge_is_sound(const Question& question) {
  const auto codes = question.ids("codes");
  if (codes.empty()) return refuse(fb::RefusalCode::Invalid, "codes");
  projector::Overlay after(&question.state);
  bring_back(after, codes);
  ByName together;
  for (const auto& code : codes)
    if (auto verdict = check_comes_back(question, after, code, together)) return verdict;
  return {};
}

bool nothing_merged(const Question& question) {
  const auto codes = question.ids("codes");
  return !codes.empty() && std::all_of(codes.begin(), codes.end(), [&](const ItemId& code) {
    return projector::standing(question.state, code) == projector::Standing::Alive;
  });
}

bool not_merged(const Question& question) {
  return projector::standing(question.state, question.id("profile")) == projector::Standing::Alive;
}

namespace {

Refusal taken(const Question& question, std::string_view field, Facet facet) {
  auto refusal = refuse(fb::RefusalCode::NameTaken, std::string(field));
  const ItemId id = question.id(field);
  const auto row = projector::item(question.state, id);
  refusal.facets = {{row->kind, id, facet}};
  refusal.winner = row->version(facet).sequence;
  return refusal;
}

}  // namespace

Verdict memo_is_free(const Question& question) {
  const auto memo = projector::item(question.state, question.id("memo"));
  if (!projector::is_memo(projector::value_of<projector::Props>(*memo, Facet::Props)))
    return refuse(fb::RefusalCode::BadRef, "memo");
  if (question.id("item") == question.id("memo"))
    return refuse(fb::RefusalCode::BadRef, "a memo of itself");
  if (projector::memo_of(question.state, question.id("item")))
    return taken(question, "item", Facet::Memo);
  if (projector::item_of_memo(question.state, question.id("memo")))
    return taken(question, "memo", Facet::Owner);
  return {};
}

bool memo_linked_so(const Question& question) {
  return projector::memo_of(question.state, question.id("item")) == question.id("memo");
}

bool memo_not_linked(const Question& question) { return !memo_linked_so(question); }

}  // namespace qualog::engine
