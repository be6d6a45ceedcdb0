// SPDX-License-Identifier: Apache-2.0
#include "tools/import/mapper.h"

#include "projector/tables.h"
#include "schema/chain.h"
#include "schema/limits.h"
#include "tools/import/text_chunks.h"

#include <algorithm>

namespace qualog::tools {

using interchange::Claims;
using interchange::kNowhere;
using interchange::Object;
using interchange::Placement;
using interchange::TextRole;

namespace {

constexpr int kCodeNames = 1, kSourceNames = 2;

std::unique_ptr<fb::ClaimT> claim_of(const ItemId& author, const std::string& time) {
  if (!author && time.empty()) return nullptr;
  auto claim = std::make_unique<fb::ClaimT>();
  claim->author = author;
  claim->time = time.substr(0, 64);
  return claim;
}

// A name on one line, not empty, within the limit.
std::string one_line(const std::string& text) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  line = cut_to(line, limits::kNameCodePointsMax / 2);
  return normalised_name(line).empty() ? "(unnamed)" : line;
}

}  // namespace

Mapped Mapper::map() {
  map_users();
  map_codes();
  map_sources();
  map_memos();
  map_codings();
  map_selections();
  map_note_references();
  map_links();
  report_unserved();
  mapped_.losses = project_.losses;
  for (auto& row : losses_.take()) mapped_.losses.push_back(std::move(row));
  return std::move(mapped_);
}

// ---- ids, names, texts --------------------------------------------------------------------------

ItemId Mapper::take_id(Kind kind, Index index, const interchange::Identity& identity) {
  ItemId id{identity.guid.bytes};
  if (!id || id == projector::kProjectItem || identity.guid_repeated || taken_.contains(id)) {
    const std::array<std::uint8_t, 5> place = {
        static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(index >> 24),
        static_cast<std::uint8_t>(index >> 16), static_cast<std::uint8_t>(index >> 8),
        static_cast<std::uint8_t>(index)};
    const Digest digest = Sha256{}.add(view("qualog.import.v1")).add(file_).add(place).finish();
    std::copy_n(digest.begin(), 16, id.bytes.begin());
  }
  taken_.insert(id);
  items_[{kind, index}] = id;
  return id;
}

ItemId Mapper::item_of(const Object& object) const {
  const auto found = items_.find({object.kind, object.index});
  return found == items_.end() ? ItemId{} : found->second;
}

ItemId Mapper::profile_of(const interchange::Guid& user) const {
  const auto found = profiles_.find(user);
  return found == profiles_.end() ? ItemId{} : found->second;
}

std::unique_ptr<fb::TextT> Mapper::free_name(const ItemId& scope, int kind,
                                             const std::string& wanted,
                                             std::unique_ptr<fb::ClaimT>& claim) {
  const std::string line = one_line(wanted);
  std::string name = line;
  for (int number = 2; !names_taken_.insert({{scope, kind}, normalised_name(name)}).second;
       ++number)
    name = line + " (" + std::to_string(number) + ")";
  if (name != wanted) {
    losses_.doubt("name", "changed: it was taken, empty, too long or not on one line");
    if (!claim) claim = std::make_unique<fb::ClaimT>();
    claim->original = short_text(wanted, "name");
  }
  return name_text(names_, name);
}

std::unique_ptr<fb::TextT> Mapper::short_text(const std::string& text, const char* element) {
  if (text.empty()) return nullptr;
  auto chunks = text_chunks(text, limits::kTextChunkBytesMax);
  if (chunks.size() > 1) losses_.lost(element, "cut at 48 KiB");
  return plain_text(chunks.front());
}

// ---- people and codes ---------------------------------------------------------------------------

void Mapper::map_users() {
  for (Index index = 0; index < project_.users.size(); ++index) {
    const auto& user = project_.users[index];
    fb::UserProfileCreatedT profile;
    profile.id = take_id(Kind::User, index, user);
    profile.kind = fb::ProfileKind::Imported;
    profile.name = plain_text(one_line(user.name));
    if (user.guid && !user.guid_repeated) profiles_[user.guid] = profile.id;
    if (!user.id.empty()) losses_.lost("User@id", "people are mapped by hand, never by an id");
    add(std::move(profile));
    ++mapped_.imported.users;
  }
}

void Mapper::map_codes() {
  std::set<Index> applied;
  for (const auto& coding : project_.codings)
    if (coding.code.found()) applied.insert(coding.code.index);
  for (Index index = 0; index < project_.codes.size(); ++index) {
    const auto& node = project_.codes[index];
    fb::CodeCreatedT code;
    code.id = take_id(Kind::Code, index, node);
    if (node.parent != kNowhere) code.parent = item_of({Kind::Code, node.parent});
    code.name = free_name(code.parent, kCodeNames, node.name, code.claim);
    code.description = short_text(node.description, "Code/Description");
    code.color = node.colour;
    code.codable = node.codable || applied.contains(index);
    if (!node.codable && applied.contains(index))
      losses_.doubt("Code@isCodable", "said no, but the code is applied: it is kept as applicable");
    add(std::move(code));
    ++mapped_.imported.codes;
  }
}

// ---- texts --------------------------------------------------------------------------------------

void Mapper::map_text(const ItemId& id, fb::SourceKind kind, const std::string& name,
                      const std::string& description, Index form, const Claims& claims) {
  const auto* text = form != kNowhere ? project_.forms[form].text.get() : nullptr;
  fb::SourceCreatedT source;
  source.id = id;
  source.kind = kind;
  source.claim = claim_of(profile_of(claims.creator), claims.created);
  source.name = free_name({}, kSourceNames, name, source.claim);
  source.description = short_text(description, "Description");
  if (text == nullptr) {
    source.text_state = fb::TextState::Missing;
    return add(std::move(source));
  }
  const auto chunks = text_chunks(text->utf8, limits::kTextChunkBytesMax);
  const auto length = static_cast<std::uint32_t>(text->code_points);
  source.length = length;
  source.text = plain_text(chunks.front());
  std::uint32_t position = source.text->length;
  add(std::move(source));
  for (std::size_t next = 1; next < chunks.size(); ++next) {
    fb::SourceTextSuppliedT chunk;
    chunk.source = id;
    chunk.position = position;
    chunk.length = length;
    chunk.text = plain_text(chunks[next]);
    position += chunk.text->length;
    add(std::move(chunk));
  }
}

void Mapper::map_sources() {
  for (Index index = 0; index < project_.sources.size(); ++index) {
    const auto& source = project_.sources[index];
    if (source.kind != interchange::SourceKind::Text && source.text == kNowhere) continue;
    const ItemId id = take_id(Kind::Source, index, source);
    map_text(id, fb::SourceKind::Document, source.name, source.description, source.text, source);
    ++mapped_.imported.sources;
    if (source.text != kNowhere && !project_.forms[source.text].rich_path.empty())
      losses_.lost("richTextPath", "the styled form is not kept, its plain text is");
  }
}

void Mapper::map_memos() {
  std::set<Index> remarks;
  for (const auto& selection : project_.selections)
    if (selection.note != kNowhere) remarks.insert(selection.note);
  for (Index index = 0; index < project_.notes.size(); ++index) {
    const auto& note = project_.notes[index];
    ++mapped_.imported.notes;
    if (remarks.contains(index)) continue;  // becomes an annotation
    const ItemId id = take_id(Kind::Note, index, note);
    const Claims none;
    const auto* form = note.text != kNowhere ? &project_.forms[note.text] : nullptr;
    map_text(id, fb::SourceKind::Memo, note.name, form ? form->description : std::string{},
             note.text, form ? static_cast<const Claims&>(*form) : none);
  }
}

// ---- passages -----------------------------------------------------------------------------------

// The passage of a selection, where its text is served.
bool Mapper::place(Index index, ItemId& source, std::uint32_t& begin, std::uint32_t& end) const {
  const auto* selection = &project_.selections[index];
  if (selection->same_as != kNowhere) selection = &project_.selections[selection->same_as];
  if (selection->form == kNowhere || selection->placement == Placement::Unplaced) return false;
  const auto& form = project_.forms[selection->form];
  const bool served =
      form.owner.kind == Kind::Note || (form.owner.kind == Kind::Source &&
                                        project_.sources[form.owner.index].text == selection->form);
  source = served ? item_of(form.owner) : ItemId{};
  const bool missing = selection->placement == Placement::Unverified;
  const std::uint64_t from = missing ? static_cast<std::uint64_t>(std::max<std::int64_t>(
                                           0, selection->foreign_start.value_or(0)))
                                     : selection->start;
  const std::uint64_t to = missing ? static_cast<std::uint64_t>(std::max<std::int64_t>(
                                         0, selection->foreign_end.value_or(0)))
                                   : selection->end;
  if (!source || from > to || to > limits::kSourceCodePointsMax) return false;
  begin = static_cast<std::uint32_t>(from);
  end = static_cast<std::uint32_t>(to);
  return true;
}

void Mapper::map_codings() {
  for (Index index = 0; index < project_.codings.size(); ++index) map_coding(index);
}

void Mapper::map_coding(Index index) {
  const auto& coding = project_.codings[index];
  if (coding.same_as != kNowhere) {
    ++mapped_.imported.codings;  // the same quotation, written twice
    return;
  }
  const ItemId code = coding.code.found() ? item_of({Kind::Code, coding.code.index}) : ItemId{};
  if (!code) return losses_.lost("Coding", "its code is not in the file");
  if (project_.codes[coding.code.index].same_as_case != kNowhere)
    return losses_.lost("Coding", "of a code that is a case: cases are not served yet");
  fb::CodingAddedT action;
  std::uint32_t begin = 0, end = 0;
  if (coding.target.kind == Kind::Selection) {
    if (!place(coding.target.index, action.source, begin, end))
      return losses_.lost("Coding", "on what is no passage of a served text");
    if (begin == end) return losses_.lost("Coding", "on an empty passage");
    action.begin = begin;
    action.end = end;
    represented_.insert(coding.target.index);
  } else {
    action.source = item_of(coding.target);
    if (!action.source) return losses_.lost("Coding", "on a source that is not served");
  }
  action.code = code;
  action.coder = profile_of(coding.creator);
  action.claim = claim_of({}, coding.created);
  std::string passage(text_of(action.coder.view()));
  passage.append(text_of(code.view())).append(text_of(action.source.view()));
  passage += std::to_string(begin) + "-" + std::to_string(end);
  if (!coded_.insert(passage).second)
    return losses_.doubt("Coding", "the same coder, code and passage again: kept once");
  action.id = take_id(Kind::Coding, index, coding);
  add(std::move(action));
  ++mapped_.imported.codings;
}

// A remark on a passage.
void Mapper::annotate(Index index, const std::string& text) {
  const auto& selection = project_.selections[index];
  fb::AnnotationCreatedT action;
  std::uint32_t begin = 0, end = 0;
  if (!place(index, action.source, begin, end)) return;
  action.id = take_id(Kind::Selection, index, selection);
  action.begin = begin;
  action.end = end;
  action.text = text.empty() ? plain_text("") : short_text(text, "Selection/Description");
  action.claim = claim_of(profile_of(selection.creator), selection.created);
  add(std::move(action));
  represented_.insert(index);
}

// A selection stands as its codings; with words of its own, or without a coding, as an annotation.
void Mapper::map_selections() {
  for (Index index = 0; index < project_.selections.size(); ++index) {
    const auto& selection = project_.selections[index];
    if (selection.same_as != kNowhere) {
      represented_.insert(index);
      continue;
    }
    std::string text = selection.description;
    if (selection.note != kNowhere) {
      const Index form = project_.notes[selection.note].text;
      if (form != kNowhere && project_.forms[form].text) text = project_.forms[form].text->utf8;
    }
    if (!text.empty() || !represented_.contains(index)) annotate(index, text);
  }
  mapped_.imported.selections = represented_.size();
}

// ---- links --------------------------------------------------------------------------------------

void Mapper::link(const ItemId& from, const ItemId& to, const std::string& name) {
  fb::SeealsoCreatedT action;
  const auto index = static_cast<Index>(mapped_.actions.size());
  action.id = take_id(Kind::Link, index | 0x8000'0000u, {});
  action.from = from;
  action.to = to;
  if (!name.empty()) action.name = plain_text(one_line(name));
  add(std::move(action));
}

void Mapper::map_note_references() {
  for (const auto& reference : project_.note_references) {
    const ItemId memo =
        reference.note.found() ? item_of({Kind::Note, reference.note.index}) : ItemId{};
    const ItemId item = item_of(reference.on);
    if (!memo || !item) {
      losses_.lost("NoteRef", "between what is not served");
      continue;
    }
    const bool can_have_one = reference.on.kind == Kind::Source ||
                              reference.on.kind == Kind::Code || reference.on.kind == Kind::Note;
    if (can_have_one && item != memo && !has_memo_.contains(item) && !has_owner_.contains(memo)) {
      has_memo_.insert(item);
      has_owner_.insert(memo);
      fb::MemoLinkedT action;
      action.item = item;
      action.memo = memo;
      add(std::move(action));
    } else {
      if (can_have_one)
        losses_.doubt("NoteRef", "an item has one memo and a memo one item: kept as see-also link");
      link(item, memo, "");
    }
  }
}

void Mapper::map_links() {
  for (const auto& foreign : project_.links) {
    const ItemId from = item_of(foreign.origin), to = item_of(foreign.target);
    if (!from || !to) {
      losses_.lost("Link", "between what is not served");
      continue;
    }
    link(from, to, foreign.name);
    ++mapped_.imported.links;
    if (!foreign.colour.empty()) losses_.lost("Link@color", "links have no colour");
    if (foreign.direction == interchange::Direction::Associative ||
        foreign.direction == interchange::Direction::Bidirectional)
      losses_.lost("Link@direction", "a see-also link leads from one to the other");
  }
}

void Mapper::report_unserved() {
  const auto lost = [this](const char* element, std::size_t count) {
    if (count > 0) losses_.lost(element, "not served yet", count);
  };
  lost("Set", project_.sets.size());
  lost("Case", project_.cases.size());
  lost("Variable", project_.variables.size());
}

}  // namespace qualog::tools
