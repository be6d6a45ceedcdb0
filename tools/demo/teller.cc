// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/teller.h"

#include "schema/text.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace qualog::demo {

namespace {

constexpr std::uint32_t kColumns = 100;
constexpr std::size_t kLabelWidth = 10;

bool wants_bold() {
  const char* no_color = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
}

void put(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace

std::string wrapped(std::string_view text, const std::string& first, const std::string& rest) {
  std::string made = first;
  std::uint32_t column = code_points(first);
  bool begun = false;
  while (!text.empty()) {
    const auto space = std::min(text.find_first_of(" \n"), text.size());
    const auto word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    const auto width = code_points(word);
    if (begun && column + 1 + width > kColumns) {
      made += "\n" + rest;
      column = code_points(rest);
      begun = false;
    }
    made.append(begun ? " " : "").append(word);
    column += width + (begun ? 1 : 0);
    begun = true;
  }
  return made + "\n";
}

Teller::Teller(bool json) : json_(json), bold_(!json && wants_bold()) {}

void Teller::chapter(std::string_view key, std::string_view title) {
  finish();
  facts_["chapter"] = key;
  const auto heading = fmt::format("{}. {}", ++chapters_, title);
  if (!json_) put(bold_ ? fmt::format("\n\x1b[1m{}\x1b[0m\n", heading) : "\n" + heading + "\n");
}

void Teller::say(std::string_view text) {
  if (!json_) put(wrapped(text, "  ", "  "));
}

void Teller::show(std::string_view label, std::string_view text) {
  if (json_) return;
  const auto pad = label.size() < kLabelWidth ? kLabelWidth - label.size() : 1;
  put(wrapped(text, fmt::format("      {}{}", label, std::string(pad, ' ')),
              std::string(6 + kLabelWidth, ' ')));
}

void Teller::line(std::string_view text) {
  if (!json_) put(fmt::format("      {}\n", text));
}

void Teller::fact(std::string_view key, boost::json::value value) {
  facts_[key] = std::move(value);
}

void Teller::fact(std::string_view key, std::string_view text) { facts_[key] = text; }

void Teller::finish() {
  if (json_ && !facts_.empty()) put(boost::json::serialize(facts_) + "\n");
  facts_.clear();
}

}  // namespace qualog::demo
