// SPDX-License-Identifier: Apache-2.0
// Codings, annotations, memo links and see-also links: what stands on passages and items.
#include "projector/fold/shapes.h"

namespace qualog::projector {

namespace {

// What was made elsewhere was made when its file says, or at a time that nobody knows; the time of
// the import says nothing of it.
void take_claim(Place& place, const fb::Claim* claim) {
  if (claim == nullptr) return;
  place.coded_at = 0;
  assign(place.claimed_time, claim->time());
}

Place place_of(Change& change, const fb::CodingAdded& action) {
  Place place{
      id_of(action.code()), id_of(action.source()), change.act().profile, change.act().time, {}};
  if (const ItemId whole = id_of(action.piece_of())) {
    const auto origin = value_of<Place>(change.item(whole), Facet::Place);
    place.coder = origin.coder;
    place.coded_at = origin.coded_at;
    place.claimed_time = origin.claimed_time;
  }
  if (const ItemId coder = id_of(action.coder())) place.coder = coder;
  take_claim(place, action.claim());
  return place;
}

template <class Action>
void note_on(Change& change, const ItemId& coding, const Action& action) {
  auto note = value_of<Note>(change.item(coding), Facet::Note);
  if (const auto weight = action.weight()) note.weight = *weight;
  assign(note.comment, action.comment());
  change.set(coding, Facet::Note, note);
}

// Empty where the item has no such facet.
Bytes bytes_of(Change& change, const ItemId& item, Facet facet) {
  const auto* found = change.item(item).find(facet);
  return found == nullptr ? Bytes{} : found->value;
}

void link_memo(Change& change, const ItemId& item, const ItemId& memo, bool on) {
  change.set(item, Facet::Memo, Linked{on ? memo : ItemId{}});
  change.set(memo, Facet::Owner, Linked{on ? item : ItemId{}});
}

bool is_source(Change& change, const ItemId& item) {
  return item && change.item(item).kind == Kind::Source;
}

}  // namespace

void fold_action(Change& change, const fb::CodingAdded& action) {
  const ItemId id = id_of(action.id());
  const Place place = place_of(change, action);
  change.create(id, Kind::Coding);
  change.set(id, Facet::Place, place);
  set_place(change, id, place.source, action.begin(), action.end(), action.area());
  if (action.weight() || action.comment() != nullptr) note_on(change, id, action);
}

void fold_action(Change& change, const fb::CodingRemoved& action) {
  if (action.codings() == nullptr) return;
  for (const auto* coding : *action.codings()) end_life(change, coding);
}

void fold_action(Change& change, const fb::CodingMoved& action) {
  const ItemId id = id_of(action.coding());
  auto place = value_of<Place>(change.item(id), Facet::Place);
  place.code = id_of(action.code());
  change.set(id, Facet::Place, place);
}

void fold_action(Change& change, const fb::CodingRangeChanged& action) {
  const ItemId id = id_of(action.coding());
  const auto place = value_of<Place>(change.item(id), Facet::Place);
  const bool is_words_alone = action.area() == nullptr && action.begin() && action.end();
  set_place(change, id, place.source, action.begin(), action.end(), action.area());
  if (is_words_alone && !bytes_of(change, id, Facet::Area).empty())
    change.set_bytes(id, Facet::Area, {});
}

void fold_action(Change& change, const fb::CodingWeightOrCommentSet& action) {
  note_on(change, id_of(action.coding()), action);
}

void fold_action(Change& change, const fb::AnnotationCreated& action) {
  const ItemId id = id_of(action.id());
  const ItemId source = id_of(action.source());
  change.create(id, Kind::Annotation);
  Place place{{}, source, change.act().profile, change.act().time, {}};
  take_claim(place, action.claim());
  if (action.claim() != nullptr)
    if (const ItemId author = id_of(action.claim()->author())) place.coder = author;
  change.set(id, Facet::Place, place);
  change.set(id, Facet::Text, TextValue{text_from(action.text())});
  set_place(change, id, source, action.begin(), action.end(), action.area());
}

void fold_action(Change& change, const fb::AnnotationTextChanged& action) {
  change.set(id_of(action.annotation()), Facet::Text, TextValue{text_from(action.text())});
}

void fold_action(Change& change, const fb::AnnotationDeleted& action) {
  end_life(change, action.annotation());
}

void fold_action(Change& change, const fb::MemoLinked& action) {
  link_memo(change, id_of(action.item()), id_of(action.memo()), true);
}

void fold_action(Change& change, const fb::MemoUnlinked& action) {
  link_memo(change, id_of(action.item()), id_of(action.memo()), false);
}

void fold_action(Change& change, const fb::SeealsoCreated& action) {
  const ItemId id = id_of(action.id());
  const Ends ends{id_of(action.from()), id_of(action.to())};
  const bool from_source = is_source(change, ends.from), to_source = is_source(change, ends.to);
  change.create(id, Kind::Seealso);
  change.set(id, Facet::Ends, ends);
  Props props;
  assign(props.name, action.name());
  assign(props.description, action.external());
  change.set(id, Facet::Props, props);
  if (from_source)
    change.set_range(id, Facet::Range, range_of(ends.from, action.from_begin(), action.from_end()));
  if (to_source)
    change.set_range(id, Facet::RangeTo, range_of(ends.to, action.to_begin(), action.to_end()));
  set_area(change, id, Facet::Area, action.from_area());
  set_area(change, id, Facet::AreaTo, action.to_area());
}

void fold_action(Change& change, const fb::SeealsoChanged& action) {
  const ItemId id = id_of(action.seealso());
  auto props = value_of<Props>(change.item(id), Facet::Props);
  assign(props.name, action.name());
  assign(props.description, action.external());
  change.set(id, Facet::Props, props);
}

void fold_action(Change& change, const fb::SeealsoDeleted& action) {
  end_life(change, action.seealso());
}

// ---- batches, hyperlinks, comments

// The intent of a group: its computed events do the work.
void fold_action(Change&, const fb::CodingBatchAdded&) {}

void fold_action(Change& change, const fb::HyperlinkCreated& action) {
  const ItemId id = id_of(action.id());
  const ItemId source = id_of(action.source());
  change.create(id, Kind::Hyperlink);
  change.set(id, Facet::Place, Place{{}, source, change.act().profile, change.act().time, {}});
  change.set(id, Facet::Text, TextValue{text_from(action.url())});
  set_place(change, id, source, action.begin(), action.end(), nullptr);
}

void fold_action(Change& change, const fb::HyperlinkDeleted& action) {
  end_life(change, action.hyperlink());
}

// On an event it is known by the event's number.
void fold_action(Change& change, const fb::CommentPosted& action) {
  const ItemId id = id_of(action.id());
  change.create(id, Kind::Comment);
  change.set(id, Facet::Ends, Ends{id_of(action.item()), {}});
  change.set(id, Facet::Text, TextValue{text_from(action.text())});
  change.set(id, Facet::On, On{});
  Definition about;
  about.fixed_at = action.sequence();
  assign(about.items, action.mentions());
  change.set(id, Facet::Definition, about);
}

void fold_action(Change& change, const fb::CommentResolved& action) {
  change.set(id_of(action.comment()), Facet::On, On{action.resolved()});
}

}  // namespace qualog::projector
