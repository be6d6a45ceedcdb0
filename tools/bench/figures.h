// SPDX-License-Identifier: Apache-2.0
// Figures: what the product promises of speed, each a ratio to a floor of the same run. A figure is
// printed as measured, met or missed; docs/figures.md holds what was measured where.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace qualog::tools {

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::string goal;  // "<= 2.2"
  bool met = false;
  double low = 0;    // of the runs
  double high = 0;   // of the runs
  std::string note;  // what was written and synced, beside the floor's
};

// Each runs in a directory of its own below `scratch` and removes it.
std::vector<Figure> answer_figures(const std::filesystem::path& scratch);   // one session
std::vector<Figure> round_figures(const std::filesystem::path& scratch);    // 64 sessions
std::vector<Figure> import_figures(const std::filesystem::path& scratch);   // one group
std::vector<Figure> history_figures(const std::filesystem::path& scratch);  // rebuild, verify, open

}  // namespace qualog::tools
