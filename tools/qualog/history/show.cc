// SPDX-License-Identifier: Apache-2.0
// qualog show PROJECT SEQUENCE: one event whole, and what it changed: each facet before and after.
#include "projector/query/text.h"
#include "projector/query/values_then.h"
#include "projector/value_json.h"
#include "schema/codec.h"
#include "schema/json.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/history/horizon.h"
#include "tools/qualog/history/then_json.h"
#include "tools/qualog/support/event_lines.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/words.h"

#include <boost/json/serialize.hpp>
namespace qualog::tools {

namespace {

namespace json = boost::json;
using projector::EffectRow;
using projector::Facet;

class Changes {
 public:
  Changes(const projector::Reader& state, Sequence sequence) : state_(state), sequence_(sequence) {}

  json::array list(const EffectRow& effect) {
    for (const auto& entry : effect.entries)
      if (entry.created)
        add_created(entry.item);
      else
        add(entry.item, entry.facet, then_json(state_, entry.item, entry.facet, entry.before));
    return std::move(changes_);
  }

 private:
  // Everything that the new item was made with.
  void add_created(const ItemId& item) {
    const auto row = projector::item(state_, item);
    if (!row) return;
    for (const auto& slot : row->facets)
      if (slot.facet != Facet::Life) add(item, slot.facet, nullptr);
  }

  void add(const ItemId& item, Facet facet, json::value before) {
    const auto row = projector::item(state_, item);
    if (!row) return;
    auto after = then_json(state_, item, facet,
                           projector::value_after(state_, *row, item, facet, sequence_));
    if (before == after) return;
    changes_.push_back(json::object{{"item", item.text()},
                                    {"item_type", kind_in_words(state_, item)},
                                    {"item_name", name_then(state_, item, sequence_)},
                                    {"facet", projector::string_json(name(facet))},
                                    {"before", std::move(before)},
                                    {"after", std::move(after)}});
  }

  const projector::Reader& state_;
  Sequence sequence_;
  json::array changes_;
};

// The words of what an edit removed; sealed ones are U+FFFD.
std::string words_in(const projector::Reader& state, const text::Pieces& pieces) {
  std::string words;
  projector::visit_stretches(state, pieces, [&](const projector::Stretch& stretch) {
    if (stretch.seal == nullptr) words += stretch.plain;
    for (std::uint32_t i = 0; stretch.seal != nullptr && i < stretch.length; ++i)
      words += "\xEF\xBF\xBD";
  });
  return words;
}

// What an edit of a text took out; what it put in stands in the event.
json::value edit_json(const projector::Reader& state, const EffectRow& effect) {
  if (!effect.edit) return nullptr;
  json::array splices;
  for (const auto& splice : effect.edit->splices)
    splices.push_back(json::object{{"position", splice.position},
                                   {"deleted", splice.delete_length},
                                   {"inserted", splice.insert_length}});
  return json::object{{"source", effect.edit->source.text()},
                      {"splices", std::move(splices)},
                      {"removed", words_in(state, effect.edit->removed)}};
}

json::object whole_event(const projector::Reader& state, const fb::Event& event) {
  auto line = event_line(event);
  const Sequence sequence{event.sequence()};
  const auto effect = projector::effect_at(state, sequence).value_or(EffectRow{});
  line["changes"] = Changes(state, sequence).list(effect);
  line["edit"] = edit_json(state, effect);
  line["undone_by"] = effect.undone_by ? json::value(effect.undone_by.value) : nullptr;
  return line;
}

std::string on_one_line(const json::value& value) {
  if (value.is_string()) return one_line(value.get_string());
  return value.is_null() ? "-" : one_line(json::serialize(value));
}

// Props are shown by member, so that one sees which of them changed.
void print_change(const json::object& change) {
  print("  {} \"{}\" {}\n", on_one_line(change.at("item_type")),
        on_one_line(change.at("item_name")), on_one_line(change.at("facet")));
  const auto &before = change.at("before"), &after = change.at("after");
  if (!after.is_object()) return print("    {} -> {}\n", on_one_line(before), on_one_line(after));
  for (const auto& [key, now] : after.get_object()) {
    const auto* then = before.is_object() ? before.get_object().if_contains(key) : nullptr;
    const auto old = then != nullptr ? *then : json::value();
    if (old != now)
      print("    {}: {} -> {}\n", std::string_view(key), on_one_line(old), on_one_line(now));
  }
}

void print_for_people(const json::object& line) {
  for (const auto& [key, value] : line)
    if (!value.is_object() && !value.is_array() && !value.is_null())
      print("{:<11} {}\n", std::string_view(key), on_one_line(value));
  print("\n");
  for (const auto& [key, value] : line.at("body").get_object())
    print("  {:<11} {}\n", std::string_view(key), on_one_line(value));
  if (!line.at("changes").get_array().empty()) print("\nchanged\n");
  for (const auto& change : line.at("changes").get_array()) print_change(change.get_object());
  if (const auto* edit = line.at("edit").if_object())
    print("\nremoved\n    {}\n", on_one_line(edit->at("removed")));
}

// What was cleared is not shown one by one either.
Result<void> check_seen(const Globals& globals, const projector::Reader& state, Sequence event) {
  const auto seen = seen_events(state, globals.actor);
  if (seen.shows(event)) return {};
  return fail(Code::forbidden, fmt::format("event {}: {}", event.value, one_line(seen.notice)));
}

Result<Exit> show_event(const Globals& globals, const ShowOptions& options) {
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  QUALOG_ASSIGN(const auto view, globals.view(place));
  QUALOG_TRY(check_seen(globals, view->state(), Sequence{options.sequence}));
  QUALOG_ASSIGN(const auto bytes, replay::stored_event(place, Sequence{options.sequence}));
  QUALOG_ASSIGN(const auto* event, event_view(bytes));
  const auto line = whole_event(view->state(), *event);
  QUALOG_TRY(view->state().undamaged());
  if (globals.json)
    print_line(line);
  else
    print_for_people(line);
  return Exit::done;
}

}  // namespace

Exit show(const Globals& globals, const ShowOptions& options) {
  return finish(globals, show_event(globals, options));
}

}  // namespace qualog::tools
