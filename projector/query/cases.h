// SPDX-License-Identifier: Apache-2.0
// Cases with their attributes, and which case a passage belongs to. Pure reads.
#pragma once

#include "projector/query/classes.h"
#include "projector/query/codings.h"

#include <map>
#include <string>
#include <vector>

namespace qualog::projector {

struct CaseEntry {
  ItemId id;
  Text name;
  ItemId parent;  // zero: at the top
  std::uint32_t depth = 0;
  Named classification;  // id zero: none
  // By attribute, of its own classification only; what is not assigned is not in it.
  std::map<ItemId, std::string> values;
  std::uint64_t codings = 0;  // with those of cases that are merged into it
};

// The attributes of all classifications of cases, in the order of classifications().
std::vector<AttributeEntry> case_attributes(const Reader& reader);

// The living cases, each behind its parent, in the order of projector/query/tree.h. Coders whose
// profiles are merged are one person, and what they have coded alike counts once.
std::vector<CaseEntry> cases(const Reader& reader);

// Which cases passages belong to: those with a coding on the same source that is of the whole
// source, or has a place in common with the passage, in the text or as areas. A coding of the whole
// source belongs to every case in it. One thread; entries are looked up by their number in `cases`.
class CasesOfPassages {
 public:
  CasesOfPassages(const Reader& reader, const std::vector<CaseEntry>& cases);

  // In the order of `cases`; a coding of a case itself belongs to that one only.
  std::vector<std::size_t> of(const CodingEntry& coding) const;

 private:
  struct Placed {
    std::size_t number;
    CodingEntry coding;
  };
  std::map<ItemId, std::size_t> numbers_;
  std::map<ItemId, std::vector<Placed>> placed_;  // by source, in the order of `cases`
};

}  // namespace qualog::projector
