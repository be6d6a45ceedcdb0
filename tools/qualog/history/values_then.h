// SPDX-License-Identifier: Apache-2.0
// What a facet held after any event: each later write kept what it found. Pure reads.
#pragma once

#include "projector/tables.h"

#include <boost/json/value.hpp>

namespace qualog::tools {

Bytes value_after(const projector::Reader& state, const projector::ItemRow& row, const ItemId& item,
                  projector::Facet facet, Sequence at);

// Texts and ranges lie in tables of their own, and are not kept as values.
bool lies_in_own_table(projector::Facet facet);

// Null for those, where nothing was kept.
boost::json::value value_json(const projector::Reader& state, const ItemId& item,
                              projector::Facet facet, const Bytes& value);

}  // namespace qualog::tools
