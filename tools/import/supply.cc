// SPDX-License-Identifier: Apache-2.0
#include "tools/import/supply.h"

#include "schema/limits.h"
#include "schema/text.h"
#include "tools/documents/any_file.h"
#include "tools/import/names.h"
#include "tools/import/text_chunks.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

bool is_one_text(const interchange::Project& project) {
  using interchange::FileFormat;
  const bool text =
      project.format == FileFormat::PlainText || project.format == FileFormat::Document;
  return text && project.forms.size() == 1 && project.forms.front().text != nullptr;
}

}  // namespace

Result<FoundText> read_found_text(const std::filesystem::path& path) {
  const auto named = [&](Code code, std::string_view words) {
    return fail(code, fmt::format("{}: {}", without_controls(path.string()), words));
  };
  auto project = documents::read_any_file(path);
  if (!project) return named(project.error().code, project.error().message);
  if (is_one_text(*project))
    return FoundText{project->forms.front().text, std::move(project->losses)};
  return named(Code::invalid,
               "this is a project, not the text of one source; qualog project import reads it");
}

std::vector<fb::ActionUnion> supply_actions(const ItemId& source,
                                            const interchange::SourceText& text) {
  std::vector<fb::ActionUnion> actions;
  std::uint32_t position = 0;
  const auto chunk_bytes = limits::kTextChunkBytesMax;
  for (const auto part : text_chunks(text.utf8, chunk_bytes, chunk_bytes)) {
    fb::SourceTextSuppliedT chunk;
    chunk.source = source;
    chunk.position = position;
    chunk.length = static_cast<std::uint32_t>(text.code_points);
    chunk.text = plain_text(part);
    position += chunk.text->length;
    actions.emplace_back();
    actions.back().Set(std::move(chunk));
  }
  return actions;
}

std::string better_count(const interchange::SourceText& text,
                         std::span<const interchange::ForeignRange> passages) {
  const auto choice = interchange::choose_dialect(text, passages, "");
  if (choice.decided_by != interchange::DecidedBy::Evidence) return {};
  const auto best = interchange::place_ranges(text, choice.dialect, passages);
  const auto taken = interchange::place_ranges(text, {}, passages);
  return best == taken ? std::string() : interchange::text_of(choice.dialect);
}

}  // namespace qualog::tools
