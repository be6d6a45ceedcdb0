// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/history.h"

#include "engine/decide.h"
#include "engine/folding.h"
#include "engine/rules/rule.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/json.h"
#include "schema/layout.h"
#include "schema/validate.h"
#include "tests/engine/conservation.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace qualog::test {

using engine::Outcome;
using Kind = fb::Action;  // of an action
using projector::Facet;

namespace {

constexpr std::int64_t kLeaseTimeout_us = 15 * static_cast<std::int64_t>(kMinute_us);

std::string text_of_action(const fb::EventT& event) {
  return std::to_string(event.sequence) + " " + std::string(action_name(event.action.type));
}

bool is_sound(const fb::CommandT& command) {
  Bytes bytes;
  pack(command, bytes);
  return !flaw_in(**command_view(bytes), bytes.size());
}

// Undo and uncoding by range compute what follows: with the newest look, not with the sender's.
bool computes(const fb::CommandT& command) {
  return std::ranges::any_of(command.actions, [](const auto& proposal) {
    const auto* removal = proposal->action.AsCodingRemoved();
    return proposal->action.type == Kind::UndoApplied || (removal != nullptr && removal->source);
  });
}

bool needs_an_owner(Kind action) {
  static const std::set<Kind> kOwners = {
      Kind::ProjectPropsChanged, Kind::ProjectGuestAccessSet, Kind::ProjectDeleted,
      Kind::ProjectUndeleted,    Kind::MemberAdded,           Kind::MemberRemoved,
      Kind::MemberMoved,         Kind::LeaseBroken,           Kind::ImportStarted};
  return kOwners.contains(action);
}

// The source whose text or passages an event touches by name; zero: none.
ItemId source_of(const fb::ActionUnion& action) {
  if (const auto* edit = action.AsSourceTextEdited()) return edit->source;
  if (const auto* chunk = action.AsSourceTextSupplied()) return chunk->source;
  if (const auto* removal = action.AsSourceDeleted()) return removal->source;
  if (const auto* coding = action.AsCodingAdded()) return coding->source;
  if (const auto* note = action.AsAnnotationCreated()) return note->source;
  return {};
}

bool is_versioned(Facet facet) {
  return facet != Facet::Content && facet != Facet::Lease && facet != Facet::Role;
}

}  // namespace

History::History(std::uint64_t seed, Audit& audit, Trick trick)
    : rng_(seed),
      people_(world_, rng_),
      audit_(audit),
      trick_(trick),
      middle_(1 + below(rng_, 60)) {
  if (trick == Trick::ForgetsLeases) world_.lease_timeout_us = -1;
}

// Sends it, or, for a control, something else.
engine::Answer History::carry(const Sent& sent) {
  auto command = copy(sent.command);
  if (trick_ == Trick::SeesEverything) command.seen = engine::kLatest;
  auto person = sent.person;
  if (trick_ == Trick::SignsAsAnother && below(rng_, 4) == 0) person.principal = "ann";
  auto answer = world_.sends(person, command, sent.trusted);
  last_record_[sent.person.session] = static_cast<std::int64_t>(world_.clock().now_us());
  return answer;
}

std::optional<std::string> History::live(std::size_t commands) {
  if (auto wrong = check_events({world_.ann, {}, true}, 0)) return wrong;
  for (const auto& sent : people_.beginning())
    if (auto wrong = send(sent)) return wrong;
  for (std::size_t n = 0; n < commands; ++n)
    if (auto wrong = send(people_.next())) return wrong;
  if (auto wrong = Conservation(world_.state()).check(world_.head())) return wrong;
  return check_replays();
}

History::Wrong History::send(const Sent& sent) {
  if (!is_sound(sent.command)) {
    ++audit_.unsound;
    return std::nullopt;
  }
  for (const auto& proposal : sent.command.actions) audit_.sent.insert(proposal->action.type);
  const auto before = projector::content_digest(world_.state());
  const auto events = world_.events().size(), asides = world_.asides().size();
  const auto answer = carry(sent);
  if (answer.outcome == Outcome::refused) return check_refusal(sent, answer, asides);
  if (answer.outcome != Outcome::accepted) return "no outcome: " + answer.message;
  if (answer.noop) {
    ++audit_.repeated;
    return std::nullopt;
  }
  if (auto wrong = check_events(sent, events)) return wrong;
  if (below(rng_, 8) != 0) return std::nullopt;
  if (auto wrong = Conservation(world_.state()).check(world_.head())) return wrong;
  return undo_and_back(sent, before);
}

// The loser is told why, and keeps all that was sent, to be sent again as it is.
History::Wrong History::check_refusal(const Sent& sent, const engine::Answer& answer,
                                      std::size_t asides) {
  ++audit_.refused[answer.refusal->code];
  std::string draft;
  for (; asides < world_.asides().size(); ++asides) {
    const auto aside = unpack(**aside_view(world_.asides()[asides]));
    if (auto flaw = flaw_in(**aside_view(world_.asides()[asides]), world_.asides()[asides]))
      return "an aside is unsound: " + flaw->field + " " + flaw->problem;
    if (aside->command_id != sent.command.command_id) return "an aside of another command";
    if (const auto* refused = aside->body.AsConflictRefused()) draft = refused->draft->plain;
    if (const auto* part = aside->body.AsConflictDraftPart()) draft += part->draft->plain;
  }
  const auto kept = boost::json::parse(draft);
  const bool is_import = sent.command.actions.front()->action.type == Kind::ImportStarted;
  if (kept.as_array().size() != (is_import ? 1 : sent.command.actions.size()))
    return "a draft that lost an action";
  for (std::size_t n = 0; n < kept.as_array().size(); ++n) {
    const auto& one = kept.as_array()[n];
    const auto again =
        action_from_json(one.at("action").as_string(), one.at("body").as_object(), test_name_key());
    if (!again) return "a draft that cannot be sent again: " + again.error().message;
    if (packed(*again) != packed(sent.command.actions[n]->action))
      return "a draft of other words: " + std::string(action_name(again->type));
  }
  return std::nullopt;
}

History::Wrong History::check_events(const Sent& sent, std::size_t first) {
  for (auto n = first; n < world_.events().size(); ++n) {
    if (auto wrong = check_stored(world_.events()[n])) return wrong;
    const auto event = world_.event(Sequence{n + 1});
    if (event->sequence != n + 1) return "the sequences have a gap";
    if (event->time < clock_) return "time goes back at event " + text_of_action(*event);
    clock_ = event->time;
    if (auto wrong = check_event(sent, *event)) return wrong;
    ++audit_.accepted[event->action.type];
    remember(*event);
  }
  return std::nullopt;
}

namespace {

// What the server fills in is not read from a client's JSON.
void keep_computed(fb::EventT& stored, fb::ActionUnion& read) {
  if (auto* piece = stored.action.AsCodingAdded()) {
    read.AsCodingAdded()->piece_of = piece->piece_of;
    read.AsCodingAdded()->weight = piece->weight;
    read.AsCodingAdded()->comment = std::move(piece->comment);
  }
  if (auto* removal = stored.action.AsCodingRemoved())
    read.AsCodingRemoved()->left = std::move(removal->left);
  if (auto* change = stored.action.AsAttributeTypeChanged())
    read.AsAttributeTypeChanged()->unconverted = std::move(change->unconverted);
  if (auto* filled = stored.action.AsSummaryAutoFilled())
    read.AsSummaryAutoFilled()->skipped = std::move(filled->skipped);
}

}  // namespace

// An event is canonical and sound, and its JSON gives back its bytes.
History::Wrong History::check_stored(const Bytes& stored) const {
  const auto* event = *event_view(stored);
  if (auto flaw = flaw_in(*event, stored))
    return "an event is unsound: " + flaw->field + " " + flaw->problem;
  auto json = event_json(*event);
  auto& body = json.at("body").as_object();
  for (const auto& slot : layout_of(event->action_type())->slots)
    if (slot.computed) body.erase(slot.name);
  const std::string name(json.at("action").as_string());
  auto action = action_from_json(name, body, test_name_key());
  if (!action) return name + " is not read back from its JSON: " + action.error().message;
  auto again = unpack(*event);
  keep_computed(*again, *action);
  again->action = *action;
  Bytes bytes;
  pack(*again, bytes);
  if (bytes != stored)
    return name + " has other bytes after its JSON: " + boost::json::serialize(json);
  return std::nullopt;
}

History::Wrong History::check_event(const Sent& sent, const fb::EventT& event) {
  if (auto wrong = check_authority(sent, event)) return wrong;
  if (auto wrong = check_lease(event)) return wrong;
  return check_first_writer(sent, event);
}

// I9: the actor was allowed to by what had been said before, and nobody else.
History::Wrong History::check_authority(const Sent& sent, const fb::EventT& event) {
  const auto action = event.action.type;
  const bool comes_by_itself =
      action == Kind::ProjectCreated || sent.trusted ||
      (action == Kind::UserProfileCreated && event.command_id != sent.command.command_id);
  if (event.actor != sent.person.principal) return "another actor than the sender";
  if (comes_by_itself) return std::nullopt;
  const auto group = groups_[event.actor];
  if (group < fb::Group::Contributor) return "by no contributor: " + text_of_action(event);
  auto judged = action;
  if (event.undo_of != 0) judged = world_.event(Sequence{event.undo_of})->action.type;
  if (group < fb::Group::Owner && needs_an_owner(judged))
    return "by no owner: " + text_of_action(event);
  const auto* props = event.action.AsUserPropsChanged();
  if (props != nullptr && group < fb::Group::Owner &&
      props->profile != projector::profile_item(event.actor))
    return "on another's profile: " + text_of_action(event);
  return std::nullopt;
}

// I11: an edit comes from who holds the lease, and nobody else touches the text meanwhile.
History::Wrong History::check_lease(const fb::EventT& event) {
  const auto source = source_of(event.action);
  const auto lease = leases_.find(source);
  const bool is_held = lease != leases_.end();
  if (const auto* edit = event.action.AsSourceTextEdited())
    if (!is_held || lease->second.first.value != edit->token ||
        lease->second.second != event.session)
      return "an edit without its lease: " + text_of_action(event);
  if (!is_held || lease->second.second == event.session) return std::nullopt;
  const auto silent = event.time - last_record_[lease->second.second];
  if (silent <= kLeaseTimeout_us) return "inside another's edit: " + text_of_action(event);
  ++audit_.leases_met;
  return std::nullopt;
}

// I8: nobody else had written what the event writes since its author looked.
History::Wrong History::check_first_writer(const Sent& sent, const fb::EventT& event) {
  const auto& seen = sent.command.seen;
  const bool has_look = seen && *seen != engine::kLatest;
  if (!has_look || sent.trusted || event.undo_of != 0 ||
      event.command_id != sent.command.command_id || computes(sent.command))
    return std::nullopt;
  const auto effect = projector::row_of<projector::EffectRow>(
      world_.state(), projector::Table::Effects, projector::key_of(Sequence{event.sequence}));
  for (const auto& entry : effect->entries) {
    if (entry.created || !is_versioned(entry.facet)) continue;
    ++audit_.versions_checked;
    for (const auto& write : writes_[{entry.item, entry.facet}])
      if (write.sequence.value > *seen && write.session != event.session)
        return "not the first writer: " + text_of_action(event);
  }
  return std::nullopt;
}

void History::remember(const fb::EventT& event) {
  if (event.action.type == Kind::ProjectForked) {
    groups_.clear();
    leases_.clear();
  }
  if (event.action.type == Kind::ProjectCreated || event.action.type == Kind::ProjectForked)
    groups_[event.actor] = fb::Group::Owner;
  if (const auto* added = event.action.AsMemberAdded()) groups_[added->principal] = added->group;
  if (const auto* moved = event.action.AsMemberMoved()) groups_[moved->principal] = moved->group;
  if (const auto* gone = event.action.AsMemberRemoved()) groups_.erase(gone->principal);
  if (const auto* taken = event.action.AsLeaseAcquired())
    leases_[taken->item] = {Sequence{event.sequence}, event.session};
  if (const auto* released = event.action.AsLeaseReleased()) leases_.erase(released->item);
  if (const auto* broken = event.action.AsLeaseBroken()) leases_.erase(broken->item);
  const auto effect = projector::row_of<projector::EffectRow>(
      world_.state(), projector::Table::Effects, projector::key_of(Sequence{event.sequence}));
  for (const auto& entry : effect->entries)
    if (!entry.created)
      writes_[{entry.item, entry.facet}].push_back({Sequence{event.sequence}, event.session});
}

// I13: what is undone at once is as if it had never been; the undo of that undo brings it back.
History::Wrong History::undo_and_back(const Sent& sent, const Digest& before) {
  const auto after = projector::content_digest(world_.state());
  // The last event of the command; behind it may lie the profile of a newcomer.
  auto last = world_.head();
  while (last && world_.event(last)->command_id != sent.command.command_id) last = last.previous();
  if (world_.event(last)->undo_of != 0 || sent.trusted) return std::nullopt;
  for (auto at = last; at && world_.event(at)->command_id == sent.command.command_id;
       at = at.previous())
    if (engine::rule_of(world_.event(at)->action.type)->undo == engine::UndoRule::Never)
      return std::nullopt;
  const auto undo = [&](Sequence event) -> std::pair<bool, Wrong> {
    auto person = sent.person;
    person.after = {};
    const auto first = world_.events().size();
    const Sent own{person, world_.command(person, {undone(event)}), false};
    const auto answer = carry(own);
    if (answer.outcome != Outcome::accepted || answer.noop) return {false, std::nullopt};
    return {true, check_events(own, first)};
  };
  const auto [is_undone, wrong] = undo(last);
  if (wrong || !is_undone) return wrong;
  if (projector::content_digest(world_.state()) != before)
    return "an undo leaves something of event " + text_of_action(*world_.event(last));
  const auto [is_back, wrong_back] = undo(world_.head());
  if (wrong_back || !is_back) return wrong_back;
  if (projector::content_digest(world_.state()) != after)
    return "the undo of an undo does not bring back event " + text_of_action(*world_.event(last));
  ++audit_.undone_and_back;
  return std::nullopt;
}

// I5: the live state, the replay from event 1 in memory, and a state on LMDB that is closed in the
// middle and goes on after it has been opened again: one state.
History::Wrong History::check_replays() {
  const auto live = world_.digests();
  if (world_.replayed() != live) return "the replay from event 1 is another state";
  const TemporaryDirectory directory;
  const auto& events = world_.events();
  const auto middle = std::min(middle_, events.size());
  for (const auto& [begin, end] :
       {std::pair(std::size_t{0}, middle), std::pair(middle, events.size())}) {
    auto environment =
        projector::Environment::open(directory.path(), projector::Environment::Mode::ReadWrite);
    auto txn = projector::WriteTransaction::begin(**environment);
    projector::Fold fold(**txn);
    for (auto n = begin; n < end; ++n)
      if (const auto folded = engine::fold_event(fold, events[n]); !folded)
        return folded.error().message;
    if (end == events.size())
      for (const auto& aside : world_.asides())
        if (const auto folded = engine::fold_aside(fold, aside); !folded)
          return folded.error().message;
    if (end == events.size() && projector::digests(**txn) != live)
      return "the state on LMDB is another one";
    if (const auto committed = (*txn)->commit(); !committed) return committed.error().message;
  }
  return std::nullopt;
}

}  // namespace qualog::test
