// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/written.h"

#include <array>

namespace qualog::simulation {

const engine::Rule* written_row(fb::Action action) {
  static const auto rows = engine::written_rules();
  static const auto by_number = [] {
    std::array<const engine::Rule*, 256> found{};
    for (const auto& row : rows) found[static_cast<std::size_t>(row.action)] = &row;
    return found;
  }();
  return by_number[static_cast<std::size_t>(action)];
}

}  // namespace qualog::simulation
