// SPDX-License-Identifier: Apache-2.0
// The table of rules as people and scripts see it: a row an action, its columns as data. Pure.
#pragma once

#include "engine/rules/rule.h"

#include <string>
#include <vector>

namespace qualog::tools {

struct RuleColumn {
  const char* key;  // of JSON
  const char* title;
  const char* meaning;  // for docs/rules.md
  bool is_list;         // of JSON; else one word, or none
  std::vector<std::string> (*of)(const engine::Rule& rule);
};

const std::vector<RuleColumn>& rule_columns();

// The words of a column in one cell.
std::string cell_of(const RuleColumn& column, const engine::Rule& rule);

// docs/rules.md, whole.
std::string rules_page();

}  // namespace qualog::tools
