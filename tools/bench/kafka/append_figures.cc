// SPDX-License-Identifier: Apache-2.0
// Answers on Kafka: one session, 64 on one project, 64 projects with one each; against bare
// rd_kafka_produce of records of the same size, as many of them under way, in turn with ours.
#include "engine/log/memory_log.h"
#include "tools/bench/clients.h"
#include "tools/bench/kafka/figures.h"
#include "tools/bench/kafka/ground.h"
#include "tools/probe/floors.h"
#include "tools/probe/produce_floor.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

constexpr std::size_t kAppendRuns = 5;
constexpr std::size_t kMany = 64;

// What a load on workbenches came to.
struct Load {
  double seconds = 0;
  std::vector<double> times;  // of each answer
  std::size_t records = 0;
  std::size_t record_bytes = 0;

  double a_second() const { return static_cast<double>(times.size()) / seconds; }
  double in_record() const {
    return static_cast<double>(times.size()) / static_cast<double>(records);
  }
};

template <class Work>
Load load_of(const Counts& counts, Work work) {
  const auto records = counts.syncs.load(), bytes = counts.bytes.load();
  Load load;
  load.seconds = seconds_of([&] { load.times = work(); });
  load.records = counts.syncs - records;
  load.record_bytes = (counts.bytes - bytes) / load.records;
  return load;
}

// Records a second, after as many of that size.
double floor_rate(ProduceFloor& floor, const Load& load) {
  const double seconds = seconds_of([&] { (void)floor.run(load.record_bytes, load.records); });
  return static_cast<double>(load.records) / seconds;
}

Figure at_least(const char* name, const char* unit, double least, const std::vector<double>& ratios,
                std::string note) {
  const auto ratio = spread_of(ratios);
  return {
      name,      ratio.median, unit,           fmt::format(">= {}", least), ratio.median >= least,
      ratio.low, ratio.high,   std::move(note)};
}

// A project of which only the log is not real: it takes every record at once.
class Unlogged {
 public:
  explicit Unlogged(const std::filesystem::path& directory)
      : bench_(directory, [this](const log::LogIds& ids, Random& random) {
          records_ = std::make_unique<log::MemoryRecords>(ids, random_);
          log::NoSink nothing;
          return log::open_memory_log(*records_, {}, random, nothing);
        }) {}

  Workbench& bench() { return bench_; }

 private:
  SystemRandom random_;
  std::unique_ptr<log::MemoryRecords> records_;
  Workbench bench_;
};

}  // namespace

std::vector<Figure> kafka_answer_figures(const Extent& extent) {
  constexpr double kMost = 1.3;
  KafkaGround ground;
  Workbench bench(extent.scratch / "answer", ground.make_log());
  ProduceFloor floor(kafka_plan(), 1);
  std::vector<double> ratios;
  std::string note;
  for (std::size_t run = 0; run < kAppendRuns; ++run) {
    const auto answers = extent.of(2'000);
    const auto load = load_of(ground.counts(), [&] { return ask_in_turn(bench, answers); });
    const auto ours = spread_of(load.times);
    const auto best = spread_of(floor.run(load.record_bytes, load.records));
    ratios.push_back(ours.median / best.median);
    note = fmt::format("p50 {:.0f} us, floor {:.0f} us, record {} bytes", ours.median * 1e6,
                       best.median * 1e6, load.record_bytes);
  }
  const auto ratio = spread_of(ratios);
  return {{"Kafka: one session, answer p50", ratio.median, "x raw produce", "<= 1.3",
           ratio.median <= kMost, ratio.low, ratio.high, note}};
}

std::vector<Figure> kafka_round_figures(const Extent& extent) {
  KafkaGround ground;
  Workbench bench(extent.scratch / "round", ground.make_log());
  Unlogged unlogged(extent.scratch / "unlogged");
  ProduceFloor floor(kafka_plan(), 1);
  const auto commands = extent.of(40'000);
  std::vector<double> over_raw, over_both;
  std::string note;
  for (std::size_t run = 0; run < kAppendRuns; ++run) {
    ClosedLoop loop({&bench}, kMany, commands), alone({&unlogged.bench()}, kMany, commands);
    const auto load = load_of(ground.counts(), [&] { return loop.run(); });
    const double raw = floor_rate(floor, load) * load.in_record();
    const double fold = static_cast<double>(commands) / seconds_of([&] { (void)alone.run(); });
    const double both = 1 / (1 / raw + 1 / fold);
    over_raw.push_back(load.a_second() / raw);
    over_both.push_back(load.a_second() / both);
    note = fmt::format(
        "{:.0f} accepted/s, floor {:.0f}/s, without a log {:.0f}/s, {:.1f} commands "
        "and {} bytes a record",
        load.a_second(), raw, fold, load.in_record(), load.record_bytes);
  }
  return {at_least("Kafka: 64 sessions on one project", "x raw produce", 0.8, over_raw, note),
          at_least("  the same", "x raw, then the fold", 0.8, over_both, "")};
}

std::vector<Figure> kafka_project_figures(const Extent& extent) {
  KafkaGround ground;
  std::vector<std::unique_ptr<Workbench>> benches;
  std::vector<Workbench*> all;
  for (std::size_t number = 0; number < kMany; ++number) {
    const auto directory = extent.scratch / fmt::format("project {}", number);
    benches.push_back(std::make_unique<Workbench>(directory, ground.make_log()));
    all.push_back(benches.back().get());
  }
  ProduceFloor floor(kafka_plan(), kMany);
  std::vector<double> ratios;
  std::string note;
  for (std::size_t run = 0; run < kAppendRuns; ++run) {
    ClosedLoop loop(all, kMany, std::max(kMany, extent.of(6'400)));
    const auto load = load_of(ground.counts(), [&] { return loop.run(); });
    const double raw = floor_rate(floor, load) * load.in_record();
    ratios.push_back(load.a_second() / raw);
    note = fmt::format("{:.0f} accepted/s, floor {:.0f}/s, record {} bytes, p50 {:.1f} ms",
                       load.a_second(), raw, load.record_bytes, spread_of(load.times).median * 1e3);
  }
  return {at_least("Kafka: 64 projects, accepted/s", "x raw produce", 0.8, ratios, note)};
}

}  // namespace qualog::tools
