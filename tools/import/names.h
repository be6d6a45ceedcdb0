// SPDX-License-Identifier: Apache-2.0
// Names and machine strings of other programs, made such as the rules take them: on one line, not
// blank, within the limits, valid UTF-8; and free among the names of one place. Pure.
#pragma once

#include "schema/ids.h"
#include "schema/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace qualog::tools {

// The text with spaces for control characters and line breaks, and U+FFFD for bytes that are no
// UTF-8.
std::string without_controls(std::string_view text);

// The error, naming the file that it is about.
Error about_file(const std::filesystem::path& path, const Error& error);

// A name: never blank, of at most half of kNameCodePointsMax, so that a number fits behind it.
std::string fitting_name(std::string_view text);

// What is no free text (a time, the name of a program): at most `code_points_max` of it.
std::string machine_string(std::string_view text, std::size_t code_points_max);

// The names that are taken. Later equals get " (2)", " (3)" ...; equal means equal when normalised
// (schema/text.h). Cost: constant for each name, however many are equal.
class NameBook {
 public:
  // `group`: names of different groups do not meet, e.g. codes and sources.
  std::string take(const ItemId& scope, int group, const std::string& wanted);

 private:
  using Key = std::pair<std::pair<ItemId, int>, std::string>;
  std::set<Key> taken_;
  std::map<Key, std::uint64_t> next_;
};

}  // namespace qualog::tools
