// SPDX-License-Identifier: Apache-2.0
// Sources that are files: their media, the rows of transcripts and picture logs, formatting.
#include "projector/fold/edit.h"
#include "projector/fold/shapes.h"

namespace qualog::projector {

namespace {

void assign_blob(Media& media, const fb::Blob* blob) {
  if (blob == nullptr) return;
  if (blob->hash() != nullptr) media.hash = flatbuffers::UnPack(*blob->hash());
  media.size = blob->size();
  assign(media.mime, blob->mime());
  assign(media.file, blob->file());
}

Media media_of(const fb::SourceImported& action) {
  Media media;
  assign_blob(media, action.blob());
  media.duration_ms = action.duration_ms();
  media.width = action.width(), media.height = action.height();
  media.rows = action.rows();
  assign(media.bibliographic_id, action.bibliographic_id());
  if (action.pages() != nullptr)
    for (const auto* page : *action.pages())
      media.pages.push_back({page->width(), page->height(), page->begin(), page->end()});
  if (action.columns() != nullptr)
    for (const auto* column : *action.columns())
      media.columns.push_back({text_from(column->name()), static_cast<std::uint8_t>(column->type()),
                               column->codable()});
  return media;
}

// A row and its stretch of the text, which comes with it or is there.
template <class Action>
void add_row(Change& change, const Action& action) {
  const ItemId id = id_of(action.id()), source = id_of(action.source());
  const std::uint32_t begin = action.position();
  const std::uint32_t added = action.text() != nullptr ? action.text()->length() : 0;
  if (added > 0)
    edit_text(change, source, {{begin, 0, added}}, {store_text(change, action.text(), 0)});
  change.create(id, Kind::Row);
  change.set(id, Facet::Place, Place{{}, source, change.act().profile, change.act().time, {}});
  set_place(change, id, source, begin, begin + added + action.length().value_or(0), action.area());
  change.set_bytes(source, Facet::Content, {});
}

template <class Action>
void set_fields(Change& change, const ItemId& row, const Action& action) {
  auto fields = value_of<Fields>(change.item(row), Facet::Fields);
  assign(fields.speaker, action.speaker());
  if (action.fields() != nullptr && action.fields()->size() > 0) {
    fields.fields.clear();
    for (const auto* field : *action.fields())
      fields.fields.push_back({text_from(field->name()), text_from(field->value())});
  }
  change.set(row, Facet::Fields, fields);
}

// With its stretch of the text, as far as it is still there.
void delete_row(Change& change, const fb::ItemId* item) {
  const ItemId row = id_of(item);
  const ItemId source = value_of<Place>(change.item(row), Facet::Place).source;
  const auto at = range_row(change.store(), row, Facet::Range);
  const bool has_text = at && !at->range.detached && at->range.begin < at->range.end;
  if (has_text)
    edit_text(change, source, {{at->range.begin, at->range.end - at->range.begin, 0}}, {});
  end_life(change, item);
  change.set_bytes(source, Facet::Content, {});
}

void move_row(Change& change, const fb::ItemId* row, const fb::Area* area) {
  set_area(change, id_of(row), Facet::Area, area);
}

}  // namespace

void fold_action(Change& change, const fb::SourceImported& action) {
  const ItemId id = create_named(change, Kind::Source, action, id_of(action.folder()));
  change.set(id, Facet::Media, media_of(action));
  begin_text(change, id, action.text(), action.length(), action.text_state());
}

void fold_action(Change& change, const fb::MediaEmbedded& action) {
  const ItemId id = id_of(action.source());
  auto media = value_of<Media>(change.item(id), Facet::Media);
  assign_blob(media, action.blob());
  media.path = Text{};
  media.duration_ms = action.duration_ms();
  media.width = action.width(), media.height = action.height();
  change.set(id, Facet::Media, media);
}

void fold_action(Change& change, const fb::MediaLinked& action) {
  const ItemId id = id_of(action.source());
  auto media = value_of<Media>(change.item(id), Facet::Media);
  media.hash = Digest{}, media.size = 0;
  assign(media.path, action.path());
  change.set(id, Facet::Media, media);
}

void fold_action(Change& change, const fb::ImageAdjusted& action) {
  change.set(id_of(action.source()), Facet::View,
             View{action.rotation(), action.brightness(), action.contrast()});
}

void fold_action(Change& change, const fb::SourceFormattingChanged& action) {
  const ItemId id = id_of(action.source());
  const auto content = content_row(change.store(), id);
  Format format;
  format.version = content ? content->version.value : 0;
  if (action.ranges() != nullptr)
    for (const auto* range : *action.ranges()) {
      format.ranges.push_back({range->begin(), range->end(), {}});
      assign(format.ranges.back().style, range->style());
    }
  change.set(id, Facet::Format, format);
}

// ---- rows

void fold_action(Change& change, const fb::TranscriptRowAdded& action) {
  add_row(change, action);
  set_fields(change, id_of(action.id()), action);
}

void fold_action(Change& change, const fb::TranscriptRowChanged& action) {
  set_fields(change, id_of(action.row()), action);
}

void fold_action(Change& change, const fb::TranscriptRowDeleted& action) {
  delete_row(change, action.row());
}

void fold_action(Change& change, const fb::TranscriptRowMoved& action) {
  move_row(change, action.row(), action.area());
}

void fold_action(Change& change, const fb::PicturelogRowAdded& action) { add_row(change, action); }

void fold_action(Change& change, const fb::PicturelogRowChanged& action) {
  move_row(change, action.row(), action.area());
}

void fold_action(Change& change, const fb::PicturelogRowDeleted& action) {
  delete_row(change, action.row());
}

}  // namespace qualog::projector
