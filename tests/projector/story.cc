// SPDX-License-Identifier: Apache-2.0
#include "tests/projector/story.h"

#include <cstdlib>
#include <unistd.h>

namespace qualog::test {

ScratchDirectory::ScratchDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "qualog-test-XXXXXX").string();
  BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

namespace {

template <class Id>
Id numbered(std::uint64_t number) {
  Id id;
  id.bytes[0] = 1;
  for (std::size_t i = 0; i < 8; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(number >> 8 * i);
  return id;
}

SessionId session_of(std::string_view principal) {
  SessionId session;
  const ItemId profile = projector::profile_item(principal);
  session.bytes = profile.bytes;
  return session;
}

const NameKey kNameKey{Bytes(32, 7)};

}  // namespace

ItemId item_id(std::uint64_t number) { return numbered<ItemId>(number); }

std::unique_ptr<fb::TextT> words(std::string_view utf8) { return name_text(kNameKey, utf8); }

Sequence Story::fold(fb::ActionUnion action, Sequence undo_of) {
  last_ = last_.next();
  fb::EventT event;
  event.sequence = last_.value;
  event.time = time_;
  event.actor = principal_;
  event.session = session_of(principal_);
  event.command_id = numbered<CommandId>(last_.value);
  event.undo_of = undo_of.value;
  event.action = std::move(action);
  Bytes stored;
  pack(event, stored);
  const auto view = event_view(stored);
  BOOST_REQUIRE(view);
  const auto folded = fold_.event(**view);
  BOOST_REQUIRE_MESSAGE(folded, "event " << last_.value << ": " << folded.error().message);
  return last_;
}

Sequence Story::undo(Sequence undone) {
  fb::UndoAppliedT undo;
  undo.sequences = {undone.value};
  return fold(action_of(std::move(undo)), undone);
}

void Story::fold_aside(fb::AsideT aside) {
  last_aside_ = last_aside_.next();
  aside.number = last_aside_.value;
  aside.after_sequence = last_.value;
  aside.time = time_;
  aside.actor = principal_;
  aside.session = session_of(principal_);
  Bytes stored;
  pack(aside, stored);
  const auto view = aside_view(stored);
  BOOST_REQUIRE(view);
  BOOST_REQUIRE(fold_.aside(**view, stored));
}

AsideNumber Story::refuse(const CommandId& command, const std::vector<std::string>& parts) {
  const AsideNumber number = last_aside_.next();
  fb::ConflictRefusedT refused;
  refused.code = fb::RefusalCode::Stale;
  refused.detail = "props";
  refused.facets = {"code:1.props"};
  refused.winner = std::make_unique<fb::WinnerT>();
  refused.winner->actor = "bob";
  refused.winner->sequence = last_.value;
  auto latest = std::make_unique<fb::FacetStateT>();
  latest->facet = "code:1.props";
  latest->version = last_.value;
  latest->value = plain_text("{}");
  latest->size = 2;
  refused.latest.push_back(std::move(latest));
  refused.draft = plain_text(parts.front());
  refused.draft_parts = static_cast<std::uint32_t>(parts.size());
  fb::AsideT first;
  first.command_id = command;
  first.body.Set(std::move(refused));
  fold_aside(std::move(first));
  for (std::uint32_t index = 1; index < parts.size(); ++index) {
    fb::ConflictDraftPartT part;
    part.index = index;
    part.draft = plain_text(parts[index]);
    fb::AsideT further;
    further.command_id = command;
    further.body.Set(std::move(part));
    fold_aside(std::move(further));
  }
  return number;
}

fb::FolderCreatedT folder_created(const ItemId& id, std::string_view name, const ItemId& parent) {
  fb::FolderCreatedT action;
  action.id = id;
  action.name = words(name);
  action.parent = parent;
  return action;
}

fb::SourceCreatedT source_created(const ItemId& id, std::string_view name, std::string_view text,
                                  const ItemId& folder) {
  fb::SourceCreatedT action;
  action.id = id;
  action.name = words(name);
  action.folder = folder;
  action.text = plain_text(text);
  action.length = action.text->length;
  return action;
}

fb::CodeCreatedT code_created(const ItemId& id, std::string_view name, const ItemId& parent) {
  fb::CodeCreatedT action;
  action.id = id;
  action.name = words(name);
  action.parent = parent;
  return action;
}

fb::CodingAddedT coding_added(const ItemId& id, const ItemId& code, const ItemId& source,
                              std::uint32_t begin, std::uint32_t end) {
  fb::CodingAddedT action;
  action.id = id;
  action.code = code;
  action.source = source;
  action.begin = begin;
  action.end = end;
  return action;
}

fb::SourceTextEditedT text_edited(const ItemId& source, const std::vector<Edit>& edits) {
  fb::SourceTextEditedT action;
  action.source = source;
  for (const auto& edit : edits) {
    auto splice = std::make_unique<fb::SpliceT>();
    splice->position = edit.position;
    splice->delete_length = edit.delete_length;
    if (!edit.insert.empty()) splice->insert = plain_text(edit.insert);
    action.splices.push_back(std::move(splice));
  }
  return action;
}

namespace {

void tell_profile(Story& story, const std::string& principal, std::string_view name) {
  fb::UserProfileCreatedT profile;
  profile.id = projector::profile_item(principal);
  profile.principal = principal;
  profile.name = words(name);
  story.act(std::move(profile));
}

void tell_people(Story& story) {
  fb::ProjectCreatedT created;
  created.lineage.bytes[0] = 9;
  created.title = words("Gym in change");
  story.act(std::move(created));
  fb::MemberAddedT member;
  member.principal = "bob";
  member.group = fb::Group::Contributor;
  story.act(std::move(member));
  tell_profile(story, "alice", "Alice A");
  story.as("bob");
  tell_profile(story, "bob", "Bob B");
  story.as("alice");
}

void tell_codes(Story& story) {
  auto code = code_created(kCode, "Fear");
  code.aggregate = true;
  code.color = "#ff0000";
  story.act(std::move(code));
  story.act(code_created(kSubCode, "Fear of falling", kCode));
  story.act(code_created(kOtherCode, "Joy"));
  story.act(code_created(kMergedCode, "Gladness"));
}

void tell_notes(Story& story) {
  fb::AnnotationCreatedT annotation;
  annotation.id = kAnnotation;
  annotation.source = kSource;
  annotation.begin = 4;
  annotation.end = 9;
  annotation.text = plain_text("quick?");
  story.act(std::move(annotation));
  fb::MemoLinkedT linked;
  linked.item = kCode;
  linked.memo = kMemo;
  story.act(std::move(linked));
  fb::SeealsoCreatedT seealso;
  seealso.id = kSeealso;
  seealso.from = kSource;
  seealso.from_begin = 0;
  seealso.from_end = 3;
  seealso.to = kOtherSource;
  seealso.name = plain_text("compare");
  story.act(std::move(seealso));
}

}  // namespace

void tell_sample(Story& story) {
  tell_people(story);
  story.act(folder_created(kFolder, "Interviews"));
  story.act(folder_created(kOtherFolder, "Field notes"));
  story.act(folder_created(kEmptyFolder, "Empty", kFolder));
  story.act(source_created(kSource, "Kari", kSourceText, kFolder));
  auto memo = source_created(kMemo, "On fear", "What is meant by fear.");
  memo.kind = fb::SourceKind::Memo;
  story.act(std::move(memo));
  story.act(source_created(kOtherSource, "Ola", "Ola says nothing."));
  tell_codes(story);
  story.act(coding_added(kCoding, kSubCode, kSource, 16, 25));
  story.as("bob").act(coding_added(kBobsCoding, kCode, kSource, 4, 15));
  story.act(coding_added(kMergedCoding, kMergedCode, kOtherSource, 0, 3));
  fb::CodingAddedT whole;
  whole.id = kWholeCoding;
  whole.code = kOtherCode;
  whole.source = kOtherSource;
  story.act(std::move(whole));
  fb::CodeMergedT merged;
  merged.from = {kMergedCode};
  merged.into = kOtherCode;
  story.act(std::move(merged));
  tell_notes(story.as("alice"));
}

std::string content(const projector::Reader& reader) {
  const auto digest = projector::content_digest(reader);
  BOOST_REQUIRE_EQUAL(reader.damage(), "");
  return hex(digest);
}

}  // namespace qualog::test
