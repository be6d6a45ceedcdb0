// SPDX-License-Identifier: Apache-2.0
// A value that a facet held once, as JSON. Pure reads.
#pragma once

#include "projector/tables.h"

#include <boost/json/value.hpp>

namespace qualog::tools {

// `value` is what projector::value_after() gave. Null for texts and ranges, of which nothing was
// kept as a value.
boost::json::value then_json(const projector::Reader& state, const ItemId& item,
                             projector::Facet facet, const Bytes& value);

}  // namespace qualog::tools
