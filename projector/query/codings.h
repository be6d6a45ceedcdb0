// SPDX-License-Identifier: Apache-2.0
// Codings: who put which code on which passage. Pure reads.
#pragma once

#include "projector/query/people.h"

#include <optional>
#include <string>
#include <vector>

namespace qualog::projector {

// What is absent leaves nothing out.
struct CodingFilter {
  std::optional<ItemId> code;  // with what is merged into it; a merged code: where it was merged to
  std::optional<ItemId> source;
  std::optional<ItemId> coder;  // a profile, with all that are the same person
  bool with_text = true;
  bool with_all_notes = false;  // also what one person has said otherwise of what is one coding
};

struct CodingEntry {
  ItemId id;
  Named code;      // the code that counts: the target, where the applied one is merged
  ItemId applied;  // the code that was applied
  Named source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool detached = false;     // its passage was deleted; begin and end are the last it had
  bool whole = false;        // the whole source: begin and end are 0
  bool unverified = false;   // the text is missing: begin and end stand as somebody wrote them
  std::optional<Area> area;  // its place beside the text; `whole` says then: no place in the text
  std::string text;  // of the passage; empty when detached, whole, unverified or not asked for
  Person coder;
  ItemId coded_as;            // the profile that coded
  std::int64_t coded_at = 0;  // of what was imported: when it was imported
  std::string claimed_time;   // what an imported file says, as it says it
  std::optional<std::int64_t> weight;
  Text comment;
  Sequence sequence;  // of the event that made it
  Stamp changed;      // the last write to it, else its making
};

// The living codings that pass the filter, by source name, source, begin, end, area, id. What two
// profiles of one person have coded alike is one coding: the first; `with_all_notes`: the first of
// each weight and comment, so that none is hidden.
std::vector<CodingEntry> codings(const Reader& reader, const CodingFilter& filter = {});

}  // namespace qualog::projector
