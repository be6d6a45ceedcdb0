// SPDX-License-Identifier: Apache-2.0
// Trees: codes, or cases, as they lie below each other. What lies below an item that is merged lies
// below where that was merged to. Siblings are as the last codebook.reordered has them, and behind
// those, or where there is none, by position, name, id. One thread; the reader outlives it.
#pragma once

#include "projector/items.h"
#include "projector/query/ranks.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace qualog::projector {

class Tree {
 public:
  struct Branch {
    ItemId id;
    ItemId parent;            // where it was merged to, if it was; zero: the top
    std::uint32_t depth = 0;  // 0: nothing of the tree above it
  };

  explicit Tree(const Reader& reader) : reader_(reader) {}

  // `item` is its row.
  void add(const ItemId& id, const ItemSlice& item);
  // All that was added, each behind its parent.
  std::vector<Branch> branches();

 private:
  struct Node {
    ItemId id;
    ItemId parent;
    std::uint32_t rank = 0;
    std::uint32_t position = 0;
    std::string name;
  };

  std::uint32_t rank_of(const ItemId& id, const ItemId& parent);
  void add_below(const ItemId& parent, std::uint32_t depth);

  const Reader& reader_;
  std::map<ItemId, Node> nodes_;
  std::unordered_map<ItemId, Ranks> orders_;
  std::map<ItemId, std::vector<const Node*>> children_;
  std::vector<Branch> branches_;
};

}  // namespace qualog::projector
