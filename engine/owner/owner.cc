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
      options_(options),
      turns_(log, *this, keys, clock, last_time, options, [this] { return subscribers(); }) {
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
  Turns::refuse(submission, closed());
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
    while (!submissions.empty()) turns_.run(submissions);
    write_behind();
    serve_flushes();
  }
  turns_.note_unwritten(state_.finish());
}

// Under load several rounds go into one transaction, in which a row is written once. Else a round
// is written when its answers are out; what came while the writer was busy waits for the next
// round, the next second, who reads, or the end.
void Owner::write_behind() {
  const bool many = items_behind_ >= options_.items_behind;
  if (!many && (state_.writing() || is_queued())) return;
  items_behind_ = 0;
  turns_.note_unwritten(state_.write());
}

void Owner::serve_flushes() {
  std::vector<std::promise<Result<void>>> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(flushes_);
  }
  if (waiting.empty()) return;
  const auto flushed = state_.finish();
  turns_.note_unwritten(flushed);
  for (auto& flush : waiting) flush.set_value(flushed);
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
  turns_.arrange(taken);
  return taken;
}

std::vector<Subscriber> Owner::subscribers() {
  const std::lock_guard lock(mutex_);
  return subscribers_;
}

Result<void> Owner::reached(const log::Applied& place, std::size_t items) {
  items_behind_ += items;
  return state_.reached(place);
}

}  // namespace qualog::engine
