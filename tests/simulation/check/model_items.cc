// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/model_items.h"

#include <algorithm>

namespace qualog::simulation {

using projector::Facet;
using projector::Kind;
using projector::LifeState;

namespace {

constexpr int kDeep = 200;

SessionId session_of(const fb::Event& event) { return flatbuffers::UnPack(*event.session()); }

// The part of an item that a facet is.
void put_facet(ModelItem& item, Facet facet, const ModelItem& from) {
  switch (facet) {
    case Facet::Life:
      item.life = from.life;
      item.into = from.into;
      break;
    case Facet::Props:
      item.name = from.name;
      break;
    case Facet::Parent:
      item.parent = from.parent;
      break;
    case Facet::Place:
      item.code = from.code;
      break;
    default:
      break;
  }
}

// By itself, not with what it stands on.
bool is_ended(const ModelItem& item) {
  return item.life == LifeState::Deleted || item.life == LifeState::Undone;
}

bool by_other(const ModelItems::Write& write, std::uint64_t since, const SessionId& mine) {
  return write.at > since && write.session != mine;
}

}  // namespace

ModelItem& ModelItems::change(const ItemId& id, Facet facet, const fb::Event& event) {
  auto& item = items_[id];
  done_[event.sequence()].push_back({id, facet, false, item});
  writes_[id][facet].push_back({event.sequence(), session_of(event)});
  return item;
}

ModelItem& ModelItems::make(const ItemId& id, Kind kind, const fb::Event& event) {
  auto& item = items_[id];
  item.kind = kind;
  made_[id] = {event.sequence(), session_of(event)};
  done_[event.sequence()].push_back({id, Facet::Life, true, {}});
  return item;
}

void ModelItems::undo(const fb::Event& event) {
  const auto undone = done_[event.undo_of()];
  for (auto done = undone.rbegin(); done != undone.rend(); ++done) {
    auto& item = change(done->id, done->facet, event);
    if (done->made)
      item.life = LifeState::Undone;
    else
      put_facet(item, done->facet, done->before);
  }
  // It may bring a new name along.
  const auto* undo = event.action_as_UndoApplied();
  if (undo == nullptr || undo->name() == nullptr || undone.empty()) return;
  const auto* match = undo->name()->match();
  change(undone.front().id, Facet::Props, event).name = Bytes(match->begin(), match->end());
}

const ModelItem* ModelItems::find(const ItemId& id) const {
  const auto found = items_.find(id);
  return found == items_.end() ? nullptr : &found->second;
}

std::vector<ItemId> ModelItems::under(const ModelItem& item) const {
  if (item.kind == Kind::Seealso) return {item.from, item.to};
  if (item.kind == Kind::Coding || item.kind == Kind::Annotation) return {item.code, item.source};
  return {item.parent};
}

bool ModelItems::stands(const ItemId& id, int depth) const {
  if (!id) return true;
  const auto* item = find(id);
  if (item == nullptr || depth > kDeep) return false;
  if (item->life == LifeState::Merged) return stands(item->into, depth + 1);
  const auto below = under(*item);
  return item->life == LifeState::Alive &&
         std::ranges::all_of(below, [&](const ItemId& one) { return stands(one, depth + 1); });
}

ModelItems::Standing ModelItems::standing(const ItemId& id) const {
  const auto* item = find(id);
  if (item == nullptr) return Standing::Missing;
  if (!stands(id)) return Standing::Gone;
  return item->life == LifeState::Merged ? Standing::Merged : Standing::Alive;
}

bool ModelItems::is_taken(const ItemId& parent, Kind kind, const Bytes& name,
                          const ItemId& self) const {
  return std::ranges::any_of(items_, [&](const auto& entry) {
    const auto& [id, item] = entry;
    return id != self && item.kind == kind && item.parent == parent && item.name == name &&
           item.life == LifeState::Alive;
  });
}

bool ModelItems::is_within(ItemId item, const ItemId& above) const {
  for (int depth = 0; item && depth < kDeep; ++depth) {
    if (item == above) return true;
    const auto* here = find(item);
    if (here == nullptr) return false;
    item = here->life == LifeState::Merged ? here->into : here->parent;
  }
  return false;
}

bool ModelItems::leans_on(const ItemId& id, const ItemId& root, int depth) const {
  if (id == root) return true;
  const auto* item = find(id);
  if (item == nullptr || depth > kDeep || is_ended(*item)) return false;
  if (item->life == LifeState::Merged) return leans_on(item->into, root, depth + 1);
  const auto below = under(*item);
  return std::ranges::any_of(
      below, [&](const ItemId& one) { return one && leans_on(one, root, depth + 1); });
}

std::vector<ItemId> ModelItems::closure(const ItemId& root) const {
  std::vector<ItemId> all;
  for (const auto& [id, item] : items_)
    if (id != root && leans_on(id, root)) all.push_back(id);
  return all;
}

std::vector<ItemId> ModelItems::content(const ItemId& id) const {
  const auto* item = find(id);
  if (item == nullptr) return {};
  if (item->kind == Kind::Coding || item->kind == Kind::Annotation) return {item->source};
  if (item->kind != Kind::Seealso) return {id};
  auto all = content(item->from);
  for (const auto& one : content(item->to)) all.push_back(one);
  return all;
}

// Its making wrote all of it.
bool ModelItems::written(const ItemId& id, Facet facet, std::uint64_t since,
                         const SessionId& mine) const {
  return made(id, since, mine) || rewritten(id, facet, since, mine);
}

bool ModelItems::rewritten(const ItemId& id, Facet facet, std::uint64_t since,
                           const SessionId& mine) const {
  const auto found = writes_.find(id);
  if (found == writes_.end() || !found->second.contains(facet)) return false;
  return std::ranges::any_of(found->second.at(facet),
                             [&](const Write& write) { return by_other(write, since, mine); });
}

bool ModelItems::made(const ItemId& id, std::uint64_t since, const SessionId& mine) const {
  const auto found = made_.find(id);
  return found != made_.end() && by_other(found->second, since, mine);
}

bool ModelItems::changed(const ItemId& id, std::uint64_t since, const SessionId& mine) const {
  const auto found = writes_.find(id);
  if (found == writes_.end()) return false;
  return std::ranges::any_of(found->second, [&](const auto& facet) {
    const bool is_work = facet.first != Facet::Lease && facet.first != Facet::Waiting;
    return is_work && rewritten(id, facet.first, since, mine);
  });
}

}  // namespace qualog::simulation
