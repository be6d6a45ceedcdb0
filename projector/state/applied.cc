// SPDX-License-Identifier: Apache-2.0
#include "projector/state/applied.h"

#include "projector/tables.h"

namespace qualog::projector {

namespace {
constexpr std::string_view kKey = "applied";
}

std::optional<Applied> applied(const Reader& reader) {
  return row_of<Applied>(reader, Table::Meta, view(kKey));
}

void put_applied(Store& store, const Applied& applied) {
  put_row(store, Table::Meta, view(kKey), applied);
}

}  // namespace qualog::projector
