// SPDX-License-Identifier: Apache-2.0
// How work in a process of its own may end.
#include "tools/qualog/support/child.h"

#include <boost/test/unit_test.hpp>

#include <csignal>

namespace qualog::test {

namespace {

tools::Ended ended_by(int signal) {
  return tools::in_child([signal] {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return tools::Exit::done;
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_child_gives_its_exit_code) {
  for (const auto exit : {tools::Exit::done, tools::Exit::damaged, tools::Exit::held}) {
    const auto ended = tools::in_child([exit] { return exit; });
    BOOST_TEST((ended.exit == exit));
    BOOST_TEST(ended.signal == 0);
    BOOST_TEST(!ended.by_fault());
  }
}

BOOST_AUTO_TEST_CASE(only_what_bad_bytes_do_is_a_fault) {
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT}) BOOST_TEST(ended_by(signal).by_fault());
  for (const int signal : {SIGKILL, SIGTERM, SIGPIPE, SIGXFSZ}) {
    const auto ended = ended_by(signal);
    BOOST_TEST(ended.signal == signal);
    BOOST_TEST(!ended.by_fault());
  }
}

}  // namespace qualog::test
