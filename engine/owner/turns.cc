// SPDX-License-Identifier: Apache-2.0
#include "engine/owner/turns.h"

#include "engine/folding.h"

#include <algorithm>

namespace qualog::engine {

Turns::Turns(log::Log& log, FoldedState& state, const LineageKeys& keys, Clock& clock,
             std::int64_t last_time, OwnerOptions options,
             std::function<std::vector<Subscriber>()> subscribers)
    : log_(log),
      state_(state),
      keys_(keys),
      clock_(clock),
      last_time_(last_time),
      options_(options),
      subscribers_(std::move(subscribers)) {}

void Turns::note_unwritten(const Result<void>& written) {
  if (!written && (!broken_ || written.error().code == Code::damaged)) broken_ = written.error();
}

std::int64_t Turns::now() {
  last_time_ = std::max(last_time_, static_cast<std::int64_t>(clock_.now_us()));
  return last_time_;
}

void Turns::run(std::deque<Submission>& submissions) {
  if (!broken_ && !log_.writable())
    broken_ = fail(Code::read_only, "the log takes no more records; open the project again");
  if (broken_) return refuse_all(submissions, *broken_);
  const auto state = state_.rows();
  if (state) return decide_round(submissions, **state);
  broken_ = state.error();
  refuse_all(submissions, *broken_);
}

void Turns::decide_round(std::deque<Submission>& submissions, projector::Overlay& state) {
  projector::Overlay::Savepoint begin(state);
  Round round(state, log_.head(), keys_, order_, now(), options_.lease_timeout_us,
              options_.blobs.get(), options_.record_bytes);
  while (!submissions.empty() && !round.full()) {
    if (const auto taken = round.take(submissions.front()); !taken) {
      broken_ = taken.error();
      begin.roll_back();
      give_up(round.pending(), *broken_);
      return refuse_all(submissions, *broken_);
    }
    submissions.pop_front();
  }
  const auto before = log_.head();
  log::Appended failed{log::Outcome::durable, {}, {}, {}};
  const auto durable = append(round.batches(), failed);
  note_unwritten(keep(state, begin, before, round.batches(), durable));
  const auto told = subscribers_();
  answer(round.pending(), durable, failed);
  publish(told, round.batches(), durable, before.next_event);
}

// How many records are durable; the rest is not, for the reason in `failed`.
std::size_t Turns::append(const std::vector<log::Batch>& batches, log::Appended& failed) {
  for (std::size_t index = 0; index < batches.size(); ++index) {
    auto appended = log_.append(batches[index]);
    if (appended.code == Code::held && !broken_) broken_ = fail(Code::held, appended.cause);
    if (appended.outcome == log::Outcome::durable) continue;
    failed = std::move(appended);
    while (index > 0 && batches[index - 1].more) --index;
    return index;
  }
  return batches.size();
}

namespace {

// What the first `durable` batches add to a log.
log::Head behind(log::Head head, const std::vector<log::Batch>& batches, std::size_t durable) {
  for (std::size_t index = 0; index < durable; ++index) {
    head.next_event.value += batches[index].events.size();
    head.next_aside.value += batches[index].asides.size();
  }
  return head;
}

std::size_t items_between(const log::Head& from, const log::Head& to) {
  return to.next_event.value - from.next_event.value + to.next_aside.value - from.next_aside.value;
}

Result<void> fold_batches(projector::Overlay& state, const std::vector<log::Batch>& batches,
                          std::size_t durable) {
  projector::Overlay::Savepoint begin(state);
  projector::Fold fold(state);
  for (std::size_t index = 0; index < durable; ++index) {
    for (const auto& event : batches[index].events) QUALOG_TRY(fold_event(fold, event));
    for (const auto& aside : batches[index].asides) QUALOG_TRY(fold_aside(fold, aside));
  }
  begin.keep();
  return {};
}

}  // namespace

// Takes over what is durable. Of a round that is durable in part, that part is folded anew. Behind
// what another owner has appended since, which is not folded here, the state must not claim to be.
Result<void> Turns::keep(projector::Overlay& state, projector::Overlay::Savepoint& round,
                         const log::Head& before, const std::vector<log::Batch>& batches,
                         std::size_t durable) {
  const auto settled = log_.settled();
  const auto expected = behind(before, batches, durable);
  const bool is_ours =
      settled.next_event == expected.next_event && settled.next_aside == expected.next_aside;
  const bool is_whole = durable == batches.size();
  if (is_ours && is_whole)
    round.keep();
  else
    round.roll_back();
  if (batches.empty()) return {};
  if (!is_ours)
    return broken_ ? *broken_
                   : fail(Code::held,
                          "another process has written to the log; open the project "
                          "again");
  if (!is_whole) QUALOG_TRY(fold_batches(state, batches, durable));
  if (durable == 0) return {};
  return state_.reached({log_.settled_place(), settled}, items_between(before, settled));
}

void Turns::publish(const std::vector<Subscriber>& told, const std::vector<log::Batch>& batches,
                    std::size_t durable, Sequence first) {
  if (told.empty()) return;
  for (std::size_t index = 0; index < durable; ++index)
    for (const auto& event : batches[index].events) {
      for (const auto& subscriber : told) subscriber(first, event);
      first = first.next();
    }
}

void Turns::answer(std::vector<Round::Pending>& pending, std::size_t durable,
                   const log::Appended& failed) {
  for (auto& waiting : pending) {
    if (waiting.records > durable) {
      const bool known = failed.outcome == log::Outcome::not_applied;
      waiting.answer = without_outcome(known ? Outcome::not_applied : Outcome::unknown,
                                       waiting.answer.command, {failed.code, failed.cause});
    }
    order_.answered(waiting.session, waiting.answer);
    if (waiting.done) waiting.done(waiting.answer);
  }
}

// Decided on a damaged state, never appended.
void Turns::give_up(std::vector<Round::Pending>& pending, const Error& error) {
  for (auto& waiting : pending)
    if (waiting.done) waiting.done(without_outcome(Outcome::error, waiting.answer.command, error));
}

// Once another owner has the log, nothing that was not appended can come to be: who sent it may
// send it again, there.
void Turns::refuse(const Submission& submission, const Error& error) {
  const auto outcome = error.code == Code::held ? Outcome::not_applied : Outcome::error;
  if (submission.done)
    submission.done(without_outcome(outcome, submission.command.command_id, error));
}

void Turns::refuse_all(std::deque<Submission>& submissions, const Error& error) {
  for (const auto& submission : submissions) refuse(submission, error);
  submissions.clear();
}

}  // namespace qualog::engine
