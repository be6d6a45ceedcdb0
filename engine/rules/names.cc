// SPDX-License-Identifier: Apache-2.0
// Names and the tree: a name is unique among its living siblings, compared by its keyed match; a
// parent is never below its own child (NAME, TREE).
#include "engine/rules/names.h"

#include "engine/rules/specials.h"
#include "projector/kinds.h"
#include "schema/limits.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::Kind;

Kind kind_made(const Rule& rule, fb::CodeKind said) {
  return rule.kind == Kind::Code && said == fb::CodeKind::Case ? Kind::Case : rule.kind;
}

namespace {

Bytes match_in(const Question& question) {
  const auto* field = field_of(*object_of(question.rule.action), "name");
  if (field == nullptr) return {};
  return match_of(question.action.GetPointer<const fb::Text*>(field->offset()));
}

struct Named {
  ItemId self;
  Kind kind;
  ItemId parent;
  Bytes match;
};

Kind kind_made_by(const Question& question) {
  const bool says = question.rule.action == fb::Action::CodeCreated;
  return kind_made(question.rule,
                   says ? question.as<fb::CodeCreated>().kind() : fb::CodeKind::Code);
}

// The name and place that the item would have after the action.
Named named_by(const Question& question) {
  Named named{question.id(question.rule.named), kind_made_by(question), {}, match_in(question)};
  if (const auto row = projector::item(question.state, named.self)) {
    named.kind = row->kind;
    named.parent = projector::value_of<projector::Parent>(*row, Facet::Parent).parent;
    if (named.match.empty())
      named.match = projector::value_of<projector::Props>(*row, Facet::Props).name.match;
  }
  if (!question.rule.parent.empty()) named.parent = question.id(question.rule.parent);
  return named;
}

Verdict check_tree(const Question& question, const Named& named) {
  if (!named.parent || question.rule.parent.empty()) return {};
  const auto& below =
      projector::traits_of(projector::kind_of(question.state, named.parent)).children;
  if (std::find(below.begin(), below.end(), named.kind) == below.end())
    return refuse(fb::RefusalCode::BadRef, std::string(question.rule.parent));
  if (!projector::is_within(question.state, named.parent, named.self))
    return check_depth(question.state, named.parent, named.self);
  auto refusal = refuse(fb::RefusalCode::Cycle, std::string(question.rule.parent));
  refusal.facets = {{named.kind, named.self, Facet::Parent}};
  return refusal;
}

}  // namespace

Bytes match_of(const fb::Text* text) {
  if (text == nullptr || text->match() == nullptr) return {};
  return Bytes(text->match()->begin(), text->match()->end());
}

Verdict name_is_free(const projector::Reader& state, const ItemId& parent, Kind kind,
                     ByteView match, const ItemId& self) {
  const auto taken = state.get(projector::Table::Names, projector::name_key(parent, kind, match));
  if (!taken || taken->size() != 16) return {};
  const ItemId other = projector::item_in(*taken, 0);
  if (other == self) return {};
  auto refusal = refuse(fb::RefusalCode::NameTaken, "name");
  refusal.facets = {{kind, other, Facet::Props}};
  if (const auto row = projector::item(state, other))
    refusal.winner = row->version(Facet::Props).sequence;
  return refusal;
}

Verdict name_is_free(const projector::Reader& state, const ItemId& parent, Kind kind,
                     ByteView match, const ItemId& self, ByName& together) {
  if (auto verdict = name_is_free(state, parent, kind, match, self)) return verdict;
  const ItemId first =
      together.emplace(projector::name_key(parent, kind, match), self).first->second;
  if (first == self) return {};
  auto refusal = refuse(fb::RefusalCode::NameTaken, "name");
  refusal.facets = {{kind, first, Facet::Props}};
  return refusal;
}

namespace {

// Of what moves together, the lowest on a path has nothing that moves below it.
Verdict check_depth(const projector::Reader& state, const projector::Reader& after,
                    const ItemId& above, const ItemId& self) {
  const auto levels =
      projector::levels_above(after, above) + 1 + projector::levels_below(state, self);
  if (levels <= limits::kTreeDepthMax) return {};
  return refuse(fb::RefusalCode::TooLarge, "the tree is too deep");
}

}  // namespace

Verdict check_depth(const projector::Reader& state, const ItemId& parent, const ItemId& self) {
  return check_depth(state, state, parent, self);
}

Verdict check_above(const projector::Reader& state, const projector::Reader& after,
                    const ItemId& above, const ItemId& self) {
  if (!above) return {};
  if (projector::is_within(after, above, self)) return refuse(fb::RefusalCode::Cycle, "parent");
  return check_depth(state, after, above, self);
}

Verdict check_names(const Question& question) {
  if (question.rule.named.empty()) return {};
  const Named named = named_by(question);
  if (auto verdict = check_tree(question, named)) return verdict;
  return name_is_free(question.state, named.parent, named.kind, named.match, named.self);
}

Verdict folder_is_empty(const Question& question) {
  const ItemId folder = question.id("folder");
  bool empty = true;
  projector::visit_closure(question.state, folder,
                           [&](const ItemId& id, const projector::ItemRow&) {
                             empty = id == folder;
                             return empty;
                           });
  if (empty) return {};
  return refuse(fb::RefusalCode::Policy, "the folder is not empty");
}

}  // namespace qualog::engine
