// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/entry_name.h"

#include "schema/ids.h"
#include "schema/limits.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace qualog::interchange {

namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

bool has_parent_step(std::string_view name) {
  while (true) {
    const std::size_t slash = name.find('/');
    if (name.substr(0, slash) == "..") return true;
    if (slash == std::string_view::npos) return false;
    name.remove_prefix(slash + 1);
  }
}

// "C:" at the head of a step; a colon further on is a character of a title.
bool has_drive(std::string_view name) {
  while (true) {
    const std::size_t slash = name.find('/');
    if (name.substr(0, slash).find(':') == 1) return true;
    if (slash == std::string_view::npos) return false;
    name.remove_prefix(slash + 1);
  }
}

struct NameRule {
  bool (*broken)(std::string_view);
  std::string_view reason;
};

constexpr NameRule kNameRules[] = {
    {[](std::string_view name) { return name.empty(); }, "has no name"},
    {[](std::string_view name) { return name.size() > limits::kArchiveNameBytesMax; },
     "has a name that is too long"},
    {[](std::string_view name) { return name.find('\0') != name.npos; }, "has NUL in its name"},
    {[](std::string_view name) { return std::any_of(name.begin(), name.end(), is_control); },
     "has a control character in its name"},
    {[](std::string_view name) { return name.find('\\') != name.npos; },
     "has a backslash in its name"},
    {has_drive, "has a drive and a colon in its name"},
    {[](std::string_view name) { return name.front() == '/'; }, "has an absolute name"},
    {has_parent_step, "has '..' in its name"},
};

std::string ascii_folded(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }
};

}  // namespace

std::optional<std::string_view> entry_name_fault(std::string_view name) {
  for (const NameRule& rule : kNameRules) {
    if (rule.broken(name)) return rule.reason;
  }
  return std::nullopt;
}

std::string folded_name(std::string_view name) {
  while (name.starts_with("./")) name.remove_prefix(2);
  utf8proc_uint8_t* result = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
      static_cast<utf8proc_ssize_t>(name.size()), &result,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  if (size < 0) return ascii_folded(name);
  const std::unique_ptr<utf8proc_uint8_t, FreeMemory> owner(result);
  return std::string(reinterpret_cast<const char*>(result), static_cast<std::size_t>(size));
}

std::string entry_label(std::size_t index, std::string_view name) {
  const std::string_view base = name.substr(name.rfind('/') + 1);
  const std::size_t dot = std::min(base.find('.'), base.size());
  const bool is_guid = parse_uuid(base.substr(0, dot)).has_value() && base.size() - dot <= 6;
  if (!is_guid) return fmt::format("entry {} of the archive", index + 1);
  return fmt::format("entry {} of the archive ({})", index + 1, base.substr(0, dot));
}

}  // namespace qualog::interchange
