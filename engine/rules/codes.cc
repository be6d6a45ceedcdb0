// SPDX-License-Identifier: Apache-2.0
// The codebook's and the memo links' own checks: a code never goes into its own sub-tree; an item
// has at most one memo and a memo at most one item (row D-12).
#include "engine/rules/question.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::Kind;
using projector::Linked;

// Cases, relationships and matrix results come with their own rules.
Verdict kind_is_served(const Question& question) {
  if (question.as<fb::CodeCreated>().kind() == fb::CodeKind::Code) return {};
  return refuse(fb::RefusalCode::Unsupported, "kind");
}

Verdict merge_is_sound(const Question& question) {
  const ItemId into = question.id("into");
  const auto from = question.ids("from");
  if (from.empty()) return refuse(fb::RefusalCode::Invalid, "from");
  for (const auto& code : from)
    if (projector::is_within(question.state, into, code)) {
      auto refusal = refuse(fb::RefusalCode::Cycle, "into");
      refusal.facets = {{Kind::Code, code, Facet::Life}};
      return refusal;
    }
  return {};
}

Verdict unmerge_is_sound(const Question& question) {
  const auto codes = question.ids("codes");
  if (codes.empty()) return refuse(fb::RefusalCode::Invalid, "codes");
  for (const auto& code : codes) {
    if (projector::standing(question.state, code) == projector::Standing::Gone)
      return refuse(fb::RefusalCode::Gone, "code");
    const auto row = projector::item(question.state, code);
    const auto parent = projector::value_of<projector::Parent>(*row, Facet::Parent).parent;
    const auto match = projector::value_of<projector::Props>(*row, Facet::Props).name.match;
    if (auto verdict = name_is_free(question.state, parent, Kind::Code, match, code))
      return verdict;
  }
  return {};
}

bool nothing_merged(const Question& question) {
  const auto codes = question.ids("codes");
  return !codes.empty() && std::all_of(codes.begin(), codes.end(), [&](const ItemId& code) {
    return projector::standing(question.state, code) == projector::Standing::Alive;
  });
}

namespace {

ItemId linked(const Question& question, std::string_view field, Facet facet) {
  const auto row = projector::item(question.state, question.id(field));
  return row ? projector::value_of<Linked>(*row, facet).item : ItemId{};
}

bool alive(const Question& question, const ItemId& item) {
  return item && projector::standing(question.state, item) == projector::Standing::Alive;
}

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
  const auto props = projector::value_of<projector::Props>(*memo, Facet::Props);
  if (props.subkind != static_cast<std::uint8_t>(fb::SourceKind::Memo))
    return refuse(fb::RefusalCode::BadRef, "memo");
  if (alive(question, linked(question, "item", Facet::Memo)))
    return taken(question, "item", Facet::Memo);
  if (alive(question, linked(question, "memo", Facet::Owner)))
    return taken(question, "memo", Facet::Owner);
  return {};
}

bool memo_linked_so(const Question& question) {
  return linked(question, "item", Facet::Memo) == question.id("memo") &&
         linked(question, "memo", Facet::Owner) == question.id("item");
}

bool memo_not_linked(const Question& question) {
  return linked(question, "item", Facet::Memo) != question.id("memo");
}

}  // namespace qualog::engine
