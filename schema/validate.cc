// SPDX-License-Identifier: Apache-2.0
#include "schema/validate.h"

#include "schema/codec.h"
#include "schema/fbs/command_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/layout.h"
#include "schema/limits.h"
#include "schema/text_check.h"
#include "schema/time.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog {

namespace {

constexpr std::size_t kUnfoldedRatioMax = 4;

enum class Origin { Client, Server };

// Walks one item. Every table, string and list is paid for from a budget each time it is met, so
// that the walk ends in time linear in the buffer's size, whatever refers to what. Each function
// answers whether all is sound; the first flaw is kept, and its path grows on the way out.
class Walk {
 public:
  Walk(Origin origin, std::size_t budget) : origin_(origin), budget_(budget) {}

  bool table(const Layout& layout, const flatbuffers::Table& table);
  std::optional<Flaw> flaw() { return std::move(flaw_); }

 private:
  bool slot(const Slot& slot, const flatbuffers::Table& table);
  bool value(Shape shape, const Slot& slot, const std::uint8_t* at);
  bool number(Shape shape, const Slot& slot, const std::uint8_t* at);
  bool string(const Slot& slot, std::string_view utf8);
  bool text(const Slot& slot, const fb::Text& text);
  bool list(const Slot& slot, const std::uint8_t* list);
  bool element(const Slot& slot, const std::uint8_t* at);
  bool member(const Slot& slot, const flatbuffers::Table& table);
  bool bounds(const Slot& begin, const flatbuffers::Table& table);

  bool spend(std::size_t bytes);
  bool wrong(std::string problem) { return noted(Flaw{"", std::move(problem), false}); }
  bool too_large(std::string problem) { return noted(Flaw{"", std::move(problem), true}); }
  bool noted(std::optional<Flaw> flaw);
  bool inside(std::string_view outer);

  Origin origin_;
  std::size_t budget_;
  std::optional<Flaw> flaw_;
};

bool Walk::noted(std::optional<Flaw> flaw) {
  flaw_ = std::move(flaw);
  return !flaw_;
}

bool Walk::inside(std::string_view outer) {
  std::string& path = flaw_->field;
  const bool joined = path.empty() || path.front() == '[';
  path = fmt::format("{}{}{}", outer, joined ? "" : ".", path);
  return false;
}

bool Walk::spend(std::size_t bytes) {
  if (bytes > budget_) return too_large("unfolds to more bytes than are allowed");
  budget_ -= bytes;
  return true;
}

// A list of proposals may be as long as a group; any other list holds what one action names.
std::size_t list_items_max(const Slot& slot) {
  const bool proposals = slot.table != nullptr && short_name(*slot.table->object) == "Proposal";
  return proposals ? limits::kGroupEventsMax : limits::kListItemsMax;
}

bool is_empty(const Slot& slot, const std::uint8_t* at) {
  switch (slot.shape) {
    case Shape::Id:
      return id_at(at) == UuidBytes{};
    case Shape::String:
    case Shape::ByteList:
    case Shape::List:
      return list_size(at) == 0;
    case Shape::Text: {
      const auto& text = *reinterpret_cast<const fb::Text*>(at);
      return text.seal() == nullptr && (text.plain() == nullptr || text.plain()->size() == 0);
    }
    case Shape::Flag:
    case Shape::Integer:
    case Shape::Enum:
      return !slot.optional && number_at(at, slot.number) == 0;
    default:
      return false;
  }
}

// The member of a union is called `body` in JSON, and so in paths.
std::string_view path_of(const Slot& slot) {
  return slot.shape == Shape::Union ? "body" : std::string_view(slot.name);
}

bool Walk::table(const Layout& layout, const flatbuffers::Table& table) {
  if (!spend(sizeof(flatbuffers::soffset_t))) return false;
  for (const Slot& each : layout.slots)
    if (!slot(each, table)) return inside(path_of(each));
  return true;
}

bool Walk::slot(const Slot& slot, const flatbuffers::Table& table) {
  if (slot.shape == Shape::Union) return member(slot, table);
  const std::uint8_t* at = value_at(table, slot);
  const bool empty = at == nullptr || is_empty(slot, at);
  if (empty && slot.must) return wrong("must be given");
  if (!empty && slot.computed && origin_ == Origin::Client)
    return wrong("is filled in by the server; leave it out");
  if (at != nullptr && !(spend(slot.place_bytes) && value(slot.shape, slot, at))) return false;
  return slot.end == nullptr || !slot.optional || bounds(slot, table);
}

bool Walk::value(Shape shape, const Slot& slot, const std::uint8_t* at) {
  switch (shape) {
    case Shape::String:
      return string(slot, string_at(at));
    case Shape::Text:
      return text(slot, *reinterpret_cast<const fb::Text*>(at));
    case Shape::Table:
      return table(*slot.table, table_at(at));
    case Shape::ByteList:
      return spend(sizeof(flatbuffers::uoffset_t) + list_size(at));
    case Shape::List:
      return list(slot, at);
    default:
      return number(shape, slot, at);
  }
}

bool Walk::number(Shape shape, const Slot& slot, const std::uint8_t* at) {
  if (shape == Shape::Flag) return *at <= 1 || wrong("is neither true nor false");
  if (shape == Shape::Enum)
    return slot.choices->name(number_at(at, slot.number)) || wrong("is none of the known values");
  if (shape != Shape::Time) return true;
  const std::int64_t time = number_at(at, slot.number);
  return (time >= kTimeMin && time <= kTimeMax) || wrong("lies outside the years 0000 to 9999");
}

bool Walk::string(const Slot& slot, std::string_view utf8) {
  if (!spend(sizeof(flatbuffers::uoffset_t) + utf8.size())) return false;
  if (!noted(flaw_in_machine_string(utf8))) return false;
  return slot.name != "color" || utf8.empty() || is_colour(utf8) ||
         wrong("must be #RGB, #RRGGBB or none");
}

bool Walk::text(const Slot& slot, const fb::Text& text) {
  return spend(unfolded_bytes(text)) && noted(flaw_in(text, slot.is_name));
}

// The verifier looks at the alignment of a list's length only, and unpacking reads numbers in
// place.
bool is_aligned(const Slot& slot, const std::uint8_t* list) {
  if (slot.number == reflection::Obj) return true;
  return reinterpret_cast<std::uintptr_t>(list + sizeof(flatbuffers::uoffset_t)) %
             slot.element_bytes ==
         0;
}

bool Walk::list(const Slot& slot, const std::uint8_t* list) {
  const std::uint32_t size = list_size(list);
  const std::size_t most = list_items_max(slot);
  if (size > most) return too_large(fmt::format("has more than {} elements", most));
  if (!spend(sizeof(flatbuffers::uoffset_t) + size * slot.element_bytes)) return false;
  if (!is_aligned(slot, list)) return wrong("is not aligned");
  for (std::uint32_t i = 0; i < size; ++i)
    if (!element(slot, element_at(list, slot, i))) return inside(fmt::format("[{}]", i));
  return true;
}

bool Walk::element(const Slot& slot, const std::uint8_t* at) {
  if (slot.element == Shape::Id && id_at(at) == UuidBytes{}) return wrong("must not be zero");
  return value(slot.element, slot, at);
}

bool Walk::member(const Slot& slot, const flatbuffers::Table& table) {
  const Layout* layout = member_of(table, slot);
  const std::uint8_t* at = value_at(table, slot);
  if (layout == nullptr || at == nullptr)
    return wrong("is of a kind that this version does not know");
  return this->table(*layout, table_at(at));
}

bool Walk::bounds(const Slot& begin, const flatbuffers::Table& table) {
  const std::uint8_t* from = value_at(table, begin);
  const std::uint8_t* to = value_at(table, *begin.end);
  if ((from == nullptr) != (to == nullptr)) return wrong("and its end must be given together");
  if (from == nullptr) return true;
  return number_at(from, begin.number) <= number_at(to, begin.end->number) ||
         wrong("must not lie after its end");
}

template <class Generated>
std::optional<Flaw> walked(Origin origin, const char* name, const Generated& item,
                           std::size_t bytes) {
  static const Layout& layout = layout_of(object(name));
  Walk walk(origin, bytes * kUnfoldedRatioMax);
  walk.table(layout, as_table(item));
  return walk.flaw();
}

Flaw whole(std::string problem, bool too_large) {
  return {"the item", std::move(problem), too_large};
}

// An item as it lies in a log.
template <class Generated>
std::optional<Flaw> flaw_in_stored(const char* name, const Generated& item, ByteView stored) {
  thread_local Bytes canonical;
  if (stored.size() > limits::kItemBytesMax)
    return whole(fmt::format("has more than {} bytes", limits::kItemBytesMax), true);
  if (auto flaw = walked(Origin::Server, name, item, stored.size())) return flaw;
  pack(*unpack(item), canonical);
  if (!std::equal(canonical.begin(), canonical.end(), stored.begin(), stored.end()))
    return whole("is not in its canonical encoding", false);
  return std::nullopt;
}

}  // namespace

std::optional<Flaw> flaw_in(const fb::Command& command, std::size_t buffer_size) {
  if (command.actions() == nullptr || command.actions()->size() == 0)
    return Flaw{"actions", "must be given"};
  if (command.reason() != nullptr && unfolded_bytes(*command.reason()) > limits::kReasonBytesMax)
    return Flaw{"reason", fmt::format("has more than {} bytes", limits::kReasonBytesMax), true};
  return walked(Origin::Client, "Command", command, buffer_size);
}

std::optional<Flaw> flaw_in(fb::Action action, const flatbuffers::Table& table) {
  const Layout* layout = layout_of(action);
  if (layout == nullptr) return Flaw{"action", "is none that this version knows"};
  Walk walk(Origin::Client, limits::kItemBytesMax);
  walk.table(*layout, table);
  return walk.flaw();
}

std::optional<Flaw> flaw_in(const fb::Event& event, ByteView stored) {
  return flaw_in_stored("Event", event, stored);
}

std::optional<Flaw> flaw_in(const fb::Aside& aside, ByteView stored) {
  return flaw_in_stored("Aside", aside, stored);
}

}  // namespace qualog
