// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/kafka/doomed_owner.h"

#include "schema/assert.h"
#include "tools/bench/study.h"

#include <sys/wait.h>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace qualog::tools {

namespace {

// Reports each answer with a byte, for ever.
void work(const engine::ProjectPlace& place, int reports) {
  SystemClock clock;
  SystemRandom random;
  const auto project = engine::Project::open(place, {clock, random}).value();
  Study study(project->keys());
  const auto session = study.new_session();
  constexpr char kAnswered = '.';
  do {
    const auto answer = project->owner().ask(study.code(session), "ada");
    QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
  } while (::write(reports, &kAnswered, 1) == 1);
}

void close_pipe(int& pipe) {
  if (pipe >= 0) ::close(pipe);
  pipe = -1;
}

}  // namespace

DoomedOwner::DoomedOwner(const std::function<engine::ProjectPlace()>& place) {
  int orders[2] = {-1, -1}, reports[2] = {-1, -1};
  QUALOG_ASSERT(::pipe2(orders, O_CLOEXEC) == 0 && ::pipe2(reports, O_CLOEXEC) == 0);
  pid_ = ::fork();
  QUALOG_ASSERT(pid_ >= 0);
  if (pid_ == 0) {
    ::close(orders[1]);
    ::close(reports[0]);
    char begin = 0;
    if (::read(orders[0], &begin, 1) == 1) work(place(), reports[1]);
    ::_exit(0);
  }
  ::close(orders[0]);
  ::close(reports[1]);
  orders_ = orders[1];
  reports_ = reports[0];
}

DoomedOwner::DoomedOwner(DoomedOwner&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      orders_(std::exchange(other.orders_, -1)),
      reports_(std::exchange(other.reports_, -1)) {}

DoomedOwner::~DoomedOwner() {
  close_pipe(orders_);
  close_pipe(reports_);
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void DoomedOwner::own_and_die(std::size_t answers) {
  constexpr char kBegin = '!';
  QUALOG_ASSERT(::write(orders_, &kBegin, 1) == 1);
  for (char report = 0; answers > 0; --answers) QUALOG_ASSERT(::read(reports_, &report, 1) == 1);
  QUALOG_ASSERT(::kill(pid_, SIGKILL) == 0);
  int status = 0;
  QUALOG_ASSERT(::waitpid(std::exchange(pid_, -1), &status, 0) > 0 && WIFSIGNALED(status));
}

}  // namespace qualog::tools
