// SPDX-License-Identifier: Apache-2.0
// Question: one action as the checks see it. Everything a check may know comes with it: no clock,
// no random, no key, no file.
#pragma once

#include "engine/rules/rule.h"
#include "projector/items.h"

namespace qualog::engine {

// What comes in from outside with a command.
struct Context {
  std::string_view principal;  // set by the server, never by the command
  std::int64_t now = 0;        // microseconds since 1970, not before the project's clock
  Sequence head;               // the last event
  Digest digest{};             // of `seen` and the actions, keyed
  std::int64_t lease_timeout_us = 0;
  bool trusted = false;  // the engine itself: a fork, an implicit profile
};

struct Question {
  const projector::Reader& state;
  const Context& context;
  const Rule& rule;
  const flatbuffers::Table& action;
  const fb::CommandT& command;
  Sequence seen;           // resolved; the head where the command gave none
  bool in_import = false;  // the command's first action is import.started
  bool trusted = false;    // made by the engine itself
  bool computed = false;   // a computed action of a group
  std::uint8_t group = 0;  // fb::Group of the actor; 0: guest or nobody

  template <class Action>
  const Action& as() const {
    return reinterpret_cast<const Action&>(action);
  }
  // The id in a field; zero when absent.
  ItemId id(std::string_view field) const { return id_in(action, field_in(rule.action, field)); }
  // The ids in a field of one id or a list of ids.
  std::vector<ItemId> ids(std::string_view field) const;
};

// The checks, in the order in which decide asks them (docs/architecture.md).
Verdict check_access(const Question& question);
Verdict check_lease(const Question& question);
Verdict check_references(const Question& question);
Verdict check_names(const Question& question);
Verdict check_versions(const Question& question);

// Special rows. Each says in its file what it refuses.
Verdict keeps_an_owner(const Question& question);
Verdict member_known(const Question& question);
Verdict lease_is_free(const Question& question);
Verdict lease_is_mine(const Question& question);
Verdict folder_is_empty(const Question& question);
Verdict text_begins(const Question& question);
Verdict text_fits(const Question& question);
Verdict edit_fits(const Question& question);
Verdict kind_is_served(const Question& question);
Verdict merge_is_sound(const Question& question);
Verdict unmerge_is_sound(const Question& question);
Verdict coding_is_allowed(const Question& question);
Verdict code_is_codable(const Question& question);
Verdict memo_is_free(const Question& question);
Verdict project_is_fresh(const Question& question);
Verdict only_in_import(const Question& question);

bool member_is_so(const Question& question);
bool lease_already_mine(const Question& question);
bool no_lease(const Question& question);
bool coded_already(const Question& question);
bool nothing_merged(const Question& question);
bool memo_linked_so(const Question& question);
bool memo_not_linked(const Question& question);
bool already_undone(const Question& question);
bool codings_gone(const Question& question);

Verdict anchor_coding(const Question& question, fb::ActionUnion& action);
Verdict anchor_range(const Question& question, fb::ActionUnion& action);
Verdict anchor_annotation(const Question& question, fb::ActionUnion& action);
Verdict anchor_seealso(const Question& question, fb::ActionUnion& action);
Verdict anchor_uncoding(const Question& question, fb::ActionUnion& action);
Verdict stamp_edit(const Question& question, fb::ActionUnion& action);
Verdict find_undone(const Question& question, fb::ActionUnion& action);
Sequence undone_by(const fb::ActionUnion& action);
Verdict undo_is_free(const Question& question);
std::vector<fb::ActionUnion> single_undos(const Question& question);

std::vector<fb::ActionUnion> uncoded_pieces(const Question& question);

// NAME_TAKEN when another living item has this name there.
Verdict name_is_free(const projector::Reader& state, const ItemId& parent, projector::Kind kind,
                     ByteView match, const ItemId& self);
// TOO_LARGE when the tree, merges counted as levels, would be deeper than limits::kTreeDepthMax
// with `self` and all below it under `parent`.
Verdict check_depth(const projector::Reader& state, const ItemId& parent, const ItemId& self);
// LOCKED_EDIT while another session holds the lease of a source that an item stands on.
Verdict check_free_of_lease(const Question& question, const ItemId& item);
// GONE or MERGED unless the item is alive.
Verdict check_alive(const projector::Reader& state, const ItemId& item);
// True when another session has made the item, or written anything that goes with it, after `seen`.
bool has_unseen_work(const Question& question, const ItemId& item);

// The holder's lease on an item, unless it has run out.
std::optional<projector::Lease> live_lease(const Question& question, const ItemId& item);

}  // namespace qualog::engine
