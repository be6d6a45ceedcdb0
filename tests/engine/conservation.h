// SPDX-License-Identifier: Apache-2.0
// Conservation: what must hold in every state, whatever happened: references resolve, ranges lie
// inside their texts, every index has what its rows imply and nothing else, counts are a recount.
// Written from docs/state.md in the most naive way; shares nothing with the fold but the rows.
#pragma once

#include "projector/tables.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace qualog::test {

class Conservation {
 public:
  explicit Conservation(const projector::Reader& reader);

  // What is wrong first; nothing when all is well. `head`: the last event folded.
  std::optional<std::string> check(Sequence head);

 private:
  using ItemRow = projector::ItemRow;
  using Wrong = std::optional<std::string>;

  const ItemRow& row(const ItemId& id) const { return items_.at(id); }
  projector::Kind kind(const ItemId& id) const {
    return items_.contains(id) ? row(id).kind : projector::Kind::None;
  }
  projector::Life life(const ItemId& id) const;
  std::vector<ItemId> below(const ItemId& id) const;
  bool supports(const ItemId& id, int depth) const;
  bool alive(const ItemId& id) const;
  bool merged(const ItemId& id) const;

  Wrong check_references() const;
  Wrong check_names() const;
  Wrong check_indexes() const;
  Wrong check_texts() const;
  Wrong check_ranges() const;
  Wrong check_range(const ItemId& id, projector::Facet facet,
                    const projector::RangeRow& range) const;
  Wrong check_leases() const;
  Wrong check_effects(Sequence head) const;
  Wrong check_counts() const;
  std::size_t codings_of_persons() const;
  ItemId person_of(const ItemId& profile) const;
  Wrong check_codings() const;

  const projector::Reader& reader_;
  std::map<ItemId, ItemRow> items_;
};

}  // namespace qualog::test
