// SPDX-License-Identifier: Apache-2.0
// A body is walked as its layout says: a passage is a pair of `begin` and `end`.
#include "tools/qualog/conflicts/carried.h"

#include "projector/fold/edit.h"
#include "projector/items.h"
#include "projector/query/text.h"
#include "schema/actions.h"
#include "schema/json/number.h"
#include "schema/layout.h"
#include "tools/qualog/conflicts/entry.h"

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <map>

namespace qualog::tools {

namespace json = boost::json;
using projector::Facet;

namespace {

std::optional<std::int64_t> place_in(const json::object& body, const Slot& slot) {
  const auto* value = body.if_contains(slot.name);
  if (value != nullptr) return number_from_json(*value, slot.number);
  return slot.optional ? std::nullopt : std::optional(slot.otherwise);
}

// Of "from_begin" what "from" names, of "begin" what the body is about.
ItemId source_of(const Slot& begin, const json::object& body, const ItemId& source) {
  const auto prefix = std::string_view(begin.name).substr(0, begin.name.rfind('_') + 1);
  return prefix.empty() ? source : item_in(body, prefix.substr(0, prefix.size() - 1));
}

class Carrying {
 public:
  Carrying(const projector::Reader& state, Sequence seen) : state_(state), seen_(seen) {}

  Result<void> part(json::object& part) {
    const auto action = action_by_name(word_in(part, "action"));
    const auto* layout = action ? layout_of(*action) : nullptr;
    auto* body = part.if_contains("body");
    if (layout == nullptr || body == nullptr || !body->is_object()) return {};
    // What a query found stands on the text that it was asked of, and says so itself.
    if (body->get_object().contains("at_sequence")) return {};
    return table(*layout, body->get_object(), {});
  }

 private:
  Result<void> table(const Layout& layout, json::object& body, const ItemId& outer) {
    const auto source = source_in(layout, body, outer);
    for (const Slot& slot : layout.slots) {
      if (slot.end != nullptr) QUALOG_TRY(passage(slot, body, source_of(slot, body, source)));
      if (auto* below = body.if_contains(slot.name); below != nullptr && slot.table != nullptr)
        QUALOG_TRY(tables(*slot.table, *below, source));
    }
    return {};
  }

  Result<void> tables(const Layout& layout, json::value& value, const ItemId& source) {
    if (auto* body = value.if_object()) return table(layout, *body, source);
    if (auto* list = value.if_array())
      for (auto& each : *list) QUALOG_TRY(tables(layout, each, source));
    return {};
  }

  // The source that is named, else the one on which the named item stands, else the outer one.
  ItemId source_in(const Layout& layout, const json::object& body, const ItemId& outer) {
    const auto* target = target_of(layout);
    const auto item = target != nullptr ? item_in(body, target->name) : ItemId{};
    const auto named = item_in(body, "source");
    if (named) made_on_.emplace(item, named);
    const auto source = named ? named : stands_on(item);
    return source ? source : outer;
  }

  ItemId stands_on(const ItemId& item) const {
    if (const auto row = projector::item(state_, item))
      return projector::value_of<projector::Place>(*row, Facet::Place).source;
    const auto made = made_on_.find(item);
    return made != made_on_.end() ? made->second : ItemId{};
  }

  Result<void> passage(const Slot& slot, json::object& body, const ItemId& source) const {
    const auto begin = place_in(body, slot), end = place_in(body, *slot.end);
    if (!source || !begin || !end) return {};
    const text::Range then{static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(*end)};
    if (!was_seen(source, then)) return lost(source, then, "there was no passage");
    const auto now = projector::range_now(state_, source, seen_, then);
    if (now.detached) return lost(source, then, "nothing is left of the passage");
    body[slot.name] = now.begin;
    body[slot.end->name] = now.end;
    return {};
  }

  // A text that has grown since has words where its author had none.
  bool was_seen(const ItemId& source, const text::Range& then) const {
    const auto text = projector::content_at(state_, source, seen_);
    const bool is_known = text && text->state != projector::ContentState::Missing;
    return then.begin <= then.end && (!is_known || then.end <= text->length);
  }

  Error lost(const ItemId& source, const text::Range& then, std::string_view why) const {
    return fail(Code::invalid,
                fmt::format("{}: {} from {} to {}, as its author saw the text at event {}; choose "
                            "it again and send it by qualog apply",
                            name_of(source), why, then.begin, then.end, seen_.value));
  }

  std::string name_of(const ItemId& source) const {
    const auto row = projector::item(state_, source);
    if (!row) return source.text();
    const auto name = projector::value_of<projector::Props>(*row, Facet::Props).name.plain;
    return name.empty() ? source.text() : fmt::format("\"{}\"", name);
  }

  const projector::Reader& state_;
  Sequence seen_;
  std::map<ItemId, ItemId> made_on_;  // by what the draft itself has made until then
};

}  // namespace

Result<json::array> carried(const projector::Reader& state, Sequence seen, json::array draft) {
  Carrying carrying(state, seen);
  for (auto& part : draft)
    if (auto* object = part.if_object()) QUALOG_TRY(carrying.part(*object));
  return draft;
}

}  // namespace qualog::tools
