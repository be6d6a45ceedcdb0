// SPDX-License-Identifier: Apache-2.0
#include "tools/import/supply.h"

#include "schema/limits.h"
#include "schema/text.h"
#include "tools/documents/any_file.h"
#include "tools/import/names.h"
#include "tools/import/text_chunks.h"

namespace qualog::tools {

Result<FoundText> read_found_text(const std::filesystem::path& path) {
  auto project = documents::read_one_text(path);
  if (!project) return about_file(path, project.error());
  return FoundText{project->forms.front().text, std::move(project->losses)};
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
