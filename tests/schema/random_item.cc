// SPDX-License-Identifier: Apache-2.0
#include "tests/schema/random_item.h"

#include "schema/actions.h"
#include "schema/time.h"

#include <cstring>

namespace qualog::test {

namespace {

// One code point each; the first ones may stand in a name.
constexpr std::string_view kPoints[] = {"a",  "B",  "7",          " ",          "\"",      "\\",
                                        "/",  "<",  "æ",          "é",          "e\u0301", "İ",
                                        "漢", "한", "\U0001F600", "\U0010FFFF", "\uFFFF",  "\u200D",
                                        "\n", "\t", "\u0001",     "\u2028",     "\u0085"};
constexpr std::size_t kNamePoints = 18;

bool is_number(Shape shape) {
  return shape == Shape::Flag || shape == Shape::Integer || shape == Shape::Enum ||
         shape == Shape::Time;
}

template <class T>
void add(flatbuffers::FlatBufferBuilder& fbb, const Slot& slot, std::int64_t bits) {
  if (slot.optional)
    fbb.AddElement(slot.offset, static_cast<T>(bits));
  else
    fbb.AddElement(slot.offset, static_cast<T>(bits), static_cast<T>(slot.otherwise));
}

template <class Struct>
void add_struct(flatbuffers::FlatBufferBuilder& fbb, const Slot& slot, const Bytes& bytes) {
  fbb.AddStruct(slot.offset, reinterpret_cast<const Struct*>(bytes.data()));
}

}  // namespace

std::vector<fb::Action> served_actions() {
  std::vector<fb::Action> served;
  for (const fb::Action action : all_actions())
    if (layout_of(action)->served()) served.push_back(action);
  return served;
}

std::vector<fb::AsideBody> served_asides() {
  std::vector<fb::AsideBody> served;
  for (const fb::AsideBody body : fb::EnumValuesAsideBody())
    if (const auto* object = object_of(body); object != nullptr && layout_of(*object).served())
      served.push_back(body);
  return served;
}

const NameKey& test_name_key() {
  static const NameKey key{Bytes(32, 0x5A)};
  return key;
}

std::unique_ptr<fb::ProposalT> ItemMaker::proposal(fb::Action action) {
  start(1, static_cast<std::uint8_t>(action));
  const auto actions = fbb_.CreateVector({table(layout_of(object("Proposal")))});
  const auto begin = fbb_.StartTable();
  fbb_.AddOffset(layout_of(object("Command")).slot("actions")->offset, actions);
  fbb_.Finish(flatbuffers::Offset<fb::Command>(fbb_.EndTable(begin)), fb::CommandIdentifier());
  const auto view = command_view({fbb_.GetBufferPointer(), fbb_.GetSize()});
  return std::move(unpack(*view.value())->actions.front());
}

Bytes ItemMaker::command(std::size_t actions) {
  start(actions, 0);
  fbb_.Finish(table(layout_of(object("Command"))), fb::CommandIdentifier());
  Bytes bytes;
  pack(*unpack(*command_view({fbb_.GetBufferPointer(), fbb_.GetSize()}).value()), bytes);
  return bytes;
}

Bytes ItemMaker::event(fb::Action action) {
  start(1, static_cast<std::uint8_t>(action));
  fbb_.Finish(table(layout_of(object("Event"))), fb::EventIdentifier());
  Bytes bytes;
  pack(*unpack(*event_view({fbb_.GetBufferPointer(), fbb_.GetSize()}).value()), bytes);
  return bytes;
}

Bytes ItemMaker::aside(fb::AsideBody body) {
  start(1, static_cast<std::uint8_t>(body));
  fbb_.Finish(table(layout_of(object("Aside"))), fb::AsideIdentifier());
  Bytes bytes;
  pack(*unpack(*aside_view({fbb_.GetBufferPointer(), fbb_.GetSize()}).value()), bytes);
  return bytes;
}

void ItemMaker::start(std::size_t actions, std::uint8_t member) {
  fbb_.Clear();
  actions_ = actions;
  member_ = member;
}

ItemMaker::Offset ItemMaker::table(const Layout& layout) {
  std::map<const Slot*, Laid> fields;
  for (const Slot& slot : layout.slots)
    if (wants(slot)) fields[&slot] = laid(slot.shape, slot);
  plan_bounds(layout, fields);
  const auto begin = fbb_.StartTable();
  for (const auto& [slot, field] : fields) lay(*slot, field);
  return Offset(fbb_.EndTable(begin));
}

bool ItemMaker::wants(const Slot& slot) {
  if (slot.computed) return options_.computed;
  const bool always = slot.must || slot.shape == Shape::Union || slot.name == "actions";
  return always || options_.full || below(rng_, 2) == 0;
}

// Both or neither, the smaller first.
void ItemMaker::plan_bounds(const Layout& layout, std::map<const Slot*, Laid>& fields) {
  for (const Slot& slot : layout.slots) {
    if (slot.end == nullptr || !slot.optional) continue;
    if (fields.count(&slot) == 0) {
      fields.erase(slot.end);
      continue;
    }
    const auto length = static_cast<std::int64_t>(below(rng_, 1000));
    fields[&slot].bits = static_cast<std::int64_t>(below(rng_, 1'000'000));
    fields[slot.end].bits = fields[&slot].bits + length;
  }
}

ItemMaker::Laid ItemMaker::laid(Shape shape, const Slot& slot) {
  Laid laid;
  if (is_number(shape)) {
    laid.bits = number(shape, slot);
  } else if (shape == Shape::Id) {
    laid.bytes = random_bytes(16);
  } else if (shape == Shape::Hash) {
    laid.bytes = random_bytes(32);
  } else if (shape == Shape::String) {
    laid.offset = fbb_.CreateString(machine_string(slot)).Union();
  } else if (shape == Shape::Text) {
    laid.offset = text(slot);
  } else if (shape == Shape::ByteList) {
    laid.offset = fbb_.CreateVector(random_bytes(1 + below(rng_, 40))).Union();
  } else if (shape == Shape::List) {
    laid.offset = list(slot);
  } else if (shape == Shape::Table) {
    laid.offset = table(*slot.table);
  } else {
    const auto served = served_actions();
    laid.tag =
        member_ != 0 ? member_ : static_cast<std::uint8_t>(served[below(rng_, served.size())]);
    laid.offset = table(*(*slot.members)[laid.tag]);
  }
  return laid;
}

void ItemMaker::lay(const Slot& slot, const Laid& laid) {
  if (is_number(slot.shape)) {
    const auto size = flatbuffers::GetTypeSize(slot.number);
    if (size == 1) add<std::uint8_t>(fbb_, slot, laid.bits);
    if (size == 2) add<std::uint16_t>(fbb_, slot, laid.bits);
    if (size == 4) add<std::uint32_t>(fbb_, slot, laid.bits);
    if (size == 8) add<std::uint64_t>(fbb_, slot, laid.bits);
  } else if (slot.shape == Shape::Id) {
    add_struct<fb::ItemId>(fbb_, slot, laid.bytes);
  } else if (slot.shape == Shape::Hash) {
    add_struct<fb::Digest>(fbb_, slot, laid.bytes);
  } else {
    fbb_.AddOffset(slot.offset, laid.offset);
    if (slot.shape == Shape::Union)
      fbb_.AddElement<std::uint8_t>(static_cast<flatbuffers::voffset_t>(slot.offset - 2), laid.tag,
                                    0);
  }
}

std::int64_t ItemMaker::number(Shape shape, const Slot& slot) {
  if (shape == Shape::Flag) return options_.full ? slot.otherwise == 0 : below(rng_, 2) == 0;
  if (shape == Shape::Time)
    return kTimeMin +
           static_cast<std::int64_t>(rng_() % (std::uint64_t(kTimeMax) - std::uint64_t(kTimeMin)));
  if (shape == Shape::Integer) return static_cast<std::int64_t>(wild_number());
  std::vector<std::int64_t> values;
  for (std::int64_t value = 0; value < 256; ++value)
    if (slot.choices->name(value) && (value != 0 || (!slot.must && !options_.full)))
      values.push_back(value);
  return values[below(rng_, values.size())];
}

// Small, around the limit of exact numbers in JavaScript, or anything; never 0.
std::uint64_t ItemMaker::wild_number() {
  constexpr std::uint64_t kExact = std::uint64_t{1} << 53;
  switch (below(rng_, 4)) {
    case 0:
      return kExact - 2 + below(rng_, 5);
    case 1:
      return rng_() | 1;
    case 2:
      return ~std::uint64_t{0};
    default:
      return 1 + below(rng_, 1000);
  }
}

Bytes ItemMaker::random_bytes(std::size_t size) {
  Bytes bytes(size);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(1 + below(rng_, 255));
  return bytes;
}

std::string ItemMaker::words(bool is_name) {
  std::string text = "n";
  for (std::size_t i = below(rng_, 12); i > 0; --i)
    text += kPoints[below(rng_, is_name ? kNamePoints : std::size(kPoints))];
  return text;
}

std::string ItemMaker::machine_string(const Slot& slot) {
  if (slot.name == "color") return below(rng_, 2) == 0 ? "#0a9Bc1" : "none";
  return "ldap:æ\"" + std::to_string(below(rng_, 1000));
}

ItemMaker::Offset ItemMaker::text(const Slot& slot) {
  const std::string plain = words(slot.is_name);
  auto native = slot.is_name ? name_text(test_name_key(), plain) : plain_text(plain);
  if (options_.sealed && below(rng_, 2) == 0) {
    native->seal = std::make_unique<fb::SealT>();
    std::memcpy(native->seal->subject.bytes.data(), random_bytes(16).data(), 16);
    std::memcpy(native->seal->key.bytes.data(), random_bytes(16).data(), 16);
    native->seal->nonce = random_bytes(24);
    native->seal->bytes = random_bytes(plain.size() + 16);
    native->plain.clear();
  }
  return fb::CreateText(fbb_, native.get()).Union();
}

ItemMaker::Offset ItemMaker::list(const Slot& slot) {
  const std::size_t size = slot.name == "actions" ? actions_ : 1 + below(rng_, 3);
  std::vector<Laid> elements;
  for (std::size_t i = 0; i < size; ++i) elements.push_back(laid(slot.element, slot));
  if (slot.element == Shape::Id) {
    fbb_.StartVector(size, 16);
    for (const Laid& element : elements) fbb_.PushBytes(element.bytes.data(), 16);
    return Offset(fbb_.EndVector(size));
  }
  if (is_number(slot.element)) {
    std::vector<std::uint64_t> numbers;
    for (const Laid& element : elements)
      numbers.push_back(static_cast<std::uint64_t>(element.bits));
    return fbb_.CreateVector(numbers).Union();
  }
  std::vector<Offset> offsets;
  for (const Laid& element : elements) offsets.push_back(element.offset);
  return fbb_.CreateVector(offsets).Union();
}

}  // namespace qualog::test
