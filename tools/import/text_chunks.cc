// SPDX-License-Identifier: Apache-2.0
#include "tools/import/text_chunks.h"

#include <algorithm>

namespace qualog::tools {

namespace {
bool continues(char c) { return (c & 0xC0) == 0x80; }
}  // namespace

std::string_view text_within(std::string_view utf8, std::size_t bytes_max) {
  std::size_t end = std::min(utf8.size(), bytes_max);
  while (end > 0 && end < utf8.size() && continues(utf8[end])) --end;
  return utf8.substr(0, end);
}

std::vector<std::string_view> text_chunks(std::string_view utf8, std::size_t first_max,
                                          std::size_t bytes_max) {
  std::vector<std::string_view> chunks = {text_within(utf8, first_max)};
  utf8.remove_prefix(chunks.front().size());
  while (!utf8.empty()) {
    chunks.push_back(text_within(utf8, bytes_max));
    utf8.remove_prefix(chunks.back().size());
  }
  return chunks;
}

std::string cut_to(std::string_view utf8, std::size_t code_points_max) {
  std::size_t at = 0, count = 0;
  while (at < utf8.size() && count < code_points_max) {
    ++at;
    while (at < utf8.size() && continues(utf8[at])) ++at;
    ++count;
  }
  return std::string(utf8.substr(0, at));
}

}  // namespace qualog::tools
