// SPDX-License-Identifier: Apache-2.0
// Words: the names and texts of simulated people, made once, since a name's match is an HMAC. Short
// ones that collide often, some of several bytes a code point, rarely one that is too long.
#pragma once

#include "schema/fbs/codes_generated.h"
#include "schema/text.h"
#include "tests/simulation/dice.h"

namespace qualog::simulation {

// With its match. One key for all projects.
const Text& some_name(Dice& dice);
const Text& some_words(Dice& dice);
// That an attribute of this type takes; with its match.
const Text& some_words_of(fb::AttributeType type, Dice& dice);
// Words that say something.
const Text& some_sentence(Dice& dice);
// Allowed, and only just.
const Text& huge_words();
// A text of a source: longer.
const Text& some_source_text(Dice& dice);
const std::string& some_machine_string(Dice& dice);

}  // namespace qualog::simulation
