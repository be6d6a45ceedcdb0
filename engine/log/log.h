// SPDX-License-Identifier: Apache-2.0
// Log: one project's durable sequence of records, whatever stores it. The bytes and the rule are in
// docs/log-format.md; engine/log/rule.h applies the rule and nothing else repeats it. Backends:
// file_log (the embedded default), and topic_log over a broker or over memory_log (adversarial,
// for tests). Every backend passes one
// conformance suite, tests/engine/log/log_conformance.h.
//
// Guarantees: append() says `durable` only when the record will be read again after any crash; says
// `not_applied` only when the record will never be read; anything else is `unknown`.
// One thread at a time; one record in flight.
#pragma once

#include "schema/bytes.h"
#include "schema/chain.h"
#include "schema/ids.h"
#include "schema/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::log {

// Where a record ends: segment and offset in a file log; in a topic its generation, and the offset
// behind the record.
struct Place {
  std::uint64_t segment = 0;
  std::uint64_t offset = 0;
  auto operator<=>(const Place&) const = default;
};

// What has been folded: the next free numbers and both chains.
struct Head {
  Sequence next_event{1};
  AsideNumber next_aside{1};
  Digest chain{};
  Digest aside_chain{};
  bool operator==(const Head&) const = default;
  Sequence sequence() const { return next_event.previous(); }
};

// How far a state has folded a log: a place where a record ends and no group is open, and the head
// there.
struct Applied {
  Place place;
  Head head;
  bool operator==(const Applied&) const = default;
};

// One record to append. Events and asides are stored bytes (one FlatBuffer each). `more`: the group
// goes on in the next record; a record with `more`, and the one that closes, carry that group only,
// and what is over because of it.
struct Batch {
  std::vector<Bytes> events;
  std::vector<Bytes> asides;
  bool more = false;
};

// Where the project goes on, and its head there: the last record of a log that has moved.
struct Seal {
  std::string place;  // UTF-8, at most 4096 bytes
  Sequence sequence;
  Digest chain{};
  bool operator==(const Seal&) const = default;
};
// In the place of a place: the project goes on nowhere, it was purged (replay/purge.h).
inline constexpr std::string_view kPurged = "purged";
inline bool is_purge(const Seal& seal) { return seal.place == kPurged; }

// Receives what a reader or an opening owner finds, in log order. Items come provisionally;
// settled() makes all of them since the last settled() final, discarded() takes them back. What is
// still open where the reading ends is discarded. An error stops the reading and is handed on.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Result<void> event(Sequence sequence, ByteView bytes) = 0;
  virtual Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) = 0;
  virtual Result<void> settled(const Place& place, const Head& head) = 0;
  virtual void discarded() = 0;
};

// For whoever reads for the reading's own sake.
class NoSink final : public Sink {
 public:
  Result<void> event(Sequence, ByteView) override { return {}; }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const Place&, const Head&) override { return {}; }
  void discarded() override {}
};

enum class Outcome {
  durable,      // it is in the log for good
  not_applied,  // it is not, and never will be: an own later fence is accepted
  unknown,      // it may be; the log takes no more records until it is opened again
};

struct Appended {
  Outcome outcome;
  Place place;           // the end of the record, when durable
  Code code = Code::io;  // why not durable: too_large, no_space, read_only, moved, held, io
  std::string cause;     // the same in one line; when durable, why the log takes no more, if so
};

class Log {
 public:
  virtual ~Log() = default;

  // Appends one record behind head(). On `not_applied` head() is settled again: an open group is
  // gone (unless the log is not writable: then the next opening discards it). Items of at most
  // limits::kItemBytesMax, a record of at most limits::kRecordBytesMax. Cost: one write, one sync.
  virtual Appended append(const Batch& batch) = 0;

  // Appends the last record of this log: the project has moved. No group may be open. When durable
  // nothing can be appended any more, and opening it as owner gives Code::moved.
  virtual Appended seal(const Seal& seal) = 0;

  // Gives an open group up by fencing oneself; head() is settled again. Without an open group it
  // does nothing. Error: the log is read-only.
  virtual Result<void> abandon_group() = 0;

  // After the last record appended or read, open groups included.
  virtual Head head() const = 0;
  // After the last settled record, and where that record ends. A Fence settles too; one that was
  // sent in doubt may say less than the log has, and its place is that of the record before it.
  virtual Head settled() const = 0;
  virtual Place settled_place() const = 0;

  // False after an unknown outcome, a seal or close(): nothing is appended until the log is opened
  // again. Any thread.
  virtual bool writable() const = 0;

  // Work that may be done in the background and off the answer path, from another thread: the next
  // segment is prepared, the witness synced. Called about once a second and after a roll.
  virtual void maintain() = 0;

  // Syncs what is not yet synced, marks a clean close and lets the log go. Idempotent; not beside
  // maintain(). The destructor lets it go without the mark, as a crash would.
  virtual Result<void> close() = 0;
};

}  // namespace qualog::log
