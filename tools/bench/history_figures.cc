// SPDX-License-Identifier: Apache-2.0
// What grows with the log: rebuilding the state, verifying the chain, and opening a project with a
// valid state, which must not grow.
#include "engine/log/file_log.h"
#include "engine/log/record.h"
#include "projector/state/open.h"
#include "schema/assert.h"
#include "tools/bench/figures.h"
#include "tools/bench/rows.h"
#include "tools/bench/workbench.h"

#include <fmt/format.h>

#include <thread>

namespace qualog::tools {

namespace {

constexpr std::size_t kEvents = 1'000'000;
constexpr std::size_t kInGroup = 50'000;
constexpr std::size_t kInTransaction = 64 * 1024;
constexpr std::size_t kRuns = 3;

void fill(Workbench& bench) {
  const auto session = bench.new_session();
  for (std::size_t made = 0; made < kEvents; made += kInGroup) {
    const auto answer = bench.owner().ask(bench.codings(session, kInGroup), "ada");
    QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
  }
}

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

double rebuild(const std::filesystem::path& directory, const std::filesystem::path& scratch) {
  auto state = std::move(projector::open_state(scratch / "rebuilt").value().environment);
  const double seconds = seconds_of([&] {
    engine::StateFolding folding(*state);
    log::PosixFiles files;
    (void)log::read_file_log(files, (directory / "log").string(), {}, folding).value();
    folding.finish().value();
  });
  state.reset();
  std::filesystem::remove_all(scratch / "rebuilt");
  return seconds;
}

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
  log::PosixFiles files;
  SystemClock clock;
  SystemRandom random;
  const engine::Effects effects{clock, random};
  engine::LineageKeys keys{Bytes(32, 1), {Bytes(32, 2)}};
  std::unique_ptr<projector::Environment> state;
  log::OpenedLog opened;
  const double seconds = seconds_of([&] {
    state = std::move(projector::open_state(directory / "state").value().environment);
    std::optional<log::Applied> applied;
    applied = engine::applied_of(*projector::ReadTransaction::begin(*state).value());
    engine::StateFolding folding(*state);
    opened = log::open_file_log(files, (directory / "log").string(),
                                applied ? applied->place : log::Place{}, applied, random, folding)
                 .value();
    folding.finish().value();
    const auto last_time = projector::clock_of(*projector::ReadTransaction::begin(*state).value());
    engine::Owner owner(*opened.log, *state, keys, clock, last_time);
    fb::CodeCreatedT code;
    code.id = engine::new_id<ItemId>(effects);
    code.name = name_text(keys.name, code.id.text());
    fb::CommandT command;
    command.command_id = engine::new_id<CommandId>(effects);
    command.session = engine::new_id<SessionId>(effects);
    command.actions.push_back(std::make_unique<fb::ProposalT>());
    command.actions.front()->action.Set(std::move(code));
    QUALOG_ASSERT(owner.ask(std::move(command), "ada").outcome == engine::Outcome::accepted);
  });
  opened.log->close().value();
  projector::close_state(std::move(state), directory / "state").value();
  return seconds;
}

template <class Ours, class Floor>
Figure ratio_figure(const char* name, const char* unit, const char* goal, double least, Ours ours,
                    Floor floor) {
  std::vector<double> ratios;
  std::string note;
  for (std::size_t run = 0; run < kRuns; ++run) {
    const double mine = ours(), best = floor();
    ratios.push_back(best / mine);
    note = fmt::format("{:.2f} s, floor {:.2f} s, {} events", mine, best, kEvents);
  }
  const auto ratio = spread_of(ratios);
  return {name, ratio.median, unit, goal, ratio.median >= least, ratio.low, ratio.high, note};
}

Figure open_figure(const std::filesystem::path& directory) {
  std::vector<double> times;
  for (std::size_t run = 0; run < 2 * kRuns; ++run) times.push_back(open_once(directory));
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

std::vector<Figure> history_figures(const std::filesystem::path& scratch) {
  const auto directory = scratch / "history";
  std::vector<StoredRow> rows;
  {
    Workbench bench(directory);
    fill(bench);
    rows = new_rows(bench.state(), directory / "log", {});
    bench.close();
  }
  Collecting collected;
  log::PosixFiles files;
  (void)log::read_file_log(files, (directory / "log").string(), {}, collected).value();
  // The floor's transactions hold the rows of as many events as the rebuild's.
  const std::size_t rows_in_transaction = rows.size() / (kEvents / kInTransaction);
  std::vector<Figure> figures = {
      ratio_figure(
          "rebuild of the state from the log", "x bare puts", ">= 0.6", 0.6,
          [&] { return rebuild(directory, scratch); },
          [&] { return put_floor(scratch, rows, rows_in_transaction); }),
      ratio_figure(
          "verify (chain)", "x scan + CRC + SHA-256", ">= 0.8", 0.8,
          [&] { return chain_only(directory); },
          [&] { return hash_floor(collected.records_, collected.items_); }),
      open_figure(directory)};
  std::filesystem::remove_all(directory);
  return figures;
}

}  // namespace qualog::tools
