// SPDX-License-Identifier: Apache-2.0
// Senses: what makes an item fit a field beyond its kind, by the name of the field: rows go on
// recordings, values to attributes, a code goes into another one. Without a row here an item of a
// right kind fits. People who know what they do choose what fits; chooser.h says how often they do
// not. Pure.
#pragma once

#include "projector/tables.h"
#include "tests/simulation/generate/known.h"

#include <string_view>
#include <utility>
#include <vector>

namespace qualog::simulation {

// The items that an action names so far, by field, in the order of its fields.
class Chosen {
 public:
  void add(std::string_view field, const ItemId& id) { all_.emplace_back(field, id); }
  void clear() { all_.clear(); }
  bool empty() const { return all_.empty(); }
  // The first of this field; zero: none.
  ItemId of(std::string_view field) const;
  bool has(const ItemId& id) const;
  const std::vector<std::pair<std::string_view, ItemId>>& all() const { return all_; }

 private:
  std::vector<std::pair<std::string_view, ItemId>> all_;
};

struct Candidate {
  ItemId id;
  projector::ItemSlice row;
};

// What is known where an item is chosen.
struct Sight {
  const Known& known;
  const projector::Reader& state;
  SessionId session;
  std::string_view principal;
  const Chosen& chosen;
};

// Whether the candidate makes sense as this field of this table.
bool makes_sense(std::string_view table, std::string_view field, const Sight& sight,
                 const Candidate& candidate);

// The item whose edit mode matters to this one: the source that it stands on, or itself.
ItemId edited_with(const Candidate& candidate);

}  // namespace qualog::simulation
