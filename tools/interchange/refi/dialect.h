// SPDX-License-Identifier: Apache-2.0
// Offset dialects: REFI-QDA 1.5 section 10.2 counts Unicode code points, programs do not. Which
// unit a file really uses is judged for each text by evidence: a dialect is good in so far as
// selections then begin with what their name previews, or begin and end where words do. Positions
// become code points over text with LF line ends and no byte order mark, ends exclusive (practice
// of all files measured; the standard's wording is ambiguous). Pure functions; safe from any
// thread.
#pragma once

#include "tools/interchange/source_text.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::interchange {

enum class OffsetUnit : std::uint8_t { CodePoint, Utf16 };

// Two: CR LF is two units, any other newline one; in a text that has no CR LF at all (it may have
// been unified since it was counted) every newline is two.
enum class NewlineWidth : std::uint8_t { One, Two };

struct OffsetDialect {
  OffsetUnit unit = OffsetUnit::CodePoint;
  NewlineWidth newline = NewlineWidth::One;
  bool byte_order_mark_counted = false;

  bool operator==(const OffsetDialect&) const = default;
};

// For reports: "UTF-16 units, newline as two".
std::string text_of(const OffsetDialect& dialect);

// A range in the units of the file, and the preview that the file keeps of it (may be empty, and
// may be a title that previews nothing).
struct ForeignRange {
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::string_view name;
};

enum class Placement : std::uint8_t {
  Placed,      // exactly as the file says
  Snapped,     // an end lay inside a surrogate pair or a CR LF: widened to the whole character
  Clamped,     // an end lay outside of the text
  Reversed,    // the end lay before the start: exchanged
  Unverified,  // the text is absent: numbers as written
  Unplaced     // no numbers
};

struct PlacedRange {
  std::uint64_t start = 0;  // code points
  std::uint64_t end = 0;
  Placement placement = Placement::Placed;

  bool operator==(const PlacedRange&) const = default;
};

enum class DecidedBy : std::uint8_t {
  Only,      // every dialect gives the same ranges
  Evidence,  // the best score, alone
  Origin,    // several had the best score; the program's habit chose
  Standard   // several had the best score; the standard's reading was taken
};

inline constexpr double kDialectScoreDoubtful = 0.9;

struct DialectChoice {
  OffsetDialect dialect;
  DecidedBy decided_by = DecidedBy::Only;
  double score = 1;             // 0 to 1: how well the selections fit; 1 if there is none to fit
  std::uint64_t ranges = 0;     // how many there were
  std::uint64_t evidence = 0;   // how many of them said anything
  std::uint64_t previewed = 0;  // how many of these by their name

  // Whether people must be told to look.
  bool doubtful() const {
    return score < kDialectScoreDoubtful ||
           (decided_by != DecidedBy::Only && decided_by != DecidedBy::Evidence);
  }
};

// `origin` is Project@origin. Cost: at most eight passes over the text.
DialectChoice choose_dialect(const SourceText& text, std::span<const ForeignRange> ranges,
                             std::string_view origin);

// The ranges under one dialect, in the order given. One pass over the text.
std::vector<PlacedRange> place_ranges(const SourceText& text, const OffsetDialect& dialect,
                                      std::span<const ForeignRange> ranges);

}  // namespace qualog::interchange
