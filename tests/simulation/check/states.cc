// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/states.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace qualog::simulation {

namespace {

using projector::Reader;
using projector::Table;

constexpr auto kFirst = static_cast<std::uint8_t>(Table::Facts);
constexpr auto kLast = static_cast<std::uint8_t>(Table::AsideSessions);

// Views into a state that is not written meanwhile.
using Row = std::pair<ByteView, ByteView>;

std::vector<Row> rows_of(const Reader& state, Table table) {
  std::vector<Row> rows;
  state.scan(table, {}, [&rows](ByteView key, ByteView value) {
    rows.emplace_back(key, value);
    return true;
  });
  return rows;
}

bool is_same(const Row& one, const Row& other) {
  return std::ranges::equal(one.first, other.first) && std::ranges::equal(one.second, other.second);
}

std::string place(Table table, std::size_t row, const std::vector<Row>& expected) {
  return "table " + std::to_string(static_cast<int>(table)) + ", row " + std::to_string(row + 1) +
         " of " + std::to_string(expected.size());
}

}  // namespace

std::optional<std::string> first_difference(const Reader& state, const Reader& expected) {
  for (auto number = kFirst; number <= kLast; ++number) {
    const auto table = static_cast<Table>(number);
    const auto ours = rows_of(state, table), theirs = rows_of(expected, table);
    const auto [end, unused] = std::ranges::mismatch(ours, theirs, is_same);
    if (end != ours.end() || ours.size() != theirs.size())
      return place(table, static_cast<std::size_t>(end - ours.begin()), theirs);
  }
  return std::nullopt;
}

}  // namespace qualog::simulation
