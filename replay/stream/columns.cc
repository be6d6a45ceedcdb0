// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/columns.h"

namespace qualog::stream {

namespace {

// clang-format off
constexpr std::array<Column, kColumns> kAll = {{
    {Col::Schema, "schema", Holds::Text, true, "qualog.events.v1"},
    {Col::SchemaVersion, "schema_version", Holds::Number, true, "Rises when columns or fields are added"},
    {Col::ProjectId, "project_id", Holds::Text, true, "The project"},
    {Col::Seq, "seq", Holds::Number, true, "The event's number in its project: 1, 2, 3 ... without gaps"},
    {Col::EventId, "event_id", Holds::Text, true, "project_id/seq"},
    {Col::Type, "type", Holds::Text, true, "The action: coding.added"},
    {Col::At, "at", Holds::Text, true, "When: RFC 3339, UTC, microseconds"},
    {Col::ActorId, "actor_id", Holds::Text, true, "Who acted: an account, or its pseudonym"},
    {Col::OnBehalfOfId, "on_behalf_of_id", Holds::Text, false, "For whom a service acted"},
    {Col::SessionId, "session_id", Holds::Text, true, "The actor's line of work"},
    {Col::Group, "group", Holds::Number, false, "seq of the first event of the act that this one is part of"},
    {Col::UndoOf, "undo_of", Holds::Number, false, "seq of the event that this one takes back"},
    {Col::Reason, "reason", Holds::Text, false, "Why, in words; only with text"},
    {Col::EntityType, "entity_type", Holds::Text, true, "What entity_id is the id of"},
    {Col::EntityId, "entity_id", Holds::Text, false, "What was acted on"},
    {Col::Kind, "kind", Holds::Text, false, "Of a code, source, folder, profile or fork: which kind"},
    {Col::Name, "name", Holds::Text, false, "Of a code; of anything else only with text"},
    {Col::CodeId, "code_id", Holds::Text, false, "The code"},
    {Col::SourceId, "source_id", Holds::Text, false, "The source"},
    {Col::CodingId, "coding_id", Holds::Text, false, "The coding"},
    {Col::ParentId, "parent_id", Holds::Text, false, "The code or folder above; null: the top"},
    {Col::FolderId, "folder_id", Holds::Text, false, "The folder; of a source null: the top"},
    {Col::IntoId, "into_id", Holds::Text, false, "The code that others were merged into"},
    {Col::CoderId, "coder_id", Holds::Text, false, "Of an imported coding: the profile of who coded"},
    {Col::PieceOfId, "piece_of_id", Holds::Text, false, "The coding of which this one is a remainder"},
    {Col::PrincipalId, "principal_id", Holds::Text, false, "The account of a member or profile, or its pseudonym"},
    {Col::Begin, "begin", Holds::Number, false, "First code point of the passage; null: the whole source"},
    {Col::End, "end", Holds::Number, false, "The code point behind the passage"},
    {Col::Position, "position", Holds::Number, false, "Of a chunk of text: where; of a code: among its siblings"},
    {Col::Length, "length", Holds::Number, false, "Of a source: code points of the whole text"},
    {Col::Weight, "weight", Holds::Number, false, "Of a coding"},
    {Col::Payload, "payload", Holds::Object, true, "The other fields of the action"},
}};
// clang-format on

struct Field {
  std::string_view name;
  Col col;
};

constexpr Field kFields[] = {
    {"kind", Col::Kind},         {"name", Col::Name},
    {"code", Col::CodeId},       {"source", Col::SourceId},
    {"coding", Col::CodingId},   {"parent", Col::ParentId},
    {"folder", Col::FolderId},   {"into", Col::IntoId},
    {"coder", Col::CoderId},     {"piece_of", Col::PieceOfId},
    {"begin", Col::Begin},       {"end", Col::End},
    {"position", Col::Position}, {"length", Col::Length},
    {"weight", Col::Weight},     {"principal", Col::PrincipalId},
};

// By an action's name, or by its first word. Of what has no row, that word is what it is about.
struct Family {
  std::string_view word;
  Entity entity;
  std::optional<Col> id;  // the column of the field `id`
};

constexpr Family kFamilies[] = {
    {"attribute.value_set", {"item"}, {}},
    {"query.result_saved", {"code"}, {}},
    {"summary.set", {"item"}, {}},
    {"summary.auto_filled", {"fmatrix"}, {}},
    {"summary.link_added", {"summarylink"}, {}},
    {"summary.link_removed", {"summarylink"}, {}},
    {"project", {"project", EntityFrom::Project}, {}},
    {"import", {"project", EntityFrom::Project}, {}},
    {"member", {"member", EntityFrom::Account}, {}},
    {"user", {"profile"}, {}},
    {"lease", {"item"}, {}},
    {"memo", {"item"}, {}},
    {"folder", {"folder"}, Col::FolderId},
    {"source", {"source"}, Col::SourceId},
    {"code", {"code"}, Col::CodeId},
    {"coding", {"coding"}, Col::CodingId},
    {"undo", {"event", EntityFrom::Undone}, {}},
    {"redo", {"event", EntityFrom::Undone}, {}},
    {"exclusive", {"project", EntityFrom::Project}, {}},
    {"eventlog", {"project", EntityFrom::Project}, {}},
    {"codebook", {"project", EntityFrom::Project}, {}},
    {"admin", {"member", EntityFrom::Account}, {}},
    {"transcript", {"row"}, {}},
    {"picturelog", {"row"}, {}},
    {"media", {"source"}, {}},
    {"image", {"source"}, {}},
};

std::string_view first_word(std::string_view action) { return action.substr(0, action.find('.')); }

const Family* family_of(std::string_view action) {
  for (const auto& family : kFamilies)
    if (family.word == action || family.word == first_word(action)) return &family;
  return nullptr;
}

}  // namespace

const std::array<Column, kColumns>& columns() { return kAll; }

std::optional<Col> column_of(std::string_view action, std::string_view field) {
  if (field == "id") {
    const auto* family = family_of(action);
    return family != nullptr ? family->id : std::nullopt;
  }
  for (const auto& known : kFields)
    if (known.name == field) return known.col;
  return std::nullopt;
}

Entity entity_of(std::string_view action) {
  const auto* family = family_of(action);
  return family != nullptr ? family->entity : Entity{first_word(action)};
}

}  // namespace qualog::stream
