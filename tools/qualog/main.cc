// SPDX-License-Identifier: Apache-2.0
// The program `qualog`: what must hold of a process before its command line is read.

#include "tools/qualog/usage/usage.h"

#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace qualog::tools {

namespace {

// A last word; then the signal does what it does.
void say_what_may_help(int fault) {
  constexpr std::string_view kWords =
      "qualog: ended by a fault; if it comes again, run qualog verify PROJECT --rebuild\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kWords.data(), kWords.size());
  std::signal(fault, SIG_DFL);
  std::raise(fault);
}

// Unless somebody listens already: a sanitizer says more.
void listen_for_faults() {
  for (const int fault : {SIGSEGV, SIGBUS, SIGABRT}) {
    const auto before = std::signal(fault, &say_what_may_help);
    if (before != SIG_DFL) std::signal(fault, before);
  }
}

// What is opened takes the lowest free number: with stdout closed, answers would be written into a
// project's file. Each is opened the wrong way round, so that using it fails.
void fill_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) >= 0) continue;
    if (::open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY) != number)
      std::_Exit(static_cast<int>(Exit::failed));
  }
}

}  // namespace

}  // namespace qualog::tools

int main(int argc, char** argv) {
  qualog::tools::fill_standard_streams();
  // A pipe that ends early is no failure of ours to print about.
  std::signal(SIGPIPE, SIG_DFL);
  ::umask(0077);
  qualog::tools::listen_for_faults();
  return qualog::tools::Usage().run(argc, argv);
}
