// SPDX-License-Identifier: Apache-2.0
// Positions in the units of a foreign file, mapped to code points and bytes of the unified text in
// one walk. What falls inside a character is told, never split. Pure functions.
#pragma once

#include "tools/interchange/refi/dialect.h"

#include <cstdint>
#include <span>
#include <vector>

namespace qualog::interchange {

struct MappedPosition {
  std::uint64_t code_point = 0;  // of the character at or around the position
  std::size_t byte = 0;
  std::uint8_t character_bytes = 0;  // of that character, if the position is inside of it
  bool inside = false;
  bool outside = false;  // before the text or past its end; then the nearest end
};

// `sorted` ascending; the result has the same order.
std::vector<MappedPosition> map_positions(const SourceText& text, const OffsetDialect& dialect,
                                          std::span<const std::int64_t> sorted);

// A range with its bytes, for reading what it marks.
struct MappedRange {
  PlacedRange placed;
  std::size_t start_byte = 0;
  std::size_t end_byte = 0;
};

std::vector<MappedRange> map_ranges(const SourceText& text, const OffsetDialect& dialect,
                                    std::span<const ForeignRange> ranges);

}  // namespace qualog::interchange
