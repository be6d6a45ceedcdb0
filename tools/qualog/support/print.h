// SPDX-License-Identifier: Apache-2.0
// Words for people: data on stdout, messages on stderr. A stream that cannot be written throws
// nothing (fmt::print would) and keeps its failure: main asks stdout for it at the end. Any thread.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string_view>
#include <utility>

namespace qualog::tools {

inline void put(std::FILE* stream, std::string_view words) {
  [[maybe_unused]] const auto put = std::fwrite(words.data(), 1, words.size(), stream);
}

template <class... Values>
void print(fmt::format_string<Values...> words, Values&&... values) {
  put(stdout, fmt::format(words, std::forward<Values>(values)...));
}

// "qualog: WORDS" as a line on stderr.
template <class... Values>
void say(fmt::format_string<Values...> words, Values&&... values) {
  put(stderr, "qualog: " + fmt::format(words, std::forward<Values>(values)...) + "\n");
}

}  // namespace qualog::tools
