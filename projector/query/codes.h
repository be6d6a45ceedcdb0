// SPDX-License-Identifier: Apache-2.0
// The codebook as a tree. Codes that are merged into another are not in it: their codings count
// where they were merged to. Coders whose profiles are merged are one person, and what they have
// coded alike counts once. Pure reads, one pass over the items.
#pragma once

#include "projector/query/people.h"

#include <map>

namespace qualog::projector {

struct CodeEntry {
  ItemId id;
  ItemId parent;            // where it was merged to, if it was; zero: the root
  std::uint32_t depth = 0;  // 0: no living code above it
  Props props;
  Sequence version;                        // of its props
  std::vector<ItemId> merged;              // codes merged into it, however many merges away
  std::uint64_t codings = 0;               // living, on it and on what is merged into it
  std::map<ItemId, std::uint64_t> coders;  // person -> codings, those of `codings`
  std::uint64_t gathered = 0;  // codings, and for an aggregate those of the codes below it
};

// Living codes, each behind its parent, in the order of projector/query/tree.h.
std::vector<CodeEntry> codes(const Reader& reader);

}  // namespace qualog::projector
