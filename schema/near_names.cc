// SPDX-License-Identifier: Apache-2.0
#include "schema/near_names.h"

#include <algorithm>
#include <numeric>

namespace qualog {

namespace {

constexpr std::size_t kShownMax = 3;
constexpr std::size_t kGivenMax = 64;

// Edit distance (Levenshtein): insertions, deletions and replacements of single bytes.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

bool in_plain_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
}

}  // namespace

bool is_plain_name(std::string_view given) {
  return !given.empty() && given.size() <= kGivenMax &&
         std::all_of(given.begin(), given.end(), in_plain_name);
}

std::string did_you_mean(std::string_view given, const std::vector<std::string_view>& names) {
  if (given.size() > kGivenMax) return "";
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string_view name : names)
    if (const std::size_t far = distance(given, name);
        far <= std::max<std::size_t>(2, name.size() / 3))
      near.emplace_back(far, name);
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  if (near.size() > kShownMax) near.resize(kShownMax);
  std::string text;
  for (std::size_t i = 0; i < near.size(); ++i)
    text += std::string(i == 0 ? "; did you mean " : " or ") + std::string(near[i].second);
  return text.empty() ? text : text + "?";
}

}  // namespace qualog
