// SPDX-License-Identifier: Apache-2.0
// 64 sessions on one project, each with one command under way: accepted commands a second, against
// the same number of bytes written and synced as often with nothing else done.
#include "schema/assert.h"
#include "tools/bench/figures.h"
#include "tools/bench/workbench.h"
#include "tools/probe/floors.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace qualog::tools {

namespace {

constexpr std::size_t kSessions = 64;
constexpr std::size_t kCommands = 20'000;
constexpr std::size_t kRuns = 5;

using Time = std::chrono::steady_clock::time_point;

// Sessions that send the next command as soon as the last is answered.
class ClosedLoop {
 public:
  ClosedLoop(Workbench& bench, std::size_t commands) : bench_(bench), left_(commands) {
    // Made beforehand: what a client spends on its own command is not the server's.
    for (std::size_t session = 0; session < kSessions; ++session)
      sessions_.push_back(bench.new_session());
    for (std::size_t number = 0; number < commands; ++number)
      commands_.push_back(bench.coding(sessions_[number % kSessions]));
    times_.reserve(commands);
  }

  std::vector<double> run() {
    for (std::size_t session = 0; session < kSessions; ++session) send();
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return left_ == 0; });
    return std::move(times_);
  }

 private:
  void send() {
    const std::size_t number = sent_++;
    if (number >= commands_.size()) return;
    const Time begin = std::chrono::steady_clock::now();
    bench_.owner().submit({std::move(commands_[number]), "ada", false,
                           [this, begin](const engine::Answer& answer) { got(begin, answer); }});
  }

  void got(Time begin, const engine::Answer& answer) {
    QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
    times_.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    send();
    const std::lock_guard lock(mutex_);
    if (--left_ == 0) done_.notify_all();
  }

  Workbench& bench_;
  std::vector<SessionId> sessions_;
  std::vector<fb::CommandT> commands_;
  std::vector<double> times_;
  std::size_t sent_ = 0;
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t left_;
};

struct Run {
  double ratio = 0;
  double tail = 0;  // p99 in batch times
  std::string note;
};

Run measure(Workbench& bench, const std::filesystem::path& scratch) {
  ClosedLoop loop(bench, kCommands);
  auto& counts = bench.counts();
  const auto bytes = counts.bytes.load(), syncs = counts.syncs.load();
  std::vector<double> times;
  const double seconds = seconds_of([&] { times = loop.run(); });
  const auto rounds = static_cast<double>(counts.syncs - syncs);
  const auto record = static_cast<std::size_t>(static_cast<double>(counts.bytes - bytes) / rounds);
  const auto floor = spread_of(sync_floor(scratch, record, 500));
  const double in_round = kCommands / rounds;
  const double ours = kCommands / seconds, best = in_round / floor.median;
  std::sort(times.begin(), times.end());
  const double p99 = times[times.size() * 99 / 100];
  return {ours / best, p99 / (seconds / rounds),
          fmt::format("{:.0f} accepted/s, floor {:.0f}/s, {:.1f} commands and {} bytes a record, "
                      "p50 {:.0f} us, p99 {:.0f} us",
                      ours, best, in_round, record, times[times.size() / 2] * 1e6, p99 * 1e6)};
}

}  // namespace

std::vector<Figure> round_figures(const std::filesystem::path& scratch) {
  Workbench bench(scratch / "round");
  std::vector<double> ratios, tails;
  std::string note;
  for (std::size_t run = 0; run < kRuns; ++run) {
    const auto measured = measure(bench, scratch);
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
