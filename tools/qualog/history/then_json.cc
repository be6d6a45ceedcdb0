// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/history/then_json.h"

#include "projector/query/values_then.h"
#include "projector/value_json.h"

namespace qualog::tools {

boost::json::value then_json(const projector::Reader& state, const ItemId& item,
                             projector::Facet facet, const Bytes& value) {
  if (value.empty() && projector::lies_in_own_table(facet)) return nullptr;
  return projector::facet_json(state, item, facet, value);
}

}  // namespace qualog::tools
