// SPDX-License-Identifier: Apache-2.0
// An action out of its JSON: a body is built as a FlatBuffer field by field as its layout says,
// then verified and unpacked like a command that came in as bytes.
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/fbs/command_generated.h"
#include "schema/json.h"
#include "schema/json/number.h"
#include "schema/layout.h"
#include "schema/limits.h"
#include "schema/near_names.h"
#include "schema/time.h"

#include <fmt/format.h>

namespace qualog {

namespace json = boost::json;

namespace {

using flatbuffers::FlatBufferBuilder;
using Offset = flatbuffers::Offset<void>;

std::string_view words(const json::string& text) { return {text.data(), text.size()}; }

// The path of a field and what is wrong with its value.
struct Misfit {
  std::string path;
  std::string problem;
};

Misfit inside(std::string_view outer, Misfit misfit) {
  const bool joined = misfit.path.empty() || misfit.path.front() == '[';
  misfit.path = fmt::format("{}{}{}", outer, joined ? "" : ".", misfit.path);
  return misfit;
}

template <class T>
using Built = boost::system::result<T, Misfit>;

Misfit wanted(std::string what) { return {"", "must be " + std::move(what)}; }

template <class T>
void add_number(FlatBufferBuilder& fbb, const Slot& slot, std::int64_t bits) {
  const auto value = static_cast<T>(bits);
  if (slot.optional)
    fbb.AddElement<T>(slot.offset, value);
  else
    fbb.AddElement<T>(slot.offset, value, static_cast<T>(slot.otherwise));
}

// Who filled the fields in: a client, or the server too.
enum class Author { Client, Server };

class BodyBuilder {
 public:
  BodyBuilder(const NameKey& key, Author author) : key_(key), author_(author) {}

  Built<Offset> table(const Layout& layout, const json::object& body);
  FlatBufferBuilder& fbb() { return fbb_; }

 private:
  // What a table needs of a field when it is laid down; its children lie in the buffer by then.
  struct Laid {
    const Slot* slot;
    std::int64_t bits;  // a number
    Bytes bytes;        // a struct
    Offset offset;      // all else
  };

  Built<Laid> field(const Slot& slot, const json::value& value);
  void lay(const Laid& field);

  Built<std::int64_t> number(const Slot& slot, const json::value& value) const;
  Built<Bytes> fixed(Shape shape, const json::value& value) const;
  Built<Offset> child(Shape shape, const Slot& slot, const json::value& value);
  Built<Offset> text(const Slot& slot, std::string_view utf8);
  Built<Offset> byte_list(const json::value& value);
  Built<Offset> list(const Slot& slot, const json::array& values);
  Built<Offset> number_list(const Slot& slot, const json::array& values);
  Built<Offset> fixed_list(const Slot& slot, const json::array& values);
  Built<Offset> child_list(const Slot& slot, const json::array& values);

  template <class Read, class Keep>
  std::optional<Misfit> each(const json::array& values, Read read, Keep keep) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      auto built = read(values[i]);
      if (!built) return inside(fmt::format("[{}]", i), built.error());
      keep(std::move(*built));
    }
    return std::nullopt;
  }

  FlatBufferBuilder fbb_;
  const NameKey& key_;
  Author author_;
};

bool is_number(Shape shape) {
  return shape == Shape::Flag || shape == Shape::Integer || shape == Shape::Enum ||
         shape == Shape::Time;
}

bool is_fixed(Shape shape) { return shape == Shape::Id || shape == Shape::Hash; }

Misfit unknown_field(const Layout& layout, std::string_view key) {
  std::vector<std::string_view> names;
  for (const Slot& slot : layout.slots) names.push_back(slot.name);
  const std::string problem = "is no field of this" + did_you_mean(key, names);
  return {is_plain_name(key) ? std::string(key) : "a key", problem};
}

Built<Offset> BodyBuilder::table(const Layout& layout, const json::object& body) {
  for (const auto& [key, value] : body)
    if (layout.slot({key.data(), key.size()}) == nullptr)
      return unknown_field(layout, {key.data(), key.size()});
  std::vector<Laid> fields;
  for (const Slot& slot : layout.slots) {
    const json::value* value = body.if_contains(slot.name);
    if (value == nullptr) continue;
    auto laid = field(slot, *value);
    if (!laid) return inside(slot.name, laid.error());
    fields.push_back(std::move(*laid));
  }
  const auto start = fbb_.StartTable();
  for (const Laid& laid : fields) lay(laid);
  return Offset(fbb_.EndTable(start));
}

Built<BodyBuilder::Laid> BodyBuilder::field(const Slot& slot, const json::value& value) {
  Laid laid{&slot, 0, {}, {}};
  if (slot.computed && author_ == Author::Client)
    return Misfit{"", "is filled in by the server; leave it out"};
  if (is_number(slot.shape)) {
    QUALOG_ASSIGN(laid.bits, number(slot, value));
  } else if (is_fixed(slot.shape)) {
    QUALOG_ASSIGN(laid.bytes, fixed(slot.shape, value));
  } else {
    QUALOG_ASSIGN(laid.offset, child(slot.shape, slot, value));
  }
  return laid;
}

void BodyBuilder::lay(const Laid& field) {
  const Slot& slot = *field.slot;
  if (is_number(slot.shape)) {
    with_type(slot.number, [&](auto zero) { add_number<decltype(zero)>(fbb_, slot, field.bits); });
  } else if (slot.shape == Shape::Id) {
    fbb_.AddStruct(slot.offset, reinterpret_cast<const fb::ItemId*>(field.bytes.data()));
  } else if (slot.shape == Shape::Hash) {
    fbb_.AddStruct(slot.offset, reinterpret_cast<const fb::Digest*>(field.bytes.data()));
  } else {
    fbb_.AddOffset(slot.offset, field.offset);
  }
}

Built<std::int64_t> BodyBuilder::number(const Slot& slot, const json::value& value) const {
  const std::string_view given = value.is_string() ? words(value.get_string()) : "";
  std::optional<std::int64_t> bits;
  switch (slot.element) {
    case Shape::Flag:
      if (!value.is_bool()) return wanted("true or false");
      return value.get_bool() ? 1 : 0;
    case Shape::Enum:
      bits = slot.choices->value(given);
      if (!bits) return wanted("one of " + slot.choices->listed());
      return *bits;
    case Shape::Time:
      bits = parse_rfc3339(given);
      if (!bits) return wanted("a time such as 2026-01-31T12:00:00Z");
      return *bits;
    default:
      bits = number_from_json(value, slot.number);
      if (!bits) return wanted(number_wanted(slot.number) + ", not quoted, without a fraction");
      return *bits;
  }
}

Built<Bytes> BodyBuilder::fixed(Shape shape, const json::value& value) const {
  const std::string_view given = value.is_string() ? words(value.get_string()) : "";
  if (shape == Shape::Id) {
    const auto id = parse_uuid(given);
    if (!id) return wanted("a UUID");
    return Bytes(id->begin(), id->end());
  }
  Bytes digest = from_hex(given);
  if (digest.size() != sizeof(fb::Digest)) return wanted("64 hexadecimal digits");
  return digest;
}

Built<Offset> BodyBuilder::child(Shape shape, const Slot& slot, const json::value& value) {
  if (shape == Shape::List) {
    if (!value.is_array()) return wanted("a list");
    return list(slot, value.get_array());
  }
  if (shape == Shape::Table) {
    if (!value.is_object()) return wanted("an object");
    return table(*slot.table, value.get_object());
  }
  if (shape == Shape::ByteList) return byte_list(value);
  if (shape == Shape::Union || !value.is_string()) return wanted("a string");
  const std::string_view utf8 = words(value.get_string());
  if (!is_text(utf8)) return wanted("valid UTF-8 without U+0000");
  if (shape == Shape::Text) return text(slot, utf8);
  return Offset(fbb_.CreateString(utf8.data(), utf8.size()).Union());
}

Built<Offset> BodyBuilder::text(const Slot& slot, std::string_view utf8) {
  flatbuffers::Offset<flatbuffers::String> plain;
  flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> match;
  if (!utf8.empty()) plain = fbb_.CreateString(utf8.data(), utf8.size());
  if (slot.is_name) match = fbb_.CreateVector(name_match(key_, utf8));
  return fb::CreateText(fbb_, plain, {}, code_points(utf8), match).Union();
}

Built<Offset> BodyBuilder::byte_list(const json::value& value) {
  const std::string_view digits = value.is_string() ? words(value.get_string()) : "?";
  const Bytes bytes = from_hex(digits);
  if (bytes.size() * 2 != digits.size()) return wanted("pairs of hexadecimal digits");
  return Offset(fbb_.CreateVector(bytes).Union());
}

Built<Offset> BodyBuilder::list(const Slot& slot, const json::array& values) {
  if (values.size() > limits::kListItemsMax)
    return Misfit{"", fmt::format("must have at most {} elements", limits::kListItemsMax)};
  if (is_number(slot.element)) return number_list(slot, values);
  if (is_fixed(slot.element)) return fixed_list(slot, values);
  return child_list(slot, values);
}

Built<Offset> BodyBuilder::number_list(const Slot& slot, const json::array& values) {
  std::vector<std::int64_t> numbers;
  if (auto misfit = each(
          values, [&](const json::value& value) { return number(slot, value); },
          [&](std::int64_t bits) { numbers.push_back(bits); }))
    return *misfit;
  fbb_.StartVector(numbers.size(), slot.element_bytes);
  for (auto bits = numbers.rbegin(); bits != numbers.rend(); ++bits)
    with_type(slot.number,
              [&](auto zero) { fbb_.PushElement(static_cast<decltype(zero)>(*bits)); });
  return Offset(fbb_.EndVector(numbers.size()));
}

Built<Offset> BodyBuilder::fixed_list(const Slot& slot, const json::array& values) {
  Bytes all;
  if (auto misfit = each(
          values, [&](const json::value& value) { return fixed(slot.element, value); },
          [&](const Bytes& bytes) { all.insert(all.end(), bytes.begin(), bytes.end()); }))
    return *misfit;
  fbb_.StartVector(values.size(), slot.element_bytes);
  fbb_.PushBytes(all.data(), all.size());
  return Offset(fbb_.EndVector(values.size()));
}

Built<Offset> BodyBuilder::child_list(const Slot& slot, const json::array& values) {
  std::vector<Offset> offsets;
  if (auto misfit = each(
          values, [&](const json::value& value) { return child(slot.element, slot, value); },
          [&](Offset offset) { offsets.push_back(offset); }))
    return *misfit;
  return Offset(fbb_.CreateVector(offsets).Union());
}

Error unknown_action(std::string_view name) {
  std::vector<std::string_view> names;
  for (const fb::Action action : all_actions()) names.push_back(action_name(action));
  return fail(Code::invalid,
              fmt::format("{} is no action{}", is_plain_name(name) ? name : "what was given",
                          did_you_mean(name, names)));
}

// The action of a command that holds nothing else.
Result<fb::ActionUnion> unpacked(FlatBufferBuilder& fbb, fb::Action action, Offset body) {
  const auto proposal = fb::CreateProposal(fbb, action, body);
  const auto actions = fbb.CreateVector(&proposal, 1);
  fb::CommandBuilder command(fbb);
  command.add_actions(actions);
  fbb.Finish(command.Finish(), fb::CommandIdentifier());
  QUALOG_ASSIGN(const fb::Command* view, command_view({fbb.GetBufferPointer(), fbb.GetSize()}));
  return std::move(unpack(*view)->actions.front()->action);
}

Result<fb::ActionUnion> read_action(std::string_view name, const json::object& body,
                                    const NameKey& key, Author author) {
  const auto action = action_by_name(name);
  if (!action) return unknown_action(name);
  BodyBuilder builder(key, author);
  const auto table = builder.table(*layout_of(*action), body);
  if (!table)
    return fail(Code::invalid,
                fmt::format("{}: {} {}", name, table.error().path, table.error().problem));
  return unpacked(builder.fbb(), *action, *table);
}

}  // namespace

Result<fb::ActionUnion> action_from_json(std::string_view name, const json::object& body,
                                         const NameKey& key) {
  return read_action(name, body, key, Author::Client);
}

Result<fb::ActionUnion> recorded_action_from_json(std::string_view name, const json::object& body,
                                                  const NameKey& key) {
  return read_action(name, body, key, Author::Server);
}

}  // namespace qualog
