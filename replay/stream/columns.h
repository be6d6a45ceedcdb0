// SPDX-License-Identifier: Apache-2.0
// The columns of a row: the same in every row, in this order, null where an action has none. They
// are only ever added, at the end but for `payload`, each time with a higher kRowVersion and a
// released copy of the schema (docs/schemas). Constant; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace qualog::stream {

inline constexpr std::string_view kRowSchema = "qualog.events.v1";
// `schema_version` of each row: how many times columns or fields of a payload were added.
inline constexpr std::int64_t kRowVersion = 3;

enum class Col : std::uint8_t {
  Schema,
  SchemaVersion,
  ProjectId,
  Seq,
  EventId,
  Type,
  At,
  ActorId,
  OnBehalfOfId,
  SessionId,
  Group,
  UndoOf,
  Reason,
  EntityType,
  EntityId,
  Kind,
  Name,
  CodeId,
  SourceId,
  CodingId,
  ParentId,
  FolderId,
  IntoId,
  CoderId,
  PieceOfId,
  PrincipalId,
  Begin,
  End,
  Position,
  Length,
  Weight,
  Payload
};
inline constexpr std::size_t kColumns = static_cast<std::size_t>(Col::Payload) + 1;

enum class Holds : std::uint8_t { Text, Number, Object };

struct Column {
  Col col;
  std::string_view name;
  Holds holds;
  bool always;  // never null
  std::string_view meaning;
};

const std::array<Column, kColumns>& columns();

// The column of a field of an action; nothing: it goes into the payload.
std::optional<Col> column_of(std::string_view action, std::string_view field);

// What `entity_id` is the id of, and where it is found.
enum class EntityFrom : std::uint8_t { Target, Project, Account, Undone };
struct Entity {
  std::string_view type;
  EntityFrom from = EntityFrom::Target;
};
Entity entity_of(std::string_view action);

}  // namespace qualog::stream
