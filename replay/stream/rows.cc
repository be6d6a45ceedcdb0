// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/rows.h"

#include "replay/stream/plan.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "schema/time.h"

#include <fmt/format.h>

namespace qualog::stream {

namespace {

namespace json = boost::json;

// Numbers are numbers, whatever their size: a column has one type.
json::value number(std::int64_t bits, reflection::BaseType type) {
  if (type == reflection::ULong) return static_cast<std::uint64_t>(bits);
  return bits;
}

// One event's row, filled field by field.
class Filling {
 public:
  Filling(const RowOptions& options, const Known& known, const ActionPlan& plan, Row& row)
      : options_(options), known_(known), plan_(plan), row_(row) {}

  void fill(const std::string& project, const fb::Event& event) {
    row_.at(Col::Schema) = in_json(kRowSchema);
    row_.at(Col::SchemaVersion) = kRowVersion;
    row_.at(Col::ProjectId) = in_json(project);
    row_.at(Col::Seq) = event.sequence();
    row_.at(Col::EventId) = fmt::format("{}/{}", project, event.sequence());
    row_.at(Col::Type) = in_json(plan_.action);
    row_.at(Col::At) = rfc3339(event.time());
    fill_actor(event);
    if (event.group() != 0) row_.at(Col::Group) = event.group();
    if (event.undo_of() != 0) row_.at(Col::UndoOf) = event.undo_of();
    row_.at(Col::EntityType) = in_json(plan_.entity.type);
    fill_action(*static_cast<const flatbuffers::Table*>(event.action()));
    fill_entity(project, event);
  }

 private:
  void fill_actor(const fb::Event& event) {
    row_.at(Col::ActorId) = account(event.actor() != nullptr ? event.actor()->string_view() : "");
    if (event.on_behalf_of() != nullptr)
      row_.at(Col::OnBehalfOfId) = account(event.on_behalf_of()->string_view());
    const auto* session = event.session();
    row_.at(Col::SessionId) =
        session != nullptr ? flatbuffers::UnPack(*session).text() : SessionId{}.text();
    if (event.reason() != nullptr)
      row_.at(Col::Reason) = text(*event.reason(), telling_of("event", "reason"));
  }

  void fill_action(const flatbuffers::Table& table) {
    find_entity(table);
    json::object payload;
    for (const auto& field : plan_.fields) {
      const auto* at = value_at(table, *field.slot);
      put_length(payload, field, at);
      if (field.in_payload()) {
        put(payload, field, at);
        continue;
      }
      auto value = value_of(field, at);
      if (field.is_entity) row_.at(Col::EntityId) = value;
      if (field.col) row_.at(*field.col) = std::move(value);
    }
    row_.at(Col::Payload) = std::move(payload);
  }

  // Before the other fields: whether the words of a code leave depends on which code it is.
  void find_entity(const flatbuffers::Table& table) {
    for (const auto& field : plan_.fields)
      if (const auto* at = value_at(table, *field.slot); field.is_entity && at != nullptr)
        entity_ = ItemId{id_at(at)};
  }

  void fill_entity(const std::string& project, const fb::Event& event) {
    if (plan_.entity.from == EntityFrom::Project) row_.at(Col::EntityId) = in_json(project);
    if (plan_.entity.from == EntityFrom::Account)
      row_.at(Col::EntityId) = row_.at(Col::PrincipalId);
    if (plan_.entity.from == EntityFrom::Undone && event.undo_of() != 0)
      row_.at(Col::EntityId) = fmt::format("{}/{}", project, event.undo_of());
  }

  // A key only where there is a value.
  void put(json::object& into, const FieldPlan& field, const std::uint8_t* at) {
    auto value = value_of(field, at);
    if (!value.is_null()) into[field.slot->name] = std::move(value);
  }

  static void put_length(json::object& into, const FieldPlan& field, const std::uint8_t* at) {
    if (field.slot->shape == Shape::Text && at != nullptr)
      into[field.length_name] = reinterpret_cast<const fb::Text*>(at)->length();
  }

  json::value value_of(const FieldPlan& field, const std::uint8_t* at) {
    const Slot& slot = *field.slot;
    if (at == nullptr) return default_of(slot);
    if (slot.shape != Shape::List) return value_of(slot.shape, field, at);
    json::array values;
    values.reserve(list_size(at));
    for (std::uint32_t i = 0; i < list_size(at); ++i)
      values.push_back(value_of(slot.element, field, element_at(at, slot, i)));
    return values;
  }

  // A number that may be absent is null; any other has its meaning from the schema.
  static json::value default_of(const Slot& slot) {
    if (slot.optional) return nullptr;
    if (slot.shape == Shape::Flag) return slot.otherwise != 0;
    if (slot.shape == Shape::Integer) return number(slot.otherwise, slot.number);
    if (slot.shape == Shape::Enum) return choice(slot, slot.otherwise);
    return nullptr;
  }

  static json::value choice(const Slot& slot, std::int64_t value) {
    const auto name = slot.choices->name(value);
    return name ? in_json(*name) : in_json(std::to_string(value));
  }

  json::value value_of(Shape shape, const FieldPlan& field, const std::uint8_t* at) {
    const Slot& slot = *field.slot;
    switch (shape) {
      case Shape::Flag:
        return *at != 0;
      case Shape::Integer:
        return number(number_at(at, slot.number), slot.number);
      case Shape::Enum:
        return choice(slot, number_at(at, slot.number));
      case Shape::Time:
        return in_json(rfc3339(number_at(at, slot.number)));
      case Shape::Id:
        return id(ItemId{id_at(at)}, field.telling);
      case Shape::String:
        return machine_string(string_at(at), field.telling);
      case Shape::Text:
        return text(*reinterpret_cast<const fb::Text*>(at), field.telling);
      case Shape::Table:
        return object(field.inner, table_at(at));
      default:
        return nullptr;  // no plan has one
    }
  }

  json::object object(const std::vector<FieldPlan>& fields, const flatbuffers::Table& table) {
    json::object made;
    for (const auto& field : fields) {
      const auto* at = value_at(table, *field.slot);
      put_length(made, field, at);
      put(made, field, at);
    }
    return made;
  }

  // ---- what may leave

  bool may_leave(Telling telling) const {
    switch (telling) {
      case Telling::Plain:
        return true;
      case Telling::Codebook:
        return options_.with_text || known_.is_code(entity_);
      case Telling::Words:
      case Telling::Date:
        return options_.with_text;
      case Telling::Person:
        return options_.with_text && !options_.pseudonyms;
      default:
        return false;
    }
  }

  json::value text(const fb::Text& said, Telling telling) const {
    if (said.seal() != nullptr || !may_leave(telling)) return nullptr;
    return said.plain() != nullptr ? in_json(said.plain()->string_view()) : json::string();
  }

  json::value machine_string(std::string_view said, Telling telling) const {
    if (telling == Telling::Account) return account(said);
    if (telling == Telling::Date && parse_rfc3339(said)) return in_json(said);
    return may_leave(telling) ? json::value(in_json(said)) : json::value();
  }

  json::string account(std::string_view principal) const {
    constexpr std::string_view kEverybody = "*";  // of coding.removed
    if (!options_.pseudonyms || principal == kEverybody) return in_json(principal);
    return in_json(options_.pseudonyms->account(principal));
  }

  json::value id(const ItemId& item, Telling telling) const {
    if (!item) return nullptr;
    const bool of_person = telling == Telling::Profile || known_.is_profile(item);
    if (of_person && options_.pseudonyms) return in_json(options_.pseudonyms->profile(item));
    return in_json(item.text());
  }

  const RowOptions& options_;
  const Known& known_;
  const ActionPlan& plan_;
  Row& row_;
  ItemId entity_;
};

}  // namespace

RowProjector::RowProjector(const ProjectId& project, RowOptions options, Known known)
    : project_(project.text()), options_(std::move(options)), known_(std::move(known)) {}

Result<void> RowProjector::learn(ByteView stored) {
  QUALOG_ASSIGN(const auto* event, event_view(stored));
  known_.learn(*event);
  return {};
}

Result<Row> RowProjector::row(ByteView stored) {
  QUALOG_ASSIGN(const auto* event, event_view(stored));
  const auto* plan = plan_of(event->action_type());
  if (plan == nullptr || event->action() == nullptr)
    return fail(Code::too_new,
                fmt::format("event {} needs a newer version of qualog", event->sequence()));
  known_.learn(*event);
  Row row;
  Filling(options_, known_, *plan, row).fill(project_, *event);
  return row;
}

}  // namespace qualog::stream
