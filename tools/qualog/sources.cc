// SPDX-License-Identifier: Apache-2.0
// qualog sources PROJECT [--at]: the sources with their size and who coded in them.
// qualog text PROJECT SOURCE [--at]: the text of one, exactly.
#include "projector/query/sources.h"

#include "projector/query/codings.h"
#include "projector/query/text.h"
#include "projector/value_json.h"
#include "schema/actions.h"
#include "schema/fbs/action_generated.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"

#include <fmt/format.h>

#include <map>

namespace qualog::tools {

namespace {

using projector::ContentState;
using projector::SourceEntry;

struct Coded {
  std::uint64_t codings = 0;
  std::map<std::string, std::uint64_t> coders;
};

std::map<ItemId, Coded> coded_sources(const projector::Reader& state) {
  projector::CodingFilter filter;
  filter.with_text = false;
  std::map<ItemId, Coded> sources;
  for (const auto& coding : projector::codings(state, filter)) {
    auto& coded = sources[coding.source.id];
    ++coded.codings;
    ++coded.coders[coding.coder.text()];
  }
  return sources;
}

bool is_missing(const SourceEntry& source) { return source.state == ContentState::Missing; }

std::string kind_of(const SourceEntry& source) {
  return snake_case(fb::EnumNameSourceKind(static_cast<fb::SourceKind>(source.props.subkind)));
}

std::string_view text_state(const SourceEntry& source) {
  return is_missing(source) ? "missing" : "supplied";
}

boost::json::object source_json(const SourceEntry& source, const Coded& coded) {
  boost::json::array folders;
  for (const auto& name : source.folders) folders.emplace_back(name);
  boost::json::object coders;
  for (const auto& [coder, count] : coded.coders) coders[coder] = count;
  return {{"id", source.id.text()},
          {"name", projector::text_json(source.props.name)},
          {"kind", kind_of(source)},
          {"folder", source.folder ? boost::json::value(source.folder.text()) : nullptr},
          {"folders", std::move(folders)},
          {"length", is_missing(source) ? boost::json::value() : source.length},
          {"text_state", text_state(source)},
          {"codings", coded.codings},
          {"coders", std::move(coders)},
          {"sequence", source.version.value}};
}

std::string coders_text(const Coded& coded) {
  std::string text;
  for (const auto& [coder, count] : coded.coders)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", coder, count);
  return text;
}

void print_sources(const Globals& globals, const std::vector<SourceEntry>& sources,
                   std::map<ItemId, Coded>& coded) {
  Table table({{"Source"},
               {"Kind", Align::left, true},
               {"Length", Align::right, true},
               {"Codings", Align::right, true},
               {"Coders"}});
  for (const auto& source : sources)
    table.add({source.props.name.plain, kind_of(source),
               is_missing(source) ? "missing" : std::to_string(source.length),
               std::to_string(coded[source.id].codings), coders_text(coded[source.id])});
  table.print(globals.csv);
}

Result<Exit> list(const Globals& globals, const SourcesOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto sources = projector::sources(opened.state());
  auto coded = coded_sources(opened.state());
  QUALOG_TRY(check_undamaged(opened.state()));
  if (globals.json)
    for (const auto& source : sources) print_line(source_json(source, coded[source.id]));
  else
    print_sources(globals, sources, coded);
  return Exit::done;
}

// ---- text

Error text_is_missing(const std::string& given) {
  return fail(Code::not_found,
              fmt::format("the text of \"{}\" is missing; qualog source supply brings it", given));
}

Result<Exit> print_source(const Globals& globals, const SourcesOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto& state = opened.state();
  QUALOG_ASSIGN(const auto id,
                find_item(state, options.source, {projector::Kind::Source}, "source"));
  const auto content =
      projector::row_of<projector::ContentRow>(state, projector::Table::Contents, id.view());
  if (content && content->state == ContentState::Missing) return text_is_missing(options.source);
  QUALOG_ASSIGN(const auto text, projector::SourceText::of(state, id));
  const auto row = projector::item(state, id);
  QUALOG_TRY(check_undamaged(state));
  if (!globals.json) {
    put(stdout, text.utf8());
    return Exit::done;
  }
  const auto props = projector::value_of<projector::Props>(*row, projector::Facet::Props);
  print_line({{"id", id.text()},
              {"name", projector::text_json(props.name)},
              {"length", text.length()},
              {"text", text.utf8()}});
  return Exit::done;
}

}  // namespace

Exit sources(const Globals& globals, const SourcesOptions& options) {
  return finish(globals, list(globals, options));
}

Exit text(const Globals& globals, const SourcesOptions& options) {
  return finish(globals, print_source(globals, options));
}

}  // namespace qualog::tools
