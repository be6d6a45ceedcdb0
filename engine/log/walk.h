// SPDX-License-Identifier: Apache-2.0
// Goes through the records of a file log in order, from the header of any segment on, applying the
// rule and the stricter demands of files: a valid record that the rule does not accept is damage.
// Reads in large blocks, hashes every item once, writes nothing. One thread.
#pragma once

#include "engine/log/files.h"
#include "engine/log/record.h"
#include "engine/log/rule.h"
#include "engine/log/segment.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace qualog::log {

// One place where stored bytes are not what was written.
struct Damage {
  std::string file;
  std::uint64_t offset = 0;
  Sequence sequence;  // of the last good event before it
  std::string reason;
};

// As an Error: Code::damaged, one line.
Error damage_error(const Damage& damage);

class Walk {
 public:
  struct Step {
    Place begin;
    Place end;
    RecordView record;  // valid until the next call
    Head before;        // head before the record
  };

  // `catalog` holds begun segments only. Both outlive the walk.
  Walk(Files& files, const Catalog& catalog) : files_(files), catalog_(catalog) {}

  // Takes S from the header of a segment and stands behind it.
  Result<void> begin(std::uint64_t number);
  // Stands at a place that an earlier walk has passed, with the S that it had there.
  Result<void> begin_at(const Place& place, const State& state, const LogIds& ids);
  // True: step() is the next record, accepted. False: no record begins at place(), in the last
  // segment. Errors: damaged (see damage()), too_new, io.
  Result<bool> next();
  // After damage: goes on behind it, S taken from the next record or header found. False: nothing
  // follows.
  Result<bool> skip_damage();

  // At the end: what lies behind it. The next call of next() looks at the file anew.
  Result<TailScan> tail();
  // At the end, where tail() found a record all the same: damage.
  Error damaged_end() { return damaged(offset_, "no valid record begins here, but one follows"); }

  const Step& step() const { return step_; }
  Place place() const { return {number_, offset_}; }
  const State& state() const { return state_; }
  const LogIds& ids() const { return ids_; }
  const std::optional<Seal>& seal() const { return seal_; }
  // What the last failed call found.
  const std::optional<Damage>& damage() const { return damage_; }

 private:
  Result<void> open_segment(std::uint64_t number);
  Result<void> read_next_header();
  Result<void> cross();
  Result<ByteView> window(std::size_t bytes);
  Result<Decoded> read_record(RecordView& record);
  Result<bool> end_or_cross();
  Result<void> accept(const RecordView& record);
  const char* objection(const RecordView& record);
  void adopt(const RecordView& record);
  Result<bool> resume_behind();
  Error damaged(std::uint64_t offset, const char* reason);
  Error too_new() const;

  Files& files_;
  const Catalog& catalog_;
  Chains chains_;
  std::unique_ptr<File> file_;
  std::uint64_t number_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t offset_ = 0;
  HeaderReading next_header_;               // of segment number_ + 1
  std::optional<std::uint64_t> named_end_;  // where that header says this segment ends
  Bytes window_;
  std::uint64_t window_begin_ = 0;
  std::size_t window_bytes_ = 0;
  LogIds ids_;
  State state_;
  std::optional<Seal> seal_;
  Step step_;
  std::optional<Damage> damage_;
  std::optional<Place> adopted_;
};

}  // namespace qualog::log
