// SPDX-License-Identifier: Apache-2.0
// The table, put together from its families. Every action has its row, or this does not compile.
#include "engine/rules/rows/classes.h"
#include "engine/rules/rows/codebook.h"
#include "engine/rules/rows/history.h"
#include "engine/rules/rows/media.h"
#include "engine/rules/rows/notes.h"
#include "engine/rules/rows/project.h"
#include "engine/rules/rows/sets.h"
#include "engine/rules/rows/sources.h"

#include <algorithm>

namespace qualog::engine {

namespace {

using Values = std::remove_reference_t<decltype(fb::EnumValuesAction())>;
constexpr std::size_t kActions = std::extent_v<Values> - 1;  // all but NONE

constexpr std::span<const Rule> kFamilies[] = {rows::kProject,  rows::kSources, rows::kMedia,
                                               rows::kCodebook, rows::kClasses, rows::kNotes,
                                               rows::kSets,     rows::kHistory};

constexpr std::size_t kRows = [] {
  std::size_t rows = 0;
  for (const auto family : kFamilies) rows += family.size();
  return rows;
}();
static_assert(kRows == kActions, "an action has no row, or two");

constexpr auto kTable = [] {
  std::array<Rule, kRows> table;
  auto at = table.begin();
  for (const auto family : kFamilies) at = std::copy(family.begin(), family.end(), at);
  std::sort(table.begin(), table.end(),
            [](const Rule& one, const Rule& other) { return one.action < other.action; });
  return table;
}();

constexpr bool has_each_once() {
  return std::adjacent_find(kTable.begin(), kTable.end(), [](const Rule& one, const Rule& other) {
           return one.action == other.action;
         }) == kTable.end();
}
static_assert(has_each_once(), "an action has two rows, and another none");

}  // namespace

std::span<const Rule> written_rules() { return kTable; }

}  // namespace qualog::engine
