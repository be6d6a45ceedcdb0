// SPDX-License-Identifier: Apache-2.0
// What was accepted is printed also where the project then fails to close: a lease's session and
// token are nowhere else. Each command runs in a process of its own, in which the state's second
// mark, that of the closing, cannot be written.
#include "tests/replay/workshop.h"
#include "tools/qualog/commands.h"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <limits>
#include <string_view>
#include <unistd.h>

namespace {
int marks_left = std::numeric_limits<int>::max();
}

// Stands before that of the system in this program.
extern "C" int rename(const char* from, const char* to) noexcept {
  const bool is_mark = std::string_view(to).ends_with("/state.mark");
  if (!is_mark || marks_left-- > 0) return ::renameat(AT_FDCWD, from, AT_FDCWD, to);
  errno = EIO;
  return -1;
}

namespace qualog::test {

namespace {

using tools::Exit;
using tools::Globals;

// What one command printed on stdout, and how it ended.
struct Ended {
  Exit exit;
  std::string out;
};

class Closing {
 public:
  Closing() {
    Working(shop_.create("Gym"), shop_.effects(), nullptr)
        .must("anna", {source_created(1, "Interview", "I swim")});
    globals_.data = shop_.data().path().string();
    globals_.actor = "anna";
    globals_.json = true;
  }

  Ended run(int marks, const std::function<Exit(const Globals&)>& command) {
    const auto out = shop_.path() / "out";
    std::fflush(stdout);  // what waits in the buffer would be the child's too
    const auto child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
      marks_left = marks;
      if (std::freopen(out.c_str(), "w", stdout) == nullptr) ::_exit(99);
      const auto exit = command(globals_);
      ::_exit(std::fflush(stdout) == 0 ? static_cast<int>(exit) : 99);
    }
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_REQUIRE(WIFEXITED(status));
    std::ifstream printed(out);
    return {static_cast<Exit>(WEXITSTATUS(status)),
            std::string(std::istreambuf_iterator<char>(printed), {})};
  }

 private:
  Workshop shop_;
  Globals globals_;
};

Exit clear_events(const Globals& globals) { return tools::events_clear(globals, {"Gym", {}}); }
Exit lock_interview(const Globals& globals) { return tools::lock(globals, {"Gym", "Interview"}); }

// The line of what was accepted, of a command that failed to close.
boost::json::object accepted(const Ended& ended) {
  BOOST_TEST((ended.exit == Exit::failed));
  BOOST_REQUIRE(!ended.out.empty());
  auto line = boost::json::parse(ended.out).as_object();
  BOOST_TEST(line.at("result").as_string() == "accepted");
  return line;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_project_that_does_not_close)

BOOST_AUTO_TEST_CASE(the_session_and_token_of_a_lease_are_printed) {
  Closing closing;
  const auto line = accepted(closing.run(1, lock_interview));
  BOOST_TEST(!line.at("session").as_string().empty());
  BOOST_TEST(line.at("token") == line.at("sequence"));
}

BOOST_AUTO_TEST_CASE(that_the_events_are_cleared_is_printed) {
  Closing closing;
  BOOST_TEST(accepted(closing.run(1, clear_events)).contains("through"));
}

BOOST_AUTO_TEST_CASE(the_control_closes) {
  Closing closing;
  BOOST_TEST((closing.run(2, lock_interview).exit == Exit::done));
  BOOST_TEST((closing.run(2, clear_events).exit == Exit::done));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
