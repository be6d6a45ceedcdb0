// SPDX-License-Identifier: Apache-2.0
#include "tests/support/actions.h"

#include "schema/assert.h"
#include "schema/codec.h"
#include "schema/json.h"

namespace qualog::test {

namespace {

std::unique_ptr<fb::TextT> name_of(std::string_view words) {
  return name_text(test_name_key(), words);
}

flatbuffers::Optional<std::uint32_t> optional(Position position) {
  return position ? flatbuffers::Optional<std::uint32_t>(*position) : flatbuffers::nullopt;
}

}  // namespace

const NameKey& test_name_key() {
  static const NameKey key{Bytes(32, 0x5A)};
  return key;
}

Action said(std::string_view action, const boost::json::object& body) {
  auto made = action_from_json(action, body, test_name_key());
  QUALOG_ASSERT(made);
  return std::move(*made);
}

// ---- project, members, leases -------------------------------------------------------------------

Action project_created(std::string_view title) {
  fb::ProjectCreatedT action;
  action.lineage.bytes.fill(0x22);
  action.title = name_of(title);
  return action_of(std::move(action));
}

Action project_described(std::string_view description) {
  fb::ProjectPropsChangedT action;
  action.description = plain_text(description);
  return action_of(std::move(action));
}

Action project_titled(std::string_view title) {
  fb::ProjectPropsChangedT action;
  action.title = name_of(title);
  return action_of(std::move(action));
}

Action guest_access(bool on) {
  fb::ProjectGuestAccessSetT action;
  action.on = on;
  return action_of(std::move(action));
}

Action project_deleted() { return action_of(fb::ProjectDeletedT{}); }
Action project_undeleted() { return action_of(fb::ProjectUndeletedT{}); }

Action member_added(std::string_view principal, fb::Group group) {
  fb::MemberAddedT action;
  action.principal = principal;
  action.group = group;
  return action_of(std::move(action));
}

Action member_removed(std::string_view principal) {
  fb::MemberRemovedT action;
  action.principal = principal;
  return action_of(std::move(action));
}

Action member_moved(std::string_view principal, fb::Group group) {
  fb::MemberMovedT action;
  action.principal = principal;
  action.group = group;
  return action_of(std::move(action));
}

Action profile_created(const ItemId& id, std::string_view principal, fb::ProfileKind kind) {
  fb::UserProfileCreatedT action;
  action.id = id;
  action.principal = principal;
  action.name = plain_text("somebody");
  action.kind = kind;
  return action_of(std::move(action));
}

Action profile_named(const ItemId& profile, std::string_view name) {
  fb::UserPropsChangedT action;
  action.profile = profile;
  action.name = plain_text(name);
  return action_of(std::move(action));
}

Action lease_acquired(const ItemId& item) {
  fb::LeaseAcquiredT action;
  action.item = item;
  return action_of(std::move(action));
}

Action lease_released(const ItemId& item, Sequence token) {
  fb::LeaseReleasedT action;
  action.item = item;
  action.token = token.value;
  return action_of(std::move(action));
}

Action lease_broken(const ItemId& item) {
  fb::LeaseBrokenT action;
  action.item = item;
  action.end = fb::LeaseEnd::Broken;
  return action_of(std::move(action));
}

// ---- folders, sources ---------------------------------------------------------------------------

Action folder_created(const ItemId& id, std::string_view name, const ItemId& parent) {
  fb::FolderCreatedT action;
  action.id = id;
  action.name = name_of(name);
  action.parent = parent;
  return action_of(std::move(action));
}

Action folder_renamed(const ItemId& folder, std::string_view name) {
  fb::FolderRenamedT action;
  action.folder = folder;
  action.name = name_of(name);
  return action_of(std::move(action));
}

Action folder_moved(const ItemId& folder, const ItemId& parent) {
  fb::FolderMovedT action;
  action.folder = folder;
  action.parent = parent;
  return action_of(std::move(action));
}

Action folder_deleted(const ItemId& folder) {
  fb::FolderDeletedT action;
  action.folder = folder;
  return action_of(std::move(action));
}

Action source_created(const ItemId& id, std::string_view name, std::string_view text,
                      const ItemId& folder, fb::SourceKind kind) {
  fb::SourceCreatedT action;
  action.id = id;
  action.kind = kind;
  action.name = name_of(name);
  action.folder = folder;
  action.text = plain_text(text);
  action.length = action.text->length;
  return action_of(std::move(action));
}

Action source_begun(const ItemId& id, std::string_view name, std::string_view chunk,
                    std::uint32_t length) {
  auto action = source_created(id, name, chunk);
  action.AsSourceCreated()->length = length;
  return action;
}

Action source_without_text(const ItemId& id, std::string_view name) {
  fb::SourceCreatedT action;
  action.id = id;
  action.name = name_of(name);
  action.text_state = fb::TextState::Missing;
  return action_of(std::move(action));
}

Action text_supplied(const ItemId& source, std::uint32_t position, std::string_view chunk,
                     std::uint32_t length) {
  fb::SourceTextSuppliedT action;
  action.source = source;
  action.position = position;
  action.text = plain_text(chunk);
  action.length = length;
  return action_of(std::move(action));
}

Action source_renamed(const ItemId& source, std::string_view name) {
  fb::SourcePropsChangedT action;
  action.source = source;
  action.name = name_of(name);
  return action_of(std::move(action));
}

Action source_moved(const ItemId& source, const ItemId& folder) {
  fb::SourceMovedT action;
  action.source = source;
  action.folder = folder;
  return action_of(std::move(action));
}

Action source_deleted(const ItemId& source) {
  fb::SourceDeletedT action;
  action.source = source;
  return action_of(std::move(action));
}

Action text_edited(const ItemId& source, Sequence token, Sequence version,
                   const std::vector<Edit>& edits) {
  fb::SourceTextEditedT action;
  action.source = source;
  action.token = token.value;
  action.version = version.value;
  for (const auto& edit : edits) {
    auto& splice = action.splices.emplace_back(std::make_unique<fb::SpliceT>());
    splice->position = edit.position;
    splice->delete_length = edit.delete_length;
    if (!edit.insert.empty()) splice->insert = plain_text(edit.insert);
  }
  return action_of(std::move(action));
}

// ---- codes --------------------------------------------------------------------------------------

Action code_created(const ItemId& id, std::string_view name, const ItemId& parent) {
  fb::CodeCreatedT action;
  action.id = id;
  action.name = name_of(name);
  action.parent = parent;
  return action_of(std::move(action));
}

Action code_folder_created(const ItemId& id, std::string_view name) {
  auto action = code_created(id, name);
  action.AsCodeCreated()->codable = false;
  return action;
}

Action code_renamed(const ItemId& code, std::string_view name) {
  fb::CodePropsChangedT action;
  action.code = code;
  action.name = name_of(name);
  return action_of(std::move(action));
}

Action code_described(const ItemId& code, std::string_view description) {
  fb::CodePropsChangedT action;
  action.code = code;
  action.description = plain_text(description);
  return action_of(std::move(action));
}

Action code_moved(const ItemId& code, const ItemId& parent) {
  fb::CodeMovedT action;
  action.code = code;
  action.parent = parent;
  return action_of(std::move(action));
}

Action code_merged(const std::vector<ItemId>& from, const ItemId& into) {
  fb::CodeMergedT action;
  action.from = from;
  action.into = into;
  return action_of(std::move(action));
}

Action code_unmerged(const std::vector<ItemId>& codes) {
  fb::CodeUnmergedT action;
  action.codes = codes;
  return action_of(std::move(action));
}

Action code_deleted(const ItemId& code) {
  fb::CodeDeletedT action;
  action.code = code;
  return action_of(std::move(action));
}

// ---- codings, notes, links ----------------------------------------------------------------------

Action coded(const ItemId& id, const ItemId& code, const ItemId& source, Position begin,
             Position end) {
  fb::CodingAddedT action;
  action.id = id;
  action.code = code;
  action.source = source;
  action.begin = optional(begin);
  action.end = optional(end);
  return action_of(std::move(action));
}

Action uncoded(const std::vector<ItemId>& codings) {
  fb::CodingRemovedT action;
  action.codings = codings;
  return action_of(std::move(action));
}

Action uncoded_range(const ItemId& code, const ItemId& source, Position begin, Position end,
                     const std::vector<std::string>& coders) {
  fb::CodingRemovedT action;
  action.code = code;
  action.source = source;
  action.begin = optional(begin);
  action.end = optional(end);
  action.coders = coders;
  return action_of(std::move(action));
}

Action coding_moved(const ItemId& coding, const ItemId& code) {
  fb::CodingMovedT action;
  action.coding = coding;
  action.code = code;
  return action_of(std::move(action));
}

Action coding_range_changed(const ItemId& coding, Position begin, Position end) {
  fb::CodingRangeChangedT action;
  action.coding = coding;
  action.begin = optional(begin);
  action.end = optional(end);
  return action_of(std::move(action));
}

Action coding_noted(const ItemId& coding, std::string_view comment) {
  fb::CodingWeightOrCommentSetT action;
  action.coding = coding;
  action.comment = plain_text(comment);
  return action_of(std::move(action));
}

Action annotated(const ItemId& id, const ItemId& source, std::uint32_t begin, std::uint32_t end,
                 std::string_view text) {
  fb::AnnotationCreatedT action;
  action.id = id;
  action.source = source;
  action.begin = begin;
  action.end = end;
  action.text = plain_text(text);
  return action_of(std::move(action));
}

Action annotation_changed(const ItemId& annotation, std::string_view text) {
  fb::AnnotationTextChangedT action;
  action.annotation = annotation;
  action.text = plain_text(text);
  return action_of(std::move(action));
}

Action annotation_deleted(const ItemId& annotation) {
  fb::AnnotationDeletedT action;
  action.annotation = annotation;
  return action_of(std::move(action));
}

Action memo_linked(const ItemId& item, const ItemId& memo) {
  fb::MemoLinkedT action;
  action.item = item;
  action.memo = memo;
  return action_of(std::move(action));
}

Action memo_unlinked(const ItemId& item, const ItemId& memo) {
  fb::MemoUnlinkedT action;
  action.item = item;
  action.memo = memo;
  return action_of(std::move(action));
}

Action linked(const ItemId& id, const ItemId& from, const ItemId& to) {
  fb::SeealsoCreatedT action;
  action.id = id;
  action.from = from;
  action.to = to;
  return action_of(std::move(action));
}

Action link_named(const ItemId& link, std::string_view name) {
  fb::SeealsoChangedT action;
  action.seealso = link;
  action.name = plain_text(name);
  return action_of(std::move(action));
}

Action link_deleted(const ItemId& link) {
  fb::SeealsoDeletedT action;
  action.seealso = link;
  return action_of(std::move(action));
}

// ---- import, undo -------------------------------------------------------------------------------

Action import_started() { return action_of(fb::ImportStartedT{}); }

Action undone(const std::vector<Sequence>& events) {
  fb::UndoAppliedT action;
  for (const auto event : events) action.sequences.push_back(event.value);
  return action_of(std::move(action));
}

Action undone_as(Sequence event, std::string_view name) {
  auto action = undone(event);
  action.AsUndoApplied()->name = name_of(name);
  return action;
}

// ---- commands -----------------------------------------------------------------------------------

fb::CommandT copy(const fb::CommandT& command) {
  Bytes bytes;
  pack(command, bytes);
  return std::move(*unpack(**command_view(bytes)));
}

}  // namespace qualog::test
