// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/stream/row_source.h"

#include "engine/keys.h"

namespace qualog::tools {

Result<stream::RowOptions> row_options(const engine::ProjectPlace& place, const LineageId& lineage,
                                       const mirror::RowKind& kind) {
  stream::RowOptions options{kind.with_text, {}};
  if (!kind.pseudonyms) return options;
  QUALOG_ASSIGN(const auto keys, engine::load_keys(place.keys, lineage));
  options.pseudonyms.emplace(keys.command);
  return options;
}

}  // namespace qualog::tools
