// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/source_path.h"

#include "tools/interchange/attribute_values.h"
#include "tools/interchange/entry_name.h"

namespace qualog::interchange {

std::optional<std::string> archive_name(std::string_view path) {
  constexpr std::string_view kInternal = "internal:";
  path = trimmed_value(path);
  const bool has_scheme = folded_name(path.substr(0, kInternal.size())) == kInternal;
  if (has_scheme) {
    path.remove_prefix(kInternal.size());
    while (path.starts_with('/')) path.remove_prefix(1);
  }
  if (entry_name_fault(path)) return std::nullopt;
  std::string name = folded_name(path);
  if (name.starts_with("sources/")) name.erase(0, 8);
  if (name.empty()) return std::nullopt;
  return name;
}

}  // namespace qualog::interchange
