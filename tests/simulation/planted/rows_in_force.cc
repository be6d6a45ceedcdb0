// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/planted/rows_in_force.h"

#include <array>

namespace qualog {

namespace {

struct InForce {
  std::vector<engine::Rule> rows;
  std::array<const engine::Rule*, 256> by_number{};

  explicit InForce(std::vector<engine::Rule> put) : rows(std::move(put)) {
    for (const auto& row : rows) {
      check_fields(row);
      by_number[static_cast<std::size_t>(row.action)] = &row;
    }
  }
};

InForce& in_force() {
  static InForce table({engine::written_rules().begin(), engine::written_rules().end()});
  return table;
}

}  // namespace

namespace engine {

std::span<const Rule> all_rules() { return in_force().rows; }

const Rule* rule_of(fb::Action action) {
  return in_force().by_number[static_cast<std::size_t>(action)];
}

}  // namespace engine

namespace simulation {

void put_in_force(std::vector<engine::Rule> rows) {
  in_force().rows = std::move(rows);
  in_force() = InForce(std::move(in_force().rows));
}

}  // namespace simulation

}  // namespace qualog
