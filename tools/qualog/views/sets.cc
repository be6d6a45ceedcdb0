// SPDX-License-Identifier: Apache-2.0
// qualog sets PROJECT [--at]: the sets, and what is in them.
#include "projector/query/sets.h"

#include "projector/value_json.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/words.h"
#include "tools/qualog/views/views.h"

#include <boost/json/array.hpp>

namespace qualog::tools {

namespace {

using projector::SetEntry;

// What codings and annotations are called is what they are on.
class Members {
 public:
  Members(const projector::Reader& state, Sequence at) : state_(state), at_(at) {}

  boost::json::object json(const ItemId& item) const {
    return {{"item", item.text()},
            {"item_type", kind_in_words(state_, item)},
            {"item_name", projector::string_json(name_then(state_, item, at_))}};
  }

  std::string text(const SetEntry& set) const {
    std::string text;
    for (const auto& item : set.members)
      text += (text.empty() ? "" : ", ") + name_then(state_, item, at_);
    return text;
  }

 private:
  const projector::Reader& state_;
  Sequence at_;
};

boost::json::object set_json(const SetEntry& set, const Members& members) {
  boost::json::array items;
  for (const auto& item : set.members) items.push_back(members.json(item));
  return {{"id", set.id.text()},
          {"name", projector::text_json(set.name)},
          {"description", projector::text_json(set.description)},
          {"members", std::move(items)}};
}

void print_sets(const Globals& globals, const std::vector<SetEntry>& sets, const Members& members) {
  Table table({{"Set"},
               {"Members", Align::right, true},
               {"Items", Align::left, false, true},
               {"Description"},
               id_column("Id")});
  for (const auto& set : sets)
    table.add({set.name.plain, std::to_string(set.members.size()), members.text(set),
               set.description.plain, id_cell(set.id)});
  table.print(globals.csv);
}

Result<Exit> list_sets(const Globals& globals, const ViewOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto sets = projector::sets(opened.state());
  const Members members(opened.state(), opened.sequence());
  QUALOG_TRY(opened.state().undamaged());
  if (!globals.json) print_sets(globals, sets, members);
  for (const auto& set : sets)
    if (globals.json) print_line(set_json(set, members));
  return Exit::done;
}

}  // namespace

Exit sets(const Globals& globals, const ViewOptions& options) {
  return finish(globals, list_sets(globals, options));
}

}  // namespace qualog::tools
