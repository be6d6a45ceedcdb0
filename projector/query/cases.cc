// SPDX-License-Identifier: Apache-2.0
#include "projector/query/cases.h"

#include "projector/query/living.h"
#include "projector/set_values.h"
#include "schema/fbs/codes_generated.h"
#include "schema/fbs/common_generated.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

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
  explicit Casebook(const Reader& reader) : reader_(reader), attributes_(case_attributes(reader)) {
    visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing standing) {
      if (item.kind == Kind::Case && standing == Standing::Alive) add_case(id, item);
      if (item.kind == Kind::Coding) ++codings_[value_of<Place>(item, Facet::Place).code];
    });
  }

  std::vector<CaseEntry> tree() {
    for (const auto& [code, count] : codings_) {
      const auto counted = cases_.find(merge_target(reader_, code));
      if (counted != cases_.end()) counted->second.entry.codings += count;
    }
    for (auto& [id, one] : cases_) {
      const bool below_case = cases_.count(one.entry.parent) != 0;
      children_[below_case ? one.entry.parent : ItemId{}].push_back(id);
    }
    add_below({}, 0);
    return std::move(entries_);
  }

 private:
  struct Case {
    CaseEntry entry;
    std::uint32_t position = 0;
  };

  void add_case(const ItemId& id, const ItemSlice& item) {
    Case one;
    const auto place = value_of<Parent>(item, Facet::Parent);
    one.entry.id = id;
    one.entry.name = value_of<Props>(item, Facet::Props).name;
    one.entry.parent = merge_target(reader_, place.parent);
    one.entry.classification = classification_of(item);
    for (const auto& attribute : attributes_)
      if (attribute.classification.id == one.entry.classification.id)
        if (auto text = value_text(reader_, id, attribute.id); !text.empty())
          one.entry.values[attribute.id] = std::move(text);
    one.position = place.position;
    cases_.emplace(id, std::move(one));
  }

  Named classification_of(const ItemSlice& item) const {
    const auto given = value_of<Linked>(item, Facet::Classification).item;
    const auto counts = given ? merge_target(reader_, given) : given;
    if (!counts || standing(reader_, counts) != Standing::Alive) return {};
    return named(reader_, counts);
  }

  auto order(const ItemId& id) const {
    const auto& one = cases_.at(id);
    return std::tie(one.position, one.entry.name.plain, one.entry.id);
  }

  void add_below(const ItemId& parent, std::uint32_t depth) {
    auto below = children_[parent];
    std::sort(below.begin(), below.end(),
              [&](const ItemId& a, const ItemId& b) { return order(a) < order(b); });
    for (const auto& id : below) {
      entries_.push_back(std::move(cases_.at(id).entry));
      entries_.back().depth = depth;
      add_below(id, depth + 1);
    }
  }

  const Reader& reader_;
  std::vector<AttributeEntry> attributes_;
  std::map<ItemId, Case> cases_;
  std::map<ItemId, std::uint64_t> codings_;
  std::unordered_map<ItemId, std::vector<ItemId>> children_;
  std::vector<CaseEntry> entries_;
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
