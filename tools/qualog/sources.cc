// SPDX-License-Identifier: Apache-2.0
// qualog sources PROJECT [--at]: the sources with their size and who coded in them.
// qualog text PROJECT SOURCE [--at]: the text of one, exactly.
#include "projector/query/sources.h"

#include "projector/query/codings.h"
#include "projector/query/text.h"
#include "projector/value_json.h"
#include "schema/actions.h"
#include "schema/bytes.h"
#include "schema/fbs/action_generated.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/extent.h"
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

constexpr std::size_t kShortHashDigits = 12;  // of 64: enough to find it in blob ls

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

std::string kind_of(const projector::Props& props) {
  return snake_case(fb::EnumNameSourceKind(static_cast<fb::SourceKind>(props.subkind)));
}

std::string_view text_state(const SourceEntry& source) {
  return is_missing(source) ? "missing" : "supplied";
}

// What is empty says nothing; null: no file, and nothing that stands for one.
boost::json::value media_json(const projector::Media& media) {
  boost::json::object line;
  const auto add = [&](std::string_view key, auto value) {
    if (value != decltype(value){}) line[key] = std::move(value);
  };
  if (media.hash != Digest{}) line = {{"hash", hex(media.hash)}, {"size", media.size}};
  add("mime", media.mime);
  add("file", media.file.plain);
  add("path", media.path.plain);
  add("external", media.external.plain);
  add("duration_ms", media.duration_ms);
  add("width", media.width);
  add("height", media.height);
  add("pages", media.pages.size());
  add("rows", media.rows);
  add("columns", media.columns.size());
  add("bibliographic_id", media.bibliographic_id.plain);
  return line.empty() ? boost::json::value() : boost::json::value(std::move(line));
}

boost::json::object source_json(const SourceEntry& source, const Coded& coded) {
  boost::json::array folders;
  for (const auto& name : source.folders) folders.emplace_back(name);
  boost::json::object coders;
  for (const auto& [coder, count] : coded.coders) coders[coder] = count;
  return {{"id", source.id.text()},
          {"name", projector::text_json(source.props.name)},
          {"kind", kind_of(source.props)},
          {"folder", source.folder ? boost::json::value(source.folder.text()) : nullptr},
          {"folders", std::move(folders)},
          {"length", is_missing(source) ? boost::json::value() : source.length},
          {"text_state", text_state(source)},
          {"media", media_json(source.media)},
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

// How much it holds, or where it is.
std::string holds_text(const projector::Media& media) {
  if (!media.external.plain.empty()) return media.external.plain;
  return media.path.plain.empty() ? in_words(extent_of(media)) : media.path.plain;
}

std::string hash_text(const projector::Media& media, bool whole) {
  if (media.hash == Digest{}) return "";
  return whole ? hex(media.hash) : hex(media.hash).substr(0, kShortHashDigits);
}

void print_sources(const Globals& globals, const std::vector<SourceEntry>& sources,
                   std::map<ItemId, Coded>& coded) {
  Table table({{"Source"},
               {"Kind", Align::left, true},
               {"Length", Align::right, true},
               {"Holds"},
               {"File", Align::left, true},
               {"Codings", Align::right, true},
               {"Coders"},
               id_column("Id")});
  for (const auto& source : sources)
    table.add({source.props.name.plain, kind_of(source.props),
               is_missing(source) ? "missing" : std::to_string(source.length),
               holds_text(source.media), hash_text(source.media, globals.csv),
               std::to_string(coded[source.id].codings), coders_text(coded[source.id]),
               id_cell(source.id)});
  table.print(globals.csv);
}

Result<Exit> list(const Globals& globals, const SourcesOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto sources = projector::sources(opened.state());
  auto coded = coded_sources(opened.state());
  QUALOG_TRY(opened.state().undamaged());
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

// A picture without a log, a sound without a transcript, a PDF of pictures.
Result<void> check_has_text(const projector::ItemRow& row, const projector::SourceText& text,
                            const std::string& given) {
  const auto media = projector::value_of<projector::Media>(row, projector::Facet::Media);
  if (text.length() > 0 || media.hash == Digest{}) return {};
  return fail(Code::not_found,
              fmt::format("\"{}\" has no text; its file is there, qualog blob get brings {}", given,
                          hex(media.hash)));
}

Result<Exit> print_source(const Globals& globals, const SourcesOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto& state = opened.state();
  QUALOG_ASSIGN(const auto id,
                find_item(state, options.source, {projector::Kind::Source}, "source"));
  const auto content = projector::content_row(state, id);
  if (content && content->state == ContentState::Missing) return text_is_missing(options.source);
  QUALOG_ASSIGN(const auto text, projector::SourceText::of(state, id));
  const auto row = projector::item(state, id);
  QUALOG_TRY(state.undamaged());
  QUALOG_TRY(check_has_text(*row, text, options.source));
  if (!globals.json) {
    put(stdout, text.utf8());
    return Exit::done;
  }
  const auto props = projector::value_of<projector::Props>(*row, projector::Facet::Props);
  print_line({{"id", id.text()},
              {"name", projector::text_json(props.name)},
              {"kind", kind_of(props)},
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
