// SPDX-License-Identifier: Apache-2.0
// qualog diff PROJECT A..B: what was added, changed and removed between two moments, whoever did it
// in however many steps: what came and went in between is not in it.
#include "projector/items.h"
#include "projector/query/values_then.h"
#include "projector/value_json.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/history/then_json.h"
#include "tools/qualog/support/json_text.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/named_moment.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/words.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <map>
#include <set>

namespace qualog::tools {

namespace {

namespace json = boost::json;
using projector::EffectRow;
using projector::Facet;
using projector::ItemRow;
using projector::LifeState;

struct Stretch {
  Sequence from;  // after it
  Sequence to;    // up to and with it
};

// What events of the stretch have written, and who.
struct Touched {
  std::set<Facet> facets;
  std::set<std::string> people;
  Sequence first;
};

// ---- what was touched

std::string principal_of(const projector::Reader& state, const ItemId& profile) {
  const auto row = projector::item(state, profile);
  return row ? projector::value_of<projector::Role>(*row, Facet::Role).principal : "";
}

std::map<ItemId, Touched> touched_in(const projector::Reader& state, const Stretch& stretch) {
  std::map<ItemId, Touched> touched;
  for (Sequence at = stretch.from.next(); at <= stretch.to; at = at.next()) {
    const auto effect = projector::effect_at(state, at);
    if (!effect) continue;
    const auto note = [&](const ItemId& item, Facet facet) {
      auto& entry = touched[item];
      entry.facets.insert(facet);
      entry.people.insert(principal_of(state, effect->profile));
      if (!entry.first) entry.first = at;
    };
    for (const auto& entry : effect->entries)
      if (!projector::is_of_edit_mode(entry.facet)) note(entry.item, entry.facet);
    if (effect->edit) note(effect->edit->source, Facet::Content);
  }
  return touched;
}

// ---- what became of it

class Differences {
 public:
  Differences(const projector::Reader& state, const Stretch& stretch)
      : state_(state), stretch_(stretch) {}

  std::vector<json::object> list() {
    std::map<Sequence, std::vector<json::object>> in_order;
    for (const auto& [item, touched] : touched_in(state_, stretch_))
      for (auto& line : lines_of(item, touched)) in_order[touched.first].push_back(std::move(line));
    std::vector<json::object> lines;
    for (auto& [sequence, list] : in_order)
      for (auto& line : list) lines.push_back(std::move(line));
    return lines;
  }

 private:
  // Nothing: it was not there yet.
  std::optional<projector::Life> life_at(const ItemRow& row, const ItemId& item,
                                         Sequence at) const {
    if (row.created.sequence > at) return std::nullopt;
    const auto value = projector::value_after(state_, row, item, Facet::Life, at);
    return projector::decode<projector::Life>(value).value_or(projector::Life{});
  }

  std::vector<json::object> lines_of(const ItemId& item, const Touched& touched) const {
    const auto row = projector::item(state_, item);
    if (!row) return {};
    const auto before = life_at(*row, item, stretch_.from);
    const auto after = life_at(*row, item, stretch_.to);
    const bool was = before && before->state == LifeState::Alive;
    const bool is = after && after->state == LifeState::Alive;
    if (was && is) return changes_of(*row, item, touched);
    if (!was && !is) return {};
    // A profile comes by itself with what its owner does first.
    if (is && row->kind == projector::Kind::Profile) return {};
    if (is) return {line("added", item, touched, stretch_.to, "", nullptr, nullptr)};
    return {end_of(item, touched, *after)};
  }

  json::object end_of(const ItemId& item, const Touched& touched,
                      const projector::Life& life) const {
    if (life.state != LifeState::Merged)
      return line("removed", item, touched, stretch_.from, "", nullptr, nullptr);
    return line("removed", item, touched, stretch_.from, "merged into", nullptr,
                projector::string_json(name_then(state_, life.into, stretch_.to)));
  }

  std::vector<json::object> changes_of(const ItemRow& row, const ItemId& item,
                                       const Touched& touched) const {
    std::vector<json::object> lines;
    for (const auto facet : touched.facets) {
      if (facet == Facet::Life || facet == Facet::None) continue;
      const auto at = [&](Sequence sequence) {
        return then_json(state_, item, facet,
                         projector::value_after(state_, row, item, facet, sequence));
      };
      const auto before = at(stretch_.from), after = at(stretch_.to);
      const auto called = std::string(projector::name(facet));
      if (projector::lies_in_own_table(facet))
        lines.push_back(line("changed", item, touched, stretch_.to, called, nullptr, nullptr));
      else if (before.is_object() && after.is_object())
        add_members(item, touched, called, before.get_object(), after.get_object(), lines);
      else if (before != after)
        lines.push_back(line("changed", item, touched, stretch_.to, called, before, after));
    }
    return lines;
  }

  // Of values with fields, those that differ.
  void add_members(const ItemId& item, const Touched& touched, const std::string& facet,
                   const json::object& before, const json::object& after,
                   std::vector<json::object>& lines) const {
    const bool is_props = facet == projector::name(Facet::Props);
    for (const auto& [key, now] : after) {
      const auto* then = before.if_contains(key);
      const auto old = then != nullptr ? *then : json::value();
      const auto called = (is_props ? "" : facet + " ") + std::string(key);
      if (old != now)
        lines.push_back(line("changed", item, touched, stretch_.to, called, old, now));
    }
  }

  json::object line(const char* change, const ItemId& item, const Touched& touched, Sequence named,
                    const std::string& what, json::value before, json::value after) const {
    json::array people;
    for (const auto& person : touched.people) people.emplace_back(person);
    return {{"change", change},
            {"item_type", kind_in_words(state_, item)},
            {"item_name", projector::string_json(name_then(state_, item, named))},
            {"item", item.text()},
            {"what", what},
            {"before", std::move(before)},
            {"after", std::move(after)},
            {"by", std::move(people)}};
  }

  const projector::Reader& state_;
  Stretch stretch_;
};

// ---- the two moments

Result<Sequence> sequence_of(const engine::ProjectPlace& place, const projector::Reader& state,
                             const std::string& given) {
  QUALOG_ASSIGN(const auto wanted, moment_in(state, given));
  QUALOG_ASSIGN(const auto moment, replay::find_moment(place, wanted));
  return moment.sequence;
}

Result<Stretch> stretch_of(const engine::ProjectPlace& place, const engine::View& view,
                           const std::string& range) {
  const auto dots = range.find("..");
  if (dots == range.npos)
    return fail(Code::invalid,
                "name two moments as A..B, each a sequence, a time or a "
                "milestone: 12..40");
  const auto from = range.substr(0, dots), to = range.substr(dots + 2);
  Stretch stretch{{}, view.head()};
  if (!from.empty()) {
    QUALOG_ASSIGN(stretch.from, sequence_of(place, view.state(), from));
  }
  if (!to.empty()) {
    QUALOG_ASSIGN(stretch.to, sequence_of(place, view.state(), to));
  }
  if (stretch.from <= stretch.to) return stretch;
  return fail(Code::invalid, "the first moment is after the second; turn them round");
}

// ---- printing

std::string people_in(const json::object& line) {
  std::string people;
  for (const auto& person : line.at("by").get_array())
    people += (people.empty() ? "" : ", ") + shown(person);
  return people;
}

void print_table(const Globals& globals, const std::vector<json::object>& lines) {
  Table table({{"Change", Align::left, true},
               {"Type", Align::left, true},
               {"Item"},
               {"What"},
               {"Before"},
               {"After"},
               {"By"},
               id_column("Id")});
  for (const auto& line : lines)
    table.add({shown(line.at("change")), shown(line.at("item_type")), shown(line.at("item_name")),
               shown(line.at("what")), shown(line.at("before")), shown(line.at("after")),
               people_in(line), shown(line.at("item"))});
  table.print(globals.csv);
}

Result<Exit> print_difference(const Globals& globals, const DiffOptions& options) {
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  QUALOG_ASSIGN(const auto view, globals.view(place));
  QUALOG_ASSIGN(const auto stretch, stretch_of(place, *view, options.range));
  const auto lines = Differences(view->state(), stretch).list();
  QUALOG_TRY(view->state().undamaged());
  if (!globals.json) print_table(globals, lines);
  for (const auto& line : lines)
    if (globals.json) print_line(line);
  return Exit::done;
}

}  // namespace

Exit diff(const Globals& globals, const DiffOptions& options) {
  return finish(globals, print_difference(globals, options));
}

}  // namespace qualog::tools
