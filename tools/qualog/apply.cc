// SPDX-License-Identifier: Apache-2.0
// qualog apply PROJECT [FILE]: commands as JSON lines, one answer line each, in their order.
#include "engine/decide.h"
#include "schema/json.h"
#include "tools/qualog/command_line.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/print.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <unistd.h>

namespace qualog::tools {

namespace {

// Answers come on the owner's thread; lines are printed in the order in which they were read.
class Answers {
 public:
  // Waits while too many are under way.
  std::size_t expect() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return lines_.size() < kUnderWayMax; });
    lines_.emplace_back();
    return first_ + lines_.size() - 1;
  }

  void put(std::size_t number, boost::json::object line) {
    const std::lock_guard lock(mutex_);
    lines_[number - first_] = std::move(line);
    for (; !lines_.empty() && lines_.front(); lines_.pop_front(), ++first_)
      print_line(*lines_.front());
    std::fflush(stdout);
    room_.notify_all();
  }

  void wait_for_all() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return lines_.empty(); });
  }

 private:
  static constexpr std::size_t kUnderWayMax = 256;
  std::mutex mutex_;
  std::condition_variable room_;
  std::size_t first_ = 0;
  std::deque<std::optional<boost::json::object>> lines_;
};

// The worst that happened decides: unreadable, then unknown, then refused.
struct Tally {
  bool unreadable = false;
  bool uncertain = false;
  bool refused = false;

  void count(const engine::Answer& answer) {
    using engine::Outcome;
    uncertain |= answer.outcome == Outcome::not_applied || answer.outcome == Outcome::unknown;
    refused |= answer.outcome == Outcome::refused || answer.outcome == Outcome::error;
  }
  Exit exit() const {
    if (unreadable) return Exit::usage;
    if (uncertain) return Exit::failed;
    return refused ? Exit::partly : Exit::done;
  }
};

void answer_unreadable(Answers& answers, std::size_t line_number, const Error& error) {
  answers.put(answers.expect(),
              {{"command_id", nullptr},
               {"result", "error"},
               {"message", fmt::format("line {}: {}", line_number, error.message)}});
}

}  // namespace

Exit apply(const Globals& globals, const ApplyOptions& options) {
  std::ifstream file;
  const bool from_file = !options.file.empty() && options.file != "-";
  if (from_file) file.open(options.file);
  if (from_file && (!file || file.peek() == std::ifstream::traits_type::eof()) &&
      !std::filesystem::is_regular_file(options.file))
    return report(globals, fail(Code::not_found, options.file + ": cannot be read; name a file of "
                                                                "JSON lines, or - for stdin"));
  std::istream& input = from_file ? file : std::cin;
  if (!from_file && ::isatty(STDIN_FILENO) == 1)
    say("type commands, one JSON object a line; Ctrl-D ends");
  auto project = globals.open(options.project);
  if (!project) return report(globals, project.error());

  Answers answers;
  Tally tally;
  CommandReader reader((*project)->keys().name, globals);
  std::string line;
  for (std::size_t number = 1; std::getline(input, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto command = reader.read(line);
    if (!command) {
      tally.unreadable = true;
      answer_unreadable(answers, number, command.error());
      continue;
    }
    command->done = [&answers, &tally, at = answers.expect()](const engine::Answer& answer) {
      tally.count(answer);
      answers.put(at, answer_json(answer));
    };
    (*project)->owner().submit(std::move(*command));
  }
  answers.wait_for_all();
  if (const auto closed = (*project)->close(); !closed) return report(globals, closed.error());
  return tally.exit();
}

}  // namespace qualog::tools
