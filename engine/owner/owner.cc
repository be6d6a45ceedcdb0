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
             OwnerOptions options)
    : log_(log), state_(state), keys_(keys), clock_(clock), options_(options) {
  if (const auto txn = projector::ReadTransaction::begin(state_))
    last_time_ = projector::clock_of(**txn);
  thread_ = std::thread([this] { loop(); });
  maintainer_ = std::thread([this] { maintain_loop(); });
}

Owner::~Owner() { stop(); }

void Owner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (maintainer_.joinable()) maintainer_.join();
}

void Owner::submit(Submission submission) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      queue_.push_back(std::move(submission));
      arrived_.notify_all();
      return;
    }
  }
  refuse(submission, fail(Code::read_only, "the project is closed; open it again"));
}

Answer Owner::ask(fb::CommandT command, std::string principal, bool trusted) {
  std::promise<Answer> promise;
  auto answered = promise.get_future();
  submit({std::move(command), std::move(principal), trusted,
          [&promise](const Answer& answer) { promise.set_value(answer); }});
  return answered.get();
}

void Owner::subscribe(Subscriber subscriber) {
  const std::lock_guard lock(mutex_);
  subscribers_.push_back(std::move(subscriber));
}

void Owner::loop() {
  for (auto submissions = next_submissions(); !submissions.empty();
       submissions = next_submissions())
    while (!submissions.empty()) run_round(submissions);
}

void Owner::maintain_loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    arrived_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; });
    lock.unlock();
    log_.maintain();
    lock.lock();
  }
}

// Empty: the owner stops.
std::deque<Submission> Owner::next_submissions() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  std::deque<Submission> taken;
  while (!queue_.empty() && taken.size() < options_.commands_in_round) {
    taken.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  // A session keeps its own order; those who lost last time go first.
  std::stable_partition(taken.begin(), taken.end(), [this](const Submission& submission) {
    return losers_.contains(submission.command.session);
  });
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
  auto begun = projector::WriteTransaction::begin(state_);
  if (!begun) return refuse_all(submissions, begun.error());
  auto txn = std::move(*begun);
  projector::Overlay rows(txn.get());
  Round round(rows, log_.head(), keys_, now(), options_.lease_timeout_us);
  while (!submissions.empty() && !round.full()) {
    if (const auto taken = round.take(submissions.front()); !taken) {
      broken_ = taken.error();
      give_up(round.pending(), *broken_);
      return refuse_all(submissions, *broken_);
    }
    submissions.pop_front();
  }
  const auto before = log_.head();
  log::Appended failed{log::Outcome::durable, {}, {}, {}};
  const auto durable = append(round.batches(), failed);
  commit(std::move(txn), rows, before, round.batches(), durable);
  const auto told = subscribers();
  answer(round.pending(), durable, failed);
  publish(told, round.batches(), durable, before.next_event);
}

// How many records are durable; the rest is not, for the reason in `failed`.
std::size_t Owner::append(const std::vector<log::Batch>& batches, log::Appended& failed) {
  for (std::size_t index = 0; index < batches.size(); ++index) {
    auto appended = log_.append(batches[index]);
    if (appended.outcome == log::Outcome::durable) continue;
    failed = std::move(appended);
    while (index > 0 && batches[index - 1].more) --index;
    return index;
  }
  return batches.size();
}

namespace {

// Whether a log that ended at `before` now ends behind the first `durable` batches. Behind what
// another owner has appended since, which is not folded here, the state must not claim to be.
bool ends_behind(const log::Head& settled, const log::Head& before,
                 const std::vector<log::Batch>& batches, std::size_t durable) {
  auto expected = before;
  for (std::size_t index = 0; index < durable; ++index) {
    expected.next_event.value += batches[index].events.size();
    expected.next_aside.value += batches[index].asides.size();
  }
  return settled.next_event == expected.next_event && settled.next_aside == expected.next_aside;
}

}  // namespace

// Never changes an answer: what the log has is folded again until the state has it too.
void Owner::commit(std::unique_ptr<projector::WriteTransaction> txn, const projector::Overlay& rows,
                   const log::Head& before, const std::vector<log::Batch>& batches,
                   std::size_t durable) {
  if (batches.empty()) return;
  if (!ends_behind(log_.settled(), before, batches, durable)) {
    broken_ = fail(Code::held, "another process has written to the log; open the project again");
    return;
  }
  if (durable == batches.size()) {
    rows.write_to(*txn);
    put_applied(*txn, {log_.settled_place(), log_.settled()});
    if (txn->commit()) return;
  }
  txn.reset();
  const auto folded = fold_again(batches, durable);
  if (!folded) broken_ = folded.error();
}

Result<void> Owner::fold_again(const std::vector<log::Batch>& batches, std::size_t durable) {
  if (durable == 0) return {};
  QUALOG_ASSIGN(auto txn, projector::WriteTransaction::begin(state_));
  projector::Fold fold(*txn);
  for (std::size_t index = 0; index < durable; ++index) {
    for (const auto& event : batches[index].events) QUALOG_TRY(fold_event(fold, event));
    for (const auto& aside : batches[index].asides) QUALOG_TRY(fold_aside(fold, aside));
  }
  put_applied(*txn, {log_.settled_place(), log_.settled()});
  return txn->commit();
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
      waiting.answer = {known ? Outcome::not_applied : Outcome::unknown,
                        waiting.answer.command,
                        {},
                        false,
                        nullptr,
                        failed.cause,
                        failed.code};
    }
    if (waiting.answer.outcome == Outcome::refused)
      losers_.insert(waiting.session);
    else
      losers_.erase(waiting.session);
    if (waiting.done) waiting.done(waiting.answer);
  }
}

// Decided on a damaged state, never appended.
void Owner::give_up(std::vector<Round::Pending>& pending, const Error& error) {
  for (auto& waiting : pending)
    if (waiting.done)
      waiting.done(
          {Outcome::error, waiting.answer.command, {}, false, nullptr, error.message, error.code});
}

void Owner::refuse(const Submission& submission, const Error& error) {
  Answer answer;
  answer.command = submission.command.command_id;
  answer.message = error.message;
  answer.code = error.code;
  if (submission.done) submission.done(answer);
}

void Owner::refuse_all(std::deque<Submission>& submissions, const Error& error) {
  for (const auto& submission : submissions) refuse(submission, error);
  submissions.clear();
}

}  // namespace qualog::engine
