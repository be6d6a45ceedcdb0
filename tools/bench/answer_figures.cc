// SPDX-License-Identifier: Apache-2.0
// One session: how long an answer takes, against a write and a sync of the same size.
#include "tools/bench/clients.h"
#include "tools/bench/figures.h"
#include "tools/probe/floors.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {
constexpr std::size_t kAnswers = 1'000;
constexpr std::size_t kAnswerRuns = 5;
constexpr double kGoal = 2.2;
}  // namespace

std::vector<Figure> answer_figures(const Extent& extent) {
  Workbench bench(extent.scratch / "answer");
  const auto answers = extent.of(kAnswers);
  std::vector<double> ratios;
  std::string note;
  for (std::size_t run = 0; run < kAnswerRuns; ++run) {
    auto& counts = bench.counts();
    const auto writes = counts.writes.load(), bytes = counts.bytes.load(),
               syncs = counts.syncs.load();
    const auto ours = spread_of(ask_in_turn(bench, answers));
    const auto record = (counts.bytes - bytes) / std::max<std::uint64_t>(1, counts.writes - writes);
    const auto floor = spread_of(sync_floor(extent.scratch, record, answers));
    ratios.push_back(ours.median / floor.median);
    note = fmt::format("p50 {:.0f} us, floor {:.0f} us, record {} bytes, {:.2f} syncs an answer",
                       ours.median * 1e6, floor.median * 1e6, record,
                       static_cast<double>(counts.syncs - syncs) / static_cast<double>(answers));
  }
  const auto ratio = spread_of(ratios);
  return {{"one session, answer p50", ratio.median, "x write + fdatasync", "<= 2.2",
           ratio.median <= kGoal, ratio.low, ratio.high, note}};
}

}  // namespace qualog::tools
