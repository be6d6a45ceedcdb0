// SPDX-License-Identifier: Apache-2.0
// A splice: one change of a text, "at this position delete so many code points and insert so many".
// One edit is a list of splices, all in the coordinates of the text before the edit, ascending and
// disjoint. Two splices may touch; their texts then stand in the order of the list. Refused are a
// splice that does nothing, two pure insertions at one position and two pure deletions that touch:
// each pair says no more than one splice would. So the inverse of a valid list is a valid list.
// Lengths are code points. Pure functions, any thread. Definitions: docs/re-anchoring.md.
#pragma once

#include "schema/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace qualog::text {

struct Splice {
  std::uint32_t position = 0;       // in the old text
  std::uint32_t delete_length = 0;  // old code points [position, position + delete_length) go
  std::uint32_t insert_length = 0;  // code points that stand in their place

  bool operator==(const Splice&) const = default;
};

// Whether the list is an edit of a text of `length` code points; an empty list is one.
// Errors: invalid, naming the splice and the cause; too_large when the list holds more than
// limits::kListItemsMax splices or the new text more than limits::kSourceCodePointsMax code points.
Result<void> check(std::span<const Splice> splices, std::uint32_t length);

// The length after the edit of a text of `length` code points. The list has passed check().
std::uint32_t new_length(std::span<const Splice> splices, std::uint32_t length);

// The edit that takes the new text back to the old one, in the coordinates of the new text. It has
// as many splices, in the same order; its inverse is the list itself. The list has passed check().
std::vector<Splice> inverse(std::span<const Splice> splices);

}  // namespace qualog::text
