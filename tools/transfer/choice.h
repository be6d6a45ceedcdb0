// SPDX-License-Identifier: Apache-2.0
// What of a project is to come into another: types of items, everything or structure only, whose
// work, what becomes of duplicates, and who is who. Nothing that was not chosen comes, except the
// folders that chosen sources lie in. Pure.
#pragma once

#include "projector/tables.h"
#include "schema/fbs/command_generated.h"
#include "schema/result.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace qualog::transfer {

enum class ItemType : std::uint8_t {
  None,  // what stays with its project
  Folders,
  Sources,
  Memos,
  Codes,
  Cases,
  Classifications,
  Values,
  Codings,
  Annotations,
  Links,
  Relationships,
  Sets,
  Queries,
  Matrices,
  Maps,
  Reports,
  Settings,
};

struct ItemTypeRow {
  ItemType type = ItemType::None;
  std::string_view word;   // as people choose it
  bool structure = false;  // comes where only the structure does
};

// In the order in which they are made.
std::span<const ItemTypeRow> item_types();
// Of an item as its row says it.
ItemType type_of(const projector::ItemRow& item);
// A kind that never comes says why not; empty for all others.
std::string_view why_it_stays(projector::Kind kind);

struct Choice {
  std::set<ItemType> types;  // empty: all
  bool structure_only = false;
  std::set<ItemId> users;           // profiles of the source project; empty: everybody
  std::map<ItemId, ItemId> people;  // profile there -> profile here
  fb::Duplicates duplicates = fb::Duplicates::Merged;

  bool has(ItemType type) const;
};

// "codes,sources". Errors: invalid, naming what there is.
Result<std::set<ItemType>> parse_types(std::string_view words);

}  // namespace qualog::transfer
