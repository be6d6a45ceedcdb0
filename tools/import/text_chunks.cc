// SPDX-License-Identifier: Apache-2.0
#include "tools/import/text_chunks.h"

#include <algorithm>

namespace qualog::tools {

namespace {
bool continues(char c) { return (c & 0xC0) == 0x80; }
}  // namespace

std::vector<std::string_view> text_chunks(std::string_view utf8, std::size_t bytes_max) {
  std::vector<std::string_view> chunks;
  std::size_t begin = 0;
  do {
    std::size_t end = std::min(utf8.size(), begin + bytes_max);
    while (end < utf8.size() && continues(utf8[end])) --end;
    chunks.push_back(utf8.substr(begin, end - begin));
    begin = end;
  } while (begin < utf8.size());
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
