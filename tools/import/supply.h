// SPDX-License-Identifier: Apache-2.0
// A text that was missing at an import, from a file that somebody found: the file read as texts
// are, and whether the passages that waited for it fit. Pure but for the reading.
#pragma once

#include "schema/result.h"
#include "tools/interchange/refi/project_model.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace qualog::tools {

struct FoundText {
  std::shared_ptr<const interchange::SourceText> text;
  std::vector<interchange::Loss> losses;
};

// Errors: those of read_one_text, naming the file.
Result<FoundText> read_found_text(const std::filesystem::path& path);

// Passages stand as the other program counted them, in units that nobody knew while the text was
// missing. Empty, unless words begin and end better with them counted in another way than code
// points: then that way, in words.
std::string better_count(const interchange::SourceText& text,
                         std::span<const interchange::ForeignRange> passages);

}  // namespace qualog::tools
