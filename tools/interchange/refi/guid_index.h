// SPDX-License-Identifier: Apache-2.0
// GuidIndex: which object of which kind has a GUID. Files repeat GUIDs: within a kind the first
// object answers, across kinds all do. Built once over a Project, which must not lose objects.
#pragma once

#include "tools/interchange/refi/project_model.h"

#include <array>
#include <unordered_map>
#include <vector>

namespace qualog::interchange {

class GuidIndex {
 public:
  // False if an object of this kind has the GUID already, and then nothing changes.
  bool add(Kind kind, const Guid& guid, Index index) {
    return tables_[static_cast<std::size_t>(kind)].emplace(guid, index).second;
  }

  Index find(Kind kind, const Guid& guid) const {
    const auto& table = tables_[static_cast<std::size_t>(kind)];
    const auto found = guid ? table.find(guid) : table.end();
    return found != table.end() ? found->second : kNowhere;
  }

  // Every kind that has the GUID, the likeliest end of a link first.
  std::vector<Object> find_all(const Guid& guid) const {
    constexpr Kind kOrder[] = {Kind::Selection, Kind::Source, Kind::Note,     Kind::Code,
                               Kind::Case,      Kind::Set,    Kind::Coding,   Kind::TextForm,
                               Kind::Link,      Kind::Graph,  Kind::Variable, Kind::SyncPoint,
                               Kind::User};
    std::vector<Object> found;
    for (const Kind kind : kOrder) {
      if (const Index index = find(kind, guid); index != kNowhere) found.push_back({kind, index});
    }
    return found;
  }

 private:
  std::array<std::unordered_map<Guid, Index>, 16> tables_;
};

}  // namespace qualog::interchange
