// SPDX-License-Identifier: Apache-2.0
// Cases with their attributes as columns of a table and as keys of JSON. An attribute is called by
// its name; where two have it, with its classification or its id. Pure reads.
#pragma once

#include "projector/query/cases.h"
#include "projector/set_values.h"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace qualog::tools {

class CaseColumns {
 public:
  // `classification`: only the cases and attributes of this one.
  explicit CaseColumns(const projector::Reader& state,
                       const std::optional<ItemId>& classification = {});

  const std::vector<projector::CaseEntry>& cases() const { return cases_; }
  // One for each attribute.
  const std::vector<std::string>& titles() const { return titles_; }
  // Under the titles. What is not assigned, or no attribute of its classification, is called as the
  // project calls it, else empty.
  std::vector<std::string> cells(const projector::CaseEntry& entry) const;
  // Title -> value, of the attributes of its classification; null: not assigned.
  boost::json::object json(const projector::CaseEntry& entry) const;

 private:
  std::vector<projector::AttributeEntry> attributes_;
  std::vector<projector::CaseEntry> cases_;
  std::vector<std::string> titles_;
  projector::Settings labels_;
};

// What a case is, in the lines of `cases` and of `codings --cases`: id, name, classification (null:
// none), attributes.
boost::json::object case_json(const CaseColumns& columns, const projector::CaseEntry& entry);

}  // namespace qualog::tools
