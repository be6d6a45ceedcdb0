// SPDX-License-Identifier: Apache-2.0
#include "engine/owner/owner.h"

#include "engine/folding.h"

#include <algorithm>

namespace qualog::engine {

std::string_view name(Outcome outcome) {
  static constexpr std::array<std::string_view, 5> kNames = {"accepted", "refused", "not_applied",
                                                             "unknown", "error"};
  return kNames.at(static_cast<std::size_t>(outcome));
}

Owner::Owner(log::Log& log, projector::Environment& state, const LineageKeys& keys, Clock& clock,
             std::int64_t last_time, OwnerOptions options)
    : log_(log),
      state_(state),
      keys_(keys),
      clock_(clock),
      options_(options),
      last_time_(last_time) {
  thread_ = std::thread([this] { loop(); });
  maintainer_ = std::thread([this] { maintain_loop(); });
}

Owner::~Owner() { stop(); }

void Owner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (maintainer_.joinable()) maintainer_.join();
}

namespace {
Error closed() { return fail(Code::read_only, "the project is closed; open it again"); }
}  // namespace

void Owner::submit(Submission submission) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      queue_.push_back(std::move(submission));
      arrived_.notify_one();
      return;
    }
  }
  refuse(submission, closed());
}

Answer Owner::ask(fb::CommandT command, std::string principal) {
  return answer_to({std::move(command), std::move(principal), false, nullptr});
}

Answer Owner::ask_as_engine(fb::CommandT command, std::string principal) {
  return answer_to({std::move(command), std::move(principal), true, nullptr});
}

Answer Owner::answer_to(Submission submission) {
  std::promise<Answer> promise;
  auto answered = promise.get_future();
  submission.done = [&promise](const Answer& answer) { promise.set_value(answer); };
  submit(std::move(submission));
  return answered.get();
}

void Owner::subscribe(Subscriber subscriber) {
  const std::lock_guard lock(mutex_);
  subscribers_.push_back(std::move(subscriber));
}

Result<void> Owner::flush() {
  if (std::this_thread::get_id() == thread_.get_id()) return state_.finish();
  std::future<Result<void>> flushed;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return closed();
    flushed = flushes_.emplace_back().get_future();
  }
  arrived_.notify_one();
  return flushed.get();
}

void Owner::loop() {
  while (wait_for_work()) {
    auto submissions = next_submissions();
    while (!submissions.empty()) run_round(submissions);
    write_behind();
    serve_flushes();
  }
  note_unwritten(state_.finish());
}

// Under load several rounds go into one transaction, in which a row is written once. Else a round
// is written when its answers are out; what came while the writer was busy waits for the next
// round, the next second, who reads, or the end.
void Owner::write_behind() {
  const bool many = items_behind_ >= options_.items_behind;
  if (!many && (state_.writing() || is_queued())) return;
  items_behind_ = 0;
  note_unwritten(state_.write());
}

void Owner::serve_flushes() {
  std::vector<std::promise<Result<void>>> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(flushes_);
  }
  if (waiting.empty()) return;
  const auto flushed = state_.finish();
  note_unwritten(flushed);
  for (auto& flush : waiting) flush.set_value(flushed);
}

// Never changes an answer: the log has it, and who opens the project folds it again.
void Owner::note_unwritten(const Result<void>& written) {
  if (!written && (!broken_ || written.error().code == Code::damaged)) broken_ = written.error();
}

bool Owner::is_queued() {
  const std::lock_guard lock(mutex_);
  return !queue_.empty();
}

void Owner::maintain_loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    stopped_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; });
    lock.unlock();
    log_.maintain();
    lock.lock();
    second_passed_ = true;
    arrived_.notify_one();
  }
}

// False: the owner stops.
bool Owner::wait_for_work() {
  std::unique_lock lock(mutex_);
  const auto is_work = [this] { return !queue_.empty() || !flushes_.empty() || second_passed_; };
  arrived_.wait(lock, [&] { return stopping_ || is_work(); });
  const bool found = is_work();
  second_passed_ = false;
  return found;
}

std::deque<Submission> Owner::next_submissions() {
  const std::lock_guard lock(mutex_);
  std::deque<Submission> taken;
  while (!queue_.empty() && taken.size() < options_.commands_in_round) {
    taken.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  order_.arrange(taken);
  return taken;
}

std::int64_t Owner::now() {
  last_time_ = std::max(last_time_, static_cast<std::int64_t>(clock_.now_us()));
  return last_time_;
}

void Owner::run_round(std::deque<Submission>& submissions) {
  if (!broken_ && !log_.writable())
    broken_ = fail(Code::read_only, "the log takes no more records; open the project again");
  if (broken_) return refuse_all(submissions, *broken_);
  const auto state = state_.state();
  if (!state) {
    broken_ = state.error();
    return refuse_all(submissions, *broken_);
  }
  projector::Overlay::Savepoint begin(**state);
  Round round(**state, log_.head(), keys_, order_, now(), options_.lease_timeout_us);
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
  note_unwritten(keep(**state, begin, before, round.batches(), durable));
  const auto told = subscribers();
  answer(round.pending(), durable, failed);
  publish(told, round.batches(), durable, before.next_event);
}

// How many records are durable; the rest is not, for the reason in `failed`.
std::size_t Owner::append(const std::vector<log::Batch>& batches, log::Appended& failed) {
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
Result<void> Owner::keep(projector::Overlay& state, projector::Overlay::Savepoint& round,
                         const log::Head& before, const std::vector<log::Batch>& batches,
                         std::size_t durable) {
  const auto settled = log_.settled();
  const auto expected = behind(before, batches, durable);
  const bool is_ours =
      settled.next_event == expected.next_event && settled.next_aside == expected.next_aside;
  const bool is_whole = durable == batches.size();
  is_ours&& is_whole ? round.keep() : round.roll_back();
  if (batches.empty()) return {};
  if (!is_ours)
    return broken_ ? *broken_
                   : fail(Code::held,
                          "another process has written to the log; open the project "
                          "again");
  if (!is_whole) QUALOG_TRY(fold_batches(state, batches, durable));
  items_behind_ += items_between(before, settled);
  return durable == 0 ? Result<void>{} : state_.reached({log_.settled_place(), settled});
}

std::vector<Subscriber> Owner::subscribers() {
  const std::lock_guard lock(mutex_);
  return subscribers_;
}

void Owner::publish(const std::vector<Subscriber>& told, const std::vector<log::Batch>& batches,
                    std::size_t durable, Sequence first) {
  if (told.empty()) return;
  for (std::size_t index = 0; index < durable; ++index)
    for (const auto& event : batches[index].events) {
      for (const auto& subscriber : told) subscriber(first, event);
      first = first.next();
    }
}

void Owner::answer(std::vector<Round::Pending>& pending, std::size_t durable,
                   const log::Appended& failed) {
  for (auto& waiting : pending) {
    const bool outcome = waiting.answer.outcome != Outcome::error;
    if (outcome && waiting.records > durable) {
      const bool known = failed.outcome == log::Outcome::not_applied;
      waiting.answer = without_outcome(known ? Outcome::not_applied : Outcome::unknown,
                                       waiting.answer.command, {failed.code, failed.cause});
    }
    order_.answered(waiting.session, waiting.answer);
    if (waiting.done) waiting.done(waiting.answer);
  }
}

// Decided on a damaged state, never appended.
void Owner::give_up(std::vector<Round::Pending>& pending, const Error& error) {
  for (auto& waiting : pending)
    if (waiting.done) waiting.done(without_outcome(Outcome::error, waiting.answer.command, error));
}

// Once another owner has the log, nothing that was not appended can come to be: who sent it may
// send it again, there.
void Owner::refuse(const Submission& submission, const Error& error) {
  const auto outcome = error.code == Code::held ? Outcome::not_applied : Outcome::error;
  if (submission.done)
    submission.done(without_outcome(outcome, submission.command.command_id, error));
}

void Owner::refuse_all(std::deque<Submission>& submissions, const Error& error) {
  for (const auto& submission : submissions) refuse(submission, error);
  submissions.clear();
}

}  // namespace qualog::engine
