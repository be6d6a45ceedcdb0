// SPDX-License-Identifier: Apache-2.0
// A range: the stretch of a text on which a coding, a note or a link stands, and how an edit moves
// it. Inserted text bears a mark iff every code point it replaces bore it; where it replaces
// nothing, iff the code points on both sides of it in the old text bore it. What bears a mark after
// an edit is always one stretch. A range that nothing bears any more is detached, never dropped.
// Positions are code points, ends exclusive. Pure; a const Mapper serves any number of threads.
// Definitions, proof and examples: docs/re-anchoring.md.
#pragma once

#include "projector/text/splice.h"

#include <cstdint>
#include <span>
#include <vector>

namespace qualog::text {

// A stretch [begin, end); a place between two code points when begin == end; or, detached, the
// place `begin` where it stood, and in end - begin the length it last had. The end of a detached
// range may lie past the end of the text: nothing may be read by it.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool detached = false;

  bool operator==(const Range&) const = default;
};

// Whether the range can stand on a text of `length` code points. Errors: invalid.
Result<void> check(const Range& range, std::uint32_t length);

// A range that was taken on trust, on the text of `length` code points that is there: cut to it, or
// detached where all of it would lie behind the end.
Range within(const Range& range, std::uint32_t length);

// One edit, prepared for the mapping of many ranges: O(splices) to make, O(log splices) a range.
class Mapper {
 public:
  // The list has passed check().
  explicit Mapper(std::span<const Splice> splices);

  // The range in the new text:
  //   a stretch:  what bears it in the new text, or detached if that is nothing;
  //   a place:    stays behind the code point before it; detached if those on both sides go;
  //   detached:   its place moves as any place does, its length stays.
  // The range has passed check() against the old text.
  Range map(const Range& range) const;

 private:
  // A splice as two stretches: old [begin, end) becomes new [new_begin, new_end).
  struct Step {
    std::uint32_t begin, end, new_begin, new_end;
  };
  using Steps = std::vector<Step>;

  Steps::const_iterator first_after(std::uint32_t boundary) const;
  std::uint32_t move_begin(std::uint32_t begin) const;
  std::uint32_t move_end(std::uint32_t end) const;
  bool deleted(std::uint32_t position) const;
  bool both_sides_deleted(std::uint32_t place) const;
  Range move_place(const Range& range, bool detached) const;

  Steps steps_;  // the first is empty, so that every boundary has a step before it
};

}  // namespace qualog::text
