// SPDX-License-Identifier: Apache-2.0
// Classifications, attributes and values; relationships: what the columns cannot say of them. An
// item has values of the attributes of its classification; a value that is not of the attribute's
// list is of its type; between two items there is one relationship of a type.
#include "engine/rules/classes.h"

#include "engine/rules/names.h"
#include "engine/rules/specials.h"
#include "projector/value_type.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::ItemValue;
using projector::Kind;
using projector::Linked;
using projector::Table;

namespace {

template <class Value>
Value value_in(const projector::Reader& state, const ItemId& id, Facet facet) {
  const auto row = projector::item_slice(state, id);
  return row ? projector::value_of<Value>(*row, facet) : Value{};
}

std::uint8_t subkind_of(const projector::Reader& state, const ItemId& id) {
  return value_in<projector::Props>(state, id, Facet::Props).subkind;
}

ItemId parent_of(const projector::Reader& state, const ItemId& id) {
  return value_in<projector::Parent>(state, id, Facet::Parent).parent;
}

std::vector<ItemId> children_of(const projector::Reader& state, const ItemId& parent, Kind kind) {
  return projector::ends_of_keys(state, Table::Children, projector::key_of(parent, kind));
}

Refusal name_taken(const char* field) { return refuse(fb::RefusalCode::NameTaken, field); }

}  // namespace

// ---- labels -------------------------------------------------------------------------------------

namespace {

// A living value of any attribute that has this name.
bool is_a_value(const projector::Reader& state, const Bytes& match) {
  if (match.empty()) return false;
  for (const auto& classification : children_of(state, {}, Kind::Classification))
    for (const auto& attribute : children_of(state, classification, Kind::Attribute))
      if (name_is_free(state, attribute, Kind::Attrvalue, match, {})) return true;
  return false;
}

}  // namespace

Verdict labels_are_free(const Question& question) {
  const auto& action = question.as<fb::ProjectPropsChanged>();
  auto labels =
      value_in<projector::Settings>(question.state, projector::kProjectItem, Facet::Settings);
  if (action.unassigned() != nullptr) labels.unassigned.match = match_of(action.unassigned());
  if (action.not_applicable() != nullptr)
    labels.not_applicable.match = match_of(action.not_applicable());
  return check_labels(question.state, labels);
}

Verdict check_labels(const projector::Reader& state, const projector::Settings& labels) {
  if (is_a_value(state, labels.unassigned.match)) return name_taken("unassigned");
  if (is_a_value(state, labels.not_applicable.match)) return name_taken("not_applicable");
  const bool same =
      !labels.unassigned.match.empty() && labels.unassigned.match == labels.not_applicable.match;
  if (same) return name_taken("not_applicable");
  return {};
}

Verdict check_no_label(const projector::Reader& state, const Bytes& match) {
  const auto labels =
      value_in<projector::Settings>(state, projector::kProjectItem, Facet::Settings);
  const bool taken =
      !match.empty() && (match == labels.unassigned.match || match == labels.not_applicable.match);
  if (taken) return name_taken("name");
  return {};
}

// ---- types --------------------------------------------------------------------------------------

namespace {

fb::AttributeType type_of(const projector::Reader& state, const ItemId& attribute) {
  return static_cast<fb::AttributeType>(
      value_in<projector::AttributeType>(state, attribute, Facet::Type).type);
}

// What is sealed cannot be read.
Verdict check_type(fb::AttributeType type, const fb::Text* text, std::string_view field) {
  const bool readable = text != nullptr && text->plain() != nullptr;
  if (!readable || projector::is_of_type(type, text->plain()->string_view())) return {};
  return refuse(fb::RefusalCode::Invalid,
                std::string(field) + ": it is not of the attribute's type");
}

}  // namespace

// Of an attribute that is there, or of a new one.
Verdict default_fits(const Question& question) {
  const bool is_new = question.rule.action == fb::Action::AttributeCreated;
  const auto type = is_new ? question.as<fb::AttributeCreated>().type()
                           : type_of(question.state, question.id("attribute"));
  return check_type(type, question.text("default_value"), "default_value");
}

Verdict offered_value_fits(const Question& question) {
  const auto* name = question.text("name");
  if (auto verdict = check_no_label(question.state, match_of(name))) return verdict;
  const bool is_new = question.rule.action == fb::Action::AttrvalueCreated;
  const ItemId attribute =
      is_new ? question.id("attribute") : parent_of(question.state, question.id("value"));
  return check_type(type_of(question.state, attribute), name, "name");
}

// ---- what an item has ---------------------------------------------------------------------------

ItemId value_of_pair(const Question& question) {
  return projector::value_item(question.id("item"), question.id("attribute"));
}

Verdict classification_fits(const Question& question) {
  const ItemId classification = question.id("classification");
  if (!classification) return {};
  const bool of_cases = subkind_of(question.state, classification) ==
                        static_cast<std::uint8_t>(fb::ClassificationKind::Case);
  if (of_cases == (projector::kind_of(question.state, question.id("item")) == Kind::Case))
    return {};
  return refuse(fb::RefusalCode::BadRef, "classification: it is for items of another kind");
}

bool classified_so(const Question& question) {
  const auto now = value_in<Linked>(question.state, question.id("item"), Facet::Classification);
  return now.item == question.id("classification");
}

namespace {

// Of the attribute's classification, or of one that is merged into the item's.
bool has_attribute(const Question& question) {
  const auto of_item =
      value_in<Linked>(question.state, question.id("item"), Facet::Classification).item;
  const ItemId of_attribute = parent_of(question.state, question.id("attribute"));
  return of_item && projector::merge_target(question.state, of_item) ==
                        projector::merge_target(question.state, of_attribute);
}

// More would not fit into one event.
constexpr std::size_t kUnconvertedMax = 1'000;

}  // namespace

Verdict value_fits(const Question& question) {
  const auto& action = question.as<fb::AttributeValueSet>();
  if (!has_attribute(question))
    return refuse(fb::RefusalCode::BadRef, "attribute: the item is not classified by it");
  const ItemId value = question.id("value");
  if (value && action.text() != nullptr)
    return refuse(fb::RefusalCode::Invalid, "either value or text");
  if (value && parent_of(question.state, value) != question.id("attribute"))
    return refuse(fb::RefusalCode::BadRef, "value: it is of another attribute");
  return check_type(type_of(question.state, question.id("attribute")), action.text(), "text");
}

bool value_is_so(const Question& question) {
  const auto& action = question.as<fb::AttributeValueSet>();
  const auto row = projector::item(question.state, value_of_pair(question));
  if (!row ||
      projector::standing(question.state, value_of_pair(question)) != projector::Standing::Alive)
    return false;
  const auto now = projector::value_of<ItemValue>(*row, Facet::Value);
  const auto text = action.text() != nullptr ? text_from(action.text()) : Text{};
  return now.value == question.id("value") && now.text.plain == text.plain && !now.text.seal &&
         !text.seal;
}

Verdict list_unconverted(const Question& question, fb::ActionUnion& action) {
  auto& change = *action.AsAttributeTypeChanged();
  change.unconverted.clear();
  question.state.scan(Table::Links, change.attribute.view(), [&](ByteView key, ByteView) {
    const auto row = projector::item_slice(question.state, projector::item_at_end(key));
    if (!row || row->kind != Kind::Value) return true;
    const auto value = projector::value_of<ItemValue>(*row, Facet::Value);
    const auto name = value_in<projector::Props>(question.state, value.value, Facet::Props).name;
    const auto& text = value.value ? name : value.text;
    if (!text.seal && !projector::is_of_type(change.type, text.plain))
      change.unconverted.push_back(projector::value_of<projector::Ends>(*row, Facet::Ends).from);
    return change.unconverted.size() < kUnconvertedMax;
  });
  return {};
}

// ---- relationships ------------------------------------------------------------------------------

Verdict check_direction(const projector::Reader& state, const ItemId& reltype,
                        std::uint8_t direction) {
  const bool same = direction == subkind_of(state, reltype);
  if (same || children_of(state, reltype, Kind::Relationship).empty()) return {};
  return refuse(fb::RefusalCode::Policy, "direction: relationships are of this type");
}

Verdict direction_is_free(const Question& question) {
  const auto direction = question.as<fb::ReltypeChanged>().direction();
  if (!direction) return {};
  return check_direction(question.state, question.id("reltype"),
                         static_cast<std::uint8_t>(*direction));
}

Verdict relationship_is_new(const Question& question) {
  const ItemId reltype = question.id("reltype");
  const bool one_way = reltype && subkind_of(question.state, reltype) ==
                                      static_cast<std::uint8_t>(fb::Direction::OneWay);
  const auto match = projector::relationship_match(question.id("from"), question.id("to"), one_way);
  if (question.id("from") == question.id("to"))
    return refuse(fb::RefusalCode::BadRef, "to: an item is not related to itself");
  return name_is_free(question.state, reltype, Kind::Relationship, match, question.id("id"));
}

}  // namespace qualog::engine
