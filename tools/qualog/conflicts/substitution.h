// SPDX-License-Identifier: Apache-2.0
// Substitution: of a creation that was refused because somebody had made the same before, the item
// that stands for it; what was done to the refused one is done to that. Pure.
#pragma once

#include "projector/query/inbox.h"
#include "schema/result.h"
#include "schema/text.h"

#include <boost/json/array.hpp>

#include <vector>

namespace qualog::tools {

struct Substitution {
  ItemId refused;
  ItemId used;
};

// Those of a refusal's draft: each creation whose name is taken, by who has it; with `use`, an id
// or a name, that item in place of the draft's one creation. None: it can be made as it stands.
// Only what is known by its name alone is replaced: nobody's text or query stands for another's.
// Errors: not_found, invalid: what `use` names; conflict: the name is taken of what is more than a
// name.
Result<std::vector<Substitution>> substitutions_for(const projector::Reader& state,
                                                    const NameKey& names,
                                                    const projector::InboxEntry& entry,
                                                    const boost::json::array& draft,
                                                    const std::string& use);

// The draft with the used items in place of the refused, and without their creation.
boost::json::array substituted(const boost::json::array& draft,
                               const std::vector<Substitution>& substitutions);

// The items that the draft makes.
std::vector<ItemId> made_by(const boost::json::array& draft);

// The draft of a refusal for its name, with another name for its one creation, or for the one whose
// name is taken. Error: invalid, it is no such one.
Result<boost::json::array> renamed(const projector::Reader& state, const NameKey& names,
                                   const projector::InboxEntry& entry, boost::json::array draft,
                                   const std::string& name);

// Of the refused creation the fields that nothing stands for: what its author wrote beside the
// name.
std::vector<std::string> left_behind(const boost::json::array& draft, const Substitution& by);

}  // namespace qualog::tools
