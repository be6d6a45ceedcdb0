// SPDX-License-Identifier: Apache-2.0
// What grows with the log: rebuilding the state, verifying the chain, and opening a project with a
// valid state, which must not grow.
#include "engine/log/file_store.h"
#include "engine/log/record.h"
#include "schema/assert.h"
#include "tools/bench/clients.h"
#include "tools/bench/figures.h"
#include "tools/bench/rebuild.h"
#include "tools/bench/reopened.h"
#include "tools/bench/rows.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

constexpr std::size_t kEvents = 1'000'000;
constexpr std::size_t kInGroup = 50'000;
constexpr std::size_t kHistoryRuns = 3;

class Collecting final : public log::Sink {
 public:
  Result<void> event(Sequence, ByteView bytes) override {
    items_.push_back(bytes.size());
    if (records_.empty() || records_.back().size() + bytes.size() > (1 << 20))
      records_.emplace_back();
    records_.back().insert(records_.back().end(), bytes.begin(), bytes.end());
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override { return {}; }
  void discarded() override {}

  std::vector<Bytes> records_;
  std::vector<std::size_t> items_;
};

class Nothing final : public log::Sink {
 public:
  Result<void> event(Sequence, ByteView) override { return {}; }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override { return {}; }
  void discarded() override {}
};

double chain_only(const std::filesystem::path& directory) {
  return seconds_of([&] {
    Nothing nothing;
    log::PosixFiles files;
    const auto summary =
        log::read_file_log(files, (directory / "log").string(), {}, nothing).value();
    QUALOG_ASSERT(summary.damage.empty());
  });
}

// Opens log and state as the owner and answers one command.
double open_once(const std::filesystem::path& directory) {
  std::optional<Reopened> project;
  return seconds_of([&] {
    project.emplace(directory);
    project->answer(1);
  });
}

template <class Ours, class Floor>
Figure ratio_figure(const char* name, const char* unit, const char* goal, double least,
                    std::size_t events, Ours ours, Floor floor) {
  std::vector<double> ratios;
  std::string note;
  for (std::size_t run = 0; run < kHistoryRuns; ++run) {
    const double mine = ours(), best = floor();
    ratios.push_back(best / mine);
    note = fmt::format("{:.2f} s, floor {:.2f} s, {} events", mine, best, events);
  }
  const auto ratio = spread_of(ratios);
  return {name, ratio.median, unit, goal, ratio.median >= least, ratio.low, ratio.high, note};
}

Figure open_figure(const std::filesystem::path& directory) {
  std::vector<double> times;
  for (std::size_t run = 0; run < 2 * kHistoryRuns; ++run) times.push_back(open_once(directory));
  const auto time = spread_of(times);
  return {"open 10^6 events, first answer included",
          time.median,
          "s",
          "<= 0.2",
          time.median <= 0.2,
          time.low,
          time.high,
          ""};
}

}  // namespace

std::vector<Figure> history_figures(const Extent& extent) {
  const auto& scratch = extent.scratch;
  const auto events = extent.of(kEvents);
  const auto directory = scratch / "history";
  std::vector<StoredRow> rows;
  {
    Workbench bench(directory);
    fill(bench, events, extent.of(kInGroup));
    rows = new_rows(bench.state(), directory / "log", {});
    bench.close();
  }
  Collecting collected;
  log::PosixFiles files;
  (void)log::read_file_log(files, (directory / "log").string(), {}, collected).value();
  log::FileStore store((directory / "log").string(), {});
  // The floor's transactions hold the rows of as many events as the rebuild's.
  const std::size_t rows_in_transaction =
      rows.size() / (events / extent.of(engine::kItemsInTransaction));
  std::vector<Figure> figures = {
      ratio_figure(
          "rebuild of the state from the log", "x bare puts", ">= 0.6", 0.6, events,
          [&] { return rebuild(store, scratch); },
          [&] { return put_floor(scratch, rows, rows_in_transaction); }),
      ratio_figure(
          "verify (chain)", "x scan + CRC + SHA-256", ">= 0.8", 0.8, events,
          [&] { return chain_only(directory); },
          [&] { return hash_floor(collected.records_, collected.items_); }),
      open_figure(directory)};
  std::filesystem::remove_all(directory);
  return figures;
}

}  // namespace qualog::tools
