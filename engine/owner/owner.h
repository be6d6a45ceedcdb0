// SPDX-License-Identifier: Apache-2.0
// Owner: the one writer of a project. Its loop drains the queue, decides a round of commands, each
// on what those before it left, appends the records, and only then answers and publishes. The state
// is written behind the answers (write_behind.h): who reads it in this process asks flush() first.
// Guarantees: an answer `accepted` or `refused` is durable; `not_applied` will never take effect in
// this attempt; an outcome that cannot be known is called `unknown`, and the owner then takes no
// more commands until the project is opened again. A session's commands are decided in the order
// in which they were submitted (session_order.h). Threads: submit() from any; answers come on the
// owner's thread.
#pragma once

#include "engine/owner/turns.h"
#include "engine/write_behind.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

namespace qualog::engine {

class Owner final : private FoldedState {
 public:
  // All of these outlive the owner. `last_time`: that of the log's last event; none is earlier.
  Owner(log::Log& log, projector::Environment& state, const LineageKeys& keys, Clock& clock,
        std::int64_t last_time, OwnerOptions options = {});
  // Finishes what is queued.
  ~Owner() override;

  // After stop() the answer is an error, given at once on this thread.
  void submit(Submission submission);
  // Submits and waits for the answer.
  Answer ask(fb::CommandT command, std::string principal);
  // The same for a command of the engine itself, which passes the checks of access.
  Answer ask_as_engine(fb::CommandT command, std::string principal);

  void subscribe(Subscriber subscriber);
  // Returns when the state holds all that was answered before the call. Any thread, also that of
  // the answers. Errors: the state could not be written (no_space, io, damaged); the log has it.
  Result<void> flush();
  void stop();
  // Why nothing could be written any more, if so; damage of the state before any other reason.
  // After stop().
  const std::optional<Error>& broken() const { return turns_.broken(); }

 private:
  Answer answer_to(Submission submission);
  void loop();
  void maintain_loop();
  bool wait_for_work();
  std::deque<Submission> next_submissions();
  void write_behind();
  void serve_flushes();
  bool is_queued();
  std::vector<Subscriber> subscribers();
  Result<projector::Overlay*> rows() override { return state_.state(); }
  Result<void> reached(const log::Applied& place, std::size_t items) override;

  log::Log& log_;
  WriteBehind state_;
  std::size_t items_behind_ = 0;
  OwnerOptions options_;
  Turns turns_;

  std::mutex mutex_;
  std::condition_variable arrived_;  // work for the loop; nobody else waits for it
  std::condition_variable stopped_;  // for the maintainer
  std::deque<Submission> queue_;
  bool stopping_ = false;
  bool second_passed_ = false;
  std::vector<std::promise<Result<void>>> flushes_;  // who waits for the state
  std::vector<Subscriber> subscribers_;

  std::thread thread_;
  std::thread maintainer_;
};

}  // namespace qualog::engine
