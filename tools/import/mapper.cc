// SPDX-License-Identifier: Apache-2.0
#include "tools/import/mapper.h"

#include "projector/tables.h"
#include "schema/chain.h"
#include "schema/limits.h"
#include "tools/import/text_actions.h"
#include "tools/import/text_chunks.h"
#include "tools/interchange/refi/element_names.h"

namespace qualog::tools {

using interchange::Claims;
using interchange::kNowhere;
using interchange::Object;

namespace {

constexpr int kCodeNames = 1;

constexpr std::size_t kOriginalBytesMax = 4 * 1024;
constexpr std::size_t kTimeCodePointsMax = 64;

std::size_t bytes_in(const std::unique_ptr<fb::TextT>& text) {
  return text ? text->plain.size() : 0;
}

// A person's follows from the GUID and is never that itself: it could be an account's profile.
ItemId id_of_foreign(interchange::Kind kind, const interchange::Guid& guid) {
  const ItemId same{guid.bytes};
  if (kind != interchange::Kind::User || !guid) return same;
  return id_from<ItemId>(Sha256{}.add(view("qualog.import.user.v1")).add(same.view()).finish());
}

// A note without any text, or a mark on one, is a memo with an empty text: it may consist of its
// name alone.
const interchange::SourceText& no_text() {
  static const interchange::SourceText empty;
  return empty;
}

}  // namespace

Mapper::Mapper(const interchange::Project& project, const NameKey& names, const Digest& file,
               std::string_view importer, SourceFiles files)
    : project_(project),
      files_(std::move(files)),
      names_(names),
      file_(file),
      taken_{projector::kProjectItem, projector::profile_item(importer),
             projector::member_item(importer)} {}

Mapped Mapper::map() {
  map_project();
  map_users();
  map_codes();
  map_sources();
  find_remarks();
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
  ItemId id = id_of_foreign(kind, identity.guid);
  if (!id || identity.guid_repeated || taken_.contains(id)) {
    const std::array<std::uint8_t, 5> place = {
        static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(index >> 24),
        static_cast<std::uint8_t>(index >> 16), static_cast<std::uint8_t>(index >> 8),
        static_cast<std::uint8_t>(index)};
    id = id_from<ItemId>(Sha256{}.add(view("qualog.import.v1")).add(file_).add(place).finish());
  }
  taken_.insert(id);
  items_[{kind, index}] = id;
  return id;
}

ItemId Mapper::item_of(const Object& object) const {
  const auto found = items_.find({object.kind, object.index});
  return found == items_.end() ? ItemId{} : found->second;
}

std::unique_ptr<fb::ClaimT> Mapper::claim_of(const interchange::Guid& author,
                                             const std::string& time) {
  if (!author && time.empty()) return nullptr;
  auto claim = std::make_unique<fb::ClaimT>();
  claim->author = profile_of(author);
  claim->time = machine_string(time, kTimeCodePointsMax);
  return claim;
}

std::unique_ptr<fb::TextT> Mapper::free_name(const ItemId& scope, int group,
                                             const std::string& wanted,
                                             std::unique_ptr<fb::ClaimT>& claim) {
  const std::string name = book_.take(scope, group, fitting_name(wanted));
  if (name == wanted) return name_text(names_, name);
  losses_.doubt("name", "changed: it was taken, empty, too long or not on one line");
  if (wanted.empty()) return name_text(names_, name);
  if (!claim) claim = std::make_unique<fb::ClaimT>();
  const bool sound = is_text(wanted);  // the name of a file may be any bytes
  claim->original = text_cut(sound ? wanted : without_controls(wanted), kOriginalBytesMax, "name");
  return name_text(names_, name);
}

std::unique_ptr<fb::TextT> Mapper::text_cut(std::string_view text, std::size_t bytes_max,
                                            std::string_view element) {
  if (text.empty()) return nullptr;
  const auto kept = text_within(text, bytes_max);
  if (kept.size() < text.size()) losses_.lost(element, "too long: its end is cut off");
  return plain_text(kept);
}

void Mapper::report_claims(std::string_view element, const Claims& claims) {
  const bool changed = (claims.modifier && claims.modifier != claims.creator) ||
                       (!claims.modified.empty() && claims.modified != claims.created);
  if (changed) losses_.lost(std::string(element) + "@modifiedDateTime", "only its making is kept");
}

// ---- the project, people, codes -----------------------------------------------------------------

void Mapper::map_project() {
  if (project_.description.empty()) return;
  fb::ProjectPropsChangedT action;
  action.description = text_cut(project_.description, kDescriptionBytesMax, "Project/Description");
  add(std::move(action));
}

void Mapper::add_profile(const ItemId& id, const std::string& name) {
  fb::UserProfileCreatedT profile;
  profile.id = id;
  profile.kind = fb::ProfileKind::Imported;
  profile.name = plain_text(fitting_name(name));
  add(std::move(profile));
}

void Mapper::map_users() {
  for (Index index = 0; index < project_.users.size(); ++index) {
    const auto& user = project_.users[index];
    const ItemId id = take_id(Kind::User, index, user);
    if (user.guid && !user.guid_repeated) profiles_[user.guid] = id;
    if (!user.id.empty()) losses_.lost("User@id", "people are mapped by hand, never by an id");
    add_profile(id, user.name.empty() ? user.id : user.name);
    ++mapped_.imported.users;
  }
}

// Two strangers stay two, and are not taken for the importer.
ItemId Mapper::profile_of(const interchange::Guid& user) {
  if (!user) return {};
  const auto found = profiles_.find(user);
  if (found != profiles_.end()) return found->second;
  const auto index = static_cast<Index>(project_.users.size()) + strangers_++;
  const ItemId id = take_id(Kind::User, index, {user, false});
  add_profile(id, "Unknown user " + std::to_string(strangers_));
  return profiles_[user] = id;
}

ItemId Mapper::author_of(const interchange::Guid& user) {
  if (user) return profile_of(user);
  if (nobody_) return nobody_;
  nobody_ = take_id(Kind::User, kNowhere, {});
  add_profile(nobody_, "Unknown user");
  return nobody_;
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
    code.description = text_cut(node.description, kDescriptionBytesMax, "Code/Description");
    code.color = node.colour;
    code.codable = node.codable || applied.contains(index);
    if (!node.codable && applied.contains(index))
      losses_.doubt("Code@isCodable", "said no, but the code is applied: it is kept as applicable");
    add(std::move(code));
    ++mapped_.imported.codes;
  }
}

// ---- texts --------------------------------------------------------------------------------------

// `text`: null when it is missing.
void Mapper::map_text(fb::SourceCreatedT source, const std::string& name,
                      const std::string& description, const interchange::SourceText* text) {
  source.name = free_name({}, kSourceNames, name, source.claim);
  source.description = text_cut(description, kDescriptionBytesMax, "Description");
  if (text == nullptr) {
    source.text_state = fb::TextState::Missing;
    return add(std::move(source));
  }
  const std::size_t spent =
      bytes_in(source.description) + (source.claim ? bytes_in(source.claim->original) : 0);
  add_all(source_actions(std::move(source), *text, spent));
}

void Mapper::add_all(std::vector<fb::ActionUnion> actions) {
  for (auto& action : actions) mapped_.actions.push_back(std::move(action));
}

void Mapper::map_sources() {
  for (Index index = 0; index < project_.sources.size(); ++index) {
    const auto& source = project_.sources[index];
    const auto file = files_.find(index);
    if (file != files_.end())
      map_file(index, *file->second);
    else
      map_absent_file(index);
    report_claims(interchange::element_name(source.kind), source);
    ++mapped_.imported.sources;
  }
}

void Mapper::map_memos() {
  std::set<Index> marked;
  for (const auto& selection : project_.selections) marked.insert(selection.form);
  for (Index index = 0; index < project_.notes.size(); ++index) {
    const auto& note = project_.notes[index];
    const auto& form = project_.forms[note.text];
    ++mapped_.imported.notes;
    report_claims("Note", form);
    if (remarks_.contains(index)) {
      if (!note.name.empty()) losses_.lost("Note@name", "an annotation has no name");
      if (!form.description.empty())
        losses_.lost("Note/Description", "an annotation has no description");
      continue;
    }
    fb::SourceCreatedT made;
    made.id = take_id(Kind::Note, index, note);
    made.kind = fb::SourceKind::Memo;
    made.claim = claim_of(form.creator, form.created);
    const bool holds_nothing = !marked.contains(note.text) && form.text == nullptr &&
                               form.plain_path.empty() && form.rich_path.empty() &&
                               form.state == interchange::TextState::Missing;
    map_text(std::move(made), note.name, form.description,
             holds_nothing ? &no_text() : form.text.get());
  }
}

}  // namespace qualog::tools
