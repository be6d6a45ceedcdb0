// SPDX-License-Identifier: Apache-2.0
// What the tests of logs share: a seeded random source, a sink that remembers, batches from words.
#pragma once

#include "engine/effects.h"
#include "engine/log/log.h"
#include "engine/log/record.h"
#include "tests/support/seed.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::test {

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : rng_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(rng_());
  }

 private:
  Rng rng_;
};

inline Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

inline log::Batch batch_of(std::initializer_list<std::string_view> events,
                           std::initializer_list<std::string_view> asides = {}, bool more = false) {
  log::Batch batch;
  for (const auto text : events) batch.events.push_back(bytes_of(text));
  for (const auto text : asides) batch.asides.push_back(bytes_of(text));
  batch.more = more;
  return batch;
}

inline log::LogIds test_ids() {
  log::LogIds ids;
  ids.project.bytes.fill(0x11);
  ids.lineage.bytes.fill(0x22);
  return ids;
}

// Remembers what is settled, and checks that numbers are dense.
class RecordingSink final : public log::Sink {
 public:
  struct Item {
    std::uint64_t number = 0;
    std::uint64_t after = 0;
    std::string text;
    bool operator==(const Item&) const = default;
  };

  Result<void> event(Sequence sequence, ByteView bytes) override {
    if (!is_aligned(bytes)) return fail(Code::damaged, "an item is not aligned");
    open_events_.push_back({sequence.value, 0, std::string(text_of(bytes))});
    return {};
  }
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override {
    if (!is_aligned(bytes)) return fail(Code::damaged, "an item is not aligned");
    open_asides_.push_back({number.value, after.value, std::string(text_of(bytes))});
    return {};
  }
  Result<void> settled(const log::Place& place, const log::Head& head) override {
    move_to(events, open_events_);
    move_to(asides, open_asides_);
    applied = {place, head};
    return {};
  }
  void discarded() override {
    ++discards;
    open_events_.clear();
    open_asides_.clear();
  }

  std::vector<std::string> texts() const {
    std::vector<std::string> result;
    for (const auto& item : events) result.push_back(item.text);
    return result;
  }
  bool nothing_open() const { return open_events_.empty() && open_asides_.empty(); }

  std::vector<Item> events;
  std::vector<Item> asides;
  log::Applied applied;
  int discards = 0;

 private:
  // Items are read in place.
  static bool is_aligned(ByteView bytes) {
    return reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 == 0;
  }
  static void move_to(std::vector<Item>& to, std::vector<Item>& from) {
    to.insert(to.end(), from.begin(), from.end());
    from.clear();
  }

  std::vector<Item> open_events_;
  std::vector<Item> open_asides_;
};

}  // namespace qualog::test
