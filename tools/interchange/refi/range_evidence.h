// SPDX-License-Identifier: Apache-2.0
// What one range of a text says about the reading that produced it: whether it holds what the
// selection's name previews, and whether it begins and ends where words do. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace qualog::interchange {

// A name as it can be compared: white space in one space, ends trimmed, without a last ellipsis.
struct Preview {
  std::string words;
  bool cut = false;  // ended in an ellipsis
};

Preview make_preview(std::string_view name);

// Whether the marked text, its white space collapsed, is the preview, or begins with it where the
// preview is cut or long enough to be one (12 bytes). Both views are valid UTF-8.
bool matches_preview(std::string_view marked, const Preview& preview);

// 1 where a word cannot be cut by this end, 0 where one is or where a range begins or ends in
// spaces, nothing where the script has no visible words (Chinese, Japanese, Thai ...).
std::optional<double> start_fits(std::string_view text, std::size_t start_byte);
std::optional<double> end_fits(std::string_view text, std::size_t end_byte);

}  // namespace qualog::interchange
