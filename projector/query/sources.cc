// SPDX-License-Identifier: Apache-2.0
#include "projector/query/sources.h"

#include "projector/query/living.h"
#include "schema/limits.h"

#include <algorithm>
#include <tuple>

namespace qualog::projector {

namespace {

std::vector<std::string> folder_names(const Reader& reader, ItemId folder) {
  std::vector<std::string> names;
  while (folder && names.size() < limits::kTreeDepthMax) {
    const auto row = item(reader, folder);
    if (!row) break;
    names.push_back(value_of<Props>(*row, Facet::Props).name.plain);
    folder = value_of<Parent>(*row, Facet::Parent).parent;
  }
  std::reverse(names.begin(), names.end());
  return names;
}

void set_content(const Reader& reader, SourceEntry& entry) {
  const auto content = content_row(reader, entry.id);
  if (!content) return;
  entry.state = content->state;
  entry.length = content->length;
  entry.version = content->version;
}

SourceEntry entry_of(const Reader& reader, const ItemId& id, const ItemSlice& item) {
  SourceEntry entry;
  entry.id = id;
  entry.props = value_of<Props>(item, Facet::Props);
  entry.folder = value_of<Parent>(item, Facet::Parent).parent;
  entry.folders = folder_names(reader, entry.folder);
  set_content(reader, entry);
  entry.memo = memo_of(reader, id);
  entry.media = value_of<Media>(item, Facet::Media);
  return entry;
}

}  // namespace

std::vector<SourceEntry> sources(const Reader& reader) {
  std::vector<SourceEntry> entries;
  visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing) {
    if (item.kind == Kind::Source) entries.push_back(entry_of(reader, id, item));
  });
  const auto order = [](const SourceEntry& entry) {
    return std::tie(entry.folders, entry.props.name.plain, entry.id);
  };
  std::sort(entries.begin(), entries.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return entries;
}

}  // namespace qualog::projector
