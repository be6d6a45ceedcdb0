// SPDX-License-Identifier: Apache-2.0
#include "tools/import/supply.h"

#include "tools/documents/any_file.h"
#include "tools/import/names.h"

namespace qualog::tools {

Result<FoundText> read_found_text(const std::filesystem::path& path) {
  auto project = documents::read_one_text(path);
  if (!project) return about_file(path, project.error());
  return FoundText{project->forms.front().text, std::move(project->losses)};
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
