// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/placement.h"

#include "tools/interchange/refi/element_names.h"
#include "tools/interchange/refi/position_map.h"
#include "tools/interchange/refi/range_evidence.h"

#include <algorithm>

namespace qualog::interchange {

namespace {

struct PlacementRow {
  Placement placement;
  std::string_view reason;
};

constexpr PlacementRow kPlacementDoubts[] = {
    {Placement::Snapped, "an end inside of a character: widened to the whole of it"},
    {Placement::Clamped, "an end outside of its text: cut to the text"},
    {Placement::Reversed, "its end lies before its start: exchanged"},
    {Placement::Unverified, "its text is absent: positions stand as written"},
    {Placement::Unplaced, "it has no positions"}};

// Selections and SyncPoints of each form.
struct FormContent {
  std::vector<Index> selections;
  std::vector<Index> points;
};

std::vector<FormContent> contents_of(const Project& project) {
  std::vector<FormContent> contents(project.forms.size());
  for (Index i = 0; i < project.selections.size(); ++i) {
    const Selection& selection = project.selections[i];
    if (selection.form != kNowhere) contents[selection.form].selections.push_back(i);
  }
  for (Index i = 0; i < project.sync_points.size(); ++i) {
    if (project.sync_points[i].form == kNowhere) continue;
    contents[project.sync_points[i].form].points.push_back(i);
  }
  return contents;
}

bool has_positions(const Selection& selection) {
  return selection.foreign_start.has_value() && selection.foreign_end.has_value();
}

std::uint64_t unsigned_of(std::int64_t value) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0));
}

void leave_unverified(Project& project, const FormContent& content) {
  for (const Index i : content.selections) {
    Selection& selection = project.selections[i];
    if (!has_positions(selection)) continue;
    selection.placement = Placement::Unverified;
    selection.titled = !selection.name.empty();
    selection.start = unsigned_of(std::min(*selection.foreign_start, *selection.foreign_end));
    selection.end = unsigned_of(std::max(*selection.foreign_start, *selection.foreign_end));
  }
}

std::vector<ForeignRange> ranges_of(const Project& project, const std::vector<Index>& selections) {
  std::vector<ForeignRange> ranges;
  ranges.reserve(selections.size());
  for (const Index i : selections) {
    const Selection& selection = project.selections[i];
    ranges.push_back({*selection.foreign_start, *selection.foreign_end, selection.name});
  }
  return ranges;
}

// Whether a name says something that the marked words do not.
bool is_title(std::string_view name, const SourceText& text, const MappedRange& range) {
  const std::string_view marked =
      std::string_view(text.utf8).substr(range.start_byte, range.end_byte - range.start_byte);
  return !name.empty() && !matches_preview(marked, make_preview(name));
}

void place_points(Project& project, const SourceText& text, const OffsetDialect& dialect,
                  const std::vector<Index>& points) {
  std::vector<ForeignRange> ranges;
  for (const Index i : points) {
    const std::int64_t position = project.sync_points[i].foreign_position.value_or(0);
    ranges.push_back({position, position, {}});
  }
  const std::vector<PlacedRange> placed = place_ranges(text, dialect, ranges);
  for (std::size_t k = 0; k < points.size(); ++k) {
    project.sync_points[points[k]].position = placed[k].start;
  }
}

void report_dialect(const TextForm& form, const DialectChoice& choice, LossList& losses) {
  if (choice.score < kDialectScoreDoubtful) {
    losses.doubt(element_name(form), "its positions fit its text badly: check its quotations");
  } else if (choice.doubtful()) {
    losses.doubt(element_name(form), "its positions can be read in several ways: check them");
  }
}

void place_form(Project& project, Index form, const FormContent& content, LossList& losses) {
  const std::shared_ptr<const SourceText> text = project.forms[form].text;
  if (text == nullptr) return leave_unverified(project, content);
  std::vector<Index> selections;
  for (const Index i : content.selections) {
    if (has_positions(project.selections[i])) selections.push_back(i);
  }
  if (selections.empty() && content.points.empty()) return;
  const std::vector<ForeignRange> ranges = ranges_of(project, selections);
  const DialectChoice choice = choose_dialect(*text, ranges, project.origin);
  const std::vector<MappedRange> mapped = map_ranges(*text, choice.dialect, ranges);
  for (std::size_t k = 0; k < selections.size(); ++k) {
    Selection& selection = project.selections[selections[k]];
    const PlacedRange& placed = mapped[k].placed;
    selection.start = placed.start;
    selection.end = placed.end;
    selection.placement = placed.placement;
    selection.titled = is_title(selection.name, *text, mapped[k]);
  }
  place_points(project, *text, choice.dialect, content.points);
  project.dialects.push_back({form, choice});
  report_dialect(project.forms[form], choice, losses);
}

void report_placements(const Project& project, LossList& losses) {
  for (const Selection& selection : project.selections) {
    if (selection.form == kNowhere) continue;
    const std::string_view element = element_name(selection.kind);
    for (const PlacementRow& row : kPlacementDoubts) {
      if (row.placement == selection.placement) losses.doubt(element, row.reason);
    }
    const bool empty = selection.start == selection.end;
    if (empty && selection.placement == Placement::Placed) losses.doubt(element, "an empty range");
  }
}

}  // namespace

void place_selections(Project& project, LossList& losses) {
  const std::vector<FormContent> contents = contents_of(project);
  for (Index form = 0; form < contents.size(); ++form) {
    place_form(project, form, contents[form], losses);
  }
  report_placements(project, losses);
}

}  // namespace qualog::interchange
