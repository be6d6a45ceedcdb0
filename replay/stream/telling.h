// SPDX-License-Identifier: Apache-2.0
// Telling: what the words and the people in an event tell, and so what of them may leave with its
// row. One table, a row for each string of each action; a test fails where an action has a text
// without one. What has no row never leaves. Constant; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace qualog::stream {

enum class Telling : std::uint8_t {
  Nothing,   // no row: never leaves
  Plain,     // tells of nobody: a colour
  Codebook,  // a word of the codebook, which a plot needs; of a case it is as Words
  Words,     // free text: of participants, about them, or of anything: only with text
  Person,    // the name of somebody of the team: only with text, never with pseudonyms
  Account,   // a principal: itself, or its pseudonym
  Profile,   // the id of a profile: itself, or its pseudonym
  Date,      // what a file gives as a date: where it is one; else as Words
};

struct Told {
  std::string_view action;  // "code.created"; of the header of every event: "event"
  std::string_view field;   // the path to it: "name", "claim.original"
  Telling telling;
};

std::span<const Told> all_told();

// What a field of an action tells.
Telling telling_of(std::string_view action, std::string_view field);

}  // namespace qualog::stream
