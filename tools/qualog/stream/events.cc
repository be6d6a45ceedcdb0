// SPDX-License-Identifier: Apache-2.0
// qualog events cat PROJECT: the events as they were written, or as rows for analytics, one a line,
// beside a running owner.
#include "engine/folding.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/history/horizon.h"
#include "tools/qualog/stream/row_source.h"
#include "tools/qualog/stream/stop_signal.h"
#include "tools/qualog/support/event_lines.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

#include <deque>
#include <poll.h>

namespace qualog::tools {

namespace {

using replay::Stored;

constexpr int kPollMilliseconds = 200;

// Where to begin: a sequence, or so many from the end.
struct First {
  Sequence sequence{1};
  std::optional<std::uint64_t> last;
};

Result<First> first_of(const std::string& given) {
  if (given.empty()) return First{};
  const bool from_end = given.front() == '-';
  const auto number = parse_number<std::uint64_t>(std::string_view(given).substr(from_end ? 1 : 0));
  if (!number || (*number == 0 && !from_end))
    return fail(Code::invalid, "-o must be a sequence, or -N for the last N");
  return from_end ? First{{}, *number} : First{Sequence{*number}, std::nullopt};
}

class Cat {
 public:
  Cat(const EventsOptions& options, engine::ProjectPlace place, First first, SeenLog seen,
      std::unique_ptr<EventLines> lines)
      : options_(options),
        first_(first),
        seen_(std::move(seen)),
        lines_(std::move(lines)),
        range_{first.last ? Sequence{} : first.sequence, Sequence{~std::uint64_t{0}},
               options.asides},
        history_(std::move(place)) {
    // The first event has nothing before it, so an aside can only lie behind it.
    if (range_.first == Sequence{1} || lines_->looks_back()) range_.first = {};
  }

  Result<Exit> run() {
    put(stdout, lines_->head());
    if (options_.count == 0) return Exit::done;
    if (options_.follow) stop_on_signal();
    QUALOG_ASSIGN(auto end, read_existing());
    std::fflush(stdout);
    if (!options_.follow) return Exit::done;
    while (end == replay::HistoryEnd::reached && !stopped()) {
      ::poll(nullptr, 0, kPollMilliseconds);
      QUALOG_ASSIGN(end, read_on());
      std::fflush(stdout);
    }
    return stopped() ? Exit::interrupted : Exit::done;
  }

 private:
  Result<replay::HistoryEnd> read_on() {
    return history_.read_on(range_, [this](const Stored& item) -> Result<bool> {
      const bool wanted = !lines_->looks_back() || item.sequence >= first_.sequence;
      if (wanted && seen_.shows(item.sequence)) return print(item);
      QUALOG_TRY(lines_->pass(item));
      return !stopped();
    });
  }

  Result<replay::HistoryEnd> read_existing() {
    if (!first_.last) return read_on();
    std::deque<Stored> newest;
    QUALOG_ASSIGN(const auto end, history_.read_on(range_, [&](const Stored& item) -> Result<bool> {
      QUALOG_TRY(lines_->pass(item));
      if (!seen_.shows(item.sequence)) return true;
      newest.push_back(item);
      if (newest.size() > *first_.last) newest.pop_front();
      return true;
    }));
    for (const auto& item : newest) {
      QUALOG_ASSIGN(const bool wanted, print(item));
      if (!wanted) return replay::HistoryEnd::enough;
    }
    return end;
  }

  // False: as many as were wanted.
  Result<bool> print(const Stored& item) {
    QUALOG_ASSIGN(const auto line, lines_->line(item));
    put(stdout, line);
    ++printed_;
    return !stopped() && (!options_.count || printed_ < *options_.count);
  }

  const EventsOptions& options_;
  First first_;
  SeenLog seen_;
  std::unique_ptr<EventLines> lines_;
  replay::HistoryRange range_;
  replay::History history_;
  std::uint64_t printed_ = 0;
};

// What is asked of the state before anything is printed.
struct Look {
  bool is_owner = false;
  LineageId lineage;
  SeenLog seen;
};

// Error: forbidden, to who may not read. Of a damaged log the events before the damage are looked
// at, which are shown.
Result<Look> look_at(const Globals& globals, const engine::ProjectPlace& place) {
  const auto look = [&](const projector::Reader& state) {
    return Look{projector::is_owner(state, globals.actor), projector::lineage_of(state),
                seen_events(state, globals.actor)};
  };
  const auto view = globals.view(place);
  if (view) return look((*view)->state());
  if (view.error().code != Code::damaged) return view.error();
  engine::MemoryFolding before(nullptr);
  QUALOG_TRY(place.log->read({}, before));
  if (!before.applied().head.sequence()) return view.error();
  QUALOG_TRY(globals.check_may_read(before.state()));
  return look(before.state());
}

bool makes_rows(const EventsOptions& options) {
  return options.format == "ndjson" || options.format == "csv";
}

// An option that would do nothing is refused: somebody may trust in it.
Result<void> check_format(const EventsOptions& options) {
  if (makes_rows(options) && options.asides)
    return fail(Code::invalid, "--asides: no row tells of what was refused; leave out --format");
  if (!makes_rows(options) && (options.with_text || options.pseudonyms))
    return fail(Code::invalid,
                "--with-text and --pseudonyms are for rows; add --format ndjson or --format csv");
  return {};
}

Result<std::unique_ptr<EventLines>> lines_wanted(const Globals& globals,
                                                 const EventsOptions& options,
                                                 const engine::ProjectPlace& place,
                                                 const Look& look) {
  if (!makes_rows(options)) {
    const bool as_json = globals.json && options.format.empty();
    AsideSight sight{globals.actor, look.is_owner};
    return as_json ? lines_of_json(std::move(sight)) : lines_for_people(std::move(sight));
  }
  QUALOG_ASSIGN(auto wanted,
                row_options(place, look.lineage, {options.with_text, options.pseudonyms}));
  stream::RowProjector rows(place.id, std::move(wanted));
  return options.format == "csv" ? rows_as_csv(std::move(rows)) : rows_as_ndjson(std::move(rows));
}

Result<Exit> cat(const Globals& globals, const EventsOptions& options) {
  QUALOG_ASSIGN(const auto first, first_of(options.first));
  QUALOG_TRY(check_format(options));
  QUALOG_ASSIGN(auto place, globals.place(options.project));
  QUALOG_ASSIGN(const auto look, look_at(globals, place));
  QUALOG_ASSIGN(auto lines, lines_wanted(globals, options, place, look));
  if (!globals.json && !look.seen.notice.empty()) say("{}", one_line(look.seen.notice));
  return Cat(options, std::move(place), first, look.seen, std::move(lines)).run();
}

}  // namespace

Exit events_cat(const Globals& globals, const EventsOptions& options) {
  return finish(globals, cat(globals, options));
}

}  // namespace qualog::tools
