// SPDX-License-Identifier: Apache-2.0
// The index rows that an item's own row implies. Pure: a change of an item replaces the rows of its
// old form by those of the new one, so no family can forget an index.
#pragma once

#include "projector/tables.h"

#include <utility>
#include <vector>

namespace qualog::projector {

struct IndexRow {
  Table table;
  Key key;
  Bytes value;
  auto operator<=>(const IndexRow&) const = default;
};

std::vector<IndexRow> index_rows(const ItemId& id, const ItemRow& item);

}  // namespace qualog::projector
