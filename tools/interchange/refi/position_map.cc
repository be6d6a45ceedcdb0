// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/position_map.h"

#include <algorithm>

namespace qualog::interchange {

namespace {

std::size_t character_bytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

// Walks the text character by character, counting foreign units.
class Walk {
 public:
  Walk(const SourceText& text, const OffsetDialect& dialect) : text_(text), dialect_(dialect) {
    units_ = dialect.byte_order_mark_counted ? 1 : 0;
  }

  bool at_end() const { return byte_ == text_.utf8.size(); }
  std::int64_t units() const { return units_; }
  std::int64_t next_units() const { return units_ + width(); }

  void step() {
    const char first = text_.utf8[byte_];
    units_ += width();
    if (first == '\n') ++newline_;
    byte_ += character_bytes(first);
    ++code_point_;
  }

  MappedPosition here() const { return {code_point_, byte_, 0, false, false}; }
  MappedPosition inside() const {
    const auto bytes = static_cast<std::uint8_t>(character_bytes(text_.utf8[byte_]));
    return {code_point_, byte_, bytes, true, false};
  }

 private:
  std::int64_t width() const {
    const char first = text_.utf8[byte_];
    if (first == '\n') return newline_width();
    const bool pair = static_cast<unsigned char>(first) >= 0xF0;
    return pair && dialect_.unit == OffsetUnit::Utf16 ? 2 : 1;
  }

  std::int64_t newline_width() const {
    if (dialect_.newline == NewlineWidth::One) return 1;
    const bool mixed = !text_.newline_was_crlf.empty();
    return mixed && !text_.newline_was_crlf[newline_] ? 1 : 2;
  }

  const SourceText& text_;
  const OffsetDialect& dialect_;
  std::int64_t units_ = 0;
  std::uint64_t code_point_ = 0;
  std::size_t byte_ = 0;
  std::size_t newline_ = 0;
};

std::vector<std::int64_t> sorted_positions(std::span<const ForeignRange> ranges) {
  std::vector<std::int64_t> positions;
  positions.reserve(ranges.size() * 2);
  for (const ForeignRange& range : ranges) {
    positions.push_back(range.start);
    positions.push_back(range.end);
  }
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return positions;
}

MappedRange join(const MappedPosition& start, const MappedPosition& end, bool reversed) {
  MappedRange range;
  range.placed.start = start.code_point;
  range.placed.end = end.code_point + (end.inside ? 1 : 0);
  range.start_byte = start.byte;
  range.end_byte = end.byte + end.character_bytes;
  if (start.inside || end.inside) range.placed.placement = Placement::Snapped;
  if (reversed) range.placed.placement = Placement::Reversed;
  if (start.outside || end.outside) range.placed.placement = Placement::Clamped;
  return range;
}

}  // namespace

std::vector<MappedPosition> map_positions(const SourceText& text, const OffsetDialect& dialect,
                                          std::span<const std::int64_t> sorted) {
  std::vector<MappedPosition> mapped;
  mapped.reserve(sorted.size());
  Walk walk(text, dialect);
  for (const std::int64_t wanted : sorted) {
    while (!walk.at_end() && walk.next_units() <= wanted) walk.step();
    const bool between = wanted > walk.units() && !walk.at_end();
    mapped.push_back(between ? walk.inside() : walk.here());
    mapped.back().outside = wanted < 0 || (walk.at_end() && wanted > walk.units());
  }
  return mapped;
}

std::vector<MappedRange> map_ranges(const SourceText& text, const OffsetDialect& dialect,
                                    std::span<const ForeignRange> ranges) {
  const std::vector<std::int64_t> positions = sorted_positions(ranges);
  const std::vector<MappedPosition> mapped = map_positions(text, dialect, positions);
  const auto at = [&](std::int64_t position) -> const MappedPosition& {
    const auto found = std::lower_bound(positions.begin(), positions.end(), position);
    return mapped[static_cast<std::size_t>(found - positions.begin())];
  };
  std::vector<MappedRange> result;
  result.reserve(ranges.size());
  for (const ForeignRange& range : ranges) {
    const bool reversed = range.end < range.start;
    result.push_back(
        join(at(std::min(range.start, range.end)), at(std::max(range.start, range.end)), reversed));
  }
  return result;
}

std::vector<PlacedRange> place_ranges(const SourceText& text, const OffsetDialect& dialect,
                                      std::span<const ForeignRange> ranges) {
  std::vector<PlacedRange> placed;
  placed.reserve(ranges.size());
  for (const MappedRange& range : map_ranges(text, dialect, ranges)) placed.push_back(range.placed);
  return placed;
}

}  // namespace qualog::interchange
