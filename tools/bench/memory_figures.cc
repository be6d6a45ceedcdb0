// SPDX-License-Identifier: Apache-2.0
// Memory that is not mapped: it grows with what is at hand, not with the log. A project that is
// written from nothing, one that is opened and served, and one whose state is made anew, each with
// logs of several lengths.
#include "engine/log/reading.h"
#include "tools/bench/clients.h"
#include "tools/bench/figures.h"
#include "tools/bench/reopened.h"
#include "tools/probe/floors.h"
#include "tools/probe/memory.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

constexpr std::size_t kShort = 10'000;
constexpr std::size_t kMiddle = 100'000;
constexpr std::size_t kLong = 1'000'000;
constexpr std::size_t kWrittenTogether = 1'000;
constexpr std::size_t kServedCommands = 100;
constexpr std::size_t kMemoryRuns = 3;
constexpr double kShareGoal = 0.25;

// What the same work holds with logs of 10^4, 10^5 and 10^6 events, in MiB, run by run.
struct Held {
  std::string name;
  std::vector<double> at_short, at_middle, at_long;
};

double mebibytes(std::uint64_t bytes) { return static_cast<double>(bytes) / (1 << 20); }

// A log of so many events, written by its owner from nothing.
Growth write_history(const std::filesystem::path& directory, std::size_t events) {
  return memory_growth([&](const auto& is_end) {
    Workbench bench(directory);
    fill(bench, events, std::min(events, kWrittenTogether));
    bench.owner().flush().value();
    is_end();
    bench.close();
  });
}

class Sizes final : public log::Sink {
 public:
  Result<void> event(Sequence, ByteView bytes) override {
    total += bytes.size();
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override { return {}; }
  void discarded() override {}

  std::uint64_t total = 0;
};

std::uint64_t events_bytes(const std::filesystem::path& directory) {
  Sizes sizes;
  log::PosixFiles files;
  (void)log::read_file_log(files, (directory / "log").string(), {}, sizes).value();
  return sizes.total;
}

// Opened by its owner, and a few answers.
Growth serve(const std::filesystem::path& directory) {
  return memory_growth([&](const auto& is_end) {
    Reopened project(directory);
    project.answer(kServedCommands);
    project.owner().flush().value();
    is_end();
  });
}

void remove_state(const std::filesystem::path& directory) {
  std::filesystem::remove_all(directory / "state");
  std::filesystem::remove(directory / "state.mark");
}

// What one that kept the log would come to is 1.
Figure figure_of(const Held& held, const Held& logs) {
  std::vector<double> shares;
  for (std::size_t run = 0; run < held.at_long.size(); ++run)
    shares.push_back((held.at_long[run] - held.at_middle[run]) /
                     (logs.at_long[run] - logs.at_middle[run]));
  const auto share = spread_of(shares);
  return {held.name,
          share.median,
          "x growth of the log",
          "<= 0.25",
          share.median <= kShareGoal,
          share.low,
          share.high,
          fmt::format("{:.1f} MiB at 10^4 events, {:.1f} at 10^5, {:.1f} at 10^6; logs of {:.0f}, "
                      "{:.0f} and {:.0f} MiB",
                      spread_of(held.at_short).median, spread_of(held.at_middle).median,
                      spread_of(held.at_long).median, spread_of(logs.at_short).median,
                      spread_of(logs.at_middle).median, spread_of(logs.at_long).median)};
}

}  // namespace

std::vector<Figure> memory_figures(const Extent& extent) {
  Held logs{"", {}, {}, {}};
  Held written{"RssAnon of an owner behind its writes", {}, {}, {}};
  Held served{"RssAnon of a project opened and served", {}, {}, {}};
  Held rebuilt{"the same behind a rebuild", {}, {}, {}};
  Held rebuilding{"the same while it rebuilds, at most", {}, {}, {}};
  const auto measure = [&](std::size_t events, std::vector<double> Held::*length) {
    const auto directory = extent.scratch / "memory";
    (written.*length).push_back(mebibytes(write_history(directory, extent.of(events)).end));
    (logs.*length).push_back(mebibytes(events_bytes(directory)));
    (served.*length).push_back(mebibytes(serve(directory).end));
    remove_state(directory);
    const auto anew = serve(directory);
    (rebuilt.*length).push_back(mebibytes(anew.end));
    (rebuilding.*length).push_back(mebibytes(anew.peak));
    std::filesystem::remove_all(directory);
  };
  for (std::size_t run = 0; run < kMemoryRuns; ++run) {
    measure(kShort, &Held::at_short);
    measure(kMiddle, &Held::at_middle);
    measure(kLong, &Held::at_long);
  }
  return {figure_of(written, logs), figure_of(served, logs), figure_of(rebuilt, logs),
          figure_of(rebuilding, logs)};
}

}  // namespace qualog::tools
