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
  const auto [place, is_new] =
      index_.emplace(std::pair(std::string(element), std::string(reason)), rows_.size());
  if (is_new) rows_.push_back({kind, std::string(element), 0, std::string(reason)});
  rows_[place->second].count += count;
}

void LossList::invented(std::string_view element, std::string_view reason) {
  const bool is_new = !index_.contains({std::string(element), std::string(reason)});
  if (is_new && ++invented_ > limits::kLossRowsMax)
    return lost("(others)", "more kinds of loss than are listed one by one");
  lost(element, reason);
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
