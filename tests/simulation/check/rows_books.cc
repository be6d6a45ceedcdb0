// SPDX-License-Identifier: Apache-2.0
// The books of Rows: what each event wrote, who may act since, who edits what, in whose session.
#include "tests/simulation/check/action_ids.h"
#include "tests/simulation/check/rows.h"

#include <algorithm>

namespace qualog::simulation {

void Rows::after(const fb::Event& event) {
  remember_writes(asked(event));
  remember_members(event);
  remember_lease(event);
  siblings_.after(looks_.state, event);
  clock_ = event.time();
  remember_record(session_in(event), event.actor()->str(), event.time());
}

// A session is of who used it first.
void Rows::remember_record(const SessionId& session, const std::string& principal,
                           std::int64_t time) {
  if (sessions_.emplace(session, principal).first->second == principal)
    last_record_[session] = time;
}

namespace {

// What a list names twice is written once: it was before what it was at first.
template <class List>
List without_repeats(const List& list) {
  List once;
  for (const auto& each : list)
    if (std::ranges::find(once, each) == once.end()) once.push_back(each);
  return once;
}

}  // namespace

void Rows::remember_writes(const Asked& asked) {
  const Write write{asked.event.sequence(), session_in(asked.event)};
  auto& effect = effects_[write.at];
  const auto undone = asked.event.undo_of();
  effect.facets = undone != 0 ? effects_[undone].facets : without_repeats(facets(asked, true));
  for (std::size_t n = 0; n < effect.facets.size(); ++n) {
    auto& now = effective_[effect.facets[n]];
    effect.found.push_back(now);
    now = undone != 0 ? effects_[undone].found[n] : write.at;
    effect.left.push_back(now);
    writes_[effect.facets[n]].push_back(write);
  }
  if (undone == 0 && !asked.row.creates.empty())
    created_[ids(asked, asked.row.creates).front()] = write;
}

void Rows::remember_members(const fb::Event& event) {
  using fb::Action;
  if (event.action_type() == Action::ProjectCreated)
    groups_[event.actor()->str()] = fb::Group::Owner;
  if (const auto* added = event.action_as_MemberAdded())
    groups_[added->principal()->str()] = added->group();
  if (const auto* moved = event.action_as_MemberMoved())
    groups_[moved->principal()->str()] = moved->group();
  if (const auto* gone = event.action_as_MemberRemoved()) groups_.erase(gone->principal()->str());
  if (event.action_type() == Action::ProjectDeleted) deleted_ = true;
  if (event.action_type() == Action::ProjectUndeleted) deleted_ = false;
}

void Rows::remember_lease(const fb::Event& event) {
  if (const auto* taken = event.action_as_LeaseAcquired())
    leases_[flatbuffers::UnPack(*taken->item())] = {event.sequence(), session_in(event)};
  if (const auto* released = event.action_as_LeaseReleased()) {
    // Of a place among those who wait, too.
    const auto lease = leases_.find(flatbuffers::UnPack(*released->item()));
    if (lease != leases_.end() && lease->second.session == session_in(event)) leases_.erase(lease);
  }
  remember_exclusive(event);
  if (const auto* broken = event.action_as_LeaseBroken())
    leases_.erase(flatbuffers::UnPack(*broken->item()));
}

// It ends what others were editing before it, and what its own session edited before it once
// somebody else had, or ended, one since.
void Rows::remember_exclusive(const fb::Event& event) {
  const bool begins = event.action_as_ExclusiveAcquired() != nullptr;
  const bool ends = event.action_as_ExclusiveReleased() != nullptr ||
                    event.action_as_ExclusiveBroken() != nullptr;
  if (!begins && !ends) return;
  exclusive_.push_back({event.sequence(), session_in(event)});
  if (begins) last_exclusive_ = event.sequence();
  alone_ = begins ? session_in(event) : SessionId{};
  std::erase_if(leases_, [&](const auto& lease) {
    return lease.second.token < last_exclusive_ &&
           std::ranges::any_of(exclusive_, [&](const Write& write) {
             return write.at > lease.second.token && write.session != lease.second.session;
           });
  });
}

}  // namespace qualog::simulation
