// SPDX-License-Identifier: Apache-2.0
// The golden file: for each action and aside that is served one stored item with a value in every
// field that there was when it was written. Lines: name, tab, bytes in hexadecimal, tab, JSON.
// Lines are added by golden_write, never changed.
#pragma once

#include "schema/bytes.h"

#include <optional>
#include <string>
#include <vector>

namespace qualog::test {

struct Golden {
  std::string name;  // "coding.added"
  Bytes bytes;
  std::string json;
};

inline constexpr const char* kGoldenFile = QUALOG_SOURCE_DIR "/tests/schema/golden/v1.tsv";

std::vector<Golden> read_goldens(const char* file);
std::string golden_line(const Golden& golden);

// What is served today, in the order of its numbers, actions before asides.
std::vector<std::string> served_names();
// A new golden item of this name, the same in every run.
Golden make_golden(const std::string& name);

// True when the body of `golden` has every field that the body of `other` has.
bool has_fields_of(const Golden& golden, const Golden& other);

// Why the item is not read as it was when it was written; nothing when all is well.
std::optional<std::string> golden_problem(const Golden& golden);

}  // namespace qualog::test
