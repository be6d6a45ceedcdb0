// SPDX-License-Identifier: Apache-2.0
// Folders, sources and their text.
#include "projector/fold/edit.h"
#include "projector/fold/shapes.h"

namespace qualog::projector {

namespace {

void add_chunk(Change& change, ContentRow& content, const fb::Text* text) {
  if (text == nullptr || text->length() == 0) return;
  content.pieces.push_back(store_text(change, text, 0));
  content.length += text->length();
}

ContentState state_of(const ContentRow& content) {
  return content.length < content.declared_length ? ContentState::Growing : ContentState::Complete;
}

// Ranges that were taken on trust while the text was missing cannot reach past its end.
void clip_ranges(Change& change, const ItemId& source, std::uint32_t length) {
  std::vector<std::pair<ItemId, Facet>> owners;
  visit_anchored(change.store(), source.view(), [&](const Anchored& anchored) {
    owners.emplace_back(anchored.item, anchored.facet);
    return true;
  });
  for (const auto& [item, facet] : owners) {
    auto row = range_row(change.store(), item, facet);
    if (!row || row->whole) continue;
    const auto there = text::within(row->range, length);
    if (there == row->range) continue;
    row->range = there;
    change.place_range(item, facet, *row);
  }
}

// Where it is, of an external; how libraries call it.
void set_references(Change& change, const ItemId& id, const fb::SourcePropsChanged& action) {
  if (action.external() == nullptr && action.bibliographic_id() == nullptr) return;
  auto media = value_of<Media>(change.item(id), Facet::Media);
  assign(media.external, action.external());
  assign(media.bibliographic_id, action.bibliographic_id());
  change.set(id, Facet::Media, media);
}

}  // namespace

text::Piece store_text(Change& change, const fb::Text* text, std::uint32_t index) {
  const auto number = change.act().sequence.value << 16 | index;
  const Text stored = text_from(text);
  put_row(change.store(), Table::Texts, key_of(Sequence{number}), stored);
  return {number, 0, stored.length};
}

void begin_text(Change& change, const ItemId& source, const fb::Text* text, std::uint32_t length,
                fb::TextState state) {
  ContentRow content;
  content.version = change.act().sequence;
  content.declared_length = length;
  add_chunk(change, content, text);
  content.state = state == fb::TextState::Missing ? ContentState::Missing : state_of(content);
  put_row(change.store(), Table::Contents, source.view(), content);
}

void fold_action(Change& change, const fb::FolderCreated& action) {
  create_named(change, Kind::Folder, action, id_of(action.parent()));
}

void fold_action(Change& change, const fb::FolderRenamed& action) {
  change_props(change, id_of(action.folder()), action);
}

void fold_action(Change& change, const fb::FolderMoved& action) {
  change.set(id_of(action.folder()), Facet::Parent, Parent{id_of(action.parent()), 0});
}

void fold_action(Change& change, const fb::FolderDeleted& action) {
  end_life(change, action.folder());
}

void fold_action(Change& change, const fb::SourceCreated& action) {
  const ItemId id = create_named(change, Kind::Source, action, id_of(action.folder()));
  begin_text(change, id, action.text(), action.length(), action.text_state());
}

void fold_action(Change& change, const fb::SourceTextSupplied& action) {
  const ItemId id = id_of(action.source());
  auto content = content_row(change.store(), id).value_or(ContentRow{});
  content.version = change.act().sequence;
  content.declared_length = action.length();
  add_chunk(change, content, action.text());
  content.state = state_of(content);
  if (content.state == ContentState::Complete) clip_ranges(change, id, content.length);
  put_row(change.store(), Table::Contents, id.view(), content);
  change.set_bytes(id, Facet::Content, {});
}

void fold_action(Change& change, const fb::SourcePropsChanged& action) {
  const ItemId id = id_of(action.source());
  change_props(change, id, action);
  set_references(change, id, action);
}

void fold_action(Change& change, const fb::SourceMoved& action) {
  change.set(id_of(action.source()), Facet::Parent, Parent{id_of(action.folder()), 0});
}

void fold_action(Change& change, const fb::SourceDeleted& action) {
  end_life(change, action.source());
}

void fold_action(Change& change, const fb::SourceTextEdited& action) {
  const ItemId id = id_of(action.source());
  std::vector<text::Splice> splices;
  text::Pieces inserted;
  if (action.splices() != nullptr)
    for (const auto* splice : *action.splices()) {
      const auto index = static_cast<std::uint32_t>(splices.size());
      const auto length = splice->insert() != nullptr ? splice->insert()->length() : 0;
      splices.push_back({splice->position(), splice->delete_length(), length});
      if (length > 0) inserted.push_back(store_text(change, splice->insert(), index));
    }
  edit_text(change, id, splices, inserted);
  change.set_bytes(id, Facet::Content, {});
}

}  // namespace qualog::projector
