// SPDX-License-Identifier: Apache-2.0
#include "projector/query/classes.h"

#include "projector/query/living.h"
#include "projector/query/persons.h"
#include "projector/query/ranks.h"
#include "projector/set_values.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace qualog::projector {

namespace {

Named counted(const Reader& reader, const ItemId& id) {
  return id ? named(reader, merge_target(reader, id)) : Named{};
}

// All that classifications consist of, found in one pass and then put together.
class Classes {
 public:
  explicit Classes(const Reader& reader) : reader_(reader) {
    visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing standing) {
      if (standing != Standing::Alive) return;
      if (item.kind == Kind::Classification) add_classification(id, item);
      if (item.kind == Kind::Attribute) add_attribute(id, item);
      if (item.kind == Kind::Attrvalue) add_value(id, item);
      if (item.kind == Kind::Case || item.kind == Kind::Source) count(item);
    });
  }

  std::vector<ClassificationEntry> take() {
    for (auto& [id, attribute] : attributes_) put_values_into(attribute);
    for (auto& [id, attribute] : attributes_) put_into_its_class(attribute);
    std::vector<ClassificationEntry> entries;
    for (auto& [id, one] : classes_) {
      one.entry.items = items_[id];
      entries.push_back(in_order(one));
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      return std::tie(a.name.plain, a.id) < std::tie(b.name.plain, b.id);
    });
    return entries;
  }

 private:
  struct Attribute {
    AttributeEntry entry;
    Sequence made;
  };
  struct Class {
    ClassificationEntry entry;
    Ranks order;
    std::vector<Attribute> attributes;
  };
  struct Value {
    Named value;
    ItemId attribute;
  };

  void add_classification(const ItemId& id, const ItemSlice& item) {
    const auto props = value_of<Props>(item, Facet::Props);
    auto& one = classes_[id];
    one.entry.id = id;
    one.entry.name = props.name;
    one.entry.description = props.description;
    one.entry.kind = props.subkind;
    one.order = Ranks(value_of<Order>(item, Facet::Order).items);
  }

  void add_attribute(const ItemId& id, const ItemSlice& item) {
    auto& attribute = attributes_[id];
    const auto type = value_of<AttributeType>(item, Facet::Type);
    attribute.entry.id = id;
    attribute.entry.name = value_of<Props>(item, Facet::Props).name;
    attribute.entry.classification = counted(reader_, value_of<Parent>(item, Facet::Parent).parent);
    attribute.entry.type = type.type;
    attribute.entry.default_value = type.default_value;
    attribute.made = item.created.sequence;
  }

  void add_value(const ItemId& id, const ItemSlice& item) {
    values_[{item.created.sequence, id}] = {{id, value_of<Props>(item, Facet::Props).name},
                                            value_of<Parent>(item, Facet::Parent).parent};
  }

  void count(const ItemSlice& item) {
    const auto of = value_of<Linked>(item, Facet::Classification).item;
    if (of) ++items_[merge_target(reader_, of)];
  }

  void put_values_into(Attribute& attribute) const {
    for (const auto& [at, value] : values_)
      if (value.attribute == attribute.entry.id) attribute.entry.values.push_back(value.value);
  }

  void put_into_its_class(Attribute& attribute) {
    const auto of = classes_.find(attribute.entry.classification.id);
    if (of != classes_.end()) of->second.attributes.push_back(std::move(attribute));
  }

  static ClassificationEntry in_order(Class& one) {
    const auto place = [&](const Attribute& attribute) {
      return std::tuple(one.order.of(attribute.entry.id), attribute.made, attribute.entry.id);
    };
    std::sort(one.attributes.begin(), one.attributes.end(),
              [&](const auto& a, const auto& b) { return place(a) < place(b); });
    for (auto& attribute : one.attributes)
      one.entry.attributes.push_back(std::move(attribute.entry));
    return std::move(one.entry);
  }

  const Reader& reader_;
  std::map<ItemId, Class> classes_;
  std::map<ItemId, Attribute> attributes_;
  std::map<std::pair<Sequence, ItemId>, Value> values_;
  std::map<ItemId, std::uint64_t> items_;
};

RelationshipEntry relationship_of(const Reader& reader, const ItemId& id, const ItemSlice& item) {
  RelationshipEntry entry;
  const auto ends = value_of<Ends>(item, Facet::Ends);
  const auto type = value_of<Parent>(item, Facet::Parent).parent;
  entry.id = id;
  entry.from = counted(reader, ends.from);
  entry.to = counted(reader, ends.to);
  entry.description = value_of<Props>(item, Facet::Props).description;
  if (!type) return entry;
  entry.type = named(reader, type);
  if (const auto row = item_slice(reader, type))
    entry.direction = value_of<Props>(*row, Facet::Props).subkind;
  return entry;
}

}  // namespace

std::vector<ClassificationEntry> classifications(const Reader& reader) {
  return Classes(reader).take();
}

std::vector<RelationshipEntry> relationships(const Reader& reader) {
  std::vector<RelationshipEntry> entries;
  std::map<ItemId, std::uint64_t> codings;
  Persons persons(reader);
  visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing) {
    if (item.kind == Kind::Relationship) entries.push_back(relationship_of(reader, id, item));
    if (item.kind != Kind::Coding) return;
    const auto place = value_of<Place>(item, Facet::Place);
    if (!persons.has_counted(id, item, place)) ++codings[place.code];
  });
  for (auto& entry : entries) entry.codings = codings[entry.id];
  const auto order = [](const RelationshipEntry& entry) {
    return std::tie(entry.type.name.plain, entry.from.name.plain, entry.to.name.plain, entry.id);
  };
  std::sort(entries.begin(), entries.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return entries;
}

}  // namespace qualog::projector
