// SPDX-License-Identifier: Apache-2.0
// Cutting UTF-8 text without ever cutting a code point. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qualog::tools {

// Parts of at most `bytes_max` bytes, the first of at most `first_max` (4 or more, or 0); one empty
// part for an empty text.
std::vector<std::string_view> text_chunks(std::string_view utf8, std::size_t first_max,
                                          std::size_t bytes_max);

// As many code points from the start as fit into `bytes_max` bytes.
std::string_view text_within(std::string_view utf8, std::size_t bytes_max);

// The first `code_points_max` code points.
std::string cut_to(std::string_view utf8, std::size_t code_points_max);

}  // namespace qualog::tools
