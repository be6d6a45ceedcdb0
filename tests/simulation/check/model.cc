// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/model.h"

#include "engine/decide.h"
#include "engine/rules/rule.h"
#include "projector/tables.h"
#include "schema/actions.h"

#include <algorithm>

namespace qualog::simulation {

using fb::Action;
using projector::Facet;
using projector::Kind;
using projector::LifeState;
using Standing = ModelItems::Standing;

// What the pages say of one action, field by field.
struct Model::Row {
  Action action;
  fb::Group group = fb::Group::Contributor;
  Kind makes = Kind::None;
  std::vector<std::pair<std::string_view, std::vector<Kind>>> names = {};  // alive, of these kinds
  std::vector<std::pair<std::string_view, Facet>> writes = {};             // VER
  std::string_view ends = {};    // with all that stands on it
  std::string_view free = {};    // whose text nobody else edits
  std::string_view named = {};   // whose name or place must be free
  std::string_view parent = {};  // where it goes
  bool also_gone = false;        // what it names may be gone
};

namespace {

using Kinds = std::vector<Kind>;
const Kinds kFolder = {Kind::Folder};
const Kinds kSource = {Kind::Source};
const Kinds kCode = {Kind::Code};
const Kinds kCoding = {Kind::Coding};
const Kinds kNote = {Kind::Annotation};
const Kinds kLink = {Kind::Seealso};
const Kinds kProfile = {Kind::Profile};
constexpr auto kOwner = fb::Group::Owner;
constexpr auto kAny = fb::Group::Contributor;
constexpr auto kNew = Kind::None;

}  // namespace

// clang-format off
std::vector<Model::Row> Model::rows() {
  return {
      {Action::ProjectPropsChanged, kOwner, kNew, {}, {{"", Facet::Props}}},
      {Action::ProjectGuestAccessSet, kOwner, kNew, {}, {{"", Facet::Guest}}},
      {Action::MemberAdded, kOwner},
      {Action::MemberRemoved, kOwner},
      {Action::MemberMoved, kOwner},
      {Action::ImportStarted, kOwner},
      {Action::LeaseAcquired, kAny, kNew, {{"item", kSource}}},
      {Action::LeaseReleased, kAny, kNew, {{"item", kSource}}, {}, {}, {}, {}, {}, true},
      {Action::LeaseBroken, kOwner, kNew, {{"item", kSource}}, {}, {}, {}, {}, {}, true},
      {Action::UserPropsChanged, kAny, kNew, {{"profile", kProfile}}, {{"profile", Facet::Props}}},
      {Action::FolderCreated, kAny, Kind::Folder, {{"parent", kFolder}}, {}, {}, {}, "id", "parent"},
      {Action::FolderRenamed, kAny, kNew, {{"folder", kFolder}}, {{"folder", Facet::Props}},
       {}, {}, "folder"},
      {Action::FolderMoved, kAny, kNew, {{"folder", kFolder}, {"parent", kFolder}},
       {{"folder", Facet::Parent}}, {}, {}, "folder", "parent"},
      {Action::FolderDeleted, kAny, kNew, {{"folder", kFolder}}, {{"folder", Facet::Life}},
       "folder"},
      {Action::SourceCreated, kAny, Kind::Source, {{"folder", kFolder}}, {}, {}, {}, "id",
       "folder"},
      {Action::SourcePropsChanged, kAny, kNew, {{"source", kSource}}, {{"source", Facet::Props}},
       {}, {}, "source"},
      {Action::SourceMoved, kAny, kNew, {{"source", kSource}, {"folder", kFolder}},
       {{"source", Facet::Parent}}, {}, {}, "source", "folder"},
      {Action::SourceDeleted, kAny, kNew, {{"source", kSource}}, {{"source", Facet::Life}},
       "source", "source"},
      {Action::CodeCreated, kAny, Kind::Code, {{"parent", kCode}}, {}, {}, {}, "id", "parent"},
      {Action::CodePropsChanged, kAny, kNew, {{"code", kCode}}, {{"code", Facet::Props}},
       {}, {}, "code"},
      {Action::CodeMoved, kAny, kNew, {{"code", kCode}, {"parent", kCode}},
       {{"code", Facet::Parent}}, {}, {}, "code", "parent"},
      {Action::CodeMerged, kAny, kNew, {{"from", kCode}, {"into", kCode}},
       {{"from", Facet::Life}}, "from"},
      {Action::CodeDeleted, kAny, kNew, {{"code", kCode}}, {{"code", Facet::Life}}, "code"},
      {Action::CodingMoved, kAny, kNew, {{"coding", kCoding}, {"code", kCode}},
       {{"coding", Facet::Place}}, {}, "coding"},
      {Action::CodingWeightOrCommentSet, kAny, kNew, {{"coding", kCoding}},
       {{"coding", Facet::Note}}, {}, "coding"},
      {Action::AnnotationTextChanged, kAny, kNew, {{"annotation", kNote}},
       {{"annotation", Facet::Text}}, {}, "annotation"},
      {Action::AnnotationDeleted, kAny, kNew, {{"annotation", kNote}},
       {{"annotation", Facet::Life}}, "annotation", "annotation"},
      {Action::SeealsoChanged, kAny, kNew, {{"seealso", kLink}}, {{"seealso", Facet::Props}},
       {}, "seealso"},
      {Action::SeealsoDeleted, kAny, kNew, {{"seealso", kLink}}, {{"seealso", Facet::Life}},
       "seealso", "seealso"},
  };
}
// clang-format on

const Model::Row* Model::row_of(Action action) {
  static const auto all = rows();
  const auto found = std::ranges::find(all, action, &Row::action);
  return found == all.end() ? nullptr : &*found;
}

namespace {

std::vector<ItemId> ids(Action type, const flatbuffers::Table& action, std::string_view name) {
  if (name.empty()) return {projector::kProjectItem};
  const auto& field = engine::field_in(type, name);
  if (field.type()->base_type() != reflection::Vector) return {id_in(action, field)};
  std::vector<ItemId> list;
  const auto* vector =
      action.GetPointer<const flatbuffers::Vector<const fb::ItemId*>*>(field.offset());
  if (vector != nullptr)
    for (const auto* id : *vector) list.push_back(flatbuffers::UnPack(*id));
  return list;
}

ItemId id(Action type, const flatbuffers::Table& action, std::string_view name) {
  const auto list = ids(type, action, name);
  return list.empty() ? ItemId{} : list.front();
}

Bytes match_in(Action type, const flatbuffers::Table& action) {
  const auto* field = field_of(*object_of(type), "name");
  const auto* text =
      field != nullptr ? action.GetPointer<const fb::Text*>(field->offset()) : nullptr;
  if (text == nullptr || text->match() == nullptr) return {};
  return Bytes(text->match()->begin(), text->match()->end());
}

std::string facets_in(const fb::ConflictRefused* refused) {
  std::string all;
  if (refused == nullptr || refused->facets() == nullptr) return all;
  for (const auto* facet : *refused->facets()) all += " " + facet->str();
  return all;
}

std::string code_name(fb::RefusalCode code) { return std::string(refusal_name(code)); }

}  // namespace

// ---- what the answer must be --------------------------------------------------------------------

std::uint64_t Model::seen(const Asked& asked) const {
  const auto seen = asked.command.seen();
  return seen && *seen != engine::kLatest ? *seen : asked.head;
}

// Nothing: the model has no say.
Model::Answer Model::expected(const Asked& asked) const {
  const auto* row = row_of(asked.type);
  if (row == nullptr) return std::nullopt;
  if (auto answer = of_command(asked)) return answer;
  for (const auto check :
       {&Model::of_role, &Model::of_lease, &Model::of_references, &Model::of_names})
    if (auto answer = (this->*check)(*row, asked)) return answer;
  if (!is_said(asked)) return std::nullopt;
  const auto stale = of_versions(*row, asked);
  if (stale && *stale == "INVALID") return stale;
  if (auto answer = of_repetition(asked)) return answer;
  if (stale) return stale;
  if (auto answer = of_the_rest(asked)) return answer;
  return "accepted";
}

Model::Answer Model::of_command(const Asked& asked) const {
  const auto session = sessions_.find(asked.session);
  if (session != sessions_.end() && session->second.principal != asked.principal) return "DENIED";
  const auto seen = asked.command.seen();
  if (seen && *seen != engine::kLatest && *seen > asked.head) return "SEEN_AHEAD";
  if (asked.command.after() == nullptr) return std::nullopt;
  const auto* before = looks_.outcomes.of(flatbuffers::UnPack(*asked.command.after()));
  if (before == nullptr || before->principal != asked.principal) return "BAD_REF";
  if (before->refused != fb::RefusalCode::None) return code_name(before->refused);
  return std::nullopt;
}

Model::Answer Model::of_role(const Row& row, const Asked& asked) const {
  if (groups_.empty()) return "BAD_REF";
  const auto found = groups_.find(asked.principal);
  const auto group = found == groups_.end() ? fb::Group::None : found->second;
  if (group == fb::Group::None && guests_) return "GUEST_READONLY";
  if (group < row.group) return "DENIED";
  // A face is changed by whose it is, or by an Owner.
  const bool own =
      asked.type != Action::UserPropsChanged ||
      id(asked.type, asked.action, "profile") == projector::profile_item(asked.principal);
  if (!own && group < fb::Group::Owner) return "DENIED";
  return deleted_ ? Answer("GONE") : std::nullopt;
}

bool Model::locked(const ItemId& item, const Asked& asked) const {
  const auto lease = leases_.find(item);
  if (lease == leases_.end() || lease->second.session == asked.session) return false;
  const auto holder = sessions_.find(lease->second.session);
  return holder != sessions_.end() && asked.now <= holder->second.last + looks_.lease_timeout_us;
}

Model::Answer Model::of_lease(const Row& row, const Asked& asked) const {
  if (row.free.empty()) return std::nullopt;
  for (const auto& content : items_.content(id(asked.type, asked.action, row.free)))
    if (locked(content, asked)) return "LOCKED_EDIT";
  return std::nullopt;
}

Model::Answer Model::of_references(const Row& row, const Asked& asked) const {
  if (row.makes != Kind::None && items_.find(id(asked.type, asked.action, "id")) != nullptr)
    return "ID_REUSED";
  for (const auto& [field, kinds] : row.names)
    for (const auto& one : ids(asked.type, asked.action, field)) {
      if (!one) continue;
      const auto* item = items_.find(one);
      if (item == nullptr || std::ranges::count(kinds, item->kind) == 0) return "BAD_REF";
      const auto standing = items_.standing(one);
      if (row.also_gone) continue;
      if (standing == Standing::Gone) return "GONE";
      if (standing == Standing::Merged) return "MERGED";
    }
  return std::nullopt;
}

Model::Answer Model::of_names(const Row& row, const Asked& asked) const {
  if (row.named.empty()) return std::nullopt;
  const auto self = id(asked.type, asked.action, row.named);
  const auto* item = items_.find(self);
  auto name = match_in(asked.type, asked.action);
  if (name.empty() && item != nullptr) name = item->name;
  auto parent = item != nullptr ? item->parent : ItemId{};
  if (!row.parent.empty()) parent = id(asked.type, asked.action, row.parent);
  if (!row.parent.empty() && parent && items_.is_within(parent, self)) return "CYCLE";
  const auto kind = item != nullptr ? item->kind : row.makes;
  return items_.is_taken(parent, kind, name, self) ? Answer("NAME_TAKEN") : std::nullopt;
}

bool Model::unseen(const ItemId& item, Facet facet, const Asked& asked) const {
  return items_.written(item, facet, seen(asked), asked.session);
}

Model::Answer Model::of_versions(const Row& row, const Asked& asked) const {
  if (row.writes.empty()) return std::nullopt;
  if (!asked.command.seen()) return "INVALID";
  for (const auto& [field, facet] : row.writes)
    for (const auto& one : ids(asked.type, asked.action, field))
      if (unseen(one, facet, asked)) return "STALE";
  if (row.ends.empty()) return std::nullopt;
  for (const auto& root : ids(asked.type, asked.action, row.ends)) {
    if (items_.changed(root, seen(asked), asked.session)) return "STALE";
    for (const auto& one : items_.closure(root))
      if (items_.made(one, seen(asked), asked.session) ||
          items_.changed(one, seen(asked), asked.session))
        return "STALE";
  }
  return std::nullopt;
}

// Texts and what has a say of its own.
bool Model::is_said(const Asked& asked) const { return asked.type != Action::SourceCreated; }

// Of cases and of labels it knows nothing.
bool Model::is_beyond(const Asked& asked) {
  if (asked.type == Action::ProjectPropsChanged) {
    const auto& props = reinterpret_cast<const fb::ProjectPropsChanged&>(asked.action);
    return props.unassigned() != nullptr || props.not_applicable() != nullptr;
  }
  return asked.type == Action::CodeCreated &&
         reinterpret_cast<const fb::CodeCreated&>(asked.action).kind() == fb::CodeKind::Case;
}

Model::Answer Model::of_repetition(const Asked& asked) const {
  if (asked.type == Action::LeaseReleased)
    return leases_.contains(id(asked.type, asked.action, "item")) ? std::nullopt : Answer("noop");
  if (asked.type == Action::LeaseBroken) {
    const auto token = reinterpret_cast<const fb::LeaseBroken&>(asked.action).token();
    const auto lease = leases_.find(id(asked.type, asked.action, "item"));
    const bool is_it = lease != leases_.end() && (token == 0 || token == lease->second.token);
    return is_it ? std::nullopt : Answer("noop");
  }
  if (asked.type == Action::LeaseAcquired) {
    const auto lease = leases_.find(id(asked.type, asked.action, "item"));
    if (lease != leases_.end() && lease->second.session == asked.session) return "noop";
  }
  if (asked.type == Action::MemberAdded || asked.type == Action::MemberMoved ||
      asked.type == Action::MemberRemoved)
    return of_members(asked);
  return std::nullopt;
}

Model::Answer Model::of_members(const Asked& asked) const {
  const auto* principal =
      flatbuffers::GetFieldS(asked.action, engine::field_in(asked.type, "principal"));
  const auto found = groups_.find(principal->str());
  const auto now = found == groups_.end() ? fb::Group::None : found->second;
  const auto* field = field_of(*object_of(asked.type), "group");
  const auto then =
      field == nullptr
          ? fb::Group::None
          : static_cast<fb::Group>(flatbuffers::GetFieldI<std::uint8_t>(asked.action, *field));
  if (now == then) return "noop";
  const auto owners = std::ranges::count_if(
      groups_, [](const auto& member) { return member.second == fb::Group::Owner; });
  if (now == fb::Group::Owner && owners == 1) return "POLICY";
  if (asked.type == Action::MemberMoved && now == fb::Group::None) return "UNKNOWN_PRINCIPAL";
  return std::nullopt;
}

Model::Answer Model::of_the_rest(const Asked& asked) const {
  const auto item = [&](std::string_view field) { return id(asked.type, asked.action, field); };
  switch (asked.type) {
    case Action::ImportStarted:
      return asked.head > 2 ? Answer("NEED_EXCLUSIVE") : std::nullopt;
    case Action::LeaseAcquired:
      if (immutable_.contains(item("item"))) return "POLICY";
      return locked(item("item"), asked) ? Answer("LOCKED_EDIT") : std::nullopt;
    case Action::LeaseReleased: {
      const auto& lease = leases_.at(item("item"));
      const auto& released = reinterpret_cast<const fb::LeaseReleased&>(asked.action);
      const bool held = lease.session == asked.session && lease.token == released.token();
      return held ? std::nullopt : Answer("NEED_EDIT_LEASE");
    }
    case Action::FolderDeleted:
      return items_.closure(item("folder")).empty() ? std::nullopt : Answer("POLICY");
    case Action::CodeCreated: {
      const auto& made = reinterpret_cast<const fb::CodeCreated&>(asked.action);
      return made.kind() == fb::CodeKind::Relationship ? Answer("UNSUPPORTED") : std::nullopt;
    }
    case Action::CodingMoved:
      return items_.find(item("code"))->codable ? std::nullopt : Answer("POLICY");
    case Action::CodeMerged: {
      const auto from = ids(asked.type, asked.action, "from");
      if (from.empty()) return "INVALID";
      for (const auto& one : from)
        if (items_.is_within(item("into"), one)) return "CYCLE";
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

// ---- what happened ------------------------------------------------------------------------------

void Model::compare(const Asked& asked, const std::string& answer, const std::string& more) {
  if (!looks_.speaks || lost_ || is_beyond(asked)) return;
  const auto wanted = expected(asked);
  if (!wanted) return;
  ++compared_;
  // How deep a tree is and how large a text are counted elsewhere.
  if (*wanted == answer || answer == "TOO_LARGE") return;
  verdicts_.wrong("model", std::string(action_name(asked.type)) + more + " behind event " +
                               std::to_string(asked.head) + ": " + answer + ", and the rules say " +
                               *wanted);
}

void Model::event(const fb::Event& event) {
  const auto* command = looks_.command(flatbuffers::UnPack(*event.command_id()),
                                       flatbuffers::UnPack(*event.command_digest()));
  if (command != nullptr && command->actions()->size() == 1 && event.group() == 0)
    compare({*command, event.action_type(),
             *static_cast<const flatbuffers::Table*>(command->actions()->Get(0)->action()),
             event.actor()->str(), flatbuffers::UnPack(*event.session()), event.sequence() - 1,
             event.time()},
            "accepted");
  learn(event);
  learn_record(flatbuffers::UnPack(*event.session()), event.actor()->str(), event.time());
}

void Model::aside(const fb::Aside& aside) {
  const auto* command = looks_.command(flatbuffers::UnPack(*aside.command_id()),
                                       flatbuffers::UnPack(*aside.command_digest()));
  const auto session = flatbuffers::UnPack(*aside.session());
  const auto principal = aside.actor() != nullptr ? aside.actor()->str() : "";
  const auto* refused = aside.body_as_ConflictRefused();
  const bool is_answer = refused != nullptr || aside.body_as_CommandAnswered() != nullptr;
  if (is_answer && command != nullptr && command->actions()->size() == 1)
    compare({*command, command->actions()->Get(0)->action_type(),
             *static_cast<const flatbuffers::Table*>(command->actions()->Get(0)->action()),
             principal, session, aside.after_sequence(), aside.time()},
            refused != nullptr ? code_name(refused->code()) : "noop", facets_in(refused));
  learn_record(session, principal, aside.time());
}

// A session is of who used it first.
void Model::learn_record(const SessionId& session, const std::string& principal,
                         std::int64_t time) {
  auto& known = sessions_[session];
  if (known.principal.empty()) known.principal = principal;
  if (known.principal == principal) known.last = time;
}

void Model::learn(const fb::Event& event) {
  learn_guests(event);
  if (event.undo_of() != 0) return items_.undo(event);
  const auto type = event.action_type();
  const auto& action = *static_cast<const flatbuffers::Table*>(event.action());
  if (const auto* row = row_of(type)) {
    if (row->makes != Kind::None) {
      auto& made = items_.make(id(type, action, "id"), row->makes, event);
      made.name = match_in(type, action);
      made.parent = id(type, action, row->parent);
    }
    for (const auto& [field, facet] : row->writes)
      for (const auto& one : ids(type, action, field)) {
        auto& item = items_.change(one, facet, event);
        if (facet == Facet::Life) item.life = LifeState::Deleted;
        if (facet == Facet::Parent) item.parent = id(type, action, row->parent);
        if (const auto name = match_in(type, action); facet == Facet::Props && !name.empty())
          item.name = name;
      }
  }
  learn_action(event);
}

void Model::learn_action(const fb::Event& event) {
  const auto one = [](const fb::ItemId* id) {
    return id != nullptr ? flatbuffers::UnPack(*id) : ItemId{};
  };
  if (event.action_type() == Action::ProjectCreated) {
    groups_[event.actor()->str()] = fb::Group::Owner;
    items_.make(projector::kProjectItem, Kind::Project, event);
    items_.make(projector::member_item(event.actor()->str()), Kind::Member, event);
  }
  if (event.action_type() == Action::ProjectDeleted) deleted_ = true;
  if (event.action_type() == Action::ProjectUndeleted) deleted_ = false;
  if (const auto* added = event.action_as_MemberAdded()) {
    groups_[added->principal()->str()] = added->group();
    items_.make(projector::member_item(added->principal()->str()), Kind::Member, event);
  }
  if (const auto* moved = event.action_as_MemberMoved())
    groups_[moved->principal()->str()] = moved->group();
  if (const auto* gone = event.action_as_MemberRemoved()) groups_.erase(gone->principal()->str());
  if (const auto* taken = event.action_as_LeaseAcquired())
    leases_[one(taken->item())] = {event.sequence(), flatbuffers::UnPack(*event.session())};
  if (const auto* released = event.action_as_LeaseReleased()) leases_.erase(one(released->item()));
  if (const auto* broken = event.action_as_LeaseBroken()) leases_.erase(one(broken->item()));
  if (const auto* made = event.action_as_CodeCreated()) {
    items_.item(one(made->id())).codable = made->codable();
    lost_ = lost_ || made->kind() != fb::CodeKind::Code;
  }
  if (const auto* made = event.action_as_SourceCreated())
    if (made->kind() == fb::SourceKind::Pdf || made->kind() == fb::SourceKind::Dataset)
      immutable_.insert(one(made->id()));
  if (const auto* merged = event.action_as_CodeMerged())
    for (const auto* from : *merged->from()) {
      auto& item = items_.item(one(from));
      item.life = LifeState::Merged;
      item.into = one(merged->into());
    }
  if (const auto* back = event.action_as_CodeUnmerged())
    for (const auto* code : *back->codes())
      items_.change(one(code), Facet::Life, event).life = LifeState::Alive;
  if (const auto* moved = event.action_as_CodingMoved())
    items_.item(one(moved->coding())).code = one(moved->code());
  if (const auto* added = event.action_as_CodingAdded()) {
    auto& coding = items_.make(one(added->id()), Kind::Coding, event);
    coding.code = one(added->code());
    coding.source = one(added->source());
  }
  if (const auto* removed = event.action_as_CodingRemoved();
      removed != nullptr && removed->codings())
    for (const auto* coding : *removed->codings())
      items_.change(one(coding), Facet::Life, event).life = LifeState::Deleted;
  if (const auto* added = event.action_as_AnnotationCreated())
    items_.make(one(added->id()), Kind::Annotation, event).source = one(added->source());
  if (const auto* added = event.action_as_SeealsoCreated()) {
    auto& link = items_.make(one(added->id()), Kind::Seealso, event);
    link.from = one(added->from());
    link.to = one(added->to());
  }
  if (const auto* profile = event.action_as_UserProfileCreated())
    items_.make(one(profile->id()), Kind::Profile, event);
  if (const auto* edited = event.action_as_SourceTextEdited())
    items_.change(one(edited->source()), Facet::Content, event);
  if (const auto* supplied = event.action_as_SourceTextSupplied())
    items_.change(one(supplied->source()), Facet::Content, event);
  if (const auto* changed = event.action_as_CodingRangeChanged())
    items_.change(one(changed->coding()), Facet::Range, event);
  if (const auto* linked = event.action_as_MemoLinked())
    learn_memo(event, one(linked->item()), one(linked->memo()));
  if (const auto* unlinked = event.action_as_MemoUnlinked())
    learn_memo(event, one(unlinked->item()), one(unlinked->memo()));
}

void Model::learn_memo(const fb::Event& event, const ItemId& item, const ItemId& memo) {
  items_.change(item, Facet::Memo, event);
  items_.change(memo, Facet::Owner, event);
}

// Guest access is no item's; its undo puts back what was.
void Model::learn_guests(const fb::Event& event) {
  const auto before = guests_;
  if (const auto* set = event.action_as_ProjectGuestAccessSet()) guests_ = *set->on();
  if (const auto found = guests_before_.find(event.undo_of()); found != guests_before_.end())
    guests_ = found->second;
  else if (event.action_as_ProjectGuestAccessSet() == nullptr)
    return;
  guests_before_[event.sequence()] = before;
}

}  // namespace qualog::simulation
