// SPDX-License-Identifier: Apache-2.0
// Classifications, attributes and their values; relationships and their types.
#include "projector/fold/shapes.h"

namespace qualog::projector {

namespace {

template <class Type>
void set_type(Change& change, const ItemId& attribute, std::optional<Type> type,
              const fb::Text* default_value) {
  auto value = value_of<AttributeType>(change.item(attribute), Facet::Type);
  if (type) value.type = static_cast<std::uint8_t>(*type);
  assign(value.default_value, default_value);
  change.set(attribute, Facet::Type, value);
}

bool goes_one_way(Change& change, const ItemId& reltype) {
  if (!reltype) return false;
  const auto props = value_of<Props>(change.item(reltype), Facet::Props);
  return props.subkind == static_cast<std::uint8_t>(fb::Direction::OneWay);
}

}  // namespace

// ---- classifications

void fold_action(Change& change, const fb::ClassificationCreated& action) {
  create_named(change, Kind::Classification, action);
}

void fold_action(Change& change, const fb::ClassificationPropsChanged& action) {
  change_props(change, id_of(action.classification()), action);
}

void fold_action(Change& change, const fb::ClassificationMerged& action) {
  merge(change, action.from(), action.into());
}

void fold_action(Change& change, const fb::ClassificationDeleted& action) {
  end_life(change, action.classification());
}

void fold_action(Change& change, const fb::ItemClassified& action) {
  change.set(id_of(action.item()), Facet::Classification, Linked{id_of(action.classification())});
}

// ---- attributes

void fold_action(Change& change, const fb::AttributeCreated& action) {
  const ItemId id = create_named(change, Kind::Attribute, action, id_of(action.classification()));
  set_type(change, id, std::optional(action.type()), action.default_value());
}

void fold_action(Change& change, const fb::AttributePropsChanged& action) {
  const ItemId id = id_of(action.attribute());
  change_props(change, id, action);
  if (action.default_value() != nullptr)
    set_type(change, id, std::optional<fb::AttributeType>(), action.default_value());
}

void fold_action(Change& change, const fb::AttributeTypeChanged& action) {
  set_type(change, id_of(action.attribute()), std::optional(action.type()), nullptr);
}

void fold_action(Change& change, const fb::AttributeDeleted& action) {
  end_life(change, action.attribute());
}

void fold_action(Change& change, const fb::AttributeReordered& action) {
  Order order;
  assign(order.items, action.order());
  change.set(id_of(action.classification()), Facet::Order, order);
}

void fold_action(Change& change, const fb::AttrvalueCreated& action) {
  create_named(change, Kind::Attrvalue, action, id_of(action.attribute()));
}

void fold_action(Change& change, const fb::AttrvalueRenamed& action) {
  change_props(change, id_of(action.value()), action);
}

void fold_action(Change& change, const fb::AttrvalueMerged& action) {
  merge(change, action.from(), action.into());
}

void fold_action(Change& change, const fb::AttrvalueDeleted& action) {
  end_life(change, action.value());
}

void fold_action(Change& change, const fb::AttributeValueSet& action) {
  const Ends ends{id_of(action.item()), id_of(action.attribute())};
  const ItemId id = value_item(ends.from, ends.to);
  change.derive(id, Kind::Value, ends);
  ItemValue value{id_of(action.value()), {}};
  assign(value.text, action.text());
  change.set(id, Facet::Value, value);
}

// ---- relationships

void fold_action(Change& change, const fb::ReltypeCreated& action) {
  create_named(change, Kind::Reltype, action);
}

void fold_action(Change& change, const fb::ReltypeChanged& action) {
  const ItemId id = id_of(action.reltype());
  auto props = value_of<Props>(change.item(id), Facet::Props);
  assign_props(props, action);
  if (const auto direction = action.direction())
    props.subkind = static_cast<std::uint8_t>(*direction);
  change.set(id, Facet::Props, props);
}

void fold_action(Change& change, const fb::ReltypeDeleted& action) {
  end_life(change, action.reltype());
}

// Its ends stand where others have their name: there is one of a type between two items.
void fold_action(Change& change, const fb::RelationshipCreated& action) {
  const ItemId reltype = id_of(action.reltype());
  const bool one_way = goes_one_way(change, reltype);
  const ItemId id = id_of(action.id());
  const Ends ends{id_of(action.from()), id_of(action.to())};
  change.create(id, Kind::Relationship);
  Props props;
  assign_props(props, action);
  props.name.match = relationship_match(ends.from, ends.to, one_way);
  change.set(id, Facet::Props, props);
  change.set(id, Facet::Parent, Parent{reltype, 0});
  change.set(id, Facet::Ends, ends);
}

void fold_action(Change& change, const fb::RelationshipChanged& action) {
  change_props(change, id_of(action.relationship()), action);
}

void fold_action(Change& change, const fb::RelationshipDeleted& action) {
  end_life(change, action.relationship());
}

}  // namespace qualog::projector
