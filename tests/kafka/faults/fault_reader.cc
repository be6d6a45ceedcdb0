// SPDX-License-Identifier: Apache-2.0
// What tests of faults ask about the log of a project, beside its owners; the first word says what:
//   make            a topic and an empty log in it
//   items [from=N]  e NUMBER PLACE ID | a NUMBER PLACE ID AFTER, what is settled, then
//                   end EPOCH RECORDS FENCES IGNORED FOREIGN, or damage TEXT
//   records         OFFSET BYTES in hexadecimal, every record of the topic
//   watch           the same for ever, as records come
//   delete-before offset=N | delete
// What fails prints "error CODE TEXT".
#include "engine/log/kafka/kafka_store.h"
#include "tests/kafka/faults/arguments.h"

#include <fmt/format.h>

#include <cstdio>
#include <poll.h>
#include <vector>

namespace qualog::test {
namespace {

void print_error(const Error& error) {
  fmt::print("error {} {}\n", name(error.code), error.message);
  std::fflush(stdout);
}

class Printer final : public log::Sink {
 public:
  explicit Printer(const NotingTopic& topic) : topic_(topic) {}

  Result<void> event(Sequence sequence, ByteView bytes) override {
    open_.push_back(fmt::format("e {} {} {}", sequence.value, topic_.place(), text_of(bytes)));
    return {};
  }
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override {
    open_.push_back(
        fmt::format("a {} {} {} {}", number.value, topic_.place(), text_of(bytes), after.value));
    return {};
  }
  Result<void> settled(const log::Place&, const log::Head&) override {
    for (const auto& line : open_) fmt::print("{}\n", line);
    open_.clear();
    return {};
  }
  void discarded() override { open_.clear(); }

 private:
  const NotingTopic& topic_;
  std::vector<std::string> open_;
};

Result<void> make(const Arguments& arguments) {
  SystemRandom random;
  LineageId lineage;
  random.fill(lineage.bytes);
  log::KafkaStore store(cluster_at(arguments.at("send"), arguments),
                        {which_of(arguments).ids.project, 1}, log::Opening::finished);
  const auto made = store.create(lineage, random);
  return made ? Result<void>() : made.error();
}

Result<void> items(const Arguments& arguments) {
  const auto topic = topic_of(arguments);
  Printer printer(*topic);
  log::TopicPlan plan{.which = which_of(arguments)};
  if (const auto from = arguments.number("from", 0); from != 0) plan.from = {1, from};
  QUALOG_ASSIGN(const auto read, read_topic_log(*topic, plan, printer));
  for (const auto& damage : read.damage) fmt::print("damage {}\n", damage.reason);
  fmt::print("end {} {} {} {} {}\n", read.state.epoch.value, read.records, read.fences,
             read.ignored, read.foreign);
  return {};
}

Result<void> records(const Arguments& arguments, bool for_ever) {
  const auto topic = topic_of(arguments);
  std::uint64_t next = 0;
  const auto print = [&](const log::TopicRecord& record) -> Result<bool> {
    fmt::print("{} {:02x}\n", record.offset, fmt::join(record.bytes, ""));
    next = record.offset + 1;
    return true;
  };
  for (;;) {
    const auto read = topic->read(next, std::nullopt, print);
    std::fflush(stdout);
    const bool may_pass =
        !read && read.error().code != Code::damaged && read.error().code != Code::not_found;
    if (!for_ever || (!read && !may_pass)) return read;
    constexpr int kPauseMs = 50;
    poll(nullptr, 0, kPauseMs);
  }
}

Result<void> administer(const std::string& verb, const Arguments& arguments) {
  const auto cluster = cluster_at(arguments.at("send"), arguments);
  QUALOG_ASSIGN(auto admin, cluster->admin());
  const auto topic = topic_name_of(arguments);
  if (verb == "delete") return admin.delete_topic(topic);
  return admin.delete_before(topic, static_cast<std::int64_t>(arguments.number("offset", 0)));
}

Result<void> obey(const std::string& verb, const Arguments& arguments) {
  if (verb == "make") return make(arguments);
  if (verb == "items") return items(arguments);
  if (verb == "records" || verb == "watch") return records(arguments, verb == "watch");
  return administer(verb, arguments);
}

}  // namespace
}  // namespace qualog::test

int main(int count, char** words) {
  using namespace qualog::test;
  const Arguments arguments(count, words);
  if (count < 2) return 2;
  if (const auto done = obey(words[1], arguments); !done) print_error(done.error());
}
