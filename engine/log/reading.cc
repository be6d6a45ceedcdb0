// SPDX-License-Identifier: Apache-2.0
#include "engine/log/reading.h"

#include "engine/log/delivery.h"
#include "engine/log/segment.h"
#include "engine/log/survey.h"
#include "engine/log/witness.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::log {

namespace {

// One scan from a segment's header to the end, the limit, or through damage.
class Scan {
 public:
  Scan(Files& files, const Catalog& catalog, const ReadPlan& plan, Sink& sink, ReadSummary& summary)
      : catalog_(catalog), plan_(plan), delivery_(sink), summary_(summary), walk_(files, catalog) {}

  Result<void> run() {
    summary_.settled_place = plan_.from;
    const auto first = std::max<std::uint64_t>(plan_.from.segment, 1);
    if (first > catalog_.last) {
      note_lost(plan_.from);
      return {};
    }
    auto begun = plan_.from_state ? walk_.begin_at(plan_.from, *plan_.from_state, plan_.ids)
                                  : walk_.begin(first);
    if (!begun) QUALOG_TRY(note(begun.error()));
    begin_ = walk_.place();
    meet(walk_.place());
    QUALOG_TRY(go());
    finish();
    return {};
  }

 private:
  bool good() const { return summary_.damage.empty(); }

  // Steps until nothing follows; damage is noted and skipped.
  Result<void> go() {
    while (!plan_.limit || walk_.place() < *plan_.limit) {
      auto more = walk_.next();
      if (!more) {
        QUALOG_ASSIGN(const bool goes_on, skip(more.error()));
        if (!goes_on) return {};
        continue;
      }
      QUALOG_ASSIGN(const bool goes_on, *more ? step() : judge_end());
      if (!goes_on) return {};
    }
    return {};
  }

  // Where no record begins: true if records follow all the same, and the reading goes on there.
  Result<bool> judge_end() {
    const auto end = walk_.place();
    // Also behind the header of a last segment that has no record yet.
    if (good()) reached_ = end;
    if (!plan_.judge_end) return false;
    QUALOG_ASSIGN(const auto tail, walk_.tail());
    if (!tail.record || plan_.copied_running) {
      if (good()) note_tail(tail, end);
      return false;
    }
    // An owner who came since may have written them.
    if (looked_again_ != end) {
      looked_again_ = end;
      return !plan_.may_pass || plan_.may_pass({end.segment, end.offset + 1});
    }
    return skip(walk_.damaged_end());
  }

  void note_tail(const TailScan& tail, const Place& end) {
    summary_.tail_bytes = tail.used_end - end.offset;
    summary_.tail_has_records = tail.record.has_value();
  }

  Result<bool> skip(Error error) {
    while (summary_.damage.size() < kDamageMax) {
      QUALOG_TRY(note(error));
      auto skipped = walk_.skip_damage();
      if (skipped) return *skipped;
      error = skipped.error();
    }
    return false;
  }

  // Damage is kept, any other error handed on.
  Result<void> note(const Error& error) {
    if (error.code != Code::damaged || !walk_.damage()) return error;
    summary_.damage.push_back(*walk_.damage());
    return {};
  }

  Result<bool> step() {
    const auto& step = walk_.step();
    if (plan_.may_pass) {
      QUALOG_ASSIGN(const bool passes, plan_.may_pass(step.end));
      if (!passes) return false;
    }
    if (good()) meet(step.end);
    if (good() && step.end > plan_.from && !at_from_) note_lost(plan_.from);
    if (good() && step.end > plan_.from) QUALOG_TRY(deliver(step));
    return true;
  }

  // Notes which of the awaited places is reached.
  void meet(const Place& place) {
    at_from_ =
        at_from_ || plan_.from == Place{} || (place == plan_.from && !group_open(walk_.state()));
    for (const auto& awaited : plan_.evidence) {
      if (awaited.place == place && awaited.head == walk_.state().head) ++met_;
    }
    if (at_from_ && !group_open(walk_.state())) {
      summary_.settled = walk_.state().settled;
      summary_.settled_place = place;
    }
    reached_ = place;
    state_ = walk_.state();
  }

  Result<void> deliver(const Walk::Step& step) {
    const auto& front = step.record.front;
    ++summary_.records;
    if (front.kind == Kind::Fence) ++summary_.fences;
    summary_.events += front.events;
    summary_.asides += front.asides;
    return delivery_.deliver(step.record, step.before, walk_.state(), step.end);
  }

  void finish() {
    delivery_.finish();
    summary_.ids = walk_.ids();
    summary_.state = state_;
    summary_.end = reached_;
    summary_.seal = good() ? walk_.seal() : std::nullopt;
    if (good() && !at_from_) note_lost(plan_.from);
    std::size_t awaited = 0;
    for (const auto& applied : plan_.evidence) awaited += applied.place >= begin_ ? 1 : 0;
    if (good() && met_ < awaited) note_lost(plan_.evidence.back().place);
  }

  void note_lost(const Place& place) {
    summary_.damage.push_back({catalog_.path(std::min(place.segment, catalog_.last)), place.offset,
                               state_.head.sequence(),
                               "the log had come to this place, but no such record ends here"});
  }

  const Catalog& catalog_;
  const ReadPlan& plan_;
  Delivery delivery_;
  ReadSummary& summary_;
  Walk walk_;
  Place begin_;
  Place reached_;
  State state_;
  std::size_t met_ = 0;
  std::optional<Place> looked_again_;
  bool at_from_ = false;
};

}  // namespace

Result<void> read_records(Files& files, const Catalog& catalog, const ReadPlan& plan, Sink& sink,
                          ReadSummary& summary) {
  return Scan(files, catalog, plan, sink, summary).run();
}

Result<ReadSummary> read_file_log(Files& files, const std::string& directory, Place from,
                                  Sink& sink) {
  ReadSummary summary;
  const auto lock = directory + "/lock";
  QUALOG_ASSIGN(summary.owned, files.locked(lock));
  QUALOG_ASSIGN(auto file, open_witness(files, directory, Access::Read));
  QUALOG_ASSIGN(const auto witness, read_witness(*file));
  if (!witness.mark) return witness_damage(directory);
  std::uint64_t never_begun = 0;
  QUALOG_ASSIGN(auto catalog, begun_segments(files, directory, never_begun));
  summary.copied = witness.copied;
  const bool lenient = witness.running_copy();
  const auto mark = *witness.mark;
  ReadPlan plan{.from = from, .evidence = {}, .judge_end = true, .copied_running = lenient};
  if (!lenient) plan.evidence.push_back({mark.place, mark.head});
  if (summary.owned && !lenient) plan.limit = mark.place;
  if (plan.limit) catalog.last = std::min(catalog.last, mark.place.segment);
  if (plan.limit && *plan.limit <= from) {
    // What was read before, without an owner, may lie behind the witness of one who is opening.
    summary.end = summary.settled_place = from;
    return summary;
  }
  // Behind the witness lies what an owner may be writing, unless nobody owns the log.
  plan.may_pass = [&](const Place& end) -> Result<bool> {
    if (lenient || end <= mark.place) return true;
    if (!summary.owned) {
      QUALOG_ASSIGN(summary.owned, files.locked(lock));
    }
    return !summary.owned;
  };
  QUALOG_TRY(read_records(files, catalog, plan, sink, summary));
  if (lenient) summary.copy_ends = summary.settled.sequence();
  return summary;
}

}  // namespace qualog::log
