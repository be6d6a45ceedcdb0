// SPDX-License-Identifier: Apache-2.0
#include "engine/log/file_log.h"

#include "engine/log/log_store.h"
#include "engine/log/rule.h"
#include "engine/log/segment_writer.h"
#include "engine/log/survey.h"
#include "engine/log/witness.h"
#include "schema/assert.h"
#include "schema/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

namespace qualog::log {

namespace {

class FileLog final : public Log {
 public:
  FileLog(Files& files, Catalog catalog, Random& random, SegmentSizes sizes,
          std::unique_ptr<FileLock> lock)
      : directory_(catalog.directory),
        random_(random),
        lock_(std::move(lock)),
        segments_(files, std::move(catalog), sizes) {}

  Result<void> begin_new(Files& files, const LogIds& ids);
  Result<void> go_on(const Survey& survey, bool in_new_segment);
  Result<void> attach_witness(std::unique_ptr<File> file, const WitnessReading& reading);

  Appended append(const Batch& batch) override;
  Appended seal(const Seal& seal) override;
  Result<void> abandon_group() override;
  Head head() const override { return state_.head; }
  Head settled() const override { return state_.settled; }
  Place settled_place() const override { return settled_place_; }
  bool writable() const override { return writable_; }
  void maintain() override;
  Result<void> close() override;

 private:
  Appended append_encoded(const RecordView& record);
  std::optional<Appended> make_room(std::size_t bytes);
  Appended not_written(Error why);
  Appended resolve(const Error& why);
  Appended unknown(const Error& why);
  Appended no_more() const;
  Result<void> fence();
  Result<void> roll(std::size_t bytes, SegmentWriter::Begun& begun);
  void apply(const RecordView& record);
  Result<void> note_in_witness();

  std::string directory_;
  Random& random_;
  std::unique_ptr<FileLock> lock_;
  SegmentWriter segments_;
  std::unique_ptr<Witness> witness_;
  LogIds ids_;
  State state_;
  Place settled_place_;
  Chains chains_;
  Bytes buffer_;  // the record in hand
  std::atomic<bool> writable_ = true;
};

Result<void> FileLog::roll(std::size_t bytes, SegmentWriter::Begun& begun) {
  Error why{Code::io, {}};
  begun = segments_.begin_next(ids_, state_, bytes, why);
  if (begun != SegmentWriter::Begun::Yes) return why;
  return {};
}

Result<void> FileLog::begin_new(Files& files, const LogIds& ids) {
  ids_ = ids;
  state_ = {.head = chains_.start(ids.lineage), .settled = chains_.start(ids.lineage)};
  SegmentWriter::Begun begun{};
  QUALOG_TRY(roll(kFenceBytes, begun));
  QUALOG_TRY(Witness::create(files, directory_, segments_.end(), state_.head));
  return fence();
}

Result<void> FileLog::go_on(const Survey& survey, bool in_new_segment) {
  ids_ = survey.ids;
  state_ = survey.state;
  QUALOG_TRY(segments_.resume(survey.end.segment, survey.end.offset));
  SegmentWriter::Begun begun{};
  if (in_new_segment || !segments_.fits_fence()) QUALOG_TRY(roll(kFenceBytes, begun));
  return fence();
}

Result<void> FileLog::attach_witness(std::unique_ptr<File> file, const WitnessReading& reading) {
  QUALOG_ASSIGN(const auto identity, file->identity());
  witness_ = std::make_unique<Witness>(std::move(file), identity, reading);
  return witness_->renew(segments_.end(), state_.head);
}

void FileLog::apply(const RecordView& record) {
  QUALOG_ASSERT(take(state_, record, chains_) == Verdict::Accepted);
  if (!record.front.more) settled_place_ = segments_.end();
}

// The first own record of an epoch, at the end of the log. Nothing goes into the witness.
Result<void> FileLog::fence() {
  const auto record =
      encode_fence({state_.epoch.next(), random_number(random_)}, state_.settled, ids_, buffer_);
  QUALOG_TRY(segments_.append(record.bytes));
  apply(record);
  return {};
}

Result<void> FileLog::note_in_witness() {
  auto noted = witness_->put(segments_.end(), state_.head);
  if (!noted) writable_ = false;
  return noted;
}

Appended refusal(Code code, std::string cause) {
  return {Outcome::not_applied, {}, code, std::move(cause)};
}

// Nothing is written once the log is closed, sealed or in doubt.
Appended FileLog::no_more() const {
  if (state_.sealed) return refusal(Code::moved, directory_ + ": the project has moved");
  return refusal(Code::read_only, directory_ + ": the log takes no records; open it again");
}

Appended FileLog::unknown(const Error& why) {
  writable_ = false;
  return {Outcome::unknown, {}, why.code, why.message};
}

// No byte of the record was written. An open group is given up, in the room kept for a Fence.
Appended FileLog::not_written(Error why) {
  if (auto given_up = abandon_group(); !given_up) return unknown(given_up.error());
  return refusal(why.code, std::move(why.message));
}

// The record was written and may lie there: the segment ends before it, for good.
Appended FileLog::resolve(const Error& why) {
  SegmentWriter::Begun begun{};
  auto fenced = roll(kFenceBytes, begun);
  if (fenced) fenced = fence();
  if (!fenced) return unknown(why);
  (void)note_in_witness();  // the log is then read-only; the answer stands
  return refusal(why.code, why.message);
}

std::optional<Appended> FileLog::make_room(std::size_t bytes) {
  if (segments_.fits(bytes)) return std::nullopt;
  SegmentWriter::Begun begun{};
  auto rolled = roll(bytes, begun);
  if (rolled) return std::nullopt;
  if (begun == SegmentWriter::Begun::Doubt) return unknown(rolled.error());
  return not_written(rolled.error());
}

Appended FileLog::append_encoded(const RecordView& record) {
  if (auto written = segments_.append(record.bytes); !written) return resolve(written.error());
  apply(record);
  Appended appended{Outcome::durable, segments_.end(), Code::io, {}};
  if (auto noted = note_in_witness(); !noted) appended.cause = noted.error().message;
  return appended;
}

Appended FileLog::append(const Batch& batch) {
  if (!writable_) return no_more();
  if (is_too_large(batch)) {
    return not_written(fail(Code::too_large, directory_ + ": a record or item is too large"));
  }
  if (auto failed = make_room(batch_bytes(batch))) return *failed;
  return append_encoded(encode_batch(state_, batch, buffer_));
}

Appended FileLog::seal(const Seal& seal) {
  QUALOG_ASSERT(!group_open(state_));
  if (!writable_) return no_more();
  if (seal.place.size() > kSealPlaceBytesMax) {
    return refusal(Code::too_large, directory_ + ": the name of the new place is too long");
  }
  if (auto failed = make_room(seal_bytes(seal))) return *failed;
  auto appended = append_encoded(encode_seal(state_, seal, buffer_));
  if (state_.sealed) writable_ = false;
  return appended;
}

Result<void> FileLog::abandon_group() {
  if (!group_open(state_)) return {};
  if (!writable_) return fail(Code::read_only, no_more().cause);
  SegmentWriter::Begun begun{};
  auto fenced = segments_.fits_fence() ? Result<void>() : roll(kFenceBytes, begun);
  if (fenced) fenced = fence();
  if (!fenced) {
    // The Fence may lie there: only a new segment can end what it began.
    if (const auto resolved = resolve(fenced.error()); resolved.outcome == Outcome::unknown) {
      return fail(resolved.code, resolved.cause);
    }
    return {};
  }
  (void)note_in_witness();
  return {};
}

void FileLog::maintain() {
  if (!writable_) return;
  segments_.prepare();
  if (!witness_->sync()) writable_ = false;
}

Result<void> FileLog::close() {
  if (lock_ == nullptr) return {};
  const bool clean = writable_.exchange(false) || state_.sealed;
  auto closed = clean ? witness_->close(segments_.end(), state_.head)
                      : fail(Code::read_only, directory_ + ": closed without knowing its end");
  lock_.reset();
  return closed;
}

// A log is there if its witness is; without one, records are damage.
Result<void> refuse_existing(Files& files, const std::string& directory) {
  auto witness = open_witness(files, directory, Access::Read);
  if (witness) return fail(Code::invalid, directory + ": a log is here already; open it");
  return witness.error().code == Code::not_found ? Result<void>() : witness.error();
}

ReadPlan plan_of(const Survey& survey, Place from, const std::optional<Applied>& trusted,
                 bool lenient) {
  ReadPlan plan{.from = from, .from_state = survey.at_from, .ids = survey.ids};
  if (trusted && !lenient) plan.evidence.push_back(*trusted);
  return plan;
}

// Reads into the sink what the state has not; nothing is delivered that is not durable by now.
Result<ReadSummary> deliver(Files& files, const Survey& survey, const WitnessReading& witness,
                            const ReadPlan& plan, Sink& sink) {
  ReadSummary summary{.copied = witness.copied,
                      .tail_bytes = survey.tail_bytes,
                      .tail_has_records = survey.tail_has_records};
  QUALOG_TRY(read_records(files, survey.catalog, plan, sink, summary));
  if (witness.running_copy()) summary.copy_ends = survey.state.settled.sequence();
  if (summary.damage.empty()) return summary;
  if (!witness.running_copy() || plan.from == Place{}) return damage_error(summary.damage.front());
  return fail(Code::not_found, fmt::format("{}: this copy was made while the project ran, and "
                                           "ends before its state; build the state anew",
                                           survey.catalog.directory));
}

}  // namespace

Result<std::unique_ptr<Log>> create_file_log(Files& files, const std::string& directory,
                                             ProjectId project, LineageId lineage, Random& random,
                                             SegmentSizes sizes) {
  QUALOG_ASSIGN(auto lock, files.lock(directory + "/lock"));
  QUALOG_TRY(refuse_existing(files, directory));
  auto log =
      std::make_unique<FileLog>(files, Catalog{directory, 0}, random, sizes, std::move(lock));
  QUALOG_TRY(log->begin_new(files, {project, lineage}));
  QUALOG_ASSIGN(auto file, open_witness(files, directory, Access::ReadWrite));
  QUALOG_ASSIGN(const auto reading, read_witness(*file));
  QUALOG_TRY(log->attach_witness(std::move(file), reading));
  return std::unique_ptr<Log>(std::move(log));
}

Result<OpenedLog> open_file_log(Files& files, const std::string& directory, Place from,
                                const std::optional<Applied>& trusted, Random& random, Sink& sink,
                                SegmentSizes sizes) {
  QUALOG_ASSIGN(auto lock, files.lock(directory + "/lock"));
  QUALOG_ASSIGN(auto file, open_witness(files, directory, Access::ReadWrite));
  QUALOG_ASSIGN(const auto witness, read_witness(*file));
  if (!witness.mark) return witness_damage(directory);
  QUALOG_ASSIGN(const auto found, survey(files, directory, witness, from));
  QUALOG_TRY(repair(files, found, witness));
  const auto plan = plan_of(found, from, trusted, witness.running_copy());
  QUALOG_ASSIGN(auto summary, deliver(files, found, witness, plan, sink));
  if (found.seal) return sealed_error(directory, *found.seal);
  auto log = std::make_unique<FileLog>(files, found.catalog, random, sizes, std::move(lock));
  QUALOG_TRY(log->go_on(found, witness.running_copy()));
  QUALOG_TRY(log->attach_witness(std::move(file), witness));
  return OpenedLog{std::move(log), std::move(summary)};
}

}  // namespace qualog::log
