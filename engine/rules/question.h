// SPDX-License-Identifier: Apache-2.0
// Question: one action as the checks see it. Everything a check may know comes with it: no clock,
// no random, no key, no file.
#pragma once

#include "engine/rules/rule.h"
#include "projector/items.h"

#include <span>

namespace qualog::engine {

// What comes in from outside with a command.
struct Context {
  std::string_view principal;  // set by the server, never by the command
  std::int64_t now = 0;        // microseconds since 1970, not before the project's clock
  Sequence head;               // the last event
  Digest digest{};             // of `seen` and the actions, keyed
  std::int64_t lease_timeout_us = 0;
  bool trusted = false;  // the engine itself: a fork, an implicit profile
  // The groups that the principal is in, as the server's directory says now.
  std::span<const std::string> groups = {};
  // Of the blobs that the command names, those that are complete, of the size that it says.
  std::span<const Digest> complete_blobs = {};
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
Verdict check_exclusive(const Question& question);
Verdict check_frozen(const Question& question);
Verdict check_lease(const Question& question);
Verdict check_references(const Question& question);
Verdict check_names(const Question& question);
Verdict check_versions(const Question& question);

// NAME_TAKEN when a label is the name of a living value, or of the other label; when a name is one
// of the labels.
Verdict check_labels(const projector::Reader& state, const projector::Settings& labels);
Verdict check_no_label(const projector::Reader& state, const Bytes& match);
// POLICY when a type of relationships that are there would get another direction.
Verdict check_direction(const projector::Reader& state, const ItemId& reltype,
                        std::uint8_t direction);
// NAME_TAKEN when another living item has this name there.
Verdict name_is_free(const projector::Reader& state, const ItemId& parent, projector::Kind kind,
                     ByteView match, const ItemId& self);
// TOO_LARGE when the tree, merges counted as levels, would be deeper than limits::kTreeDepthMax
// with `self` and all below it under `parent`.
Verdict check_depth(const projector::Reader& state, const ItemId& parent, const ItemId& self);
// Whether what an action wants to end is over: nothing holds, or something else than it names.
bool is_over(const Question& question, std::uint64_t token);
// LOCKED_EDIT while another session holds the lease of a source that an item stands on.
Verdict check_free_of_lease(const Question& question, const ItemId& item);
// True for an event that wrote something which its row lets be taken back.
bool can_be_undone(const projector::EffectRow& effect);
// True for an undo itself: a redo takes one back, and is none.
bool is_undo(const projector::EffectRow& effect);
// True for an event of the group of a project.restored.
bool is_restoration(const projector::Reader& state, const projector::EffectRow& effect);
// STALE when one of these acts, which the command takes back without naming them, was another
// session's after `seen`.
Verdict check_acts_seen(const Question& question, std::span<const Sequence> acts);
// The computed action that takes one event back.
fb::ActionUnion undo_of(Sequence event);
// NEED_EDIT_LEASE unless the session holds the leases of the content that these items stand on.
Verdict check_leases_held(const Question& question, const std::vector<ItemId>& items);
// BAD_REF unless the blob is complete, of the size that the command says.
Verdict blob_is_complete(const Question& question, const Digest& hash);
// GONE or MERGED unless the item is alive.
Verdict check_alive(const projector::Reader& state, const ItemId& item);
// INVALID unless the command says what its author has seen.
Verdict check_seen_given(const Question& question);
// STALE when another session has made one of the items, or written anything that goes with it,
// after `seen`.
Verdict check_work_seen(const Question& question, const std::vector<ItemId>& items);

// The strongest group of a principal, its own or through a group that it is in; 0: none.
std::uint8_t strongest_group(const projector::Reader& state, const Context& context);

// POLICY while a milestone freezes what an action with this row changes.
Verdict check_frozen(const Question& question, const Rule& rule);
// POLICY, BAD_REF or INVALID unless a place without text lies on its source.
Verdict check_area(const Question& question, const ItemId& source, const fb::Area* area);
// The version that the positions of an edit stand on; STALE or POLICY unless it is the text's.
Sequence base_of(const Question& question, Sequence current);
Verdict check_base(const Question& question, const ItemId& source);
// INVALID when a text holds carriage returns.
Verdict check_line_ends(const fb::Text* text);
// ANCHOR_STALE, INVALID: carries a range from `seen` to now.
using Position = flatbuffers::Optional<std::uint32_t>;
Verdict carry(const Question& question, const ItemId& source, Position& begin, Position& end,
              bool may_be_empty);
// The id of what a command makes by itself: it follows from the command and `item`, so that a
// replay of the decision makes the same.
ItemId derived_id(const Question& question, std::string_view domain, const ItemId& item);

// Whether a session has neither ended nor been silent for the timeout.
bool is_live(const Question& question, const SessionId& session);
// The exclusive session, unless it has run out.
std::optional<projector::Exclusive> live_exclusive(const Question& question);
// The holder's lease on an item, unless it has run out.
std::optional<projector::Lease> live_lease(const Question& question, const ItemId& item);

}  // namespace qualog::engine
