// SPDX-License-Identifier: Apache-2.0
// The meaning checks: what the FlatBuffers verifier lets pass and no rule of the project should
// ever meet. One walker over the schema, no code per field: UTF-8, what must be given, limits,
// unknown tags and enum values, pairs of begin and end, and the budget against many offsets to one
// string. Takes verified buffers only (schema/codec.h). Pure functions; any thread. Rules:
// docs/schema.md.
#pragma once

#include "schema/bytes.h"

#include <cstddef>
#include <optional>
#include <string>

namespace flatbuffers {
class Table;
}
namespace qualog::fb {
enum class Action : unsigned char;
struct Aside;
struct Command;
struct Event;
}  // namespace qualog::fb

namespace qualog {

struct Flaw {
  std::string field;    // "actions[2].body.name", as in JSON
  std::string problem;  // "is not valid UTF-8"; never quotes content
  bool too_large = false;
};

// The first flaw of a command as a client sent it in `buffer_size` bytes; nothing when it is sound.
// A sound command is not yet canonical: unpack it and pack it again before it is stored.
std::optional<Flaw> flaw_in(const fb::Command& command, std::size_t buffer_size);

// The same for one action that is not in a buffer of its own: `table` is the action's table.
std::optional<Flaw> flaw_in(fb::Action action, const flatbuffers::Table& table);

// For items as stored: also refused when `stored`, the bytes that hold the item, are not the one
// canonical encoding of it. What the server computes may be there.
std::optional<Flaw> flaw_in(const fb::Event& event, ByteView stored);
std::optional<Flaw> flaw_in(const fb::Aside& aside, ByteView stored);

}  // namespace qualog
