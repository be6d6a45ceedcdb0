// SPDX-License-Identifier: Apache-2.0
// An edit of a text and the way back, over the ranges that stand on the text.
// Splices alone cannot bring back every range: what was deleted at the edge of a range is, once
// re-inserted, at its edge again and would not bear it. So an edit leaves a Restore for each range
// that the way back would not give back, and an undo takes it for each range that has not been
// changed since; ranges added or changed since follow the rule. An undo is an edit of its own and
// leaves Restores of its own, so undoing the undo works alike. Pure; const use from any thread.
#pragma once

#include "projector/text/range.h"

#include <optional>

namespace qualog::text {

// Kept with an edit, under the id of what stands on the range.
struct Restore {
  Range before;  // the range when the edit came
  Range after;   // what the edit made of it

  bool operator==(const Restore&) const = default;
};

struct Moved {
  Range range;                     // where it stands after the edit
  std::optional<Restore> restore;  // to be kept with this edit, when splices alone do not suffice

  bool operator==(const Moved&) const = default;
};

class EditMap {
 public:
  // The list has passed check().
  explicit EditMap(std::span<const Splice> splices) : forward_(splices), back_(inverse(splices)) {}

  // The same edit taken back: what an undo of it does. undone().undone() is the edit itself.
  EditMap undone() const { return {back_, forward_}; }

  // Moves one range through the edit. When this edit undoes another, `kept` is what that other one
  // left for this very range, or null if it left nothing (also if the range did not exist then).
  Moved move(const Range& range, const Restore* kept = nullptr) const;

 private:
  EditMap(Mapper forward, Mapper back) : forward_(std::move(forward)), back_(std::move(back)) {}

  Mapper forward_;
  Mapper back_;
};

}  // namespace qualog::text
