// SPDX-License-Identifier: Apache-2.0
// The reflection schema resolved once for walking: per table its fields in order of their ids, each
// with its shape, its attributes and its sub-table, so that no walker looks anything up by name.
// Used by the JSON walkers, the meaning checks and the rows for analytics only. Immutable after the
// first use; any thread.
#pragma once

#include "schema/reflection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qualog {

// What a field, or each element of a list, holds.
enum class Shape : std::uint8_t {
  Flag,
  Integer,
  Enum,
  Time,
  Id,    // a struct of 16 bytes
  Hash,  // a struct of 32 bytes
  String,
  Text,
  Table,
  ByteList,
  List,
  Union
};

// The values of an enum by their names in snake case.
class Choices {
 public:
  explicit Choices(const reflection::Enum& source);

  std::optional<std::string_view> name(std::int64_t value) const;
  std::optional<std::int64_t> value(std::string_view name) const;
  // "a, b or c"
  std::string listed() const;

 private:
  std::vector<std::pair<std::int64_t, std::string>> members_;
};

// Calls `use` with a zero of the C++ type of a whole number.
template <class Use>
void with_type(reflection::BaseType type, Use use) {
  switch (flatbuffers::GetTypeSize(type)) {
    case 1:
      return use(std::uint8_t{});
    case 2:
      return use(std::uint16_t{});
    case 4:
      return use(std::uint32_t{});
    default:
      return use(std::uint64_t{});
  }
}

struct Layout;

struct Slot {
  std::string name;
  Shape shape = Shape::Flag;
  Shape element = Shape::Flag;                     // of a List
  reflection::BaseType number = reflection::None;  // of an Integer, Enum or Time, also in a List
  flatbuffers::voffset_t offset = 0;
  std::size_t element_bytes = 0;  // of a List, in place
  std::size_t place_bytes = 0;    // of the field itself in its table
  std::int64_t otherwise = 0;     // the value of a number that is absent
  bool optional = false;          // a number that may be absent
  bool is_item = false;           // the id of an item, not of a command or a lineage
  bool must = false;
  bool is_name = false;
  bool machine = false;
  bool computed = false;
  const Layout* table = nullptr;                // of a Table, also in a List
  const std::vector<const Layout*>* members{};  // of a Union, by number; nullptr: no such member
  std::optional<Choices> choices;               // of an Enum, also in a List
  const Slot* end = nullptr;                    // of a `begin`: its `end`
};

struct Layout {
  const reflection::Object* object = nullptr;
  std::vector<Slot> slots;

  const Slot* slot(std::string_view name) const;
  // False for an action that is named and numbered but has no fields yet.
  bool served() const;
};

const Layout& layout_of(const reflection::Object& object);
// nullptr for an unknown number.
const Layout* layout_of(fb::Action action);

// What an action acts on: its `id`, else the first item that must be given; nullptr: no single one.
const Slot* target_of(const Layout& action);

// The value of a slot of a verified table: in place for numbers and structs, where the offset leads
// for everything else; nullptr when absent.
const std::uint8_t* value_at(const flatbuffers::Table& table, const Slot& slot);
// The number of elements of a list or of bytes, and the value of one of them, as value_at gives it.
std::uint32_t list_size(const std::uint8_t* list);
const std::uint8_t* element_at(const std::uint8_t* list, const Slot& slot, std::uint32_t index);
// The member of a union slot; nullptr when none is said or its number is unknown.
const Layout* member_of(const flatbuffers::Table& table, const Slot& slot);

// A number in place, sign-extended; an unsigned one past 2^63 keeps its bits.
std::int64_t number_at(const std::uint8_t* at, reflection::BaseType type);
UuidBytes id_at(const std::uint8_t* at);
std::string_view string_at(const std::uint8_t* at);
ByteView bytes_at(const std::uint8_t* at);
inline const flatbuffers::Table& table_at(const std::uint8_t* at) {
  return *reinterpret_cast<const flatbuffers::Table*>(at);
}
// A generated table as the walkers take it.
template <class Generated>
const flatbuffers::Table& as_table(const Generated& generated) {
  return reinterpret_cast<const flatbuffers::Table&>(generated);
}

}  // namespace qualog
