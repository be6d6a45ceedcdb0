// SPDX-License-Identifier: Apache-2.0
// Making things in a World from lines of JSON, for tests of acts that have no builder of their own.
#pragma once

#include "tests/engine/world.h"

#include <boost/json/array.hpp>

namespace qualog::test {

inline boost::json::string word(const ItemId& item) { return boost::json::string(item.text()); }

inline boost::json::array words(std::initializer_list<ItemId> items) {
  boost::json::array list;
  for (const auto& item : items) list.push_back(word(item));
  return list;
}

// Made by ann; its id.
inline ItemId made(World& world, std::string_view action, boost::json::object body) {
  const ItemId item = world.new_item();
  body["id"] = word(item);
  world.did(world.ann, said(action, body));
  return item;
}

inline ItemId named(World& world, std::string_view action, std::string_view name) {
  return made(world, action, {{"name", name}});
}

// A file of a source; every blob is there.
inline boost::json::object blob_called(std::string_view file) {
  return {{"hash", std::string(64, '7')},
          {"size", 9},
          {"mime", "audio/ogg"},
          {"file", std::string(file)}};
}

}  // namespace qualog::test
