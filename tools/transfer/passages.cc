// SPDX-License-Identifier: Apache-2.0
// Builder: what stands on passages and on pairs of items, with whose it was and when.
#include "schema/time.h"
#include "tools/transfer/builder.h"

namespace qualog::transfer {

using projector::Area;
using projector::Ends;
using projector::Place;

namespace {

// What was imported before keeps what its file said.
std::string time_of(const Place& place) {
  if (!place.claimed_time.empty()) return place.claimed_time;
  return place.coded_at != 0 ? rfc3339(place.coded_at) : std::string();
}

}  // namespace

Builder::Spot Builder::spot_of(const Made& made, Facet range_facet, Facet area_facet) const {
  Spot spot;
  const auto range = projector::range_row(source_.reader(), made.step.from, range_facet);
  if (range && !range->whole) spot.begin = range->range.begin, spot.end = range->range.end;
  spot.area = projector::area_to(value<Area>(made, area_facet));
  return spot;
}

// On the words that came with its source.
template <class Action>
void Builder::make_row_as(const Made& made, Action action) {
  auto spot = spot_of(made, Facet::Range, Facet::Area);
  action.id = made.step.to;
  action.source = here(value<Place>(made, Facet::Place).source);
  action.position = spot.begin.value_or(0);
  action.length = spot.end.value_or(0) - action.position;
  action.area = std::move(spot.area);
  add(std::move(action));
}

void Builder::make_row(const Made& made) {
  const auto source = value<Place>(made, Facet::Place).source;
  const auto kind = source_.value<projector::Props>(source, Facet::Props).subkind;
  if (kind == static_cast<std::uint8_t>(fb::SourceKind::Picture))
    return make_row_as(made, fb::PicturelogRowAddedT{});
  const auto said = value<projector::Fields>(made, Facet::Fields);
  fb::TranscriptRowAddedT action;
  action.speaker = words(said.speaker);
  for (const auto& field : said.fields) {
    auto& row = action.fields.emplace_back(std::make_unique<fb::RowFieldT>());
    row->name = words(field.name);
    row->value = words(field.value);
  }
  make_row_as(made, std::move(action));
}

void Builder::make_coding(const Made& made) {
  const auto place = value<Place>(made, Facet::Place);
  auto spot = spot_of(made, Facet::Range, Facet::Area);
  fb::CodingAddedT action;
  action.id = made.step.to;
  action.code = here(place.code);
  action.source = here(place.source);
  action.begin = spot.begin, action.end = spot.end;
  action.area = std::move(spot.area);
  action.coder = here(place.coder);
  action.claim = std::make_unique<fb::ClaimT>();
  action.claim->time = time_of(place);
  add(std::move(action));
  add_note(made);
}

void Builder::add_note(const Made& made) {
  const auto note = value<projector::Note>(made, Facet::Note);
  if (!note.weight && note.comment.empty()) return;
  fb::CodingWeightOrCommentSetT action;
  action.coding = made.step.to;
  if (note.weight) action.weight = static_cast<std::int32_t>(*note.weight);
  action.comment = words(note.comment);
  add(std::move(action));
}

void Builder::make_annotation(const Made& made) {
  const auto place = value<Place>(made, Facet::Place);
  auto spot = spot_of(made, Facet::Range, Facet::Area);
  fb::AnnotationCreatedT action;
  action.id = made.step.to;
  action.source = here(place.source);
  action.begin = spot.begin, action.end = spot.end;
  action.area = std::move(spot.area);
  action.text = plain_text(value<projector::TextValue>(made, Facet::Text).text.plain);
  action.claim = std::make_unique<fb::ClaimT>();
  action.claim->author = here(place.coder);
  action.claim->time = time_of(place);
  add(std::move(action));
}

void Builder::make_link(const Made& made) {
  const auto ends = value<Ends>(made, Facet::Ends);
  auto from = spot_of(made, Facet::Range, Facet::Area);
  auto to = spot_of(made, Facet::RangeTo, Facet::AreaTo);
  fb::SeealsoCreatedT action;
  action.id = made.step.to;
  action.from = here(ends.from);
  action.from_begin = from.begin, action.from_end = from.end;
  action.from_area = std::move(from.area);
  action.to = here(ends.to);
  action.to_begin = to.begin, action.to_end = to.end;
  action.to_area = std::move(to.area);
  action.external = words(made.props.description);
  action.name = words(made.props.name);
  add(std::move(action));
}

void Builder::make_hyperlink(const Made& made) {
  auto spot = spot_of(made, Facet::Range, Facet::Area);
  fb::HyperlinkCreatedT action;
  action.id = made.step.to;
  action.source = here(value<Place>(made, Facet::Place).source);
  action.begin = spot.begin, action.end = spot.end;
  action.url = words(value<projector::TextValue>(made, Facet::Text).text);
  add(std::move(action));
}

void Builder::make_summary_link(const Made& made) {
  const auto ends = value<Ends>(made, Facet::Ends);
  auto spot = spot_of(made, Facet::Range, Facet::Area);
  fb::SummaryLinkAddedT action;
  action.id = made.step.to;
  action.row = here(ends.from);
  action.column = here(ends.to);
  action.source = here(value<Place>(made, Facet::Place).source);
  action.begin = spot.begin, action.end = spot.end;
  action.area = std::move(spot.area);
  add(std::move(action));
}

// ---- pairs

void Builder::make_value(const Made& made) {
  const auto ends = value<Ends>(made, Facet::Ends);
  const auto said = value<projector::ItemValue>(made, Facet::Value);
  fb::AttributeValueSetT action;
  action.item = here(ends.from);
  action.attribute = here(ends.to);
  action.value = here(said.value);
  if (!said.value) action.text = words(said.text);
  add(std::move(action));
}

void Builder::make_member(const Made& made) {
  const auto ends = value<Ends>(made, Facet::Ends);
  fb::SetMemberAddedT action;
  action.set = here(ends.from);
  action.item = here(ends.to);
  add(std::move(action));
}

void Builder::make_summary(const Made& made) {
  const auto ends = value<Ends>(made, Facet::Ends);
  fb::SummarySetT action;
  action.row = here(ends.from);
  action.column = here(ends.to);
  action.text = words(value<projector::TextValue>(made, Facet::Text).text);
  add(std::move(action));
}

}  // namespace qualog::transfer
