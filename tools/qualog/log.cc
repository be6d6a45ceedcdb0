// SPDX-License-Identifier: Apache-2.0
// qualog log PROJECT [ITEM] [--user] [--oneline]: who did what when, in words. A group is one
// row; refusals are not in it: they changed nothing and are in the inbox.
#include "projector/query/members.h"
#include "replay/reading/history.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/json.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/verbs.h"
#include "tools/qualog/support/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

namespace {

namespace json = boost::json;
using projector::Kind;

struct Wanted {
  ItemId item;       // zero: all
  std::string user;  // empty: all
};

// An event alone, or a group: the first event speaks for it.
struct Row {
  json::object line;
  Told told;
  Sequence group;
  Sequence last;
  std::uint64_t events = 0;
  bool wanted = false;
};

class Rows {
 public:
  using Print = std::function<void(const Row&, const std::string& item_name)>;

  Rows(const projector::Reader& state, Wanted wanted, Print print)
      : state_(state), names_(state), wanted_(std::move(wanted)), print_(std::move(print)) {}

  Result<bool> add(const replay::Stored& item) {
    QUALOG_ASSIGN(const auto* event, event_view(item.bytes));
    const Sequence group{event->group()};
    if (!group || group != row_.group) finish();
    auto line = event_json(*event);
    row_.wanted = row_.wanted || is_wanted(line);
    row_.group = group;
    row_.last = item.sequence;
    if (row_.events++ == 0) {
      row_.told = told(state_, names_, line);
      row_.line = std::move(line);
    } else if (!row_.told.item) {
      row_.told.item = told(state_, names_, line).item;
    }
    return true;
  }

  void finish() {
    if (row_.events > 0 && row_.wanted) print_(row_, item_name());
    row_ = {};
  }

 private:
  std::string item_name() const {
    return row_.told.item ? names_.name(row_.told.item, row_.last) : "";
  }

  bool is_wanted(const json::object& line) const {
    if (!wanted_.user.empty() && line.at("actor").get_string() != wanted_.user) return false;
    if (!wanted_.item) return true;
    const auto concerned = items_concerned(state_, line);
    return std::find(concerned.begin(), concerned.end(), wanted_.item) != concerned.end();
  }

  const projector::Reader& state_;
  NamesThen names_;
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

json::value or_null(std::string text) {
  return text.empty() ? json::value() : json::value(std::move(text));
}

json::value member_or_null(const json::object& line, const char* key) {
  const auto* value = line.if_contains(key);
  return value != nullptr ? *value : json::value();
}

// How each row is printed.
class Printer {
 public:
  Printer(const Globals& globals, const LogOptions& options, const projector::Reader& state)
      : globals_(globals), options_(options), state_(state) {}

  void print(const Row& row, const std::string& name) {
    if (globals_.json)
      print_line(row_json(row, name));
    else if (options_.oneline)
      tools::print("{}\n", one_line(line_text(row, name)));
    else
      table_.add({std::to_string(row.line.at("sequence").to_number<std::uint64_t>()),
                  short_time(text_at(row.line, "time")), text_at(row.line, "actor"), words_of(row),
                  kind_of(row), name, detail_of(row)});
  }
  void finish() {
    if (!globals_.json && !options_.oneline) table_.print();
  }

 private:
  std::string kind_of(const Row& row) const {
    return row.told.item ? kind_in_words(state_, row.told.item) : "";
  }

  static std::string detail_of(const Row& row) {
    if (row.events == 1) return row.told.detail;
    return fmt::format("{} events{}{}", row.events, row.told.detail.empty() ? "" : ": ",
                       row.told.detail);
  }

  std::string line_text(const Row& row, const std::string& name) const {
    const auto detail = detail_of(row);
    return fmt::format("{} {} {} {} {}{}{}{}", row.line.at("sequence").to_number<std::uint64_t>(),
                       short_time(text_at(row.line, "time")), text_at(row.line, "actor"),
                       words_of(row), kind_of(row), name.empty() ? "" : " \"" + name + "\"",
                       detail.empty() ? "" : ": ", detail);
  }

  json::object row_json(const Row& row, const std::string& name) const {
    const auto& line = row.line;
    return {{"sequence", line.at("sequence")},
            {"last_sequence", row.last.value},
            {"time", line.at("time")},
            {"user", line.at("actor")},
            {"session", line.at("session")},
            {"action", line.at("action")},
            {"words", words_of(row)},
            {"item_type", or_null(kind_of(row))},
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

  const Globals& globals_;
  const LogOptions& options_;
  const projector::Reader& state_;
  Table table_{{{"Event", Align::right, true},
                {"Time (UTC)", Align::left, true},
                {"User"},
                {"Action"},
                {"Type", Align::left, true},
                {"Item"},
                {"Detail"}}};
};

Result<Wanted> wanted_of(const projector::Reader& state, const LogOptions& options) {
  Wanted wanted{{}, options.user};
  if (!options.item.empty()) {
    const std::vector<Kind> kAny = {Kind::Project,    Kind::Member, Kind::Profile,
                                    Kind::Folder,     Kind::Source, Kind::Code,
                                    Kind::Annotation, Kind::Coding, Kind::Seealso};
    QUALOG_ASSIGN(wanted.item, find_item(state, options.item, kAny, "item"));
  }
  if (options.user.empty()) return wanted;
  for (const auto& user : projector::users(state))
    if (user.principal == options.user) return wanted;
  return fail(
      Code::not_found,
      fmt::format("no user \"{}\" in this project; qualog member ls lists them", options.user));
}

Result<Exit> tell(const Globals& globals, const LogOptions& options) {
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  QUALOG_ASSIGN(const auto view, globals.view(place));
  QUALOG_ASSIGN(auto wanted, wanted_of(view->state(), options));
  Printer printer(globals, options, view->state());
  Rows rows(view->state(), std::move(wanted),
            [&](const Row& row, const std::string& name) { printer.print(row, name); });
  QUALOG_TRY(
      replay::History(place).read_on({Sequence{1}, view->head(), false},
                                     [&](const replay::Stored& item) { return rows.add(item); }));
  rows.finish();
  QUALOG_TRY(check_undamaged(view->state()));
  printer.finish();
  return Exit::done;
}

}  // namespace

Exit log(const Globals& globals, const LogOptions& options) {
  return finish(globals, tell(globals, options));
}

}  // namespace qualog::tools
