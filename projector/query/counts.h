// SPDX-License-Identifier: Apache-2.0
// How much there is of each kind. Pure reads: a pass over the items, and one for the members.
#pragma once

#include "projector/tables.h"

namespace qualog::projector {

// Living ones.
struct Counts {
  std::uint64_t folders = 0;
  std::uint64_t sources = 0;  // without memos
  std::uint64_t memos = 0;
  std::uint64_t codes = 0;    // without those merged away
  std::uint64_t merged = 0;   // codes merged away
  std::uint64_t codings = 0;  // of one person alike: one
  std::uint64_t annotations = 0;
  std::uint64_t seealso = 0;
  std::uint64_t members = 0;
};
template <class Visitor>
void describe(Visitor& visit, Counts& row) {
  visit("folders", row.folders);
  visit("sources", row.sources);
  visit("memos", row.memos);
  visit("codes", row.codes);
  visit("merged", row.merged);
  visit("codings", row.codings);
  visit("annotations", row.annotations);
  visit("seealso", row.seealso);
  visit("members", row.members);
}

Counts counts(const Reader& reader);

}  // namespace qualog::projector
