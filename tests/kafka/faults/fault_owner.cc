// SPDX-License-Identifier: Apache-2.0
// One owner of a log on Kafka, for tests of faults: does what its standard input says, a line each,
// answers each with a line, and writes what it knows to a file of facts, flushed at once. It tells
// what an engine would tell: an item is durable when its group is, and one whose fate is unknown
// gets it from the next opening. fault_test.py drives it; facts.py judges.
//
//   open | append EVENTS ASIDES | more EVENTS ASIDES | abandon | forget | end
//   run BUDGET PACE_MS    opens and appends until SIGINT, at most about BUDGET records a term
//
// Facts, times in microseconds of the machine's monotonic clock:
//   durable e|a ID NUMBER PLACE SENT TOLD | not_applied ID | unknown ID | opened TIME | lost CODE
#include "engine/log/kafka/cluster.h"
#include "engine/log/topic_log.h"
#include "tests/kafka/faults/arguments.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <utility>

namespace qualog::test {
namespace {

std::int64_t now_us() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

// SIGINT, which no handler takes.
class Stop {
 public:
  Stop() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  // Whether it came within the time.
  bool comes_within(long milliseconds) {
    const timespec wait{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
    return sigtimedwait(&set_, nullptr, &wait) == SIGINT;
  }

 private:
  sigset_t set_;
};

struct Item {
  char kind = 'e';
  std::string id;
  std::uint64_t number = 0;
  std::uint64_t place = 0;
  std::int64_t sent = 0;
};

// Writes the facts.
class Facts {
 public:
  explicit Facts(const std::string& path) : file_(std::fopen(path.c_str(), "a")) {}
  ~Facts() { std::fclose(file_); }

  void durable(const Item& item) {
    ++durable_;
    write(fmt::format("durable {} {} {} {} {} {}", item.kind, item.id, item.number, item.place,
                      item.sent, now_us()));
  }
  void not_applied(const Item& item) { write("not_applied " + item.id); }
  void unknown(const Item& item) { write("unknown " + item.id); }
  void opened() { write(fmt::format("opened {}", now_us())); }
  void lost(std::string_view code) { write(fmt::format("lost {}", code)); }
  std::uint64_t told_durable() const { return durable_; }

 private:
  void write(const std::string& line) {
    fmt::print(file_, "{}\n", line);
    std::fflush(file_);
  }

  std::FILE* file_;
  std::uint64_t durable_ = 0;
};

// What an opening finds: each settled item, and where its record ends.
class Found final : public log::Sink {
 public:
  explicit Found(const NotingTopic& topic) : topic_(topic) {}

  Result<void> event(Sequence sequence, ByteView bytes) override {
    open_.push_back({'e', std::string(text_of(bytes)), sequence.value, topic_.place(), 0});
    return {};
  }
  Result<void> aside(AsideNumber number, Sequence, ByteView bytes) override {
    open_.push_back({'a', std::string(text_of(bytes)), number.value, topic_.place(), 0});
    return {};
  }
  Result<void> settled(const log::Place& place, const log::Head& head) override {
    for (auto& item : open_) items[item.id] = item;
    open_.clear();
    applied = {place, head};
    return {};
  }
  void discarded() override { open_.clear(); }

  std::map<std::string, Item> items;
  log::Applied applied;

 private:
  const NotingTopic& topic_;
  std::vector<Item> open_;
};

class Owner {
 public:
  explicit Owner(const Arguments& arguments)
      : name_(arguments.at("name")),
        facts_(arguments.at("facts")),
        topic_(topic_of(arguments)),
        which_(which_of(arguments)),
        obligations_(obligations_of(arguments.at("obligations", "correct"))),
        random_(std::hash<std::string>()(name_ + arguments.at("seed", "1"))) {}

  std::string open();
  std::string append(std::size_t events, std::size_t asides, bool more);
  std::string abandon();
  std::string run(std::uint64_t budget, long pace_ms);
  // As a process that knows nothing yet.
  void forget() {
    log_.reset();
    applied_ = {};
  }

 private:
  std::vector<Item> new_items(std::size_t events, std::size_t asides);
  void resolve(Found& found);
  void tell(const log::Appended& appended, bool more);
  void tell_group(void (Facts::*fate)(const Item&));
  void step();
  bool pause(long milliseconds);
  std::size_t upto(std::size_t most) { return random_() % (most + 1); }
  bool can_append() const { return log_ && log_->writable(); }

  std::string name_;
  Facts facts_;
  std::shared_ptr<NotingTopic> topic_;
  log::TopicLogIds which_;
  log::Obligations obligations_;
  std::mt19937_64 random_;
  SystemRandom system_random_;
  Stop stop_;
  bool stopped_ = false;
  std::unique_ptr<log::Log> log_;
  log::Applied applied_;
  std::uint64_t last_id_ = 0;
  std::vector<Item> group_;    // appended, and not yet told
  std::vector<Item> unknown_;  // told so
};

std::vector<Item> Owner::new_items(std::size_t events, std::size_t asides) {
  std::vector<Item> items;
  for (std::size_t n = 0; n < events + asides; ++n)
    items.push_back(
        {n < events ? 'e' : 'a', fmt::format("{}.{}", name_, ++last_id_), 0, 0, now_us()});
  return items;
}

std::string Owner::open() {
  log_.reset();
  if (!obligations_.read_back) applied_ = {};  // it believes in places that are not so
  Found found(*topic_);
  const auto trusted =
      applied_.place == log::Place{} ? std::nullopt : std::optional<log::Applied>(applied_);
  auto opened = open_topic_log(
      topic_,
      {.which = which_, .from = applied_.place, .trusted = trusted, .obligations = obligations_},
      system_random_, found);
  if (!opened) {
    facts_.lost(qualog::name(opened.error().code));
    return fmt::format("error {} {}", qualog::name(opened.error().code), opened.error().message);
  }
  log_ = std::move(opened->log);
  which_.ids = opened->summary.ids;  // who begins in the middle must know them
  resolve(found);
  facts_.opened();
  return fmt::format("opened {}", log_->head().sequence().value);
}

// An own Fence is accepted: what is not found before it never will be.
void Owner::resolve(Found& found) {
  if (found.applied.place != log::Place{}) applied_ = found.applied;
  tell_group(&Facts::not_applied);
  for (const auto& item : unknown_) {
    auto at = found.items.find(item.id);
    if (at == found.items.end()) {
      facts_.not_applied(item);
    } else {
      at->second.sent = item.sent;
      facts_.durable(at->second);
    }
  }
  unknown_.clear();
}

void Owner::tell_group(void (Facts::*fate)(const Item&)) {
  for (const auto& item : group_) (facts_.*fate)(item);
  group_.clear();
}

void Owner::tell(const log::Appended& appended, bool more) {
  switch (appended.outcome) {
    case log::Outcome::durable:
      if (more) return;
      if (log_->settled_place() == appended.place) applied_ = {appended.place, log_->settled()};
      return tell_group(&Facts::durable);
    case log::Outcome::not_applied:
      return tell_group(&Facts::not_applied);
    case log::Outcome::unknown:
      unknown_.insert(unknown_.end(), group_.begin(), group_.end());
      return tell_group(&Facts::unknown);
  }
}

std::string Owner::append(std::size_t events, std::size_t asides, bool more) {
  if (!log_) return "error not open";
  auto items = new_items(events, asides);
  log::Batch batch{{}, {}, more};
  for (const auto& item : items)
    (item.kind == 'e' ? batch.events : batch.asides).emplace_back(item.id.begin(), item.id.end());
  const auto before = log_->head();
  const auto appended = log_->append(batch);
  if (appended.outcome == log::Outcome::durable) {
    // The head behind it may be another owner's already.
    auto event = before.next_event.value, aside = before.next_aside.value;
    for (auto& item : items) {
      item.number = item.kind == 'e' ? event++ : aside++;
      item.place = appended.place.offset;
    }
  }
  group_.insert(group_.end(), items.begin(), items.end());
  tell(appended, more);
  if (!log_->writable()) facts_.lost(qualog::name(appended.code));
  constexpr std::array<const char*, 3> kOutcomes = {"durable", "not_applied", "unknown"};
  const bool durable = appended.outcome == log::Outcome::durable;
  return fmt::format("{} {} {}", kOutcomes[static_cast<std::size_t>(appended.outcome)],
                     durable ? "-" : std::string(qualog::name(appended.code)), appended.cause);
}

std::string Owner::abandon() {
  const auto given_up = log_->abandon_group();
  if (!given_up) return fmt::format("error {}", qualog::name(given_up.error().code));
  tell_group(&Facts::not_applied);
  return "abandoned";
}

bool Owner::pause(long milliseconds) {
  stopped_ = stopped_ || stop_.comes_within(milliseconds);
  return !stopped_;
}

// One batch; now and then a group of two or three records.
void Owner::step() {
  const auto records = random_() % 6 == 0 ? 2 + upto(1) : 1;
  for (std::size_t n = 1; n <= records && can_append(); ++n)
    append(1 + upto(2), upto(1), n < records);
  // A group whose log is lost before its next record: no opening will find it closed.
  if (!can_append() && !group_.empty()) tell_group(&Facts::not_applied);
}

std::string Owner::run(std::uint64_t budget, long pace_ms) {
  constexpr long kBackOffMs = 40;
  stopped_ = false;
  while (pause(0)) {
    if (!can_append() && !open().starts_with("opened")) {
      pause(kBackOffMs + static_cast<long>(upto(kBackOffMs)));
      continue;
    }
    const auto records = budget == 0 ? UINT64_MAX : budget / 4 + upto(budget);
    for (std::uint64_t n = 0; n < records && can_append() && pause(pace_ms); ++n) step();
    if (budget == 0) continue;
    log_.reset();
    pause(static_cast<long>(upto(kBackOffMs)));
  }
  return fmt::format("ran {}", facts_.told_durable());
}

std::string obey(Owner& owner, const std::string& line) {
  std::istringstream words(line);
  std::string verb;
  std::uint64_t first = 0, second = 0;
  words >> verb >> first >> second;
  if (verb == "open") return owner.open();
  if (verb == "append" || verb == "more") return owner.append(first, second, verb == "more");
  if (verb == "abandon") return owner.abandon();
  if (verb == "run") return owner.run(first, static_cast<long>(second));
  if (verb == "forget") return owner.forget(), "forgot";
  return "error no such command";
}

}  // namespace
}  // namespace qualog::test

int main(int count, char** words) {
  using namespace qualog::test;
  const Arguments arguments(count, words);
  Owner owner(arguments);
  for (std::string line; std::getline(std::cin, line) && line != "end";)
    std::cout << obey(owner, line) << '\n' << std::flush;
}
