// SPDX-License-Identifier: Apache-2.0
// The text of a source as a list of pieces of stored texts. Stored texts never change; an edit
// only rearranges pieces, and what it takes out is itself a list of pieces, so an undo brings back
// the same stored text, not a copy. Lists that come out of here are normal: no empty piece, and
// neighbours that go on in one stored text are one piece; so equal texts of equal origin are equal
// lists, and an edit followed by its undo gives the identical list. Pure functions, any thread.
#pragma once

#include "projector/text/splice.h"

#include <cstdint>
#include <span>
#include <vector>

namespace qualog::text {

// Code points [begin, begin + length) of the stored text that `text` names.
struct Piece {
  std::uint64_t text = 0;
  std::uint32_t begin = 0;
  std::uint32_t length = 0;

  bool operator==(const Piece&) const = default;
};
using Pieces = std::vector<Piece>;

// Code points in the list.
std::uint64_t length(std::span<const Piece> pieces);

// The same text as a normal list.
Pieces normalised(std::span<const Piece> pieces);

// Code points [begin, end) of the list, normal. Requires begin <= end <= length(pieces).
Pieces slice(std::span<const Piece> pieces, std::uint32_t begin, std::uint32_t end);

struct Applied {
  Pieces text;     // the new text
  Pieces removed;  // all that was deleted, one stretch behind the other
};

// The text after an edit. `inserted` is all that the splices insert, one behind the other in their
// order; it may be cut into pieces anywhere. O(pieces + splices). The undo of the edit is
// apply(applied.text, inverse(splices), applied.removed). Errors: those of check() against the
// length of `pieces`; invalid when `inserted` is not as long as the splices say.
Result<Applied> apply(std::span<const Piece> pieces, std::span<const Splice> splices,
                      std::span<const Piece> inserted);

}  // namespace qualog::text
