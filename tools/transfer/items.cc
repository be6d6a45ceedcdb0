// SPDX-License-Identifier: Apache-2.0
// Builder: folders, codes, sources and all else that has a name of its own.
#include "schema/codec.h"
#include "schema/limits.h"
#include "tools/import/file_source.h"
#include "tools/import/text_actions.h"
#include "tools/transfer/builder.h"

namespace qualog::transfer {

namespace {

ItemId parent_of(const projector::ItemRow& row) {
  return projector::value_of<projector::Parent>(row, projector::Facet::Parent).parent;
}

}  // namespace

void Builder::make_folder(const Made& made) {
  fb::FolderCreatedT action;
  action.id = made.step.to;
  action.kind = static_cast<fb::FolderKind>(made.props.subkind);
  action.name = name(made);
  action.parent = here(parent_of(made.row));
  add(std::move(action));
}

// ---- classifications

void Builder::make_classification(const Made& made) {
  fb::ClassificationCreatedT action;
  action.id = made.step.to;
  action.kind = static_cast<fb::ClassificationKind>(made.props.subkind);
  action.name = name(made);
  action.description = words(made.props.description);
  add(std::move(action));
}

void Builder::make_attribute(const Made& made) {
  const auto type = value<projector::AttributeType>(made, Facet::Type);
  fb::AttributeCreatedT action;
  action.id = made.step.to;
  action.classification = here(parent_of(made.row));
  action.name = name(made);
  action.type = static_cast<fb::AttributeType>(type.type);
  action.description = words(made.props.description);
  action.default_value = words(type.default_value);
  add(std::move(action));
}

void Builder::make_attrvalue(const Made& made) {
  fb::AttrvalueCreatedT action;
  action.id = made.step.to;
  action.attribute = here(parent_of(made.row));
  action.name = name(made);
  add(std::move(action));
}

// ---- codes and cases

void Builder::make_code(const Made& made) {
  const auto place = value<projector::Parent>(made, Facet::Parent);
  fb::CodeCreatedT action;
  action.id = made.step.to;
  action.name = name(made);
  action.description = words(made.props.description);
  action.color = made.props.color;
  action.parent = here(place.parent);
  action.kind = static_cast<fb::CodeKind>(made.props.subkind);
  action.nickname = words(made.props.nickname);
  action.aggregate = made.props.aggregate;
  action.codable = made.props.codable;
  action.claim = claim_of(made, {});
  const ItemId parent = action.parent;
  add(std::move(action));
  if (place.position == 0) return;
  fb::CodeMovedT moved;
  moved.code = made.step.to;
  moved.parent = parent;
  moved.position = place.position;
  add(std::move(moved));
}

// ---- sources

namespace {

fb::SourceImportedT file_of(const projector::Media& media) {
  fb::SourceImportedT action;
  action.blob = tools::blob_of(media.hash, media.size, media.mime, media.file.plain);
  action.duration_ms = media.duration_ms;
  action.width = media.width, action.height = media.height;
  action.rows = media.rows;
  if (!media.bibliographic_id.empty())
    action.bibliographic_id = plain_text(media.bibliographic_id.plain);
  for (const auto& page : media.pages) {
    auto& made = action.pages.emplace_back(std::make_unique<fb::PageT>());
    made->width = page.width, made->height = page.height;
    made->begin = page.begin, made->end = page.end;
  }
  for (const auto& column : media.columns) {
    auto& made = action.columns.emplace_back(std::make_unique<fb::ColumnT>());
    made->name = plain_text(column.name.plain);
    made->type = static_cast<fb::ColumnType>(column.type);
    made->codable = column.codable;
  }
  return action;
}

}  // namespace

// The source with as much of its text as fits beside the rest of it, then the text's other parts.
template <class Action>
void Builder::make_text(const Made& made, const SourceContent& content, Action action) {
  action.id = made.step.to;
  action.kind = content.kind;
  action.name = name(made);
  action.folder = here(parent_of(made.row));
  action.description = words(made.props.description);
  action.claim = claim_of(made, made.row.created.profile);
  if (content.state == projector::ContentState::Missing) {
    action.text_state = fb::TextState::Missing;
    return add(std::move(action));
  }
  const auto length = qualog::code_points(content.text);
  action.length = length;
  const auto spent = packed(action_of(action)).size() + 2 * kHeaderBytes;
  const auto room = limits::kItemBytesMax - std::min(limits::kItemBytesMax, spent);
  for (auto& part : tools::with_text(std::move(action), {content.text, length},
                                     std::min(room, limits::kTextChunkBytesMax)))
    actions_.push_back(std::move(part));
}

void Builder::make_source(const Made& made) {
  const auto content = source_.content_of(made.step.from);
  const bool has_file = content.media.hash != Digest{};
  if (has_file)
    make_text(made, content, file_of(content.media));
  else
    make_text(made, content, fb::SourceCreatedT{});
  add_source_props(made, content.media, has_file);
}

void Builder::add_source_props(const Made& made, const projector::Media& media, bool has_file) {
  fb::SourcePropsChangedT props;
  props.source = made.step.to;
  props.color = made.props.color;
  props.external = words(media.external);
  if (!has_file) props.bibliographic_id = words(media.bibliographic_id);
  if (!props.color.empty() || props.external || props.bibliographic_id) add(std::move(props));
  if (!has_file && !media.path.empty()) {
    fb::MediaLinkedT linked;
    linked.source = made.step.to;
    linked.path = plain_text(media.path.plain);
    add(std::move(linked));
  }
  if (made.row.find(Facet::View) == nullptr) return;
  const auto view = value<projector::View>(made, Facet::View);
  fb::ImageAdjustedT adjusted;
  adjusted.source = made.step.to;
  adjusted.rotation = view.rotation;
  adjusted.brightness = view.brightness;
  adjusted.contrast = view.contrast;
  add(std::move(adjusted));
}

// ---- relationships and sets

void Builder::make_reltype(const Made& made) {
  fb::ReltypeCreatedT action;
  action.id = made.step.to;
  action.name = name(made);
  action.direction = static_cast<fb::Direction>(made.props.subkind);
  action.description = words(made.props.description);
  add(std::move(action));
}

void Builder::make_relationship(const Made& made) {
  const auto ends = value<projector::Ends>(made, Facet::Ends);
  fb::RelationshipCreatedT action;
  action.id = made.step.to;
  action.from = here(ends.from);
  action.to = here(ends.to);
  action.reltype = here(parent_of(made.row));
  action.color = made.props.color;
  action.description = words(made.props.description);
  add(std::move(action));
}

void Builder::make_set(const Made& made) {
  fb::SetCreatedT action;
  action.id = made.step.to;
  action.name = name(made);
  action.description = words(made.props.description);
  action.color = made.props.color;
  add(std::move(action));
}

// ---- definitions: what they say is passed on as it is

template <class Action>
void Builder::make_defined(const Made& made, Action action) {
  const auto definition = value<projector::Definition>(made, Facet::Definition);
  action.id = made.step.to;
  action.name = name(made);
  action.definition = words(definition.text);
  action.items = here_now(definition.items);
  if constexpr (requires { action.type; }) action.type = definition.type;
  add(std::move(action));
}

void Builder::make_query(const Made& made) { make_defined(made, fb::QuerySavedT{}); }
void Builder::make_searchfolder(const Made& made) { make_defined(made, fb::SearchfolderSavedT{}); }
void Builder::make_report(const Made& made) { make_defined(made, fb::ReportCreatedT{}); }
void Builder::make_extract(const Made& made) { make_defined(made, fb::ExtractCreatedT{}); }

void Builder::make_map(const Made& made) {
  fb::MapCreatedT action;
  action.kind = static_cast<fb::MapKind>(made.props.subkind);
  action.description = words(made.props.description);
  make_defined(made, std::move(action));
}

void Builder::make_fmatrix(const Made& made) {
  const auto grid = value<projector::Grid>(made, Facet::Grid);
  fb::FmatrixCreatedT action;
  action.id = made.step.to;
  action.name = name(made);
  action.rows = here_now(grid.rows);
  action.columns = here_now(grid.columns);
  action.row_attributes = here_now(grid.row_attributes);
  add(std::move(action));
}

}  // namespace qualog::transfer
