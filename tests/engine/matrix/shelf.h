// SPDX-License-Identifier: Apache-2.0
// Shelf: one of every kind of item that is neither folder, document, code nor note, in a project
// that has those; and an act for each of the actions that deal with them. What the tests of access
// and the conflict matrix act on beside their own.
#pragma once

#include "tests/engine/world.h"

#include <utility>

namespace qualog::test {

// What the shelf stands on.
struct ShelfGround {
  ItemId source, code, other_code, coding;
};

struct Shelf {
  // `maker`: whose world.ann makes everything.
  Shelf(World& world, const ShelfGround& ground);

  // At least one act for each action. New things get new ids at every call; what is edited is
  // edited under the leases that `holder` has.
  Actions acts(World& world) const;
  // The items that are edited under a lease, beside the ground's source.
  std::vector<ItemId> leased() const { return {audio, picture, map, report, extract}; }
  // Every item, and what it stands on.
  std::vector<std::pair<ItemId, std::vector<ItemId>>> items() const;

  ShelfGround ground;
  ItemId audio, picture, recording;
  ItemId person, other_person;  // cases
  ItemId classification, other_classification, doomed_classification;
  ItemId attribute, other_attribute, doomed_attribute;
  ItemId value, other_value, doomed_value;
  ItemId reltype, doomed_reltype, relationship, doomed_relationship;
  ItemId set, doomed_set;
  ItemId searchfolder, doomed_searchfolder, query, doomed_query;
  ItemId fmatrix, doomed_fmatrix, summary_link;
  ItemId map, doomed_map, report, doomed_report, extract, doomed_extract;
  ItemId comment, hyperlink, row, picture_row, milestone;
  ItemId profile, other_profile, merged_profile;

 private:
  void make_sources(World& world);
  void make_classes(World& world);
  void make_sets(World& world);
  void make_notes(World& world);
};

}  // namespace qualog::test
