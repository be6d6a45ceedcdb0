// SPDX-License-Identifier: Apache-2.0
#include "tools/import/names.h"

#include "schema/limits.h"
#include "schema/text.h"
#include "tools/import/text_chunks.h"

namespace qualog::tools {

namespace {

constexpr std::string_view kReplacement = "\uFFFD";

// Bytes of the control character or line break that begins here; 0 for anything else.
std::size_t control_bytes(std::string_view rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  if (first < 0x20 || first == 0x7F) return 1;
  const bool is_c1 = first == 0xC2 && static_cast<unsigned char>(rest[1]) < 0xA0;
  if (is_c1) return 2;
  return rest.starts_with("\u2028") || rest.starts_with("\u2029") ? 3 : 0;
}

// ASCII as it is, one U+FFFD for every other byte.
std::string ascii_only(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80)
      kept += c;
    else
      kept += kReplacement;
  }
  return kept;
}

}  // namespace

std::string without_controls(std::string_view text) {
  std::string owned;
  if (!is_text(text)) text = owned = ascii_only(text);
  std::string line;
  line.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t control = control_bytes(text.substr(at));
    line += control > 0 ? ' ' : text[at];
    at += control > 0 ? control : 1;
  }
  return line;
}

Error about_file(const std::filesystem::path& path, const Error& error) {
  return fail(error.code, without_controls(path.string()) + ": " + error.message);
}

std::string fitting_name(std::string_view text) {
  auto line = cut_to(without_controls(text), limits::kNameCodePointsMax / 2);
  return normalised_name(line).empty() ? "(unnamed)" : line;
}

std::string machine_string(std::string_view text, std::size_t code_points_max) {
  return cut_to(without_controls(text), code_points_max);
}

std::string NameBook::take(const ItemId& scope, int group, const std::string& wanted) {
  const auto key = [&](const std::string& name) {
    return Key{{scope, group}, normalised_name(name)};
  };
  const Key base = key(wanted);
  if (taken_.insert(base).second) return wanted;
  auto& number = next_.try_emplace(base, 2).first->second;
  while (true) {
    std::string name = wanted + " (" + std::to_string(number++) + ")";
    if (taken_.insert(key(name)).second) return name;
  }
}

}  // namespace qualog::tools
