// SPDX-License-Identifier: Apache-2.0
// Method: a child process appends to a log in a real directory and tells each acknowledged number
// through a pipe; it is killed (SIGKILL) after a random number of them, or while it opens; then a
// reader must find all of them, in order, once. This cannot see a missing sync: the power-cut
// stories do.
#include "engine/log/file_log.h"
#include "engine/log/posix_files.h"
#include "tests/engine/log/log_support.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include <csignal>
#include <iostream>
#include <poll.h>
#include <unistd.h>

namespace qualog::test {

namespace {

constexpr log::SegmentSizes kSmallSegments{.first = 16 * 1024, .last = 128 * 1024};

std::string word_of(std::uint64_t number) {
  return std::to_string(number) + std::string(number * 37 % 900, '.');
}

void acknowledge(int pipe, std::uint64_t number) {
  if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(3);
}

// Appends until it is killed: single events, and groups of three that are acknowledged as one.
void append_for_ever(log::Log& log, std::uint64_t next, int pipe) {
  while (true) {
    const auto records = next % 5 == 0 ? 3U : 1U;
    for (auto n = records; n > 0; --n, ++next) {
      const auto appended = log.append(batch_of({word_of(next)}, {}, n > 1));
      if (appended.outcome != log::Outcome::durable) ::_exit(4);
    }
    acknowledge(pipe, next - 1);
    if (next % 8 == 0) log.maintain();
  }
}

[[noreturn]] void child(const std::string& directory, int pipe) {
  log::PosixFiles files;
  SystemRandom random;
  RecordingSink sink;
  auto opened = log::open_file_log(files, directory, {}, {}, random, sink, kSmallSegments);
  if (!opened) {
    std::cerr << opened.error().message << "\n";
    ::_exit(5);
  }
  append_for_ever(*opened->log, sink.events.size() + 1, pipe);
  ::_exit(6);
}

struct Child {
  pid_t id = -1;
  int pipe = -1;
};

Child begin_child(const std::string& directory) {
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  const pid_t id = ::fork();
  BOOST_REQUIRE(id >= 0);
  if (id == 0) {
    ::close(ends[0]);
    child(directory, ends[1]);
  }
  ::close(ends[1]);
  return {id, ends[0]};
}

// Reads acknowledgements until `enough` have come, or the time is over; gives the last one.
std::uint64_t listen(const Child& child, std::uint64_t enough, int wait_ms) {
  std::uint64_t last = 0;
  for (std::uint64_t n = 0; n < enough; ++n) {
    pollfd waiting{child.pipe, POLLIN, 0};
    if (::poll(&waiting, 1, wait_ms) <= 0) break;
    if (std::uint64_t number = 0; ::read(child.pipe, &number, sizeof number) == sizeof number) {
      last = number;
    } else {
      break;
    }
  }
  return last;
}

std::uint64_t kill_child(const Child& child, std::uint64_t last) {
  ::kill(child.id, SIGKILL);
  int status = 0;
  BOOST_REQUIRE(::waitpid(child.id, &status, 0) == child.id);
  BOOST_TEST(WIFSIGNALED(status), "the child ended by itself, status " << status);
  last = std::max(last, listen(child, ~std::uint64_t{0}, -1));
  ::close(child.pipe);
  return last;
}

void check_log(log::Files& files, const std::string& directory, std::uint64_t acknowledged) {
  RecordingSink sink;
  auto summary = log::read_file_log(files, directory, {}, sink);
  BOOST_REQUIRE_MESSAGE(summary, summary.error().message);
  BOOST_TEST(summary->damage.empty());
  BOOST_TEST(!summary->owned);
  BOOST_TEST(sink.events.size() >= acknowledged);
  for (std::size_t i = 0; i < sink.events.size(); ++i) {
    BOOST_REQUIRE(sink.events[i].text == word_of(i + 1));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_kill_loses_what_was_acknowledged) {
  TemporaryDirectory directory;
  log::PosixFiles files;
  SystemRandom random;
  const auto ids = test_ids();
  auto created = log::create_file_log(files, directory.path(), ids.project, ids.lineage, random,
                                      kSmallSegments);
  BOOST_REQUIRE(created);
  created->reset();
  const auto seed = env_number("QUALOG_SEED", 1);
  Rng rng(seed);
  std::uint64_t acknowledged = 0;
  const auto kills = wanted_cases(250);
  for (std::uint64_t n = 0; n < kills; ++n) {
    const auto started = begin_child(directory.path());
    const bool early = below(rng, 5) == 0;
    const auto last = early ? listen(started, 1, static_cast<int>(below(rng, 4)))
                            : listen(started, 1 + below(rng, 30), 20'000);
    acknowledged = std::max(acknowledged, kill_child(started, last));
    check_log(files, directory.path(), acknowledged);
  }
  std::cout << kills << " kills, " << acknowledged << " events acknowledged, seed " << seed << "\n";
  BOOST_TEST(acknowledged > kills);
}

}  // namespace qualog::test
