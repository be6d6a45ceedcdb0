// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/filler.h"

#include "projector/items.h"
#include "projector/set_values.h"
#include "tests/simulation/generate/words.h"
#include "tests/simulation/plan.h"

namespace qualog::simulation {

using projector::Kind;
using projector::Table;

namespace {

bool is_number(Shape shape) {
  return shape == Shape::Flag || shape == Shape::Integer || shape == Shape::Enum ||
         shape == Shape::Time;
}

// Those that have rows more often.
constexpr std::array kFileKinds = {
    fb::SourceKind::Document, fb::SourceKind::Pdf,     fb::SourceKind::Dataset,
    fb::SourceKind::Audio,    fb::SourceKind::Video,   fb::SourceKind::Audio,
    fb::SourceKind::Picture,  fb::SourceKind::Picture, fb::SourceKind::Picture};

bool is_area(const Slot& slot) {
  return slot.shape == Shape::Table && short_name(*slot.table->object) == "Area";
}

// "from" of "from_area"; nothing of "area".
std::string_view prefix_of(std::string_view field, std::string_view what) {
  if (!field.ends_with(what)) return {};
  field.remove_suffix(std::min(field.size(), what.size() + (field == what ? 0 : 1)));
  return field;
}

}  // namespace

std::optional<Filler::Offset> Filler::action(fb::Action action) {
  is_huge_ = dice_.one_in(300);
  if (!dice_.one_in(12)) way_ = dice_.one_in(2) ? Way::One : Way::Other;
  const auto made = table(*layout_of(action));
  if (is_in_vain_) return std::nullopt;
  return made;
}

// ---- tables -------------------------------------------------------------------------------------

Filler::Offset Filler::table(const Layout& layout) {
  std::vector<Laid> fields;
  for (const auto& slot : layout.slots)
    if (auto laid = field(layout, slot)) fields.push_back(std::move(*laid));
  const auto start = fbb_.StartTable();
  for (const auto& laid : fields) lay(laid);
  return Offset(fbb_.EndTable(start));
}

bool Filler::is_left_out(const Layout& layout, const Slot& slot) {
  if (slot.must) return dice_.one_in(300);
  const auto name = short_name(*layout.object);
  const auto way = way_of(name, slot.name);
  if (way != Way::Either && way_ != Way::Either && way != way_) return true;
  const auto hint = hint_of(name, slot.name);
  if (hint == Hint::Wanted) return dice_.one_in(10);
  if (hint == Hint::Rare) return !dice_.one_in(6);
  if (way != Way::Either && way == way_ && !is_area(slot)) return false;
  if (is_area(slot) && places_of(prefix_of(slot.name, "area"))) return dice_.percent(40);
  if (slot.computed) return !dice_.one_in(500);
  if (slot.shape == Shape::Table) return !dice_.one_in(15);
  if (slot.shape == Shape::List) return dice_.one_in(24);
  if (hint == Hint::Own) return !around_.last_own || !dice_.one_in(edited_last() ? 2 : 12);
  // Ids of other commands and of lineages nobody knows.
  if (slot.shape == Shape::Id && !slot.is_item) return !dice_.one_in(20);
  // Who it was is said by the connection, except in an import.
  const auto* reference = slot.is_item ? choose_.reference_to(name, slot.name) : nullptr;
  if (reference != nullptr && reference->kinds == engine::KindSet{Kind::Profile})
    return !dice_.one_in(20);
  return dice_.percent(slot.shape == Shape::Text ? 30 : 45);
}

// The newest of one's own events is the last edit of a text.
bool Filler::edited_last() const {
  const auto& own = around_.known.events_of(around_.session);
  return !own.empty() && own.back() == around_.known.last_edit();
}

std::optional<Filler::Laid> Filler::field(const Layout& layout, const Slot& slot) {
  Laid laid{&slot, 0, {}, {}};
  if (is_number(slot.shape)) {
    const auto value = number(layout, slot);
    if (!value) return std::nullopt;
    laid.number = *value;
    return laid;
  }
  if (slot.shape == Shape::Union || is_left_out(layout, slot)) return std::nullopt;
  if (slot.shape != Shape::Id && slot.shape != Shape::Hash) {
    laid.offset = child(layout, slot);
    return laid;
  }
  laid.bytes = fixed(layout, slot);
  const bool is_nothing = slot.is_item && laid.bytes == Bytes(16, 0);
  is_in_vain_ = is_in_vain_ || (is_nothing && slot.must);
  return is_nothing ? std::nullopt : std::optional(std::move(laid));
}

void Filler::lay(const Laid& laid) {
  const Slot& slot = *laid.slot;
  if (slot.shape == Shape::Id)
    return fbb_.AddStruct(slot.offset, reinterpret_cast<const fb::ItemId*>(laid.bytes.data()));
  if (slot.shape == Shape::Hash)
    return fbb_.AddStruct(slot.offset, reinterpret_cast<const fb::Digest*>(laid.bytes.data()));
  if (!is_number(slot.shape)) return fbb_.AddOffset(slot.offset, laid.offset);
  with_type(slot.number, [&](auto zero) {
    fbb_.AddElement(slot.offset, static_cast<decltype(zero)>(laid.number));
  });
}

// ---- numbers ------------------------------------------------------------------------------------

// Nothing: left out.
std::optional<std::int64_t> Filler::number(const Layout& layout, const Slot& slot) {
  const auto name = short_name(*layout.object);
  const auto way = way_of(name, slot.name);
  if (way != Way::Either && way_ != Way::Either && way != way_) return std::nullopt;
  if (slot.end != nullptr) return begin_of(slot);
  if (end_) return *std::exchange(end_, std::nullopt);
  if (slot.name.ends_with("end") && slot.optional && !nonsense()) return std::nullopt;
  const auto hint = hint_of(name, slot.name);
  if (hint == Hint::Rare && is_left_out(layout, slot)) return std::nullopt;
  if (hint != Hint::None && !nonsense()) return hinted(hint, slot);
  if (slot.shape == Shape::Enum) return some_choice(slot);
  if (is_left_out(layout, slot)) return std::nullopt;
  return some_number(slot);
}

std::optional<std::int64_t> Filler::hinted(Hint hint, const Slot& slot) {
  const auto source = text_of("");
  const auto content = projector::content_row(around_.state, source);
  switch (hint) {
    case Hint::Token:
      return static_cast<std::int64_t>(token_of(source));
    case Hint::Undo:
      return some_undo();
    case Hint::Event:
      return some_event();
    case Hint::Head:
      return static_cast<std::int64_t>(around_.known.head().value);
    case Hint::Version:
      return content ? static_cast<std::int64_t>(content->version.value) : 0;
    case Hint::TextLength:
      return position_ + text_length_ + (dice_.one_in(12) ? 3 : 0);
    case Hint::Position:
      return position_ = content ? content->length : 0;
    case Hint::SplicePosition:
      return position_ += static_cast<std::int64_t>(dice_.below(left_of(source) + 1));
    case Hint::SpliceLength: {
      const auto most = std::min<std::uint64_t>(left_of(source), dice_.one_in(2) ? 300 : 9);
      const auto length =
          static_cast<std::int64_t>(most > 0 && !dice_.one_in(4) ? dice_.from_to(1, most) : 0);
      position_ += length + 1;
      return length;
    }
    case Hint::Begin:
      return begin_of(slot);
    case Hint::FileKind:
      return static_cast<std::int64_t>(dice_.one_of(kFileKinds));
    case Hint::Rotation:
      return 90 * static_cast<std::int64_t>(dice_.below(4));
    case Hint::AreaKind:
    case Hint::AreaBegin:
    case Hint::AreaEnd:
      return some_area(hint);
    default:
      return slot.shape == Shape::Enum ? some_choice(slot) : some_number(slot);
  }
}

// Of the lease on what is named, or on the text that it stands on.
std::uint64_t Filler::token_of(const ItemId& source) const {
  const auto& leases = around_.known.leases();
  for (const auto& [field, id] : choose_.chosen().all())
    if (const auto lease = leases.find(id); lease != leases.end()) return lease->second.token;
  const auto lease = leases.find(source);
  return lease == leases.end() ? 0 : lease->second.token;
}

std::int64_t Filler::some_undo() {
  const auto& undos = around_.known.undos();
  return undos.empty() ? 0 : static_cast<std::int64_t>(dice_.one_of(undos).value);
}

// One's own of late, mostly.
std::int64_t Filler::some_event() {
  const auto& own = around_.known.events_of(around_.session);
  if (own.empty() || dice_.percent(30))
    return static_cast<std::int64_t>(dice_.below(around_.known.head().value + 2));
  const auto back = dice_.below(std::min<std::size_t>(own.size(), 4));
  return static_cast<std::int64_t>(own[own.size() - 1 - back].value);
}

// Left and top come before right and bottom. A span has no height.
std::int64_t Filler::some_area(Hint hint) {
  const auto kind = places_of(place_).value_or(fb::AreaKind::Region);
  if (hint == Hint::AreaKind) {
    corner_.clear();
    return static_cast<std::int64_t>(kind);
  }
  const bool is_height = kind == fb::AreaKind::Span && corner_.size() % 2 == 1;
  if (hint == Hint::AreaBegin)
    return corner_.emplace_back(is_height ? 0 : static_cast<std::int64_t>(dice_.below(3)));
  if (corner_.empty()) return 1;
  const auto begin = corner_.front();
  corner_.erase(corner_.begin());
  const bool is_bottom = kind == fb::AreaKind::Span && corner_.empty();
  return is_bottom ? 0 : begin + static_cast<std::int64_t>(dice_.from_to(1, 4));
}

std::int64_t Filler::some_number(const Slot& slot) {
  if (slot.shape == Shape::Flag) return static_cast<std::int64_t>(dice_.below(2));
  if (slot.shape == Shape::Time) return 1'700'000'000'000'000;
  static constexpr std::array<std::int64_t, 6> kNumbers = {0, 1, 2, 7, 100, -1};
  return dice_.one_of(kNumbers);
}

std::int64_t Filler::some_choice(const Slot& slot) {
  if (!slot.must && dice_.percent(50)) return slot.otherwise;
  for (int tries = 0; tries < 8; ++tries) {
    const auto value = static_cast<std::int64_t>(dice_.below(10));
    if (slot.choices->name(value) && (value != 0 || !slot.must)) return value;
  }
  return slot.otherwise;
}

// Both ends are left out where there is no text, and now and then for the whole of it.
std::optional<std::int64_t> Filler::begin_of(const Slot& slot) {
  const auto source = text_of(prefix_of(slot.name, "begin"));
  const bool has_text = length_of(source) > 0;
  if ((!has_text || (slot.optional && dice_.one_in(8))) && !nonsense()) return std::nullopt;
  const auto& cut = around_.known.last_cut();
  if (source == around_.known.last_edited() && cut.delete_length > 0 && dice_.one_in(3)) {
    end_ = cut.position + static_cast<std::int64_t>(dice_.from_to(1, cut.delete_length));
    return cut.position;
  }
  const std::uint64_t length = length_of(source) + (nonsense() ? 5U : 0U);
  auto begin = dice_.below(length + 1), end = dice_.below(length + 1);
  if (begin > end && !nonsense()) std::swap(begin, end);
  if (!dice_.one_in(3)) end = std::min<std::uint64_t>(begin + dice_.from_to(1, 6), length);
  if (begin == end && end < length) ++end;
  end_ = static_cast<std::int64_t>(end);
  return static_cast<std::int64_t>(begin);
}

// ---- children -----------------------------------------------------------------------------------

Bytes Filler::fixed(const Layout& layout, const Slot& slot) {
  if (slot.shape == Shape::Hash) return Bytes(32, static_cast<std::uint8_t>(dice_.below(256)));
  const auto name = short_name(*layout.object);
  const bool is_own = hint_of(name, slot.name) == Hint::Own && !nonsense();
  const auto id = slot.is_item ? choose_.item(name, slot.name)
                  : is_own     ? ItemId{around_.last_own.bytes}
                               : dice_.id<ItemId>();
  return Bytes(id.bytes.begin(), id.bytes.end());
}

Filler::Offset Filler::child(const Layout& layout, const Slot& slot) {
  switch (slot.shape) {
    case Shape::Text:
      return text(layout, slot);
    case Shape::Table:
      place_ = prefix_of(slot.name, "area");
      return table(*slot.table);
    case Shape::List:
      return list(layout, slot);
    case Shape::ByteList:
      return Offset(fbb_.CreateVector(std::vector<std::uint8_t>(dice_.below(4), 7)).Union());
    default:
      return string(slot);
  }
}

Filler::Offset Filler::text(const Layout& layout, const Slot& slot) {
  const bool is_content = layout.slot("length") != nullptr;
  const auto hint = hint_of(short_name(*layout.object), slot.name);
  const bool is_wanted = slot.must || hint == Hint::Wanted || hint == Hint::Typed;
  const auto type = hint == Hint::Typed && !nonsense() ? type_wanted() : fb::AttributeType::Text;
  const Text& chosen = type != fb::AttributeType::Text ? some_words_of(type, dice_)
                       : slot.is_name                  ? some_name(dice_)
                       : is_huge_                      ? huge_words()
                       : is_content                    ? some_source_text(dice_)
                       : is_wanted                     ? some_sentence(dice_)
                                                       : some_words(dice_);
  if (is_content && !slot.is_name && slot.name == "text") text_length_ = chosen.length;
  flatbuffers::Offset<flatbuffers::String> plain;
  flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> match;
  if (!chosen.plain.empty()) plain = fbb_.CreateString(chosen.plain);
  if (slot.is_name) match = fbb_.CreateVector(chosen.match);
  return fb::CreateText(fbb_, plain, {}, chosen.length, match).Union();
}

fb::AttributeType Filler::type_wanted() const {
  auto attribute = choose_.chosen().of("attribute");
  if (const auto value = projector::item_slice(around_.state, choose_.chosen().of("value")))
    attribute = projector::value_of<projector::Parent>(*value, projector::Facet::Parent).parent;
  const auto row = projector::item_slice(around_.state, attribute);
  if (!row) return fb::AttributeType::Text;
  return static_cast<fb::AttributeType>(
      projector::value_of<projector::AttributeType>(*row, projector::Facet::Type).type);
}

Filler::Offset Filler::string(const Slot& slot) {
  std::string made = some_machine_string(dice_);
  if (slot.name == "color") made = dice_.one_in(2) ? "#0a0" : "#00ff80";
  if (slot.name == "principal" || slot.name == "coders")
    made = dice_.one_in(12) ? "*" : person(dice_.below(around_.people + 1));
  return Offset(fbb_.CreateString(made).Union());
}

Filler::Offset Filler::list(const Layout& layout, const Slot& slot) {
  std::size_t count = nonsense() ? 0 : 1;
  while (dice_.one_in(4) && count < 8) ++count;
  position_ = 0;
  if (slot.element == Shape::Id) return ids(layout, slot, count);
  if (is_number(slot.element)) return numbers(layout, slot, count);
  return children(layout, slot, count);
}

Filler::Offset Filler::ids(const Layout& layout, const Slot& slot, std::size_t count) {
  fbb_.StartVector(count * 16, 1);
  for (std::size_t n = 0; n < count; ++n) {
    const auto id = choose_.item(short_name(*layout.object), slot.name);
    is_in_vain_ = is_in_vain_ || !id;
    fbb_.PushBytes(id.bytes.data(), id.bytes.size());
  }
  return Offset(fbb_.EndVector(count));
}

Filler::Offset Filler::numbers(const Layout& layout, const Slot& slot, std::size_t count) {
  const auto hint = hint_of(short_name(*layout.object), slot.name);
  std::vector<std::int64_t> values;
  for (std::size_t n = 0; n < count; ++n)
    values.push_back(slot.element == Shape::Enum ? some_choice(slot)
                     : hint != Hint::None        ? hinted(hint, slot).value_or(0)
                                                 : some_number(slot));
  fbb_.StartVector(count, slot.element_bytes);
  for (const auto value : values)
    with_type(slot.number,
              [&](auto zero) { fbb_.PushElement(static_cast<decltype(zero)>(value)); });
  return Offset(fbb_.EndVector(count));
}

Filler::Offset Filler::children(const Layout&, const Slot& slot, std::size_t count) {
  std::vector<Offset> made;
  for (std::size_t n = 0; n < count; ++n)
    made.push_back(slot.element == Shape::Table ? table(*slot.table) : string(slot));
  return Offset(fbb_.CreateVector(made).Union());
}

}  // namespace qualog::simulation
