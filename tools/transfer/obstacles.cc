// SPDX-License-Identifier: Apache-2.0
// Planner: what a project would refuse, found before anything is sent, so that one item that cannot
// come keeps no other back; and what of an item stays behind though it comes.
#include "projector/value_type.h"
#include "tools/transfer/planner.h"

#include <algorithm>
#include <array>

namespace qualog::transfer {

using projector::Area;
using projector::Ends;
using projector::Kind;
using projector::Place;

namespace {

bool is_empty(const text::Range& range) { return range.begin == range.end; }

bool fits(const projector::AttributeType& type, const Text& words) {
  return words.seal || words.empty() ||
         projector::is_of_type(static_cast<fb::AttributeType>(type.type), words.plain);
}

bool has_area(const projector::ItemRow& row, projector::Facet facet) {
  return row.find(facet) != nullptr && projector::value_of<Area>(row, facet) != Area{};
}

}  // namespace

const std::vector<Planner::ObstacleRow>& Planner::obstacles() {
  static const std::vector<ObstacleRow> rows = {
      {Kind::Source, &Planner::source_obstacle},
      {Kind::Coding, &Planner::coding_obstacle},
      {Kind::Annotation, &Planner::place_obstacle},
      {Kind::Summarylink, &Planner::place_obstacle},
      {Kind::Row, &Planner::row_obstacle},
      {Kind::Hyperlink, &Planner::place_obstacle},
      {Kind::Seealso, &Planner::link_obstacle},
      {Kind::Relationship, &Planner::relationship_obstacle},
      {Kind::Fmatrix, &Planner::matrix_obstacle},
      {Kind::Attribute, &Planner::attribute_obstacle},
      {Kind::Attrvalue, &Planner::offered_obstacle},
  };
  return rows;
}

std::string_view Planner::obstacle_to(const Foreign& item) const {
  for (const auto& row : obstacles())
    if (row.kind == item.row.kind) return (this->*row.obstacle)(item);
  return {};
}

std::string_view Planner::source_obstacle(const Foreign& item) const {
  const auto content = source_.content_of(item.id);
  if (content.sealed) return "its text is sealed with a key of the other project";
  const auto& media = content.media;
  const bool has_file = media.hash == Digest{} || has_file_({media.hash, media.size});
  return has_file ? std::string_view{} : "its file is not in the blob area of its project";
}

// ---- what stands on a place

// What is here already may say something else by now.
Planner::Ground Planner::ground_of(const ItemId& source) const {
  const auto known = grounds_.find(source);
  if (known != grounds_.end()) return known->second;
  Ground ground;
  const ItemId to = here(source);
  if (target_.knows(to)) {
    const auto there = source_.content_of(source), now = target_.content_of(to);
    const auto size = [](const projector::Media& media) {
      return std::array<std::size_t, 6>{media.width, media.height,         media.duration_ms,
                                        media.rows,  media.columns.size(), media.pages.size()};
    };
    const bool readable = !there.sealed && !now.sealed;
    ground.text = readable && there.state == now.state && there.text == now.text;
    ground.frame = size(there.media) == size(now.media) &&
                   source_.value<projector::View>(source, Facet::View).rotation ==
                       target_.value<projector::View>(to, Facet::View).rotation;
  }
  return grounds_[source] = ground;
}

std::string_view Planner::range_obstacle(const ItemId& item, Facet range_facet, Facet area_facet,
                                         bool may_be_empty) const {
  const auto range = projector::range_row(source_.reader(), item, range_facet);
  if (!range) return {};
  const bool on_text = !range->whole;
  const auto row = source_.row(item);
  const auto area = projector::value_of<Area>(row, area_facet);
  const bool on_cells = area.kind == static_cast<std::uint8_t>(fb::AreaKind::Cells);
  if (range->range.detached) return "its passage was deleted";
  if (on_text && is_empty(range->range) && !may_be_empty) return "its passage is empty";
  const auto ground = ground_of(range->source);
  const bool in_area = has_area(row, area_facet);
  if (!ground.text && (on_text || (in_area && on_cells))) return kOtherText;
  if (!ground.frame && in_area) return "its source is of another size here";
  return {};
}

std::string_view Planner::place_obstacle(const Foreign& item) const {
  return range_obstacle(item.id, Facet::Range, Facet::Area, item.row.kind == Kind::Annotation);
}

bool Planner::can_be_applied(const ItemId& code) const {
  const ItemId to = here(code);
  const auto& side = target_.knows(to) ? target_ : source_;
  const auto row = side.row(target_.knows(to) ? to : source_.standing_for(code));
  const auto props = projector::value_of<projector::Props>(row, Facet::Props);
  const bool matrix = row.kind == Kind::Code &&
                      props.subkind == static_cast<std::uint8_t>(fb::CodeKind::MatrixResult);
  return props.codable && !matrix;
}

std::string_view Planner::coding_obstacle(const Foreign& item) const {
  const auto place = projector::value_of<Place>(item.row, Facet::Place);
  if (!can_be_applied(place.code)) return "its code cannot be applied here";
  return place_obstacle(item);
}

// Also where it has no words: it stands between others.
std::string_view Planner::row_obstacle(const Foreign& item) const {
  const auto place = projector::value_of<Place>(item.row, Facet::Place);
  if (!ground_of(place.source).text) return kOtherText;
  return range_obstacle(item.id, Facet::Range, Facet::Area, true);
}

std::string_view Planner::link_obstacle(const Foreign& item) const {
  const auto from = range_obstacle(item.id, Facet::Range, Facet::Area, true);
  return from.empty() ? range_obstacle(item.id, Facet::RangeTo, Facet::AreaTo, true) : from;
}

// ---- what names others

std::string_view Planner::relationship_obstacle(const Foreign& item) const {
  const auto ends = projector::value_of<Ends>(item.row, Facet::Ends);
  return here(ends.from) == here(ends.to) ? "both its ends are one item here" : std::string_view{};
}

std::string_view Planner::matrix_obstacle(const Foreign& item) const {
  const auto grid = projector::value_of<projector::Grid>(item.row, Facet::Grid);
  const auto all_here = [&](const std::vector<ItemId>& items) {
    return std::all_of(items.begin(), items.end(),
                       [&](const ItemId& id) { return bool(here(id)); });
  };
  const bool complete =
      all_here(grid.rows) && all_here(grid.columns) && all_here(grid.row_attributes);
  return complete ? std::string_view{} : "not all of its rows and columns come";
}

// ---- what the type of an attribute lets in

// A type may have changed over what was there.
std::string_view Planner::attribute_obstacle(const Foreign& item) const {
  const auto type = projector::value_of<projector::AttributeType>(item.row, Facet::Type);
  return fits(type, type.default_value) ? std::string_view{} : "its default is not of its type";
}

std::string_view Planner::offered_obstacle(const Foreign& item) const {
  const auto parent = projector::value_of<projector::Parent>(item.row, Facet::Parent).parent;
  const auto type = source_.value<projector::AttributeType>(parent, Facet::Type);
  const auto props = projector::value_of<projector::Props>(item.row, Facet::Props);
  return fits(type, props.name) ? std::string_view{} : "it is not of the type of its attribute";
}

// ---- what stays behind of an item that comes

void Planner::note_what_stays(const Foreign& item) {
  const auto media = projector::value_of<projector::Media>(item.row, Facet::Media);
  if (media.hash == Digest{} && !(media.pages.empty() && media.columns.empty()))
    leave("page or column", "known of files in the blob area only");
  if (media.hash != Digest{}) plan_.blobs.push_back({media.hash, media.size});
  const auto definition = projector::value_of<projector::Definition>(item.row, Facet::Definition);
  if (definition.fixed_at != 0)
    leave("moment", "a map of a past moment of the other project follows its items here");
  for (const auto& named : definition.items)
    if (!here(named)) leave("mention", "what a definition speaks of does not come");
}

}  // namespace qualog::transfer
