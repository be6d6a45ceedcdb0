// SPDX-License-Identifier: Apache-2.0
// The values of what a team puts together and agrees on: sets and their order, attributes,
// definitions, matrices, milestones, the exclusive session, who waits. Each is one row, as those of
// projector/values.h.
#pragma once

#include "projector/row_codec.h"
#include "schema/chain.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qualog::projector {

struct Exclusive {
  std::uint64_t token = 0;  // the sequence of exclusive.acquired; 0: the project is shared
  SessionId session;
  ItemId holder;  // a profile
  std::int64_t since = 0;
  std::uint64_t last_token = 0;  // of the last one: it has ended the leases of others from before
  SessionId last_session;
};
template <class Visitor>
void describe(Visitor& visit, Exclusive& row) {
  visit("token", row.token);
  visit("session", row.session);
  visit("holder", row.holder);
  visit("since", row.since);
  visit("last_token", row.last_token);
  visit("last_session", row.last_session);
}

struct Horizon {
  std::uint64_t through = 0;  // the last event that is no longer shown
};
template <class Visitor>
void describe(Visitor& visit, Horizon& row) {
  visit("through", row.through);
}

struct KeyedText {
  std::string key;
  Text value;
};
template <class Visitor>
void describe(Visitor& visit, KeyedText& row) {
  visit("key", row.key);
  visit("value", row.value);
}

struct Settings {
  Text unassigned;
  Text not_applicable;
  std::vector<KeyedText> settings;
};
template <class Visitor>
void describe(Visitor& visit, Settings& row) {
  visit("unassigned", row.unassigned);
  visit("not_applicable", row.not_applicable);
  visit("settings", row.settings);
}

struct Order {
  std::vector<ItemId> items;
};
template <class Visitor>
void describe(Visitor& visit, Order& row) {
  visit("items", row.items);
}

struct AttributeType {
  std::uint8_t type = 0;  // fb::AttributeType
  Text default_value;
};
template <class Visitor>
void describe(Visitor& visit, AttributeType& row) {
  visit("type", row.type);
  visit("default_value", row.default_value);
}

struct Definition {
  std::string type;
  Text text;
  std::vector<ItemId> items;   // what it speaks of
  std::uint64_t fixed_at = 0;  // of a static map: the sequence that it shows
};
template <class Visitor>
void describe(Visitor& visit, Definition& row) {
  visit("type", row.type);
  visit("text", row.text);
  visit("items", row.items);
  visit("fixed_at", row.fixed_at);
}

// One of the attribute's values, or a text of its own; neither: unassigned.
struct ItemValue {
  ItemId value;
  Text text;
};
template <class Visitor>
void describe(Visitor& visit, ItemValue& row) {
  visit("value", row.value);
  visit("text", row.text);
}

struct On {
  bool on = false;
};
template <class Visitor>
void describe(Visitor& visit, On& row) {
  visit("on", row.on);
}

struct Freeze {
  std::uint64_t sequence = 0;
  Digest digest{};
  std::uint8_t frozen = 0;  // fb::Frozen
};
template <class Visitor>
void describe(Visitor& visit, Freeze& row) {
  visit("sequence", row.sequence);
  visit("digest", row.digest);
  visit("frozen", row.frozen);
}

struct Waiter {
  SessionId session;
  ItemId holder;  // a profile
  std::int64_t since = 0;
};
template <class Visitor>
void describe(Visitor& visit, Waiter& row) {
  visit("session", row.session);
  visit("holder", row.holder);
  visit("since", row.since);
}

// In the order in which they came.
struct Waiting {
  std::vector<Waiter> waiters;
};
template <class Visitor>
void describe(Visitor& visit, Waiting& row) {
  visit("waiters", row.waiters);
}

struct Grid {
  std::vector<ItemId> rows;
  std::vector<ItemId> columns;
  std::vector<ItemId> row_attributes;
};
template <class Visitor>
void describe(Visitor& visit, Grid& row) {
  visit("rows", row.rows);
  visit("columns", row.columns);
  visit("row_attributes", row.row_attributes);
}

}  // namespace qualog::projector
