// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/report.h"

#include "projector/query/people.h"

namespace qualog::transfer {

namespace json = boost::json;

json::array kinds_json(const Report& report) {
  std::map<std::string, std::uint64_t> left;
  for (const auto& [kind, tally] : report.kinds) left[kind];
  for (const auto& [what, out] : report.left_out) left[what.first] += out.count;
  json::array list;
  for (const auto& [kind, count] : left) {
    const auto found = report.kinds.find(kind);
    const auto tally = found == report.kinds.end() ? Tally{} : found->second;
    list.push_back({{"kind", kind},
                    {"made", tally.made},
                    {"numbered", tally.numbered},
                    {"along", tally.along},
                    {"merged", tally.merged},
                    {"same", tally.same},
                    {"left_out", count}});
  }
  return list;
}

json::array left_out_counts(const Report& report) {
  json::array list;
  for (const auto& [what, out] : report.left_out)
    list.push_back({{"kind", what.first}, {"reason", what.second}, {"count", out.count}});
  return list;
}

json::array left_out_json(const Report& report) {
  json::array list;
  for (const auto& [what, out] : report.left_out)
    list.push_back({{"kind", what.first},
                    {"reason", what.second},
                    {"count", out.count},
                    {"names", json::array(out.names.begin(), out.names.end())}});
  return list;
}

json::array renamed_json(const Report& report) {
  json::array list;
  for (const auto& row : report.renamed)
    list.push_back({{"kind", row.kind}, {"name", row.name}, {"became", row.became}});
  return list;
}

json::array people_json(const Plan& plan, const Side& source) {
  json::array list;
  for (const auto& person : plan.new_people)
    list.push_back({{"name", person_name(source, person.from)}, {"profile", person.to.text()}});
  return list;
}

std::string person_name(const Side& source, const ItemId& profile) {
  return projector::person(source.reader(), profile).text();
}

}  // namespace qualog::transfer
