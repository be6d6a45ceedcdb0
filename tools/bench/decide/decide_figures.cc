// SPDX-License-Identifier: Apache-2.0
// A team's mixed work decided and folded in memory, by one core and with no log: what the rules and
// the fold cost by themselves. No floor: what it is held against is an older version of itself.
#include "tools/bench/decide/decisions.h"
#include "tools/bench/decide/mixed_work.h"
#include "tools/bench/figures.h"
#include "tools/probe/floors.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

constexpr std::uint64_t kSeed = 20261127;
constexpr std::size_t kCommands = 20'000;
constexpr std::size_t kDecideRuns = 5;

struct Work {
  std::size_t events;
  double seconds;
};

Work do_work(std::size_t commands) {
  MixedWork work(kSeed);
  projector::MemoryStore state;
  Decisions decisions;
  for (const auto& act : work.beginning()) decisions.decide(state, act.principal, act.command);
  const auto before = decisions.head().value;
  const auto acts = work.next(commands);
  const double seconds = seconds_of([&] {
    for (const auto& act : acts) decisions.decide(state, act.principal, act.command);
  });
  return {decisions.head().value - before, seconds};
}

}  // namespace

std::vector<Figure> decide_figures(const Extent& extent) {
  const auto commands = extent.of(kCommands);
  std::vector<double> rates;
  std::string note;
  for (std::size_t run = 0; run < kDecideRuns; ++run) {
    const auto work = do_work(commands);
    const auto events = static_cast<double>(work.events);
    rates.push_back(events / work.seconds);
    note = fmt::format("{} commands, {} events, {:.1f} us an event", commands, work.events,
                       work.seconds / events * 1e6);
  }
  const auto rate = spread_of(rates);
  return {{"decide and fold in memory, mixed work", rate.median, "events/s", "", true, rate.low,
           rate.high, note}};
}

}  // namespace qualog::tools
