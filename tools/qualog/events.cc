// SPDX-License-Identifier: Apache-2.0
// qualog events cat PROJECT: the events as they were written, one a line, beside a running owner.
#include "engine/folding.h"
#include "engine/log/file_log.h"
#include "engine/log/posix_files.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/json.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/history.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/words.h"

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <deque>
#include <poll.h>

namespace qualog::tools {

namespace {

namespace json = boost::json;

constexpr int kPollMilliseconds = 200;

Result<json::object> line_of(const Stored& item) {
  if (item.is_aside()) {
    QUALOG_ASSIGN(const auto* aside, aside_view(item.bytes));
    return aside_json(*aside);
  }
  QUALOG_ASSIGN(const auto* event, event_view(item.bytes));
  return event_line(*event);
}

std::string string_at(const json::object& line, const char* key) {
  const auto* value = line.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

// What was refused is for its author and the Owners, as in conflicts show. Others see that there
// was a refusal, on what, and who was first.
void hide_what_was_refused(json::object& line) {
  auto* body = line.at("body").if_object();
  if (body == nullptr) return;
  for (const char* key : {"draft", "reason", "base", "latest"})
    if (auto* value = body->if_contains(key)) *value = nullptr;
}

// A line for people; the columns are as wide as the table of `log` may be.
std::string text_of_line(const Stored& item, const json::object& line) {
  const auto number = item.is_aside() ? fmt::format("aside {}", item.aside.value)
                                      : fmt::format("{}", item.sequence.value);
  const auto padded = [](const std::string& text, std::size_t cells) {
    auto shown = cut(one_line(text), cells);
    return shown.append(cells - std::min(cells, cells_of(shown)), ' ');
  };
  auto text = fmt::format("{:>9}  {}  {}  {}  {}", number, short_time(string_at(line, "time")),
                          padded(string_at(line, "actor"), 10),
                          padded(string_at(line, "action"), 18), string_at(line, "target"));
  return text.erase(text.find_last_not_of(' ') + 1);
}

void print_item(const Globals& globals, const Stored& item, const json::object& line) {
  if (globals.json)
    print_line(line);
  else
    print("{}\n", text_of_line(item, line));
}

// Where to begin: a sequence, or so many from the end.
struct First {
  Sequence sequence{1};
  std::optional<std::uint64_t> last;
};

Result<First> first_of(const std::string& given) {
  if (given.empty()) return First{};
  const bool from_end = given.front() == '-';
  const char* begin = given.data() + (from_end ? 1 : 0);
  const char* end = given.data() + given.size();
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || stop != end || (number == 0 && !from_end))
    return fail(Code::invalid, "-o must be a sequence, or -N for the last N");
  return from_end ? First{{}, number} : First{Sequence{number}, std::nullopt};
}

std::atomic<bool> interrupted = false;

void interrupt(int) { interrupted = true; }

void end_when_interrupted() {
  std::signal(SIGINT, &interrupt);
  std::signal(SIGTERM, &interrupt);
}

class Cat {
 public:
  // `all_asides`: also what others were refused.
  Cat(const Globals& globals, const EventsOptions& options, engine::ProjectPlace place, First first,
      bool all_asides)
      : globals_(globals),
        all_asides_(all_asides),
        options_(options),
        first_(first),
        range_{first.last ? Sequence{} : first.sequence, Sequence{~std::uint64_t{0}},
               options.asides},
        history_(std::move(place)) {
    // The first event has nothing before it, so an aside can only lie behind it.
    if (range_.first == Sequence{1}) range_.first = {};
  }

  Result<Exit> run() {
    if (options_.count == 0) return Exit::done;
    if (options_.follow) end_when_interrupted();
    QUALOG_ASSIGN(bool more, read_existing());
    std::fflush(stdout);
    if (!options_.follow) return Exit::done;
    while (more && !interrupted) {
      ::poll(nullptr, 0, kPollMilliseconds);
      QUALOG_ASSIGN(more,
                    history_.read_on(range_, [this](const Stored& item) { return print(item); }));
      std::fflush(stdout);
    }
    return interrupted ? Exit::interrupted : Exit::done;
  }

 private:
  // False: nothing will follow.
  Result<bool> read_existing() {
    if (!first_.last)
      return history_.read_on(range_, [this](const Stored& item) { return print(item); });
    std::deque<Stored> newest;
    QUALOG_ASSIGN(const bool more,
                  history_.read_on(range_, [&](const Stored& item) -> Result<bool> {
                    newest.push_back(item);
                    if (newest.size() > *first_.last) newest.pop_front();
                    return true;
                  }));
    for (const auto& item : newest) {
      QUALOG_ASSIGN(const bool wanted, print(item));
      if (!wanted) return false;
    }
    return more;
  }

  // False: as many as were wanted.
  Result<bool> print(const Stored& item) {
    QUALOG_ASSIGN(auto line, line_of(item));
    const bool visible =
        !item.is_aside() || all_asides_ || string_at(line, "actor") == globals_.actor;
    if (!visible) hide_what_was_refused(line);
    print_item(globals_, item, line);
    ++printed_;
    return !interrupted && (!options_.count || printed_ < *options_.count);
  }

  const Globals& globals_;
  bool all_asides_;
  const EventsOptions& options_;
  First first_;
  HistoryRange range_;
  History history_;
  std::uint64_t printed_ = 0;
};

// Whether what others were refused is shown too. Error: forbidden, to who may not read. Of a
// damaged log both are asked of the events before the damage, which are shown.
Result<bool> sees_all_asides(const Globals& globals, const engine::ProjectPlace& place) {
  const auto view = globals.view(place);
  if (view) return is_owner((*view)->state(), globals.actor);
  if (view.error().code != Code::damaged) return view.error();
  engine::MemoryFolding before(nullptr);
  QUALOG_TRY(place.log->read({}, before));
  if (!before.applied().head.sequence()) return view.error();
  QUALOG_TRY(globals.check_may_read(before.state()));
  return is_owner(before.state(), globals.actor);
}

Result<Exit> cat(const Globals& globals, const EventsOptions& options) {
  QUALOG_ASSIGN(const auto first, first_of(options.first));
  QUALOG_ASSIGN(auto place, globals.place(options.project));
  QUALOG_ASSIGN(const bool all_asides, sees_all_asides(globals, place));
  return Cat(globals, options, std::move(place), first, all_asides).run();
}

}  // namespace

Exit events_cat(const Globals& globals, const EventsOptions& options) {
  return finish(globals, cat(globals, options));
}

}  // namespace qualog::tools
