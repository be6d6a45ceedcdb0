// SPDX-License-Identifier: Apache-2.0
// The protocol of the log on a topic, in a world of random fates. Method: three owners at a time,
// who append, build groups, give them up, crash and come back, over a topic that drops, doubles,
// delays and leaves answers out. What they were told is held against what a reader finds at the
// end: durable is there once, whole, at its place and in the order of the answers; not applied is
// nowhere. Controls: the protocol without any one of its obligations breaks that.
// Rows: RR-2, RR-7.
#include "engine/log/memory_log.h"
#include "tests/engine/log/log_support.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace qualog::log {

namespace {

using test::below;
using test::bytes_of;
using test::RecordingSink;
using test::Rng;
using test::SeededRandom;

constexpr Odds kHostile{.unanswered = 8,
                        .late = 8,
                        .drop = 8,
                        .twice = 8,
                        .retried = 6,
                        .unplaced = 4,
                        .land_held = 25};

// Remembers at which place each item settled, in order.
class PlacedItems final : public Sink {
 public:
  Result<void> event(Sequence, ByteView bytes) override { return open("e", bytes); }
  Result<void> aside(AsideNumber, Sequence, ByteView bytes) override { return open("a", bytes); }
  Result<void> settled(const Place& place, const Head&) override {
    for (auto& item : open_) {
      ++times[item];
      places[item] = place;
      order[item] = order.size();
    }
    open_.clear();
    return {};
  }
  void discarded() override { open_.clear(); }

  std::map<std::string, int> times;
  std::map<std::string, Place> places;
  std::map<std::string, std::size_t> order;

 private:
  Result<void> open(const char* kind, ByteView bytes) {
    open_.push_back(kind + std::string(bytes.begin(), bytes.end()));
    return {};
  }
  std::vector<std::string> open_;
};

// What one settled unit holds, and what was told of it.
struct Told {
  std::vector<std::string> items;
  Outcome outcome;
  Place place;
};

class Owner {
 public:
  Owner(MemoryRecords& records, SeededRandom& random, Obligations obligations)
      : records_(records), random_(random), obligations_(obligations) {}

  bool is_open() const { return log_ != nullptr; }
  void crash() {
    log_.reset();
    group_.clear();
  }
  void open() {
    RecordingSink sink;
    auto opened = open_memory_log(records_, {}, random_, sink, obligations_);
    crash();
    if (opened) log_ = std::move(*opened);
  }
  void give_up() {
    (void)log_->abandon_group();
    never(std::exchange(group_, {}));
    if (!log_->writable()) crash();
  }
  void append(Rng& rng, int& words) {
    Batch batch;
    batch.more = below(rng, 4) == 0;
    add(batch.events, "e", below(rng, 2) + 1, words);
    add(batch.asides, "a", below(rng, 2), words);
    note(log_->append(batch), batch.more);
    if (!log_->writable()) crash();
  }

  std::vector<Told>& told() { return told_; }

 private:
  void add(std::vector<Bytes>& items, const char* kind, std::uint64_t count, int& words) {
    for (; count > 0; --count) {
      const auto word = std::to_string(++words);
      items.push_back(bytes_of(word));
      group_.push_back(kind + word);
    }
  }
  void never(std::vector<std::string> items) {
    if (!items.empty()) told_.push_back({std::move(items), Outcome::not_applied, {}});
  }
  // A group is told of when it closes, or when it is lost.
  void note(const Appended& appended, bool more) {
    if (more && appended.outcome == Outcome::durable) return;
    told_.push_back({std::exchange(group_, {}), appended.outcome, appended.place});
  }

  MemoryRecords& records_;
  SeededRandom& random_;
  Obligations obligations_;
  std::unique_ptr<Log> log_;
  std::vector<std::string> group_;
  std::vector<Told> told_;
};

// The first thing that was told and is not so; empty: nothing.
std::string first_lie(const std::vector<Told>& told, PlacedItems& found) {
  std::size_t last = 0;
  for (const auto& [item, times] : found.times)
    if (times != 1) return item + " is there twice";
  for (const auto& unit : told) {
    if (unit.outcome == Outcome::unknown) continue;
    const bool durable = unit.outcome == Outcome::durable;
    for (const auto& item : unit.items) {
      const bool there = found.times.count(item) != 0;
      if (there != durable) return item + (durable ? " is lost" : " came back");
      if (!durable) continue;
      if (found.places[item] != unit.place) return item + " is at another place than was told";
      if (found.order[item] < last) return item + " is before what was answered before it";
    }
    for (const auto& item : unit.items)
      if (durable) last = std::max(last, found.order[item]);
  }
  return {};
}

std::string lie_of(std::uint64_t seed, Obligations obligations) {
  Rng rng(seed);
  SeededRandom random(seed);
  MemoryRecords records(test::test_ids(), random);
  records.set_odds(kHostile);
  std::vector<Owner> owners;
  for (int n = 0; n < 3; ++n) owners.emplace_back(records, random, obligations);
  std::vector<Told> told;
  int words = 0;
  for (int step = 0; step < 50; ++step) {
    auto& owner = owners[below(rng, owners.size())];
    const auto choice = below(rng, 16);
    if (!owner.is_open() || choice == 0)
      owner.open();
    else if (choice == 1)
      owner.crash();
    else if (choice == 2)
      owner.give_up();
    else
      owner.append(rng, words);
    std::move(owner.told().begin(), owner.told().end(), std::back_inserter(told));
    owner.told().clear();
  }
  records.land_held(1000);
  PlacedItems found;
  const auto read = read_topic_log(records, {.which = {records.ids()}}, found);
  if (!read) return read.error().code == Code::not_found ? std::string() : read.error().message;
  if (!read->damage.empty()) return read->damage.front().reason;
  return first_lie(told, found);
}

// How many seeds of the first `seeds` show it.
int lies(std::uint64_t seeds, Obligations obligations) {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed)
    found += lie_of(seed, obligations).empty() ? 0 : 1;
  return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(RR_2_RR_7_whatever_the_broker_does_what_was_told_is_so) {
  test::for_seeds(20'000, [](Rng&, std::uint64_t seed) {
    const auto lie = lie_of(seed, {});
    BOOST_REQUIRE_MESSAGE(lie.empty(), "QUALOG_SEED=" << seed << ": " << lie);
  });
}

BOOST_AUTO_TEST_CASE(RR_2_RR_7_without_any_one_obligation_something_told_is_not_so) {
  const std::pair<const char*, Obligations> controls[] = {
      {"acknowledged by the delivery alone", {.read_back = false}},
      {"no fence after doubt", {.fence_after_doubt = false}},
      {"not applied before the fence", {.fence_before_not_applied = false}},
  };
  for (const auto& [name, obligations] : controls) {
    const int found = lies(2000, obligations);
    BOOST_TEST_MESSAGE(name << ": " << found << " of 2000");
    BOOST_TEST(found > 0, name);
  }
}

}  // namespace qualog::log
