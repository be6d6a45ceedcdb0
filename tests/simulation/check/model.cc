// SPDX-License-Identifier: Apache-2.0
// The model: what the answer must be.
#include "tests/simulation/check/model.h"

#include "engine/decide.h"
#include "engine/rules/rule.h"
#include "projector/tables.h"
#include "schema/actions.h"
#include "tests/simulation/check/action_ids.h"
#include "tests/simulation/check/model_rows.h"

#include <algorithm>

namespace qualog::simulation {

using fb::Action;
using projector::Facet;
using projector::Kind;
using Standing = ModelItems::Standing;

namespace {

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
  const auto* row = model_row_of(asked.type);
  if (row == nullptr) return std::nullopt;
  if (auto answer = of_command(asked)) return answer;
  for (const auto check : {&Model::of_role, &Model::of_lease, &Model::of_references,
                           &Model::of_claim, &Model::of_names})
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

Model::Answer Model::of_role(const ModelRow& row, const Asked& asked) const {
  if (groups_.empty()) return "BAD_REF";
  const auto found = groups_.find(asked.principal);
  const auto group = found == groups_.end() ? fb::Group::None : found->second;
  if (group == fb::Group::None && guests_) return "GUEST_READONLY";
  if (group < row.group) return "DENIED";
  // A face is changed by whose it is, or by an Owner.
  const bool own =
      asked.type != Action::UserPropsChanged ||
      first_id_in(asked.type, asked.action, "profile") == projector::profile_item(asked.principal);
  if (!own && group < fb::Group::Owner) return "DENIED";
  return deleted_ ? Answer("GONE") : std::nullopt;
}

bool Model::locked(const ItemId& item, const Asked& asked) const {
  const auto lease = leases_.find(item);
  if (lease == leases_.end() || lease->second.session == asked.session) return false;
  const auto holder = sessions_.find(lease->second.session);
  return holder != sessions_.end() && asked.now <= holder->second.last + looks_.lease_timeout_us;
}

Model::Answer Model::of_lease(const ModelRow& row, const Asked& asked) const {
  if (row.free.empty()) return std::nullopt;
  for (const auto& content : items_.content(first_id_in(asked.type, asked.action, row.free)))
    if (locked(content, asked)) return "LOCKED_EDIT";
  return std::nullopt;
}

Model::Answer Model::of_references(const ModelRow& row, const Asked& asked) const {
  if (row.makes != Kind::None &&
      items_.find(first_id_in(asked.type, asked.action, "id")) != nullptr)
    return "ID_REUSED";
  for (const auto& [field, kinds] : row.names)
    for (const auto& one : ids_in(asked.type, asked.action, field)) {
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

Model::Answer Model::of_names(const ModelRow& row, const Asked& asked) const {
  if (row.named.empty()) return std::nullopt;
  const auto self = first_id_in(asked.type, asked.action, row.named);
  const auto* item = items_.find(self);
  auto name = name_in(asked.type, asked.action);
  if (name.empty() && item != nullptr) name = item->name;
  auto parent = item != nullptr ? item->parent : ItemId{};
  if (!row.parent.empty()) parent = first_id_in(asked.type, asked.action, row.parent);
  if (!row.parent.empty() && parent && items_.is_within(parent, self)) return "CYCLE";
  const auto kind = item != nullptr ? item->kind : row.makes;
  return items_.is_taken(parent, kind, name, self) ? Answer("NAME_TAKEN") : std::nullopt;
}

bool Model::unseen(const ItemId& item, Facet facet, const Asked& asked) const {
  return items_.written(item, facet, seen(asked), asked.session);
}

Model::Answer Model::of_versions(const ModelRow& row, const Asked& asked) const {
  if (row.writes.empty()) return std::nullopt;
  if (!asked.command.seen()) return "INVALID";
  for (const auto& [field, facet] : row.writes)
    for (const auto& one : ids_in(asked.type, asked.action, field))
      if (unseen(one, facet, asked)) return "STALE";
  if (row.ends.empty()) return std::nullopt;
  for (const auto& root : ids_in(asked.type, asked.action, row.ends)) {
    if (items_.changed(root, seen(asked), asked.session)) return "STALE";
    for (const auto& one : items_.closure(root))
      if (items_.made(one, seen(asked), asked.session) ||
          items_.changed(one, seen(asked), asked.session))
        return "STALE";
  }
  return std::nullopt;
}

// Only a file says who made something and when.
Model::Answer Model::of_claim(const ModelRow&, const Asked& asked) const {
  const auto* first = asked.command.actions()->Get(0);
  const auto* field = field_of(*object_of(asked.type), "claim");
  const bool claims = field != nullptr && asked.action.CheckField(field->offset());
  return claims && first->action_type() != Action::ImportStarted ? Answer("INVALID") : std::nullopt;
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
    return leases_.contains(first_id_in(asked.type, asked.action, "item")) ? std::nullopt
                                                                           : Answer("noop");
  if (asked.type == Action::LeaseBroken) {
    const auto token = reinterpret_cast<const fb::LeaseBroken&>(asked.action).token();
    const auto lease = leases_.find(first_id_in(asked.type, asked.action, "item"));
    const bool is_it = lease != leases_.end() && (token == 0 || token == lease->second.token);
    return is_it ? std::nullopt : Answer("noop");
  }
  if (asked.type == Action::LeaseAcquired) {
    const auto lease = leases_.find(first_id_in(asked.type, asked.action, "item"));
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
  const bool was_ever = found != groups_.end();
  if (now == then) return was_ever ? "noop" : "UNKNOWN_PRINCIPAL";
  const auto owners = std::ranges::count_if(
      groups_, [](const auto& member) { return member.second == fb::Group::Owner; });
  if (now == fb::Group::Owner && owners == 1) return "POLICY";
  if (asked.type == Action::MemberMoved && now == fb::Group::None) return "UNKNOWN_PRINCIPAL";
  return std::nullopt;
}

Model::Answer Model::of_the_rest(const Asked& asked) const {
  const auto item = [&](std::string_view field) {
    return first_id_in(asked.type, asked.action, field);
  };
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
      const auto from = ids_in(asked.type, asked.action, "from");
      if (from.empty()) return "INVALID";
      for (const auto& one : from)
        if (items_.is_within(item("into"), one)) return "CYCLE";
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

// ---- the answer that came
// ------------------------------------------------------------------------------

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

}  // namespace qualog::simulation
