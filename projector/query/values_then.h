// SPDX-License-Identifier: Apache-2.0
// Values then: what a facet held after any event. Each later write kept what it found, so that a
// look costs what was written to that facet since. Pure reads.
#pragma once

#include "projector/tables.h"

namespace qualog::projector {

// The value of a facet of `row`, which is `item`, behind event `at`; empty where none was kept:
// texts and ranges lie in tables of their own.
Bytes value_after(const Reader& reader, const ItemRow& row, const ItemId& item, Facet facet,
                  Sequence at);

template <class Value>
Value value_then(const Reader& reader, const ItemRow& row, const ItemId& item, Facet facet,
                 Sequence at) {
  const auto value = decode<Value>(value_after(reader, row, item, facet, at));
  return value ? *value : Value{};
}

// Those have no values, and are not kept as such.
bool lies_in_own_table(Facet facet);

}  // namespace qualog::projector
