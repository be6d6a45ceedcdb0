// SPDX-License-Identifier: Apache-2.0
// The meaning checks of single strings and texts, for the walker in validate.cc and for what
// becomes a name outside a command. Pure functions; any thread. Problems never quote content.
#pragma once

#include "schema/validate.h"

#include <optional>
#include <string_view>

namespace qualog::fb {
struct Text;
}

namespace qualog {

// The bytes that a verified text takes once it is unpacked.
std::size_t unfolded_bytes(const fb::Text& text);

// The first flaw of a verified text; `field` is relative to it. A text that is compared must carry
// a match, a text that is not must not.
std::optional<Flaw> flaw_in(const fb::Text& text, bool is_name);

// The first flaw of what somebody wants to call something: no text, blank, too long, not on one
// line.
std::optional<Flaw> flaw_in_name(std::string_view utf8);

// The first flaw of a string that is no free text.
std::optional<Flaw> flaw_in_machine_string(std::string_view utf8);

// "#09f", "#0099FF" or "none".
bool is_colour(std::string_view text);

}  // namespace qualog
