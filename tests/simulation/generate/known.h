// SPDX-License-Identifier: Apache-2.0
// Known: what simulated people could know of a project: which items there ever were, who edits
// what, which events and commands there are. Learned from each event's effect alone, so that a new
// kind of item, or a new action that makes one, needs no line here. One thread.
#pragma once

#include "projector/tables.h"
#include "tests/simulation/dice.h"

#include <map>
#include <vector>

namespace qualog::simulation {

// Since when an item is edited by the one who does, and since when by the one before.
struct Tenures {
  Sequence last;
  Sequence before;
};

class Known {
 public:
  // What event `at` did; it is folded into `state` already.
  void learn(const projector::Reader& state, Sequence at);

  const std::vector<ItemId>& of(projector::Kind kind) const;
  // Of any kind; zero where there is none.
  ItemId any(Dice& dice) const;
  // The newest event.
  Sequence head() const { return head_; }
  const std::vector<Sequence>& undos() const { return undos_; }
  // Whose exclusive session it is; zero: nobody's.
  const SessionId& exclusive() const { return exclusive_; }
  const std::map<ItemId, projector::Lease>& leases() const { return leases_; }
  // The moment before the one edited who edited before this session does; zero: nobody did.
  Sequence before_last_editor(const SessionId& session) const;
  // The last events of a session, oldest first.
  const std::vector<Sequence>& events_of(const SessionId& session) const;
  // The last event that changed a text, and the source whose text it was; zero where none did.
  Sequence last_edit() const { return last_edit_; }
  const ItemId& last_edited() const { return last_edited_; }
  // What it took out, in the text of before; of no length where it took nothing out.
  const text::Splice& last_cut() const { return last_cut_; }

 private:
  void learn_lease(const ItemId& item, const projector::Lease& lease, Sequence at);
  void learn_edit(const projector::Reader& state, const ItemId& source, Sequence at);
  void learn_item(const projector::Reader& state, const ItemId& id);

  std::map<projector::Kind, std::vector<ItemId>> items_;
  std::vector<ItemId> all_;
  Sequence head_;
  std::vector<Sequence> undos_;
  SessionId exclusive_;
  std::map<ItemId, projector::Lease> leases_;
  std::map<ItemId, Tenures> tenures_;
  std::map<SessionId, std::vector<Sequence>> events_;
  Sequence last_edit_;
  ItemId last_edited_;
  text::Splice last_cut_;
};

}  // namespace qualog::simulation
