// SPDX-License-Identifier: Apache-2.0
// qualog apply PROJECT [FILE]: commands as JSON lines, one answer line each, in their order.
#include "engine/decide.h"
#include "schema/json.h"
#include "tools/qualog/command_line.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lines.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/tally.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <mutex>

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

void answer_unreadable(Answers& answers, std::size_t line_number, const Error& error) {
  answers.put(answers.expect(),
              {{"command_id", nullptr},
               {"result", "error"},
               {"message", fmt::format("line {}: {}", line_number, error.message)}});
}

// Every line as a command; blank ones are passed over. Error: io, where one cannot be read.
Result<void> submit(Lines& lines, CommandReader& reader, engine::Owner& owner, Answers& answers,
                    Tally& tally) {
  while (true) {
    QUALOG_ASSIGN(const auto line, lines.next());
    if (!line) return {};
    if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
    auto command = reader.read(*line);
    if (!command) {
      tally.count_unreadable();
      answer_unreadable(answers, lines.number(), command.error());
      continue;
    }
    command->done = [&answers, &tally, at = answers.expect()](const engine::Answer& answer) {
      tally.count(answer);
      answers.put(at, answer_json(answer));
    };
    owner.submit(std::move(*command));
  }
}

Result<Exit> apply_lines(const Globals& globals, const ApplyOptions& options) {
  QUALOG_ASSIGN(auto lines, Lines::open(options.file));
  if (lines.is_terminal()) say("type commands, one JSON object a line; Ctrl-D ends");
  QUALOG_ASSIGN(const auto project, globals.open(options.project));
  Answers answers;
  Tally tally;
  CommandReader reader(project->keys().name, globals);
  const auto submitted = submit(lines, reader, project->owner(), answers, tally);
  answers.wait_for_all();
  const auto closed = project->close();
  QUALOG_TRY(submitted);
  QUALOG_TRY(closed);
  return tally.exit();
}

}  // namespace

Exit apply(const Globals& globals, const ApplyOptions& options) {
  return finish(globals, apply_lines(globals, options));
}

}  // namespace qualog::tools
