// SPDX-License-Identifier: Apache-2.0
// qualog conflicts ls|show: what was refused, kept for its author: the value it was made
// from, theirs, mine. Owners see everybody's, others their own.
#include "projector/items.h"
#include "projector/query/inbox.h"
#include "schema/actions.h"
#include "schema/fbs/aside_generated.h"
#include "schema/json.h"
#include "schema/time.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/conflicts/entry.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/words.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace qualog::tools {

namespace {

namespace json = boost::json;
using projector::FacetEntry;
using projector::InboxEntry;

// ---- one refusal as JSON

// Facet -> value; null where the value was too large to keep.
json::object facets_json(const std::vector<FacetEntry>& facets) {
  json::object values;
  for (const auto& facet : facets)
    values[facet.facet] =
        facet.value && !facet.value->seal ? parsed_or_null(facet.value->plain) : nullptr;
  return values;
}

// Null where there is none, or it is sealed.
json::value reason_json(const InboxEntry& entry) {
  const bool is_plain = entry.reason && !entry.reason->seal;
  return is_plain ? json::value(entry.reason->plain) : json::value();
}

template <class AnyId>
json::value id_or_null(const AnyId& id) {
  return id ? json::value(id.text()) : json::value();
}

json::value winner_json(const InboxEntry& entry) {
  if (!entry.winner) return nullptr;
  return json::object{{"actor", entry.winner->actor},
                      {"sequence", entry.winner->sequence.value},
                      {"time", rfc3339(entry.winner->time)},
                      {"action", entry.winner->action}};
}

json::object entry_json(const InboxEntry& entry) {
  json::array facets;
  for (const auto& facet : entry.facets) facets.emplace_back(facet);
  auto mine = draft_json(entry);
  auto action = first_action(mine);
  return {{"id", entry.command.text()},
          {"author", entry.author},
          {"session", entry.session.text()},
          {"time", rfc3339(entry.time)},
          {"action", std::move(action)},
          {"code", refusal_name(static_cast<fb::RefusalCode>(entry.code))},
          {"detail", entry.detail},
          {"seen", entry.seen.value},
          {"after_sequence", entry.after_sequence.value},
          {"facets", std::move(facets)},
          {"winner", winner_json(entry)},
          {"base", facets_json(entry.base)},
          {"theirs", facets_json(entry.latest)},
          {"mine", std::move(mine)},
          {"reason", reason_json(entry)},
          {"depends_on", id_or_null(entry.depends_on)},
          {"target", id_or_null(entry.target)}};
}

std::string text_at(const json::object& line, const char* key) {
  const auto& value = line.at(key);
  if (value.is_string()) return std::string(value.get_string());
  return value.is_null() ? "" : json::serialize(value);
}

// ---- ls

void print_entries(const Globals& globals, const std::vector<json::object>& lines) {
  Table table({{"Id", Align::left, true},
               {"Time (UTC)", Align::left, true},
               {"Author"},
               {"Action"},
               {"Refused"},
               {"Won"}});
  for (const auto& line : lines) {
    const auto* winner = line.at("winner").if_object();
    table.add({text_at(line, "id"),
               globals.csv ? text_at(line, "time") : short_time(text_at(line, "time")),
               text_at(line, "author"), text_at(line, "action"), text_at(line, "code"),
               winner != nullptr ? text_at(*winner, "actor") : ""});
  }
  table.print(globals.csv);
}

Result<Exit> list(const Globals& globals, const ConflictsOptions& options) {
  QUALOG_ASSIGN(const auto view, globals.view(options.project));
  projector::InboxFilter filter;
  if (!projector::is_owner(view->state(), globals.actor)) filter.author = globals.actor;
  std::vector<json::object> lines;
  for (const auto& entry : projector::inbox(view->state(), filter))
    lines.push_back(entry_json(entry));
  QUALOG_TRY(view->state().undamaged());
  if (!globals.json) print_entries(globals, lines);
  for (const auto& line : lines)
    if (globals.json) print_line(line);
  return Exit::done;
}

// ---- show

std::string shown(const json::value* value) {
  if (value == nullptr || value->is_null()) return "-";
  return one_line(value->is_string() ? std::string(value->get_string()) : json::serialize(*value));
}

void print_sides(const std::string& of, const json::value* base, const json::value* theirs) {
  print("\n{}\n  base    {}\n  theirs  {}\n", one_line(of), shown(base), shown(theirs));
}

// What it was and what it is; of values with fields, those that differ.
void print_facet(const std::string& facet, const json::value* base, const json::value& theirs) {
  if (!theirs.is_object() || base == nullptr || !base->is_object())
    return print_sides(facet, base, &theirs);
  for (const auto& [key, now] : theirs.get_object()) {
    const auto* then = base->get_object().if_contains(key);
    if (then == nullptr || *then != now) print_sides(facet + " " + std::string(key), then, &now);
  }
}

void print_part(const json::object& part) {
  const auto* action = part.if_contains("action");
  const auto* body = part.if_contains("body");
  print("  {}\n", shown(action));
  if (body == nullptr || !body->is_object()) return;
  for (const auto& [key, value] : body->get_object())
    print("    {:<12} {}\n", std::string_view(key), shown(&value));
}

void print_draft(const json::value& mine) {
  print("\nmine\n");
  if (!mine.is_array()) return print("  not readable: parts are missing or sealed\n");
  for (const auto& part : mine.get_array())
    if (part.is_object()) print_part(part.get_object());
}

// Facet by facet; then the draft.
void print_entry(const json::object& line) {
  for (const char* key : {"id", "author", "time", "code", "detail", "seen", "depends_on", "reason"})
    if (const auto text = text_at(line, key); !text.empty())
      print("{:<10} {}\n", key, one_line(text));
  if (const auto* winner = line.at("winner").if_object())
    print("{:<10} {} with {} (event {})\n", "first", one_line(text_at(*winner, "actor")),
          text_at(*winner, "action"), text_at(*winner, "sequence"));
  for (const auto& [facet, theirs] : line.at("theirs").get_object())
    print_facet(facet, line.at("base").get_object().if_contains(facet), theirs);
  print_draft(line.at("mine"));
}

Result<Exit> show_one(const Globals& globals, const ConflictsOptions& options) {
  QUALOG_ASSIGN(const auto view, globals.view(options.project));
  QUALOG_ASSIGN(const auto entry, find_entry(view->state(), options.id));
  QUALOG_TRY(check_may_see(view->state(), entry, globals.actor));
  if (globals.json)
    print_line(entry_json(entry));
  else
    print_entry(entry_json(entry));
  return Exit::done;
}

}  // namespace

Exit conflicts_ls(const Globals& globals, const ConflictsOptions& options) {
  return finish(globals, list(globals, options));
}

Exit conflicts_show(const Globals& globals, const ConflictsOptions& options) {
  return finish(globals, show_one(globals, options));
}

}  // namespace qualog::tools
