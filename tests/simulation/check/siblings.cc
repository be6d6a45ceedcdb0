// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/siblings.h"

#include "projector/items.h"
#include "schema/actions.h"

namespace qualog::simulation {

using projector::Facet;
using projector::Kind;
using projector::LifeState;

namespace {

// Deeper than any tree may be.
constexpr int kLevelsMax = 130;

bool has_siblings(Kind kind) {
  return kind == Kind::Folder || kind == Kind::Source || kind == Kind::Code;
}

projector::Life life_of(const projector::ItemSlice& row) {
  return projector::value_of<projector::Life>(row, Facet::Life);
}

ItemId parent_of(const projector::ItemSlice& row) {
  return projector::value_of<projector::Parent>(row, Facet::Parent).parent;
}

}  // namespace

void Siblings::after(const projector::Reader& state, const fb::Event& event) {
  const auto effect = projector::effect_at(state, Sequence{event.sequence()});
  for (const auto& entry : effect->entries) {
    const auto row = projector::item_slice(state, entry.item);
    if (!has_siblings(row->kind)) continue;
    forget(entry.item);
    if (life_of(*row).state != LifeState::Alive) continue;
    const auto props = projector::value_of<projector::Props>(*row, Facet::Props);
    if (!take(entry.item, {parent_of(*row), row->kind, props.name.match}))
      verdicts_.wrong("I22", "event " + std::to_string(event.sequence()) + " " +
                                 std::string(action_name(event.action_type())) +
                                 " makes two of one name");
    check_tree(state, entry.item);
  }
}

void Siblings::forget(const ItemId& item) {
  const auto old = named_.find(item);
  if (old == named_.end()) return;
  if (names_[old->second] == item) names_.erase(old->second);
  named_.erase(old);
}

bool Siblings::take(const ItemId& item, Name name) {
  const auto [known, is_new] = names_.emplace(name, item);
  named_[item] = std::move(name);
  return is_new || known->second == item;
}

void Siblings::check_tree(const projector::Reader& state, const ItemId& item) {
  ItemId at = item;
  for (int depth = 0; at; ++depth) {
    if (depth > kLevelsMax) return verdicts_.wrong("I22", "a ring in the tree: " + item.text());
    const auto row = projector::item_slice(state, at);
    if (!row) return;
    const auto life = life_of(*row);
    at = life.state == LifeState::Merged ? life.into : parent_of(*row);
  }
}

}  // namespace qualog::simulation
