// SPDX-License-Identifier: Apache-2.0
// JSON for people, in and out, by one walker over the schema: no code per action or field.
// Ids are UUID texts, digests hexadecimal, times RFC 3339 UTC, enums and actions snake case, a Text
// is its string (sealed: {"sealed":true,"length":N}), a whole number past 2^53 is a string.
// What the bytes leave out is left out here: an absent key means the schema's default. Pure
// functions; any thread. The mapping is documented in docs/schema.md.
#pragma once

#include "schema/result.h"
#include "schema/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace reflection {
struct Object;
}
namespace flatbuffers {
class Table;
}
namespace qualog::fb {
struct ActionUnion;
struct Aside;
struct Event;
struct ProposalT;
}  // namespace qualog::fb

namespace qualog {

// The fields of a verified table of this type that are present; zero ids count as absent. A union
// member is {"type","value"}.
boost::json::object to_json(const reflection::Object& object, const flatbuffers::Table& table);

// sequence, time, actor, session, action, command_id, seen and body are always there; on_behalf_of,
// target, reason, group and undo_of where set. `target` is what the action acts on: its `id`, else
// the first id that it must have.
boost::json::object event_json(const fb::Event& event);

// aside (its number), after_sequence, time, actor, session, command_id, action, body; all always.
boost::json::object aside_json(const fb::Aside& aside);

// [{"action","body"}]: what action_from_json reads back.
boost::json::array actions_json(const std::vector<std::unique_ptr<fb::ProposalT>>& actions);

// The action that `name` ("coding.added") and `body` say, built as the schema says. Strings become
// texts with their length and, where names are compared, their match under `key`. Says nothing of
// what must be given or of limits: that is flaw_in (schema/validate.h).
// Error: invalid, with the path of the field; it never quotes text of the body.
Result<fb::ActionUnion> action_from_json(std::string_view name, const boost::json::object& body,
                                         const NameKey& key);
// The same of an event, `action` and `body` as event_json says them, with what the server filled
// in. A sealed text is not read back, as JSON says its length only.
Result<fb::ActionUnion> recorded_action_from_json(std::string_view name,
                                                  const boost::json::object& body,
                                                  const NameKey& key);

// A value as text without a line end for any reader: some take U+0085, U+2028 and U+2029 for one,
// so these are escaped.
std::string one_line_json(const boost::json::value& value);

// One line that holds one JSON object (RFC 8259) and nothing else: no duplicate keys, no U+0000, at
// most limits::kJsonDepthMax deep. Error: too_large past limits::kJsonLineBytesMax, else invalid,
// with the column (code points from 1).
Result<boost::json::object> parse_json_line(std::string_view line);

}  // namespace qualog
