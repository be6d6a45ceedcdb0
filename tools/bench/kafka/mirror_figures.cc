// SPDX-License-Identifier: Apache-2.0
// The stream on Kafka: how long after its event a subscriber has a row, while commands come at a
// steady pace. The log lies in files; owner, mirror and subscriber have a thread each.
#include "engine/log/file_store.h"
#include "replay/mirror/kafka_row_topic.h"
#include "replay/mirror/mirror.h"
#include "schema/assert.h"
#include "schema/time.h"
#include "tools/bench/figures.h"
#include "tools/bench/kafka/ground.h"
#include "tools/bench/workbench.h"
#include "tools/probe/floors.h"

#include <fmt/format.h>

#include <algorithm>
#include <poll.h>
#include <thread>

namespace qualog::tools {

namespace {

constexpr std::size_t kMirrorRuns = 5;
constexpr std::size_t kRate = 5'000;  // commands a second
constexpr std::size_t kMirrorCommands = 25'000;
constexpr int kTickMilliseconds = 5;
constexpr int kPauseMilliseconds = 5;  // as qualog mirror has while rows come

std::int64_t now_us() {
  SystemClock clock;
  return static_cast<std::int64_t>(clock.now_us());
}

log::KafkaStreamPlan stream_plan(const ProjectId& project) {
  const auto plan = kafka_plan();
  return {.bootstrap = plan.address.bootstrap,
          .topic = "bench.events." + project.text(),
          .settings = {},
          .partitions = 1,
          .replicas = 1};
}

// Sends until it is told to stop.
void mirror_all(const engine::ProjectPlace& place, mirror::RowTopic& topic,
                const std::atomic<bool>& stop) {
  const auto rows = [](const engine::ProjectPlace& of) -> Result<stream::RowProjector> {
    return stream::RowProjector(of.id, {});
  };
  mirror::Mirror mirror(topic, {}, rows, [](const auto&, const auto&) { QUALOG_ASSERT(false); });
  mirror.begin().value();
  mirror.take_up(place);
  while (!stop)
    if (!mirror.turn().value().more) ::poll(nullptr, 0, kPauseMilliseconds);
  mirror.finish().value();
}

// Milliseconds from the time that an event has to now.
double lag_of(std::string_view row) {
  constexpr std::string_view kAt = "\"at\":\"";
  const auto begin = row.find(kAt) + kAt.size();
  const auto at = parse_rfc3339(row.substr(begin, row.find('"', begin) - begin));
  return static_cast<double>(now_us() - at.value()) / 1e3;
}

// Reads so many rows, and gives the lags of the last `counted`.
std::vector<double> subscribe(const std::string& topic, std::size_t rows, std::size_t counted) {
  const auto plan = kafka_plan();
  const auto reader = log::KafkaReader::make(plan.address.bootstrap, plan.settings).value();
  std::vector<double> lags;
  while (lags.size() < rows)
    reader
        ->read(topic, lags.size(), std::nullopt,
               [&](const log::TopicRecord& record) -> Result<bool> {
                 lags.push_back(lag_of(
                     {reinterpret_cast<const char*>(record.bytes.data()), record.bytes.size()}));
                 return true;
               })
        .value();
  lags.erase(lags.begin(), lags.end() - static_cast<std::ptrdiff_t>(counted));
  return lags;
}

void send_at_pace(Workbench& bench, std::vector<fb::CommandT> commands) {
  const auto begin = std::chrono::steady_clock::now();
  std::size_t sent = 0;
  while (sent < commands.size()) {
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - begin;
    const auto due = std::min(commands.size(), static_cast<std::size_t>(gone.count() * kRate));
    for (; sent < due; ++sent)
      bench.owner().submit({std::move(commands[sent]), "ada", false, [](const auto& answer) {
                              QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
                            }});
    ::poll(nullptr, 0, kTickMilliseconds);
  }
}

struct Lags {
  double p50 = 0;
  double p99 = 0;
};

Lags measure(const std::filesystem::path& directory, std::size_t count) {
  Workbench bench(directory);
  const engine::ProjectPlace place{
      directory,
      {},
      bench.project(),
      std::make_shared<log::FileStore>((directory / "log").string(), bench.project())};
  std::vector<fb::CommandT> commands;
  const auto session = bench.study().new_session();
  for (std::size_t n = 0; n < count; ++n) commands.push_back(bench.study().coding(session));
  log::NoSink nothing;
  const auto before = place.log->read({}, nothing).value().settled.sequence().value;
  const auto topic = mirror::KafkaRowTopic::open(stream_plan(bench.project())).value();
  std::atomic<bool> stop = false;
  std::thread mirror([&] { mirror_all(place, *topic, stop); });
  std::vector<double> lags;
  std::thread subscriber([&] { lags = subscribe(topic->name(), before + count, count); });
  send_at_pace(bench, std::move(commands));
  subscriber.join();
  stop = true;
  mirror.join();
  std::sort(lags.begin(), lags.end());
  return {lags[lags.size() / 2], lags[lags.size() * 99 / 100]};
}

}  // namespace

std::vector<Figure> mirror_figures(const Extent& extent) {
  constexpr double kMost = 200;
  std::vector<double> p50, p99;
  for (std::size_t run = 0; run < kMirrorRuns; ++run) {
    const auto lags =
        measure(extent.scratch / fmt::format("mirrored {}", run), extent.of(kMirrorCommands));
    p50.push_back(lags.p50);
    p99.push_back(lags.p99);
  }
  const auto lag = spread_of(p99);
  return {{"mirror: lag behind the events, p99", lag.median, "ms", "<= 200", lag.median <= kMost,
           lag.low, lag.high,
           fmt::format("p50 {:.1f} ms; {} events at {}/s, one broker", spread_of(p50).median,
                       extent.of(kMirrorCommands), kRate)}};
}

}  // namespace qualog::tools
