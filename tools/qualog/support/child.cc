// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/child.h"

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace qualog::tools {

namespace {

constexpr std::array kFaults = {SIGSEGV, SIGBUS, SIGABRT};

[[noreturn]] void run(FunctionRef<Exit()> work) {
  for (const int fault : kFaults) std::signal(fault, SIG_DFL);
  const Exit exit = work();
  std::fflush(stdout);
  ::_exit(static_cast<int>(exit));
}

}  // namespace

bool Ended::by_fault() const {
  return std::find(kFaults.begin(), kFaults.end(), signal) != kFaults.end();
}

Ended in_child(FunctionRef<Exit()> work) {
  std::fflush(stdout);
  std::fflush(stderr);
  const pid_t child = ::fork();
  if (child == 0) run(work);
  if (child < 0) return {work()};
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return {Exit::failed};
  if (WIFEXITED(status)) return {static_cast<Exit>(WEXITSTATUS(status))};
  return {Exit::failed, WTERMSIG(status)};
}

}  // namespace qualog::tools
