// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/case_columns.h"

#include "projector/items.h"
#include "projector/value_json.h"

#include <map>

namespace qualog::tools {

namespace {

using projector::AttributeEntry;
using projector::CaseEntry;

std::string with_classification(const AttributeEntry& attribute) {
  return attribute.classification.name.plain + ": " + attribute.name.plain;
}

std::vector<std::string> titles_of(const std::vector<AttributeEntry>& attributes) {
  std::map<std::string, int> called;
  for (const auto& attribute : attributes) {
    ++called[attribute.name.plain];
    ++called[with_classification(attribute)];
  }
  std::vector<std::string> titles;
  for (const auto& attribute : attributes) {
    const auto longer = with_classification(attribute);
    if (called[attribute.name.plain] == 1)
      titles.push_back(attribute.name.plain);
    else
      titles.push_back(called[longer] == 1 ? longer : longer + " " + attribute.id.text());
  }
  return titles;
}

bool is_of(const AttributeEntry& attribute, const CaseEntry& entry) {
  return attribute.classification.id == entry.classification.id;
}

projector::Settings labels_of(const projector::Reader& state) {
  const auto project = projector::item_slice(state, projector::kProjectItem);
  if (!project) return {};
  return projector::value_of<projector::Settings>(*project, projector::Facet::Settings);
}

}  // namespace

CaseColumns::CaseColumns(const projector::Reader& state,
                         const std::optional<ItemId>& classification)
    : attributes_(projector::case_attributes(state)),
      cases_(projector::cases(state)),
      labels_(labels_of(state)) {
  if (classification) {
    std::erase_if(attributes_,
                  [&](const auto& one) { return one.classification.id != *classification; });
    std::erase_if(cases_,
                  [&](const auto& one) { return one.classification.id != *classification; });
  }
  titles_ = titles_of(attributes_);
}

std::vector<std::string> CaseColumns::cells(const CaseEntry& entry) const {
  std::vector<std::string> cells;
  for (const auto& attribute : attributes_) {
    const auto value = entry.values.find(attribute.id);
    const auto& absent = is_of(attribute, entry) ? labels_.unassigned : labels_.not_applicable;
    cells.push_back(value != entry.values.end() ? value->second : absent.plain);
  }
  return cells;
}

boost::json::object CaseColumns::json(const CaseEntry& entry) const {
  boost::json::object values;
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    if (!is_of(attributes_[i], entry)) continue;
    const auto value = entry.values.find(attributes_[i].id);
    values[titles_[i]] = value != entry.values.end()
                             ? boost::json::value(projector::string_json(value->second))
                             : boost::json::value();
  }
  return values;
}

boost::json::object case_json(const CaseColumns& columns, const CaseEntry& entry) {
  return {
      {"id", entry.id.text()},
      {"name", projector::text_json(entry.name)},
      {"classification", entry.classification.id ? projector::text_json(entry.classification.name)
                                                 : boost::json::value()},
      {"attributes", columns.json(entry)}};
}

}  // namespace qualog::tools
