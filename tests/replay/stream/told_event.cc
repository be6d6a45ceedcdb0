// SPDX-License-Identifier: Apache-2.0
#include "tests/replay/stream/told_event.h"

#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "schema/json.h"
#include "schema/layout.h"
#include "tests/schema/golden.h"
#include "tests/schema/random_item.h"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

namespace json = boost::json;

// A colour is held to its form, so it can say nothing.
bool speaks(const Slot& slot) {
  const bool worded = slot.element == Shape::Text || slot.element == Shape::String;
  return worded && slot.name != "color";
}

json::value spoken_value(std::string_view action, const Slot& slot, const std::string& field) {
  const json::string said(spoken(action, field));
  if (slot.shape == Shape::List) return json::array{said};
  return said;
}

void speak(std::string_view action, const Layout& layout, const std::string& path,
           json::object& body) {
  for (const Slot& slot : layout.slots) {
    if (slot.computed) body.erase(slot.name);
    auto* value = body.if_contains(slot.name);
    if (value == nullptr) continue;
    if (speaks(slot)) *value = spoken_value(action, slot, path + slot.name);
    if (slot.table == nullptr) continue;
    if (auto* object = value->if_object())
      speak(action, *slot.table, path + slot.name + ".", *object);
    else
      for (auto& element : value->get_array())
        speak(action, *slot.table, path + slot.name + ".", element.get_object());
  }
}

void collect(const std::string& action, const Layout& layout, const std::string& path,
             std::vector<Worded>& found) {
  for (const Slot& slot : layout.slots) {
    const auto field = path + slot.name;
    if (slot.element == Shape::Text || slot.element == Shape::String)
      found.push_back({action, field, slot.element == Shape::Text});
    if (slot.table != nullptr) collect(action, *slot.table, field + ".", found);
  }
}

}  // namespace

std::string spoken(std::string_view action, std::string_view field) {
  return "<" + std::string(action) + " " + std::string(field) + ">";
}

std::vector<fb::Action> golden_actions() {
  std::vector<fb::Action> actions;
  for (const auto& golden : read_goldens(kGoldenFile))
    if (const auto action = action_by_name(golden.name)) actions.push_back(*action);
  return actions;
}

json::object told_body(fb::Action action) {
  json::object body;  // of the last: the one with the most fields
  for (const auto& golden : read_goldens(kGoldenFile))
    if (golden.name == action_name(action)) body = json::parse(golden.json).at("body").as_object();
  speak(action_name(action), *layout_of(action), "", body);
  return body;
}

Bytes event_of(fb::Action action, const json::object& body) {
  fb::EventT event;
  event.sequence = 7;
  event.time = 1'700'000'000'123'456;
  event.actor = spoken("event", "actor");
  event.on_behalf_of = spoken("event", "on_behalf_of");
  event.session = SessionId{{1}};
  event.command_id = CommandId{{2}};
  event.reason = plain_text(spoken("event", "reason"));
  auto made = action_from_json(action_name(action), body, test_name_key());
  BOOST_REQUIRE_MESSAGE(made, action_name(action) << ": " << made.error().message);
  event.action = std::move(*made);
  Bytes bytes;
  pack(event, bytes);
  return bytes;
}

// What the server fills in is read from no JSON.
Bytes told_event(fb::Action action) {
  const auto read = event_of(action, told_body(action));
  if (action != fb::Action::CodingAdded) return read;
  auto event = unpack(**event_view(read));
  event->action.AsCodingAdded()->comment = plain_text(spoken("coding.added", "comment"));
  Bytes bytes;
  pack(*event, bytes);
  return bytes;
}

std::vector<Worded> worded_fields() {
  std::vector<Worded> found;
  for (const fb::Action action : all_actions())
    collect(std::string(action_name(action)), *layout_of(action), "", found);
  for (const Slot& slot : layout_of(object("Event")).slots)
    if (slot.shape == Shape::Text || slot.shape == Shape::String)
      found.push_back({"event", slot.name, slot.shape == Shape::Text});
  return found;
}

}  // namespace qualog::test
