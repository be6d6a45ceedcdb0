// SPDX-License-Identifier: Apache-2.0
// What the schema itself says about an action or a field. Pure.
#pragma once

#include <string>

namespace qualog::tools {

// The lines of its comment as one; empty where there is none. `Documented`: an object or a field of
// FlatBuffers' reflection.
template <class Documented>
std::string comment_of(const Documented& documented) {
  std::string text;
  if (documented.documentation() == nullptr) return text;
  for (const auto* line : *documented.documentation()) {
    auto words = line->str();
    words.erase(0, words.find_first_not_of(' '));
    text += (text.empty() ? "" : " ") + words;
  }
  return text;
}

}  // namespace qualog::tools
