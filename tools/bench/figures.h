// SPDX-License-Identifier: Apache-2.0
// Figures: what the product promises of speed, each a ratio to a floor of the same run. A figure is
// printed as measured, met or missed; docs/figures.md holds what was measured where.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace qualog::tools {

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::string goal;  // "<= 2.2"; empty: the figure is only reported
  bool met = false;
  double low = 0;    // of the runs
  double high = 0;   // of the runs
  std::string note;  // what was written and synced, beside the floor's
};

// Where figures are measured, and how much is done for each.
struct Extent {
  std::filesystem::path scratch;
  bool brief = false;  // a hundredth: shows that the bench works, not how fast anything is

  std::size_t of(std::size_t full) const {
    constexpr std::size_t kBrief = 100;
    return brief ? std::max<std::size_t>(1, full / kBrief) : full;
  }
};

// Each runs in a directory of its own below `scratch` and removes it.
std::vector<Figure> answer_figures(const Extent& extent);   // one session
std::vector<Figure> decide_figures(const Extent& extent);   // decide and fold, nothing else
std::vector<Figure> round_figures(const Extent& extent);    // 64 sessions
std::vector<Figure> import_figures(const Extent& extent);   // one group
std::vector<Figure> history_figures(const Extent& extent);  // rebuild, verify, open
std::vector<Figure> splice_figures(const Extent& extent);   // re-anchoring
std::vector<Figure> memory_figures(const Extent& extent);   // not mapped, by length of the log
std::vector<Figure> kafka_figures(const Extent& extent);    // on the brokers of kafka/ground.h
std::vector<Figure> mirror_figures(const Extent& extent);   // on the broker of kafka/ground.h

}  // namespace qualog::tools
