// SPDX-License-Identifier: Apache-2.0
// Classifications with their attributes and the values that these offer; relationships. Pure reads.
#pragma once

#include "projector/query/people.h"

#include <vector>

namespace qualog::projector {

// Of a classification.
struct AttributeEntry {
  ItemId id;
  Text name;
  Named classification;   // the one that counts, where its own was merged
  std::uint8_t type = 0;  // fb::AttributeType
  Text default_value;
  std::vector<Named> values;  // that it offers, in the order in which they were made
};

struct ClassificationEntry {
  ItemId id;
  Text name;
  Text description;
  std::uint8_t kind = 0;                   // fb::ClassificationKind
  std::vector<AttributeEntry> attributes;  // as it orders them, the others as they were made
  std::uint64_t items = 0;                 // cases or sources that have it
};

// The living ones, by name.
std::vector<ClassificationEntry> classifications(const Reader& reader);

struct RelationshipEntry {
  ItemId id;
  Named type;                  // id zero: associated
  std::uint8_t direction = 0;  // fb::Direction
  Named from;                  // what counts, where it was merged
  Named to;
  Text description;
  std::uint64_t codings = 0;
};

// The living ones, by type, from and to.
std::vector<RelationshipEntry> relationships(const Reader& reader);

}  // namespace qualog::projector
