// SPDX-License-Identifier: Apache-2.0
// Topic: what the protocol of topic_log.h asks of a broker: one sequence of records, each at an
// offset of its own that only grows, in which nothing that was delivered is lost or changed, and a
// sender who may never learn what became of a record. It may land late, twice, or not at all. Any
// number of owners, readers and strangers share a topic. One thread an object.
#pragma once

#include "schema/bytes.h"
#include "schema/function_ref.h"
#include "schema/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace qualog::log {

struct TopicRecord {
  std::uint64_t offset = 0;
  ByteView bytes;  // aligned to 8; valid during the call that hands it over
};

enum class Sent {
  delivered,  // it is in the topic for good
  doubtful,   // it may be, or come to be
  refused,    // it is not, and never will be: never sent, or refused by rule
};

struct SendReport {
  Sent sent;
  std::optional<std::uint64_t> offset;  // of one copy of it, where the broker said; when delivered
  Error why{Code::io, {}};              // unless delivered
};

class Topic {
 public:
  virtual ~Topic() = default;

  // Sends a record and waits until it is delivered, or until nobody may know any more.
  virtual SendReport send(ByteView record) = 0;

  // Hands over the records from `from` on, in order, up to the end as it was when the call began,
  // and at least through `through` where that is given. `take` ends the reading with false.
  // Errors: damaged (the topic ends before `from`, or begins behind it), not_found (no such topic),
  // unreachable (no answer in time), forbidden, and what `take` gives.
  using Take = FunctionRef<Result<bool>(const TopicRecord&)>;
  virtual Result<void> read(std::uint64_t from, std::optional<std::uint64_t> through,
                            Take take) = 0;

  // For messages.
  virtual const std::string& name() const = 0;
};

}  // namespace qualog::log
