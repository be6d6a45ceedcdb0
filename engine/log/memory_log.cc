// SPDX-License-Identifier: Apache-2.0
#include "engine/log/memory_log.h"

#include <algorithm>

namespace qualog::log {

bool MemoryRecords::chance(unsigned percent) {
  return percent != 0 && random_number(adversary_) % 100 < percent;
}

Fate MemoryRecords::next_fate() {
  if (!script_.empty()) {
    const auto fate = script_.front();
    script_.pop_front();
    return fate;
  }
  if (chance(odds_.unanswered)) return Fate::Unanswered;
  if (chance(odds_.late)) return Fate::Late;
  if (chance(odds_.drop)) return Fate::Drop;
  if (chance(odds_.twice)) return Fate::Twice;
  if (chance(odds_.retried)) return Fate::Retried;
  return chance(odds_.unplaced) ? Fate::Unplaced : Fate::Land;
}

std::size_t MemoryRecords::land_held(std::size_t most) {
  const auto count = std::min(most, held_.size());
  for (std::size_t i = 0; i < count; ++i) landed_.push_back(std::move(held_[i]));
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count));
  return count;
}

namespace {

// What a fate does with a record: copies that land now, copies that are held, and the answer.
struct Deed {
  int landing;
  int held;
  Sent answer;
  bool placed;
};

Deed deed_of(Fate fate) {
  switch (fate) {
    case Fate::Land:
      return {1, 0, Sent::delivered, true};
    case Fate::Unanswered:
      return {1, 0, Sent::doubtful, false};
    case Fate::Late:
      return {0, 1, Sent::doubtful, false};
    case Fate::Drop:
      return {0, 0, Sent::doubtful, false};
    case Fate::Twice:
      return {1, 1, Sent::delivered, true};
    case Fate::Retried:
      return {2, 0, Sent::delivered, true};
    case Fate::Unplaced:
      return {2, 0, Sent::delivered, false};
  }
  return {};
}

}  // namespace

SendReport MemoryRecords::send(ByteView record) {
  const Bytes bytes(record.begin(), record.end());
  if (chance(odds_.land_held)) land_held(1);
  const auto deed = deed_of(next_fate());
  landed_.insert(landed_.end(), static_cast<std::size_t>(deed.landing), bytes);
  held_.insert(held_.end(), static_cast<std::size_t>(deed.held), bytes);
  SendReport report{deed.answer, {}, fail(Code::unknown_outcome, "no answer")};
  if (deed.placed) report.offset = landed_.size() - 1;
  return report;
}

Result<void> MemoryRecords::read(std::uint64_t from, std::optional<std::uint64_t>, Take take) {
  for (auto end = landed_.size(); from < end; ++from) {
    QUALOG_ASSIGN(const bool more, take({from, landed_[from]}));
    if (!more) break;
  }
  return {};
}

Result<std::unique_ptr<Log>> open_memory_log(MemoryRecords& records, Place from, Random& random,
                                             Sink& sink, Obligations obligations) {
  const TopicPlan plan{.which = {records.ids()}, .from = from, .obligations = obligations};
  if (records.landed().empty()) return create_topic_log(shared(records), plan, random);
  QUALOG_ASSIGN(auto opened, open_topic_log(shared(records), plan, random, sink));
  return std::move(opened.log);
}

}  // namespace qualog::log
