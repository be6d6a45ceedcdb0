// SPDX-License-Identifier: Apache-2.0
#include "projector/query/persons.h"

namespace qualog::projector {

namespace {

bool has_merged(const Reader& reader, const ItemId& profile) {
  bool found = false;
  reader.scan(Table::Merged, profile.view(), [&](ByteView, ByteView) {
    found = true;
    return false;
  });
  return found;
}

template <class Row>
void add_row(std::string& key, const Row& row) {
  key += text_of(encode(row));
}

}  // namespace

const Persons::Known& Persons::known(const ItemId& profile) {
  const auto [at, is_new] = known_.try_emplace(profile);
  if (!is_new) return at->second;
  at->second.person = merge_target(reader_, profile);
  at->second.has_several = has_merged(reader_, at->second.person);
  return at->second;
}

std::string Persons::sameness(const ItemId& coding, const ItemSlice& item, const Place& place) {
  const auto& coder = known(place.coder);
  if (!coder.has_several) return {};
  const auto range = range_row(reader_, coding, Facet::Range);
  if (!range || range->range.detached) return {};
  std::string key;
  for (const auto& id : {coder.person, place.code, place.source}) key += text_of(id.view());
  add_row(key, *range);
  add_row(key, value_of<Area>(item, Facet::Area));
  return key;
}

bool Persons::has_counted(const ItemId& coding, const ItemSlice& item, const Place& place) {
  const auto key = sameness(coding, item, place);
  return !key.empty() && !counted_.insert(key).second;
}

}  // namespace qualog::projector
