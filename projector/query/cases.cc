// SPDX-License-Identifier: Apache-2.0
#include "projector/query/cases.h"

#include "projector/query/living.h"
#include "projector/query/persons.h"
#include "projector/query/tree.h"
#include "projector/set_values.h"
#include "schema/fbs/codes_generated.h"
#include "schema/fbs/common_generated.h"

#include <set>

namespace qualog::projector {

namespace {

// What an item has of an attribute: the name of one of its values, or a text of its own.
std::string value_text(const Reader& reader, const ItemId& item, const ItemId& attribute) {
  const auto row = item_slice(reader, value_item(item, attribute));
  if (!row || standing(reader, *row) != Standing::Alive) return "";
  const auto value = value_of<ItemValue>(*row, Facet::Value);
  if (!value.value) return value.text.plain;
  const auto one = merge_target(reader, value.value);
  return standing(reader, one) == Standing::Alive ? named(reader, one).name.plain : "";
}

class Casebook {
 public:
  explicit Casebook(const Reader& reader)
      : reader_(reader), attributes_(case_attributes(reader)), persons_(reader), tree_(reader) {
    visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing standing) {
      if (item.kind == Kind::Case && standing == Standing::Alive) add_case(id, item);
      if (item.kind == Kind::Coding) add_coding(id, item);
    });
  }

  std::vector<CaseEntry> tree() {
    for (const auto& [code, count] : codings_) {
      const auto counted = cases_.find(merge_target(reader_, code));
      if (counted != cases_.end()) counted->second.codings += count;
    }
    std::vector<CaseEntry> entries;
    for (const auto& branch : tree_.branches()) {
      auto& entry = entries.emplace_back(std::move(cases_.at(branch.id)));
      entry.parent = branch.parent;
      entry.depth = branch.depth;
    }
    return entries;
  }

 private:
  void add_case(const ItemId& id, const ItemSlice& item) {
    tree_.add(id, item);
    auto& one = cases_[id];
    one.id = id;
    one.name = value_of<Props>(item, Facet::Props).name;
    one.classification = classification_of(item);
    for (const auto& attribute : attributes_)
      if (attribute.classification.id == one.classification.id)
        if (auto text = value_text(reader_, id, attribute.id); !text.empty())
          one.values[attribute.id] = std::move(text);
  }

  void add_coding(const ItemId& id, const ItemSlice& coding) {
    const auto place = value_of<Place>(coding, Facet::Place);
    if (!persons_.has_counted(id, coding, place)) ++codings_[place.code];
  }

  Named classification_of(const ItemSlice& item) const {
    const auto given = value_of<Linked>(item, Facet::Classification).item;
    const auto counts = given ? merge_target(reader_, given) : given;
    if (!counts || standing(reader_, counts) != Standing::Alive) return {};
    return named(reader_, counts);
  }

  const Reader& reader_;
  std::vector<AttributeEntry> attributes_;
  Persons persons_;
  Tree tree_;
  std::map<ItemId, CaseEntry> cases_;
  std::map<ItemId, std::uint64_t> codings_;
};

bool is_of_all(const CodingEntry& coding) { return coding.whole && !coding.area; }

bool meet(const Area& one, const Area& other) {
  const bool is_span = one.kind == static_cast<std::uint8_t>(fb::AreaKind::Span);
  return one.kind == other.kind && one.page == other.page && one.left < other.right &&
         other.left < one.right && (is_span || (one.top < other.bottom && other.top < one.bottom));
}

bool have_a_place_in_common(const CodingEntry& one, const CodingEntry& other) {
  if (is_of_all(one) || is_of_all(other)) return true;
  if (one.area && other.area && meet(*one.area, *other.area)) return true;
  return !one.whole && !other.whole && one.begin < other.end && other.begin < one.end;
}

}  // namespace

std::vector<AttributeEntry> case_attributes(const Reader& reader) {
  std::vector<AttributeEntry> attributes;
  for (auto& one : classifications(reader))
    if (one.kind == static_cast<std::uint8_t>(fb::ClassificationKind::Case))
      for (auto& attribute : one.attributes) attributes.push_back(std::move(attribute));
  return attributes;
}

std::vector<CaseEntry> cases(const Reader& reader) { return Casebook(reader).tree(); }

CasesOfPassages::CasesOfPassages(const Reader& reader, const std::vector<CaseEntry>& cases) {
  for (std::size_t number = 0; number < cases.size(); ++number) {
    numbers_[cases[number].id] = number;
    CodingFilter of_case;
    of_case.code = cases[number].id;
    of_case.with_text = false;
    for (auto& coding : codings(reader, of_case))
      if (!coding.detached) placed_[coding.source.id].push_back({number, std::move(coding)});
  }
}

std::vector<std::size_t> CasesOfPassages::of(const CodingEntry& coding) const {
  const auto itself = numbers_.find(coding.code.id);
  if (itself != numbers_.end()) return {itself->second};
  const auto placed = placed_.find(coding.source.id);
  if (placed == placed_.end() || coding.detached) return {};
  std::set<std::size_t> found;
  for (const auto& place : placed->second)
    if (have_a_place_in_common(place.coding, coding)) found.insert(place.number);
  return {found.begin(), found.end()};
}

}  // namespace qualog::projector
