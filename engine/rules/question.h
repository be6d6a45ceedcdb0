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
  std::vector<ItemId> ids(std::string_view field) const {
    return ids_in(action, field_in(rule.action, field));
  }
  // The number in a field, of whatever width; its default when absent.
  std::uint64_t number(std::string_view field) const {
    return static_cast<std::uint64_t>(
        flatbuffers::GetAnyFieldI(action, field_in(rule.action, field)));
  }
  // The table, list or string in a field; nullptr when absent.
  template <class Held>
  const Held* held(std::string_view field) const {
    return action.GetPointer<const Held*>(field_in(rule.action, field).offset());
  }
  const fb::Text* text(std::string_view field) const { return held<fb::Text>(field); }

  bool by_owner() const { return group >= static_cast<std::uint8_t>(fb::Group::Owner); }
};

// The checks of the columns, in the order in which decide asks them; what comes before, between and
// behind them: docs/architecture.md.
Verdict check_access(const Question& question);
Verdict check_exclusive(const Question& question);
Verdict check_frozen(const Question& question);
Verdict check_lease(const Question& question);
Verdict check_references(const Question& question);
Verdict check_names(const Question& question);
Verdict check_versions(const Question& question);

}  // namespace qualog::engine
