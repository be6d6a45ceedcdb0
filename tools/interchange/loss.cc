// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/loss.h"

#include "schema/limits.h"

#include <algorithm>

namespace qualog::interchange {

namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

}  // namespace

void LossList::add(LossKind kind, std::string_view element, std::string_view reason,
                   std::uint64_t count) {
  if (count == 0) return;
  std::pair<std::string, std::string> key(element, reason);
  if (!index_.contains(key) && index_.size() >= limits::kLossRowsMax) {
    key = {"(others)", "more kinds of loss than are listed one by one"};
    kind = LossKind::Lost;
  }
  const auto [place, is_new] = index_.emplace(key, rows_.size());
  if (is_new) rows_.push_back({kind, key.first, 0, key.second});
  rows_[place->second].count += count;
}

std::vector<Loss> LossList::take() {
  index_.clear();
  return std::exchange(rows_, {});
}

std::string shown_name(std::string_view name) {
  constexpr std::size_t kShownBytesMax = 40;
  const bool fit = !name.empty() && name.size() <= kShownBytesMax &&
                   std::all_of(name.begin(), name.end(), is_name_character);
  return fit ? std::string(name) : "(another name)";
}

}  // namespace qualog::interchange
