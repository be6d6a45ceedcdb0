// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/source_path.h"

#include "tools/interchange/entry_name.h"
#include "tools/interchange/refi/attribute_values.h"

#include <algorithm>

namespace qualog::interchange {

namespace {

// "absolute:", "file:", "C:" ...: letters alone before a colon.
bool has_scheme(std::string_view path) {
  const std::size_t colon = path.find(':');
  return colon != path.npos && std::all_of(path.begin(), path.begin() + colon, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

}  // namespace

std::optional<std::string> archive_name(std::string_view path) {
  constexpr std::string_view kInternal = "internal:";
  path = trimmed_value(path);
  if (folded_name(path.substr(0, kInternal.size())) == kInternal) {
    path.remove_prefix(kInternal.size());
    while (path.starts_with('/')) path.remove_prefix(1);
  }
  if (has_scheme(path) || entry_name_fault(path)) return std::nullopt;
  std::string name = folded_name(path);
  if (name.starts_with("sources/")) name.erase(0, 8);
  if (name.empty()) return std::nullopt;
  return name;
}

}  // namespace qualog::interchange
