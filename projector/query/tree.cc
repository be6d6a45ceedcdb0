// SPDX-License-Identifier: Apache-2.0
#include "projector/query/tree.h"

#include <algorithm>
#include <tuple>

namespace qualog::projector {

void Tree::add(const ItemId& id, const ItemSlice& item) {
  const auto place = value_of<Parent>(item, Facet::Parent);
  const ItemId parent = merge_target(reader_, place.parent);
  nodes_[id] = {id, parent, rank_of(id, parent), place.position,
                value_of<Props>(item, Facet::Props).name.plain};
}

// Its place in the order that its parent has of its children.
std::uint32_t Tree::rank_of(const ItemId& id, const ItemId& parent) {
  const auto [at, is_new] = orders_.try_emplace(parent);
  if (is_new)
    if (const auto row = item_slice(reader_, parent ? parent : kProjectItem))
      at->second = Ranks(value_of<Order>(*row, Facet::Order).items);
  return at->second.of(id);
}

std::vector<Tree::Branch> Tree::branches() {
  for (const auto& [id, node] : nodes_)
    children_[nodes_.contains(node.parent) ? node.parent : ItemId{}].push_back(&node);
  for (auto& [parent, below] : children_)
    std::sort(below.begin(), below.end(), [](const Node* a, const Node* b) {
      return std::tie(a->rank, a->position, a->name, a->id) <
             std::tie(b->rank, b->position, b->name, b->id);
    });
  add_below({}, 0);
  return std::move(branches_);
}

void Tree::add_below(const ItemId& parent, std::uint32_t depth) {
  const auto below = children_.find(parent);
  if (below == children_.end()) return;
  for (const auto* node : below->second) {
    branches_.push_back({node->id, node->parent, depth});
    add_below(node->id, depth + 1);
  }
}

}  // namespace qualog::projector
