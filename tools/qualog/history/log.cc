// SPDX-License-Identifier: Apache-2.0
// qualog log PROJECT [ITEM] [--by] [--action] [--kind] [--from] [--to] [--sort] [--oneline]
// [--all]: who did what when, in words. A group is one row; refusals are not in it: they changed
// nothing and are in the inbox. What was cleared is for Owners, with --all.
#include "projector/query/members.h"
#include "replay/members.h"
#include "replay/reading/history.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/json.h"
#include "schema/near_names.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/history/horizon.h"
#include "tools/qualog/support/between.h"
#include "tools/qualog/support/json_text.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/verbs.h"
#include "tools/qualog/support/words.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

namespace {

namespace json = boost::json;

struct Wanted {
  ItemId item;         // zero: all
  std::string user;    // empty: all
  std::string action;  // the same
  std::string kind;    // the same
  Between between;
  SeenLog seen;
};

// An event alone, or a group: the first event speaks for it.
struct Row {
  json::object line;
  Told told;
  Sequence group;
  Sequence last;
  std::uint64_t events = 0;
  bool wanted = false;
  bool seen = false;
};

class Rows {
 public:
  using Print = std::function<void(const Row&, const std::string& item_name)>;

  Rows(const projector::Reader& state, Wanted wanted, Print print)
      : state_(state), wanted_(std::move(wanted)), print_(std::move(print)) {}

  Result<bool> add(const replay::Stored& item) {
    QUALOG_ASSIGN(const auto* event, event_view(item.bytes));
    const Sequence group{event->group()};
    if (!group || group != row_.group) {
      finish();
      if (wanted_.between.is_behind(item.sequence, event->time())) return false;
    }
    auto line = event_json(*event);
    row_.wanted = row_.wanted || is_wanted(*event, line);
    row_.seen = row_.seen || wanted_.seen.shows(item.sequence);
    row_.group = group;
    row_.last = item.sequence;
    if (row_.events++ == 0) {
      row_.told = told(state_, line);
      row_.line = std::move(line);
    } else if (!row_.told.item) {
      row_.told.item = told(state_, line).item;
    }
    return true;
  }

  void finish() {
    if (row_.events > 0 && row_.wanted && row_.seen) print_(row_, item_name());
    row_ = {};
  }

 private:
  std::string item_name() const {
    return row_.told.item ? name_then(state_, row_.told.item, row_.last) : "";
  }

  bool is_wanted(const fb::Event& event, const json::object& line) const {
    return wanted_.between.holds(Sequence{event.sequence()}, event.time()) &&
           is_or_empty(wanted_.user, line.at("actor")) &&
           is_or_empty(wanted_.action, line.at("action")) && is_of_kind(line) && concerns(line);
  }

  static bool is_or_empty(const std::string& wanted, const json::value& given) {
    return wanted.empty() || given.get_string() == wanted;
  }

  bool is_of_kind(const json::object& line) const {
    return wanted_.kind.empty() || kind_in_words(state_, told(state_, line).item) == wanted_.kind;
  }

  bool concerns(const json::object& line) const {
    if (!wanted_.item) return true;
    const auto concerned = items_concerned(state_, line);
    return std::find(concerned.begin(), concerned.end(), wanted_.item) != concerned.end();
  }

  const projector::Reader& state_;
  Wanted wanted_;
  Print print_;
  Row row_;
};

std::string text_at(const json::object& line, const char* key) {
  return std::string(line.at(key).get_string());
}

std::string words_of(const Row& row) {
  const auto action = action_by_name(text_at(row.line, "action"));
  return action ? action_in_words(*action) : text_at(row.line, "action");
}

json::value member_or_null(const json::object& line, const char* key) {
  const auto* value = line.if_contains(key);
  return value != nullptr ? *value : json::value();
}

std::string kind_of(const projector::Reader& state, const Row& row) {
  return row.told.item ? kind_in_words(state, row.told.item) : "";
}

// With how many events a group has.
std::string detail_of(const Row& row) {
  if (row.events == 1) return row.told.detail;
  return fmt::format("{} events{}{}", row.events, row.told.detail.empty() ? "" : ": ",
                     row.told.detail);
}

json::object row_json(const projector::Reader& state, const Row& row, const std::string& name) {
  const auto& line = row.line;
  return {{"sequence", line.at("sequence")},
          {"last_sequence", row.last.value},
          {"time", line.at("time")},
          {"user", line.at("actor")},
          {"session", line.at("session")},
          {"action", line.at("action")},
          {"words", words_of(row)},
          {"item_type", or_null(kind_of(state, row))},
          {"item_name", or_null(name)},
          {"item", row.told.item ? json::value(row.told.item.text()) : nullptr},
          {"detail", row.told.detail},
          {"reason", member_or_null(line, "reason")},
          {"seen", line.at("seen")},
          {"group", member_or_null(line, "group")},
          {"undo_of", member_or_null(line, "undo_of")},
          {"count", row.events},
          {"result", "accepted"}};
}

// A row as it is kept until all are sorted.
struct Line {
  json::object json;
  std::string detail;
};

// A column of the table; programs get all of them (features X-02).
struct LogColumn {
  Column column;
  const char* key;
  bool for_people;
  bool for_programs;
};

const std::vector<LogColumn>& log_columns() {
  static const std::vector<LogColumn> columns = {
      {{"Event", Align::right, true}, "sequence", true, true},
      {{"Time (UTC)", Align::left, true}, "time", true, true},
      {{"User"}, "user", true, true},
      {{"Session"}, "session", false, true},
      {{"Action"}, "words", true, false},
      {{"Action"}, "action", false, true},
      {{"Type", Align::left, true}, "item_type", true, true},
      {{"Item"}, "item_name", true, true},
      {{"Item id"}, "item", false, true},
      {{"Detail"}, "detail", true, true},
      {{"Seen"}, "seen", false, true},
      {{"Result"}, "result", false, true}};
  return columns;
}

std::string cell_of(const LogColumn& column, const Line& line, bool as_csv) {
  const std::string_view key = column.key;
  if (key == "detail") return line.detail;
  const auto text = shown(line.json.at(key));
  return key == "time" && !as_csv ? short_time(text) : text;
}

std::string line_text(const Line& line) {
  const auto at = [&](const char* key) { return shown(line.json.at(key)); };
  const auto name = at("item_name");
  return fmt::format("{} {} {} {} {}{}{}{}", at("sequence"), short_time(at("time")), at("user"),
                     at("words"), at("item_type"), name.empty() ? "" : " \"" + name + "\"",
                     line.detail.empty() ? "" : ": ", line.detail);
}

bool is_before(const json::value& a, const json::value& b) {
  if (a.is_number() && b.is_number())
    return a.to_number<std::uint64_t>() < b.to_number<std::uint64_t>();
  return shown(a) < shown(b);
}

// How each row is printed; at once, unless they are sorted first.
class Printer {
 public:
  Printer(const Globals& globals, const LogOptions& options)
      : globals_(globals), options_(options), table_(titles(globals.csv)) {}

  void take(Line line) {
    if (options_.sort.empty() && !options_.descending)
      print(line);
    else
      kept_.push_back(std::move(line));
  }

  void finish() {
    sort();
    for (const auto& line : kept_) print(line);
    if (!globals_.json && !options_.oneline) table_.print(globals_.csv);
  }

 private:
  bool is_column(const LogColumn& column) const {
    return globals_.csv ? column.for_programs : column.for_people;
  }

  static std::vector<Column> titles(bool as_csv) {
    std::vector<Column> columns;
    for (const auto& column : log_columns())
      if (as_csv ? column.for_programs : column.for_people) columns.push_back(column.column);
    return columns;
  }

  void sort() {
    const std::string key = options_.sort.empty() ? "sequence" : options_.sort;
    std::stable_sort(kept_.begin(), kept_.end(), [&](const Line& a, const Line& b) {
      return options_.descending ? is_before(b.json.at(key), a.json.at(key))
                                 : is_before(a.json.at(key), b.json.at(key));
    });
  }

  void print(const Line& line) {
    if (globals_.json) return print_line(line.json);
    if (options_.oneline) return tools::print("{}\n", one_line(line_text(line)));
    std::vector<std::string> cells;
    for (const auto& column : log_columns())
      if (is_column(column)) cells.push_back(cell_of(column, line, globals_.csv));
    table_.add(std::move(cells));
  }

  const Globals& globals_;
  const LogOptions& options_;
  Table table_;
  std::vector<Line> kept_;
};

Result<std::string> action_wanted(const std::string& name) {
  if (name.empty() || action_by_name(name)) return name;
  std::vector<std::string_view> names;
  for (const auto action : all_actions()) names.push_back(action_name(action));
  return fail(Code::invalid, fmt::format("no action \"{}\"{}; qualog schema lists them", name,
                                         did_you_mean(name, names)));
}

Result<Wanted> wanted_of(const projector::Reader& state, const LogOptions& options) {
  Wanted wanted{{}, options.user, {}, options.kind, {}, {}};
  QUALOG_ASSIGN(wanted.between, Between::parse(options.from, options.to));
  QUALOG_ASSIGN(wanted.action, action_wanted(options.action));
  if (!options.item.empty()) {
    QUALOG_ASSIGN(wanted.item, find_item_ever(state, options.item));
  }
  if (options.user.empty() || projector::is_known(state, options.user)) return wanted;
  return fail(
      Code::not_found,
      fmt::format("no user \"{}\" in this project; qualog member ls lists them", options.user));
}

// Owners may see all.
Result<SeenLog> seen_of(const projector::Reader& state, const Globals& globals, bool all) {
  if (!all) return seen_log(state);
  QUALOG_TRY(replay::check_owner(state, globals.actor));
  return SeenLog{};
}

// Where the rows of the stretch begin: a group is told whole.
Sequence begin_of(const projector::Reader& state, const Between& between, Sequence head) {
  std::uint64_t first = 1, last = head.value;
  while (first < last) {
    const Sequence middle{first + (last - first) / 2};
    const auto effect = projector::effect_at(state, middle);
    if (effect && between.is_before(middle, effect->time))
      first = middle.next().value;
    else
      last = middle.value;
  }
  const auto effect = projector::effect_at(state, Sequence{first});
  return effect && effect->group ? effect->group : Sequence{first};
}

// Scripts read it off the row of the clearing.
void say_what_is_not_seen(const Globals& globals, const SeenLog& seen) {
  if (!globals.json && !seen.notice.empty()) say("{}", one_line(seen.notice));
}

Result<Exit> tell(const Globals& globals, const LogOptions& options) {
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  QUALOG_ASSIGN(const auto view, globals.view(place));
  const auto& state = view->state();
  QUALOG_ASSIGN(auto wanted, wanted_of(state, options));
  QUALOG_ASSIGN(wanted.seen, seen_of(state, globals, options.all));
  const auto seen = wanted.seen;
  const auto begin = begin_of(state, wanted.between, view->head());
  Printer printer(globals, options);
  Rows rows(state, std::move(wanted), [&](const Row& row, const std::string& name) {
    printer.take({row_json(state, row, name), detail_of(row)});
  });
  QUALOG_TRY(replay::History(place).read_on(
      {begin, view->head(), false}, [&](const replay::Stored& item) { return rows.add(item); }));
  rows.finish();
  QUALOG_TRY(view->state().undamaged());
  printer.finish();
  say_what_is_not_seen(globals, seen);
  return Exit::done;
}

}  // namespace

const std::vector<std::string>& log_kinds() {
  static const auto kinds = kinds_in_words();
  return kinds;
}

const std::vector<std::string>& log_sort_keys() {
  static const std::vector<std::string> keys = {"sequence", "time",      "user",
                                                "action",   "item_type", "item_name"};
  return keys;
}

Exit log(const Globals& globals, const LogOptions& options) {
  return finish(globals, tell(globals, options));
}

}  // namespace qualog::tools
