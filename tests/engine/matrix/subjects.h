// SPDX-License-Identifier: Apache-2.0
// Subjects: a small project in which one of every served action would be accepted from an Owner,
// and those actions. What the tests of access and the conflict matrix act on.
#pragma once

#include "tests/engine/matrix/shelf.h"
#include "tests/engine/world.h"

#include <utility>

namespace qualog::test {

struct Subjects {
  explicit Subjects(World& world);

  // Each of its own things, so that they can all be done one after the other.
  std::vector<std::pair<fb::Action, Action>> one_of_each();

  // Gives the lease of `held_source`, which two of the actions need.
  void held_by(const Person& person);

  World& world;
  Person maker = world.ann;
  ItemId source, other_source, doomed_source, missing_source, leased_source, held_source;
  ItemId code, child, target, doomed_code, merged_code, free_code;
  ItemId folder, other_folder, doomed_folder;
  ItemId coding, other_coding, third_coding, doomed_coding;
  ItemId annotation, doomed_annotation;
  ItemId memo, linked_memo;
  ItemId link, doomed_link;
  Sequence done;  // an event to undo
  std::optional<Shelf> shelf;

 private:
  void make_sources();
  void make_codes();
  void make_notes();
};

}  // namespace qualog::test
