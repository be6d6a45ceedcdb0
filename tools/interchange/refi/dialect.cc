// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/dialect.h"

#include "tools/interchange/refi/position_map.h"
#include "tools/interchange/refi/range_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace qualog::interchange {

namespace {

struct OriginHabit {
  std::string_view program;  // found anywhere in Project@origin
  OffsetDialect dialect;
};

// What programs were measured to do; it breaks ties only.
constexpr OriginHabit kOriginHabits[] = {
    {"NVivo", {OffsetUnit::Utf16, NewlineWidth::Two, false}},
    {"ATLAS.ti", {OffsetUnit::CodePoint, NewlineWidth::One, false}},
    {"QualCoder", {OffsetUnit::CodePoint, NewlineWidth::One, false}},
};

const OriginHabit* habit_of(std::string_view origin) {
  for (const OriginHabit& habit : kOriginHabits) {
    if (origin.find(habit.program) != origin.npos) return &habit;
  }
  return nullptr;
}

// Code points of the file as it is: CR LF is two of them.
OffsetDialect standard_dialect(const SourceText& text) {
  OffsetDialect dialect;
  if (text.crlf > 0) dialect.newline = NewlineWidth::Two;
  return dialect;
}

// The dialects that can differ on this text.
std::vector<OffsetDialect> candidates(const SourceText& text) {
  std::vector<OffsetDialect> all;
  for (const bool mark : {false, true}) {
    for (const NewlineWidth newline : {NewlineWidth::One, NewlineWidth::Two}) {
      for (const OffsetUnit unit : {OffsetUnit::CodePoint, OffsetUnit::Utf16}) {
        const bool differs = (!mark || text.had_byte_order_mark) &&
                             (newline == NewlineWidth::One || text.newlines > 0) &&
                             (unit == OffsetUnit::CodePoint || text.beyond_basic_plane > 0);
        if (differs) all.push_back({unit, newline, mark});
      }
    }
  }
  return all;
}

// A preferred dialect, in the form in which `candidates` lists it.
OffsetDialect reduced(OffsetDialect dialect, const SourceText& text) {
  if (text.beyond_basic_plane == 0) dialect.unit = OffsetUnit::CodePoint;
  if (text.newlines == 0) dialect.newline = NewlineWidth::One;
  if (!text.had_byte_order_mark) dialect.byte_order_mark_counted = false;
  return dialect;
}

struct Reading {
  OffsetDialect dialect;
  std::vector<MappedRange> ranges;
  std::vector<bool> previewed;  // by range: holds what the name previews
  double score = 0;
  std::uint64_t evidence = 0;
};

Reading read_ranges(const SourceText& text, const OffsetDialect& dialect,
                    std::span<const ForeignRange> ranges, const std::vector<Preview>& previews) {
  Reading reading{dialect, map_ranges(text, dialect, ranges), std::vector<bool>(ranges.size()), 0};
  const std::string_view all = text.utf8;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const MappedRange& range = reading.ranges[i];
    const std::string_view marked = all.substr(range.start_byte, range.end_byte - range.start_byte);
    reading.previewed[i] = matches_preview(marked, previews[i]);
  }
  return reading;
}

std::optional<double> boundary_value(std::string_view text, const MappedRange& range) {
  if (range.placed.placement != Placement::Placed) return 0.0;
  const auto start = start_fits(text, range.start_byte);
  const auto end = end_fits(text, range.end_byte);
  if (start && end) return (*start + *end) / 2;
  return start ? start : end;
}

// A name counts as a preview only if some reading finds it: others are titles and say nothing.
void score_reading(const SourceText& text, const std::vector<bool>& is_preview, Reading& reading) {
  double sum = 0;
  for (std::size_t i = 0; i < reading.ranges.size(); ++i) {
    std::optional<double> value;
    if (is_preview[i]) {
      value = reading.previewed[i] ? 1.0 : 0.0;
    } else {
      value = boundary_value(text.utf8, reading.ranges[i]);
    }
    if (!value) continue;
    sum += *value;
    ++reading.evidence;
  }
  reading.score = reading.evidence > 0 ? sum / static_cast<double>(reading.evidence) : 0;
}

bool same_ranges(const Reading& a, const Reading& b) {
  return std::equal(
      a.ranges.begin(), a.ranges.end(), b.ranges.begin(), b.ranges.end(),
      [](const MappedRange& x, const MappedRange& y) { return x.placed == y.placed; });
}

// Among the best: the program's habit, else the standard's reading, else the first.
const Reading& choose(const std::vector<Reading>& readings, const SourceText& text,
                      std::string_view origin, DialectChoice& choice) {
  const Reading& best =
      *std::max_element(readings.begin(), readings.end(),
                        [](const Reading& a, const Reading& b) { return a.score < b.score; });
  const auto differs = [&](const Reading& other) { return !same_ranges(best, other); };
  const bool alone = std::none_of(readings.begin(), readings.end(), [&](const Reading& other) {
    return other.score == best.score && differs(other);
  });
  const bool only = std::none_of(readings.begin(), readings.end(), differs);
  const OriginHabit* habit = habit_of(origin);
  const OffsetDialect preferred =
      reduced(habit != nullptr ? habit->dialect : standard_dialect(text), text);
  const auto found = std::find_if(readings.begin(), readings.end(), [&](const Reading& reading) {
    return reading.score == best.score && reading.dialect == preferred;
  });
  const DecidedBy tie = habit != nullptr ? DecidedBy::Origin : DecidedBy::Standard;
  choice.decided_by = only ? DecidedBy::Only : alone ? DecidedBy::Evidence : tie;
  return found != readings.end() ? *found : best;
}

}  // namespace

std::string text_of(const OffsetDialect& dialect) {
  return fmt::format("{}, newline as {}{}",
                     dialect.unit == OffsetUnit::Utf16 ? "UTF-16 units" : "code points",
                     dialect.newline == NewlineWidth::Two ? "two" : "one",
                     dialect.byte_order_mark_counted ? ", byte order mark counted" : "");
}

DialectChoice choose_dialect(const SourceText& text, std::span<const ForeignRange> ranges,
                             std::string_view origin) {
  std::vector<Preview> previews;
  for (const ForeignRange& range : ranges) previews.push_back(make_preview(range.name));
  std::vector<Reading> readings;
  std::vector<bool> is_preview(ranges.size());
  for (const OffsetDialect& dialect : candidates(text)) {
    readings.push_back(read_ranges(text, dialect, ranges, previews));
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      if (readings.back().previewed[i]) is_preview[i] = true;
    }
  }
  DialectChoice choice;
  choice.ranges = ranges.size();
  choice.previewed =
      static_cast<std::uint64_t>(std::count(is_preview.begin(), is_preview.end(), true));
  for (Reading& reading : readings) score_reading(text, is_preview, reading);
  const Reading& chosen = choose(readings, text, origin, choice);
  choice.dialect = chosen.dialect;
  choice.evidence = chosen.evidence;
  // Nothing to judge by is no doubt where every reading agrees.
  const bool unjudged = choice.evidence == 0 && choice.decided_by == DecidedBy::Only;
  choice.score = unjudged ? 1 : chosen.score;
  return choice;
}

}  // namespace qualog::interchange
