// SPDX-License-Identifier: Apache-2.0
// The log on a topic (topic.h): the protocol by which an owner knows what became of its records,
// though a broker has no conditional append and answers may be lost. Why it holds:
// docs/decisions/0017.
//
//   open    read to the end, append a Fence of the next epoch, read it back. Own iff accepted.
//   append  one record in flight. Delivered at the offset expected next: nothing lies between, so
//           no Fence does: accepted, without reading. Delivered elsewhere: read back; the rule
//           says. Doubtful: an own later Fence, read back, makes an end of the attempt: what lies
//           accepted before it is durable, the rest is not applied. No answer to it: unknown.
//
// Guarantees: those of log.h. The later Fence wins; who has lost learns it from its next record and
// appends nothing more. Cost of an append: one record, one answer.
#pragma once

#include "engine/effects.h"
#include "engine/log/log_store.h"
#include "engine/log/topic_reading.h"

#include <memory>

namespace qualog::log {

// What the protocol insists on. Without any one of these it is wrong: the controls of its tests.
struct Obligations {
  bool read_back = true;          // delivered elsewhere than expected: judged by reading
  bool fence_after_doubt = true;  // go on behind an own Fence only
  bool fence_before_not_applied = true;
};

// Whose term an opening begins.
enum class Opening {
  finished,    // of a log that is made
  unfinished,  // of whoever makes it: nobody else may open it
  finishing,   // of whoever has made it: from here on it is everybody's
};

struct TopicPlan {
  TopicLogIds which;
  Place from{};                      // {}, or where a record ends and no group is open
  std::optional<Applied> trusted{};  // evidence that must be found there
  Opening opening = Opening::finished;
  Obligations obligations{};
};

// That nobody but its maker may have it yet. Code: held.
Error unfinished_error(const std::string& topic);

// Makes a log in a topic that holds no record of ours. `plan.which` has its lineage. `random`
// outlives the log. Errors: invalid (a log is here), and those of opening.
Result<std::unique_ptr<Log>> create_topic_log(std::shared_ptr<Topic> topic, const TopicPlan& plan,
                                              Random& random);

// Opens as owner; delivers what lies behind `plan.from`. Errors: damaged, too_new, moved, held (it
// is still being made, or another owner keeps coming first), not_found (no log in this topic),
// unknown_outcome (no answer to any Fence), io, and what the sink gives.
Result<OpenedLog> open_topic_log(std::shared_ptr<Topic> topic, const TopicPlan& plan,
                                 Random& random, Sink& sink);

// Reads what lies behind `plan.from`, to the end as it was when the reading began. Writes nothing.
// Damage is in the summary. Errors: not_found, too_new, io, and what the sink gives.
Result<ReadSummary> read_topic_log(Topic& topic, const TopicPlan& plan, Sink& sink);

}  // namespace qualog::log
