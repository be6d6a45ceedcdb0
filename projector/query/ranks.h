// SPDX-License-Identifier: Apache-2.0
// Ranks: the places of items in an order that somebody gave them, looked up by item. Items that the
// order does not name come behind all others. Pure.
#pragma once

#include "schema/ids.h"

#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

namespace qualog::projector {

class Ranks {
 public:
  Ranks() = default;
  // Where an item is named twice, its first place counts.
  explicit Ranks(const std::vector<ItemId>& order) {
    for (const auto& item : order) ranks_.emplace(item, static_cast<std::uint32_t>(ranks_.size()));
  }

  std::uint32_t of(const ItemId& item) const {
    const auto found = ranks_.find(item);
    return found == ranks_.end() ? std::numeric_limits<std::uint32_t>::max() : found->second;
  }

 private:
  std::unordered_map<ItemId, std::uint32_t> ranks_;
};

}  // namespace qualog::projector
