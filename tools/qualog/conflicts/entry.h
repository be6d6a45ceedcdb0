// SPDX-License-Identifier: Apache-2.0
// One refusal of the inbox: found, who may see it, its draft as JSON. Pure reads.
#pragma once

#include "projector/query/inbox.h"
#include "schema/result.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace qualog::tools {

// By the refused command's id. Errors: invalid, no UUID; not_found; damaged.
Result<projector::InboxEntry> find_entry(const projector::Reader& state, const std::string& id);

// Error: forbidden, unless the actor is its author or an Owner.
Result<void> check_may_see(const projector::Reader& state, const projector::InboxEntry& entry,
                           const std::string& actor);

// [{"action","body"}]; null where parts of it are missing or sealed.
boost::json::value draft_json(const projector::InboxEntry& entry);
// Of a draft; null where there is none.
boost::json::value first_action(const boost::json::value& draft);

// The words of a field of it, and the id that they are; empty and zero where there are none.
std::string_view word_in(const boost::json::object& object, std::string_view key);
ItemId item_in(const boost::json::object& body, std::string_view key);

// What a text of JSON says; null where it is none.
boost::json::value parsed_or_null(const std::string& text);

}  // namespace qualog::tools
