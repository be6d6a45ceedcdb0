// SPDX-License-Identifier: Apache-2.0
// What a person types for an item or a coder, found in a state: an id, or a name. Names are
// compared as the project compares them (schema/text.h). Only the living are found by name. Pure
// reads.
#pragma once

#include "projector/items.h"
#include "schema/result.h"

#include <string>
#include <vector>

namespace qualog::tools {

// An item of one of `kinds`; `called` is the word for it in messages: "code".
// Errors: not_found, when there is none or several have the name.
Result<ItemId> find_item(const projector::Reader& state, const std::string& given,
                         const std::vector<projector::Kind>& kinds, const std::string& called);

// An item of any kind, also one that is gone now: who asks for its history may not know its id.
// Errors: those of find_item; not_found, when only several that are gone have the name.
Result<ItemId> find_item_ever(const projector::Reader& state, const std::string& given);

// Every kind; those whose items can be coded with.
std::vector<projector::Kind> any_kind();
std::vector<projector::Kind> coded_kinds();

// A coder's profile by account, profile id, or the name that an import gave.
// Errors: not_found, as above.
Result<ItemId> find_coder(const projector::Reader& state, const std::string& given);

// Who may not write brings no files either. Error: forbidden.
Result<void> check_may_write(const projector::Reader& state, const std::string& principal);

// A kind as researchers say it: "memo" for a source that is one, "link" for a see-also link.
std::string kind_in_words(const projector::Reader& state, const ItemId& item);
// All of these words, by kind.
std::vector<std::string> kinds_in_words();

}  // namespace qualog::tools
