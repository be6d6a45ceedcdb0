// SPDX-License-Identifier: Apache-2.0
#include "tools/probe/memory.h"

#include "schema/assert.h"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <malloc.h>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>

namespace qualog::tools {

namespace {

// Looks on from a thread of its own.
class Watch {
 public:
  Watch() : thread_([this](const std::stop_token& stop) { look_on(stop); }) {}

  Growth taken() {
    thread_.request_stop();
    thread_.join();
    const auto now = anonymous_memory();
    return {std::max(highest_, now) - begin_, std::max(begin_, now) - begin_};
  }

 private:
  void look_on(const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    do highest_ = std::max(highest_, anonymous_memory());
    while (!never.wait_for(lock, stop, std::chrono::milliseconds(2),
                           [&] { return stop.stop_requested(); }));
  }

  std::uint64_t begin_ = anonymous_memory();
  std::uint64_t highest_ = begin_;
  std::jthread thread_;
};

void report(const std::function<void(const std::function<void()>&)>& work, int to) {
  ::malloc_trim(0);
  Watch watch;
  work([&] {
    const auto growth = watch.taken();
    QUALOG_ASSERT(::write(to, &growth, sizeof growth) == sizeof growth);
  });
}

}  // namespace

std::uint64_t anonymous_memory() {
  std::ifstream status("/proc/self/status");
  std::uint64_t kibibytes = 0;
  for (std::string word; status >> word;)
    if (word == "RssAnon:" && status >> kibibytes) return kibibytes * 1024;
  QUALOG_ASSERT(false && "/proc/self/status has no RssAnon: Linux from 4.5 on has it");
  return 0;
}

Growth memory_growth(const std::function<void(const std::function<void()>& is_end)>& work) {
  int reports[2] = {-1, -1};
  QUALOG_ASSERT(::pipe(reports) == 0);
  const pid_t child = ::fork();
  QUALOG_ASSERT(child >= 0);
  if (child == 0) {
    report(work, reports[1]);
    ::_exit(0);
  }
  ::close(reports[1]);
  Growth growth;
  QUALOG_ASSERT(::read(reports[0], &growth, sizeof growth) == sizeof growth);
  ::close(reports[0]);
  int status = 0;
  QUALOG_ASSERT(::waitpid(child, &status, 0) == child && status == 0);
  return growth;
}

}  // namespace qualog::tools
