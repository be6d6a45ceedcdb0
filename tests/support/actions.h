// SPDX-License-Identifier: Apache-2.0
// Builders of actions and commands for tests: one short function an action, texts with their
// length, names with their match under one fixed key. Pure.
#pragma once

#include "schema/commands.h"
#include "schema/fbs/event_generated.h"
#include "schema/text.h"

#include <boost/json/object.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::test {

using Action = fb::ActionUnion;
using Actions = std::vector<Action>;
using Position = std::optional<std::uint32_t>;

// The key under which the names of every test are compared.
const NameKey& test_name_key();

// What its line of JSON says; for the many that need no builder of their own. It must be sound.
Action said(std::string_view action, const boost::json::object& body);

struct Edit {
  std::uint32_t position = 0;
  std::uint32_t delete_length = 0;
  std::string insert;
};

// ---- project, members, leases
Action project_created(std::string_view title);
Action project_described(std::string_view description);
Action project_titled(std::string_view title);
Action guest_access(bool on);
Action project_deleted();
Action project_undeleted();
Action member_added(std::string_view principal, fb::Group group);
Action member_removed(std::string_view principal);
Action member_moved(std::string_view principal, fb::Group group);
Action profile_created(const ItemId& id, std::string_view principal,
                       fb::ProfileKind kind = fb::ProfileKind::Person);
Action profile_named(const ItemId& profile, std::string_view name);
Action lease_acquired(const ItemId& item);
Action lease_released(const ItemId& item, Sequence token);
Action lease_broken(const ItemId& item);

// ---- folders, sources
Action folder_created(const ItemId& id, std::string_view name, const ItemId& parent = {});
Action folder_renamed(const ItemId& folder, std::string_view name);
Action folder_moved(const ItemId& folder, const ItemId& parent);
Action folder_deleted(const ItemId& folder);
Action source_created(const ItemId& id, std::string_view name, std::string_view text,
                      const ItemId& folder = {}, fb::SourceKind kind = fb::SourceKind::Document);
// The text comes in chunks, or later.
Action source_begun(const ItemId& id, std::string_view name, std::string_view chunk,
                    std::uint32_t length);
Action source_without_text(const ItemId& id, std::string_view name);
Action text_supplied(const ItemId& source, std::uint32_t position, std::string_view chunk,
                     std::uint32_t length);
Action source_renamed(const ItemId& source, std::string_view name);
Action source_moved(const ItemId& source, const ItemId& folder);
Action source_deleted(const ItemId& source);
Action text_edited(const ItemId& source, Sequence token, Sequence version,
                   const std::vector<Edit>& edits);

// ---- codes
Action code_created(const ItemId& id, std::string_view name, const ItemId& parent = {});
Action code_folder_created(const ItemId& id, std::string_view name);
Action code_renamed(const ItemId& code, std::string_view name);
Action code_described(const ItemId& code, std::string_view description);
Action code_moved(const ItemId& code, const ItemId& parent);
Action code_merged(const std::vector<ItemId>& from, const ItemId& into);
Action code_unmerged(const std::vector<ItemId>& codes);
Action code_deleted(const ItemId& code);

// ---- codings, notes, links
Action coded(const ItemId& id, const ItemId& code, const ItemId& source, Position begin = {},
             Position end = {});
Action uncoded(const std::vector<ItemId>& codings);
// coders empty: the actor's own; "*": everybody's.
Action uncoded_range(const ItemId& code, const ItemId& source, Position begin, Position end,
                     const std::vector<std::string>& coders = {});
Action coding_moved(const ItemId& coding, const ItemId& code);
Action coding_range_changed(const ItemId& coding, Position begin, Position end);
Action coding_noted(const ItemId& coding, std::string_view comment);
Action annotated(const ItemId& id, const ItemId& source, std::uint32_t begin, std::uint32_t end,
                 std::string_view text);
Action annotation_changed(const ItemId& annotation, std::string_view text);
Action annotation_deleted(const ItemId& annotation);
Action memo_linked(const ItemId& item, const ItemId& memo);
Action memo_unlinked(const ItemId& item, const ItemId& memo);
Action linked(const ItemId& id, const ItemId& from, const ItemId& to);
Action link_named(const ItemId& link, std::string_view name);
Action link_deleted(const ItemId& link);

// ---- import, undo
Action import_started();
Action undone(const std::vector<Sequence>& events);
inline Action undone(Sequence event) { return undone(std::vector{event}); }
Action undone_as(Sequence event, std::string_view name);

// ---- commands
fb::CommandT copy(const fb::CommandT& command);

}  // namespace qualog::test
