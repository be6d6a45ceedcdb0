// SPDX-License-Identifier: Apache-2.0
// 64 sessions on one project, each with one command under way: accepted commands a second, against
// the same number of bytes written and synced as often with nothing else done.
#include "tools/bench/clients.h"
#include "tools/bench/figures.h"
#include "tools/probe/floors.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

namespace {

constexpr std::size_t kSessions = 64;
constexpr std::size_t kRoundCommands = 20'000;
constexpr std::size_t kRoundRuns = 5;

struct Run {
  double ratio = 0;
  double tail = 0;  // p99 in batch times
  std::string note;
};

Run measure(Workbench& bench, const Extent& extent) {
  const auto commands = extent.of(kRoundCommands);
  ClosedLoop loop({&bench}, kSessions, commands);
  auto& counts = bench.counts();
  const auto bytes = counts.bytes.load(), syncs = counts.syncs.load();
  std::vector<double> times;
  const double seconds = seconds_of([&] { times = loop.run(); });
  const auto rounds = static_cast<double>(counts.syncs - syncs);
  const auto record = static_cast<std::size_t>(static_cast<double>(counts.bytes - bytes) / rounds);
  const auto floor = spread_of(sync_floor(extent.scratch, record, 500));
  const double done = static_cast<double>(commands), in_round = done / rounds;
  const double ours = done / seconds, best = in_round / floor.median;
  std::sort(times.begin(), times.end());
  const double p99 = times[times.size() * 99 / 100];
  return {ours / best, p99 / (seconds / rounds),
          fmt::format("{:.0f} accepted/s, floor {:.0f}/s, {:.1f} commands and {} bytes a record, "
                      "p50 {:.0f} us, p99 {:.0f} us",
                      ours, best, in_round, record, times[times.size() / 2] * 1e6, p99 * 1e6)};
}

}  // namespace

std::vector<Figure> round_figures(const Extent& extent) {
  Workbench bench(extent.scratch / "round");
  std::vector<double> ratios, tails;
  std::string note;
  for (std::size_t run = 0; run < kRoundRuns; ++run) {
    const auto measured = measure(bench, extent);
    ratios.push_back(measured.ratio);
    tails.push_back(measured.tail);
    note = measured.note;
  }
  const auto ratio = spread_of(ratios), tail = spread_of(tails);
  return {{"64 sessions, accepted/s", ratio.median, "x plain batch commit", ">= 0.35",
           ratio.median >= 0.35, ratio.low, ratio.high, note},
          {"64 sessions, answer p99", tail.median, "batch times", "<= 5", tail.median <= 5,
           tail.low, tail.high, ""}};
}

}  // namespace qualog::tools
