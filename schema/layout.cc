// SPDX-License-Identifier: Apache-2.0
#include "schema/layout.h"

#include "schema/actions.h"
#include "schema/assert.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace qualog {

namespace {

using Members = std::vector<const Layout*>;

constexpr std::size_t kIdBytes = 16;

bool is_reference(Shape shape) {
  return shape == Shape::String || shape == Shape::Text || shape == Shape::Table ||
         shape == Shape::ByteList || shape == Shape::List || shape == Shape::Union;
}

template <class T>
T read(const std::uint8_t* at) {
  return flatbuffers::ReadScalar<T>(at);
}

const std::uint8_t* follow(const std::uint8_t* at) { return at + read<flatbuffers::uoffset_t>(at); }

Shape object_shape(const reflection::Object& object) {
  if (object.is_struct())
    return object.bytesize() == static_cast<int>(kIdBytes) ? Shape::Id : Shape::Hash;
  return short_name(object) == "Text" ? Shape::Text : Shape::Table;
}

Shape number_shape(const reflection::Field& field, reflection::BaseType type) {
  if (field.type()->index() >= 0) return Shape::Enum;
  if (type == reflection::Bool) return Shape::Flag;
  return has_attribute(field, "time") ? Shape::Time : Shape::Integer;
}

Shape shape_of(const reflection::Field& field, reflection::BaseType type) {
  if (type == reflection::Obj) return object_shape(object_of(field));
  if (type == reflection::String) return Shape::String;
  if (type == reflection::Union) return Shape::Union;
  QUALOG_ASSERT(flatbuffers::IsInteger(type));
  return number_shape(field, type);
}

// Every layout, made in two steps: a place for each table first, so that they can point to
// each other.
class Catalogue {
 public:
  Catalogue() : layouts_(schema().objects()->size()) {
    for (unsigned i = 0; i < layouts_.size(); ++i) {
      layouts_[i].object = schema().objects()->Get(i);
      by_object_[layouts_[i].object] = &layouts_[i];
    }
    for (const auto* members : *schema().enums())
      if (members->is_union()) add_union(*members);
    for (Layout& layout : layouts_) fill(layout);
  }

  const Layout& of(const reflection::Object& object) const { return *by_object_.at(&object); }

  const Layout* action(std::size_t number) const {
    const Members& members = unions_.at(schema().enums()->LookupByKey("qualog.fb.Action"));
    return number < members.size() ? members[number] : nullptr;
  }

 private:
  void add_union(const reflection::Enum& source) {
    Members& members = unions_[&source];
    members.resize(256);
    for (const auto* value : *source.values())
      if (value->value() != 0)
        members[static_cast<std::size_t>(value->value())] =
            &layouts_[static_cast<std::size_t>(value->union_type()->index())];
  }

  void fill(Layout& layout) {
    std::vector<const reflection::Field*> fields(layout.object->fields()->begin(),
                                                 layout.object->fields()->end());
    std::sort(fields.begin(), fields.end(),
              [](const auto* a, const auto* b) { return a->id() < b->id(); });
    for (const auto* field : fields)
      if (!layout.object->is_struct() && field->type()->base_type() != reflection::UType)
        layout.slots.push_back(slot(*field));
    for (Slot& begin : layout.slots) pair_bounds(layout, begin);
  }

  Slot slot(const reflection::Field& field) const {
    const auto* type = field.type();
    const bool list = type->base_type() == reflection::Vector;
    Slot slot;
    slot.name = field.name()->str();
    slot.number = list ? type->element() : type->base_type();
    slot.element = shape_of(field, slot.number);
    slot.shape = list ? Shape::List : slot.element;
    if (list && slot.number == reflection::UByte) slot.shape = Shape::ByteList;
    slot.offset = field.offset();
    slot.element_bytes = flatbuffers::GetTypeSizeInline(slot.number, type->index(), schema());
    slot.place_bytes = list ? sizeof(flatbuffers::uoffset_t) : slot.element_bytes;
    slot.otherwise = field.default_integer();
    slot.optional = field.optional() && !is_reference(slot.shape);
    read_attributes(field, slot);
    refer(field, slot);
    return slot;
  }

  static void read_attributes(const reflection::Field& field, Slot& slot) {
    slot.is_item = slot.shape == Shape::Id && short_name(object_of(field)) == "ItemId";
    slot.must = has_attribute(field, "must");
    slot.is_name = has_attribute(field, "name");
    slot.machine = has_attribute(field, "machine");
    slot.computed = has_attribute(field, "computed");
  }

  void refer(const reflection::Field& field, Slot& slot) const {
    if (slot.element == Shape::Table) slot.table = by_object_.at(&object_of(field));
    if (slot.element != Shape::Enum && slot.element != Shape::Union) return;
    const auto* source = schema().enums()->Get(static_cast<unsigned>(field.type()->index()));
    if (slot.element == Shape::Union)
      slot.members = &unions_.at(source);
    else
      slot.choices.emplace(*source);
  }

  // `begin` and `end`, `from_begin` and `from_end`.
  static void pair_bounds(const Layout& layout, Slot& begin) {
    constexpr std::string_view kBegin = "begin";
    if (!std::string_view(begin.name).ends_with(kBegin)) return;
    begin.end = layout.slot(begin.name.substr(0, begin.name.size() - kBegin.size()) + "end");
  }

  std::vector<Layout> layouts_;
  std::unordered_map<const reflection::Object*, const Layout*> by_object_;
  std::unordered_map<const reflection::Enum*, Members> unions_;
};

const Catalogue& catalogue() {
  static const Catalogue made;
  return made;
}

}  // namespace

Choices::Choices(const reflection::Enum& source) {
  for (const auto* value : *source.values())
    members_.emplace_back(value->value(), snake_case(value->name()->string_view()));
}

std::optional<std::string_view> Choices::name(std::int64_t value) const {
  for (const auto& [number, name] : members_)
    if (number == value) return name;
  return std::nullopt;
}

std::optional<std::int64_t> Choices::value(std::string_view name) const {
  for (const auto& [number, known] : members_)
    if (known == name) return number;
  return std::nullopt;
}

std::string Choices::listed() const {
  std::string text;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (i > 0) text += i + 1 == members_.size() ? " or " : ", ";
    text += members_[i].second;
  }
  return text;
}

const Slot* Layout::slot(std::string_view name) const {
  for (const Slot& slot : slots)
    if (slot.name == name) return &slot;
  return nullptr;
}

bool Layout::served() const {
  const std::string_view name = short_name(*object);
  return !slots.empty() || name == "ProjectDeleted" || name == "ProjectUndeleted";
}

const Layout& layout_of(const reflection::Object& object) { return catalogue().of(object); }

const Layout* layout_of(fb::Action action) {
  return catalogue().action(static_cast<std::size_t>(action));
}

const Slot* target_of(const Layout& action) {
  for (const Slot& slot : action.slots)
    if (slot.is_item && slot.name == "id") return &slot;
  for (const Slot& slot : action.slots)
    if (slot.is_item && slot.must) return &slot;
  return nullptr;
}

const std::uint8_t* value_at(const flatbuffers::Table& table, const Slot& slot) {
  const std::uint8_t* at = table.GetAddressOf(slot.offset);
  return at != nullptr && is_reference(slot.shape) ? follow(at) : at;
}

std::uint32_t list_size(const std::uint8_t* list) { return read<flatbuffers::uoffset_t>(list); }

const std::uint8_t* element_at(const std::uint8_t* list, const Slot& slot, std::uint32_t index) {
  const std::uint8_t* at = list + sizeof(flatbuffers::uoffset_t) + index * slot.element_bytes;
  return is_reference(slot.element) ? follow(at) : at;
}

const Layout* member_of(const flatbuffers::Table& table, const Slot& slot) {
  const auto tag_offset = static_cast<flatbuffers::voffset_t>(slot.offset - 2);
  return (*slot.members)[table.GetField<std::uint8_t>(tag_offset, 0)];
}

std::int64_t number_at(const std::uint8_t* at, reflection::BaseType type) {
  switch (type) {
    case reflection::Bool:
    case reflection::UByte:
      return *at;
    case reflection::Byte:
      return read<std::int8_t>(at);
    case reflection::Short:
      return read<std::int16_t>(at);
    case reflection::UShort:
      return read<std::uint16_t>(at);
    case reflection::Int:
      return read<std::int32_t>(at);
    case reflection::UInt:
      return read<std::uint32_t>(at);
    default:
      return read<std::int64_t>(at);
  }
}

UuidBytes id_at(const std::uint8_t* at) {
  UuidBytes id;
  std::memcpy(id.data(), at, id.size());
  return id;
}

std::string_view string_at(const std::uint8_t* at) { return text_of(bytes_at(at)); }

ByteView bytes_at(const std::uint8_t* at) {
  return {at + sizeof(flatbuffers::uoffset_t), list_size(at)};
}

}  // namespace qualog
