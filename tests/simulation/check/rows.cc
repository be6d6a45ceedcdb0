// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/rows.h"

#include "engine/rules/question.h"
#include "projector/items.h"
#include "projector/kinds.h"
#include "projector/overlay.h"
#include "schema/actions.h"
#include "schema/fbs/aside_generated.h"
#include "tests/simulation/check/action_ids.h"
#include "tests/simulation/written.h"

#include <algorithm>

namespace qualog::simulation {

using engine::Check;
using engine::LeaseRule;
using engine::Need;
using projector::Facet;
using projector::Kind;

namespace {

bool writes_project_life(const engine::Rule& row) {
  return std::ranges::any_of(row.writes, [](const engine::Write& write) {
    return write.field.empty() && write.facet == Facet::Life;
  });
}

// The item that stands for the two that the action names: found from the action alone.
ItemId item_of_pair(const engine::Rule& row, const flatbuffers::Table& action,
                    const engine::Write& write) {
  static const projector::MemoryStore nothing;
  const engine::Context context;
  const fb::CommandT command;
  return write.item(
      {.state = nothing, .context = context, .rule = row, .action = action, .command = command});
}

const flatbuffers::Table& action_in(const fb::Event& event) {
  return *static_cast<const flatbuffers::Table*>(event.action());
}

// Of those codes that only what is checked last gives.
bool comes_last(const fb::ConflictRefused& refused) {
  using enum fb::RefusalCode;
  const bool is_earlier = refused.detail() != nullptr && refused.detail()->string_view() == "after";
  const auto code = refused.code();
  return !is_earlier && (code == NameTaken || code == Cycle || code == Stale ||
                         code == AnchorStale || code == UndoBlocked);
}

}  // namespace

void Rows::wrong(const char* invariant, const Asked& asked, const std::string& what) {
  verdicts_.wrong(invariant, "event " + std::to_string(asked.event.sequence()) + " " +
                                 std::string(action_name(asked.event.action_type())) + " " + what);
}

// ---- what an event says -------------------------------------------------------------------------

// An undo is judged as what it undoes.
Rows::Asked Rows::asked(const fb::Event& event) const {
  if (event.undo_of() == 0)
    return {event, *written_row(event.action_type()), action_in(event), is_computed(event)};
  const auto& undone = looks_.event(event.undo_of());
  return {event, *written_row(undone.action_type()), action_in(undone), true};
}

// Who may undo an undo, and while who edits, is judged as what was done first.
Rows::Asked Rows::asked_first(const fb::Event& event) const {
  const auto& first = first_of(event);
  return {event, *written_row(first.action_type()), action_in(first), true};
}

const fb::Event& Rows::first_of(const fb::Event& event) const {
  return event.undo_of() == 0 ? event : first_of(looks_.event(event.undo_of()));
}

// Behind what computes, a look of one's own is not to be told from the newest.
bool Rows::is_computed(const fb::Event& event) const {
  for (auto at = event.group(); at != 0 && at < event.sequence(); ++at)
    if (written_row(looks_.event(at).action_type())->compute != nullptr) return true;
  return false;
}

std::vector<ItemId> Rows::ids(const Asked& asked, std::string_view field) {
  return ids_in(asked.row.action, asked.action, field);
}

Rows::Facets Rows::facets(const Asked& asked, bool checked_only) {
  Facets all;
  for (const auto& write : asked.row.writes) {
    if (checked_only && write.check != Check::Version) continue;
    if (write.item != nullptr) {
      all.emplace_back(item_of_pair(asked.row, asked.action, write), write.facet);
      continue;
    }
    if (write.field.empty()) all.emplace_back(projector::kProjectItem, write.facet);
    if (!write.field.empty())
      for (const auto& id : ids(asked, write.field))
        if (id) all.emplace_back(id, write.facet);
  }
  return all;
}

// ---- checks -------------------------------------------------------------------------------------

void Rows::before(const fb::Event& event) {
  const auto* row = written_row(event.action_type());
  if (row == nullptr) return verdicts_.wrong("I9", "an event of an action that is not served");
  const Asked direct{event, *row, action_in(event), is_computed(event)};
  if (event.time() < clock_) wrong("I1", direct, "goes back in time");
  check_group(event);
  const bool undoes = event.undo_of() != 0;
  const auto first = undoes ? asked_first(event) : direct;
  check_authority(first);
  check_references(direct);
  check_lease(first);
  check_first_writer(direct);
  if (undoes) check_taken_back(direct);
  if (undoes) check_undo(asked(event));
}

// I15: what belongs to one command, or to one group, stands together.
void Rows::check_group(const fb::Event& event) {
  const auto command = flatbuffers::UnPack(*event.command_id());
  const Asked direct{event, *written_row(event.action_type()), action_in(event), false};
  const bool goes_on = event.group() != 0 && event.group() != event.sequence();
  if (goes_on && (event.group() != group_ || command != command_))
    wrong("I15", direct, "is of a group that did not begin just before");
  if (!goes_on && command == command_) wrong("I15", direct, "is a second event of its command");
  group_ = event.group();
  command_ = command;
}

fb::Group Rows::group_of(std::string_view principal) const {
  const auto found = groups_.find(principal);
  return found == groups_.end() ? fb::Group::None : found->second;
}

bool Rows::may(const Asked& asked, Need need) const {
  const auto& event = asked.event;
  const auto group = group_of(event.actor()->string_view());
  const auto command = flatbuffers::UnPack(*event.command_id());
  switch (need) {
    case Need::Creator:
      return event.sequence() == 1;
    case Need::Owner:  // or the engine: an exclusive session that has run out
      return group >= fb::Group::Owner || !looks_.is_sent(command);
    case Need::Contributor:
      return group >= fb::Group::Contributor;
    case Need::Self:
      return group >= fb::Group::Owner ||
             (group >= fb::Group::Contributor &&
              ids(asked, "profile").front() == projector::profile_item(event.actor()->str()));
    case Need::Nobody:
      return false;
    case Need::Server:
    case Need::Engine:
      return !looks_.is_sent(command);
    case Need::Import:  // an Owner may also undo it
      return !looks_.is_sent(command) ||
             (group >= fb::Group::Owner &&
              (event.undo_of() != 0 ||
               (event.group() != 0 &&
                looks_.event(event.group()).action_type() == fb::Action::ImportStarted)));
  }
  return false;
}

// I9, I10.
void Rows::check_authority(const Asked& asked) {
  if (!may(asked, asked.row.need)) wrong("I9", asked, "by who may not");
  const auto need = asked.row.need;
  const bool by_itself = need == Need::Engine || need == Need::Import || need == Need::Creator;
  if (deleted_ && !by_itself && !writes_project_life(asked.row))
    wrong("I9", asked, "in a project that is deleted");
}

void Rows::check_references(const Asked& asked) {
  const auto& row = asked.row;
  if (!row.creates.empty() &&
      looks_.state.get(projector::Table::Items, ids(asked, row.creates).front().view()))
    wrong("I22", asked, "makes what is there already");
  for (const auto& reference : row.references)
    for (const auto& id : ids(asked, reference.field))
      if (id) check_reference(asked, reference, id);
}

void Rows::check_reference(const Asked& asked, const engine::Reference& reference,
                           const ItemId& id) {
  auto of_kind = reference;
  of_kind.any_standing |= asked.computed;
  if (is_wrong(of_kind, id)) wrong("I22", asked, "names wrongly: " + std::string(reference.field));
}

std::vector<ItemId> Rows::content_of(const ItemId& item) const {
  const auto row = projector::item_slice(looks_.state, item);
  if (!row) return {};
  if (projector::traits_of(row->kind).on_place)
    return {projector::value_of<projector::Place>(*row, Facet::Place).source};
  if (row->kind != Kind::Seealso) return {item};
  const auto ends = projector::value_of<projector::Ends>(*row, Facet::Ends);
  auto all = content_of(ends.from);
  for (const auto& one : content_of(ends.to)) all.push_back(one);
  return all;
}

// Who imports, takes an import back, or undoes with the project alone, only keeps out of the edit
// modes of others.
bool Rows::needs_edit_mode(const Asked& asked) const {
  if (asked.row.lease != LeaseRule::Holds) return false;
  const auto group = first_of(asked.event).group();
  const bool imports = group != 0 && group < asked.event.sequence() &&
                       looks_.event(group).action_type() == fb::Action::ImportStarted;
  const bool undoes_alone = asked.event.undo_of() != 0 && alone_ == session_in(asked.event);
  return !imports && !undoes_alone;
}

// I11.
void Rows::check_lease(const Asked& asked) {
  if (asked.row.lease == LeaseRule::None) return;
  const auto check = needs_edit_mode(asked) ? &Rows::check_held : &Rows::check_free;
  for (const auto field : asked.row.leased)
    for (const auto& id : ids(asked, field))
      for (const auto& content : content_of(id)) (this->*check)(asked, content);
}

void Rows::check_held(const Asked& asked, const ItemId& item) {
  const auto lease = leases_.find(item);
  if (lease == leases_.end() || lease->second.session != session_in(asked.event))
    return wrong("I11", asked, "without the lease");
  if (asked.event.undo_of() != 0) return;
  const auto& token = engine::field_in(asked.row.action, "token");
  if (flatbuffers::GetFieldI<std::uint64_t>(asked.action, token) != lease->second.token)
    wrong("I11", asked, "with another lease's token");
}

void Rows::check_free(const Asked& asked, const ItemId& item) {
  const auto lease = leases_.find(item);
  if (lease == leases_.end() || lease->second.session == session_in(asked.event)) return;
  const auto silent = asked.event.time() - last_record_[lease->second.session];
  if (silent <= looks_.lease_timeout_us) wrong("I11", asked, "while another edits");
}

bool Rows::written_since(const ItemId& item, Facet facet, const Asked& asked) const {
  const auto found = writes_.find({item, facet});
  if (found == writes_.end()) return false;
  return std::ranges::any_of(found->second, [&](const Write& write) {
    return write.at > asked.event.seen() && write.session != session_in(asked.event);
  });
}

bool Rows::made_since(const ItemId& item, const Asked& asked) const {
  const auto made = created_.find(item);
  return made != created_.end() && made->second.at > asked.event.seen() &&
         made->second.session != session_in(asked.event);
}

// I8.
void Rows::check_first_writer(const Asked& asked) {
  if (asked.computed || asked.event.undo_of() != 0) return;
  for (const auto& [item, facet] : facets(asked, true))
    if (written_since(item, facet, asked) || made_since(item, asked))
      wrong("I8", asked, "writes over what its author had not seen");
  if (asked.row.deletes.empty()) return;
  for (const auto& root : ids(asked, asked.row.deletes)) check_closure(asked, root, "I8");
}

namespace {

// By a moment or a person, no act is named. A whole restoration means all there is.
bool names_no_acts(const fb::Event& intent) {
  if (const auto* undo = intent.action_as_UndoApplied())
    return undo->actor() != nullptr && !undo->actor()->str().empty();
  const auto* restored = intent.action_as_ProjectRestored();
  return restored != nullptr && restored->mode() != fb::RestoreMode::Whole;
}

template <class Action>
bool lists(const Action* action, std::uint64_t act) {
  return action != nullptr && action->sequences() != nullptr &&
         std::ranges::count(*action->sequences(), act) > 0;
}

// A command of several actions may name beside that what it takes back.
bool names(const fb::Command& command, std::uint64_t act) {
  return std::ranges::any_of(*command.actions(), [act](const fb::Proposal* proposal) {
    return lists(proposal->action_as_UndoApplied(), act) ||
           lists(proposal->action_as_RedoApplied(), act);
  });
}

}  // namespace

// The last before it in its group that takes nothing back: a command may have several intents.
const fb::Event& Rows::intent_of(const fb::Event& event) const {
  if (event.group() == 0 || event.group() == event.sequence()) return event;
  auto at = event.sequence() - 1;
  while (at > event.group() && looks_.event(at).undo_of() != 0) --at;
  return looks_.event(at);
}

// I8.
void Rows::check_taken_back(const Asked& asked) {
  const auto& event = asked.event;
  if (!names_no_acts(intent_of(event))) return;
  const auto* command = looks_.command(flatbuffers::UnPack(*event.command_id()),
                                       flatbuffers::UnPack(*event.command_digest()));
  if (command != nullptr && names(*command, event.undo_of())) return;
  const bool own = session_in(looks_.event(event.undo_of())) == session_in(event);
  if (!own && event.undo_of() > event.seen())
    wrong("I8", asked, "takes back what its author had not seen");
}

// Nothing goes with an item that somebody else has put there since.
void Rows::check_closure(const Asked& asked, const ItemId& root, const char* invariant) {
  projector::visit_closure(
      looks_.state, root, [&](const ItemId& id, const projector::ItemRow& item) {
        bool unseen = id != root && made_since(id, asked);
        for (const auto& slot : item.facets) {
          const bool is_work = slot.facet != Facet::Lease && slot.facet != Facet::Waiting;
          if (is_work && (slot.facet != Facet::Life || id != root))
            unseen = unseen || written_since(id, slot.facet, asked);
        }
        if (unseen) wrong(invariant, asked, "ends what its author had not seen");
        return !unseen;
      });
}

// I13.
void Rows::check_undo(const Asked& asked) {
  const auto undone = asked.event.undo_of();
  if (asked.row.undo == engine::UndoRule::Never) wrong("I13", asked, "undoes what never is");
  const auto effect = projector::effect_at(looks_.state, Sequence{undone});
  if (!effect || effect->undone_by) return wrong("I13", asked, "undoes what is undone");
  const auto& was = effects_[undone];
  for (std::size_t n = 0; n < was.facets.size(); ++n)
    if (effective_[was.facets[n]] != was.left[n])
      wrong("I13", asked, "undoes what a later event stands on");
  if (!asked.row.creates.empty() && asked.row.action != fb::Action::UndoApplied)
    check_closure(asked, ids(asked, asked.row.creates).front(), "I13");
}

// ---- answers ------------------------------------------------------------------------------------

void Rows::aside(const fb::Aside& aside) {
  const auto session = flatbuffers::UnPack(*aside.session());
  remember_record(session, aside.actor() != nullptr ? aside.actor()->str() : "", aside.time());
  check_order(aside);
  if (const auto* refused = aside.body_as_ConflictRefused();
      refused != nullptr && refused->winner() != nullptr)
    check_winner(aside, *refused);
}

// Who may not, or names what is not there, is told no more than that: neither of names, nor of
// what others did, nor that it is so already.
void Rows::check_order(const fb::Aside& aside) {
  const auto* refused = aside.body_as_ConflictRefused();
  const bool is_noop = aside.body_as_CommandAnswered() != nullptr;
  const bool says_more = is_noop || (refused != nullptr && comes_last(*refused));
  if (!says_more) return;
  const auto* command = looks_.command(flatbuffers::UnPack(*aside.command_id()),
                                       flatbuffers::UnPack(*aside.command_digest()));
  if (command == nullptr || command->actions()->size() != 1) return;
  const auto& proposal = *command->actions()->Get(0);
  const auto& row = *written_row(proposal.action_type());
  const auto& action = *static_cast<const flatbuffers::Table*>(proposal.action());
  const auto tells = [&](const char* invariant, const std::string& what) {
    verdicts_.wrong(invariant, "an answer to " + std::string(action_name(row.action)) +
                                   " behind event " + std::to_string(aside.after_sequence()) +
                                   " says more than that " + what);
  };
  const auto principal = aside.actor()->string_view();
  const auto group = group_of(principal);
  const bool owns = row.need == Need::Owner ||
                    (row.need == Need::Self && ids_in(row.action, action, "profile").front() !=
                                                   projector::profile_item(std::string(principal)));
  if (group < (owns ? fb::Group::Owner : fb::Group::Contributor)) tells("I9", "it may not");
  for (const auto& reference : row.references)
    for (const auto& id : ids_in(row.action, action, reference.field))
      if (id && is_wrong(reference, id)) tells("I22", std::string(reference.field) + " is wrong");
}

bool Rows::is_wrong(const engine::Reference& reference, const ItemId& id) const {
  const auto item = projector::item_slice(looks_.state, id);
  if (!item || !reference.kinds.has(item->kind)) return true;
  return !reference.any_standing &&
         projector::standing(looks_.state, id) != projector::Standing::Alive;
}

void Rows::check_winner(const fb::Aside& aside, const fb::ConflictRefused& refused) {
  const auto session = flatbuffers::UnPack(*aside.session());
  const auto first = refused.winner()->sequence();
  const auto& winner = looks_.event(first);
  const auto detail = refused.detail() != nullptr ? refused.detail()->string_view() : "";
  const bool by_look = detail == "seen";
  if (refused.code() == fb::RefusalCode::Stale && by_look && session_in(winner) == session)
    verdicts_.wrong("I8", "stale against an event of the same session");
  if (refused.code() == fb::RefusalCode::Stale && by_look && refused.seen() >= first)
    verdicts_.wrong("I8", "stale against what was seen");
  if (refused.code() == fb::RefusalCode::LockedEdit && detail == "lease" &&
      std::ranges::none_of(leases_, [&](const auto& held) {
        const auto silent = aside.time() - last_record_[held.second.session];
        return held.second.token == first && held.second.session != session &&
               silent <= looks_.lease_timeout_us;
      }))
    verdicts_.wrong("I11", "locked by nobody");
}

}  // namespace qualog::simulation
