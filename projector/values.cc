// SPDX-License-Identifier: Apache-2.0
#include "projector/values.h"

#include <array>

namespace qualog::projector {

namespace {

// Rows come from disk: a number that no name stands for is no reason to stop.
template <std::size_t Size>
std::string_view name_at(const std::array<std::string_view, Size>& names, std::size_t number) {
  return number < Size ? names[number] : "unknown";
}

}  // namespace

std::string_view name(Kind kind) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "item",   "project", "member", "profile",    "folder",
      "source", "code",    "coding", "annotation", "seealso"};
  return name_at(kNames, static_cast<std::size_t>(kind));
}

std::string_view name(Facet facet) {
  static constexpr std::array<std::string_view, 17> kNames = {
      "none",    "life", "props", "parent", "place", "range", "range_to", "text", "note",
      "content", "memo", "owner", "lease",  "guest", "role",  "ends",     "below"};
  return name_at(kNames, static_cast<std::size_t>(facet));
}

}  // namespace qualog::projector
