// SPDX-License-Identifier: Apache-2.0
#include "projector/values.h"

#include "projector/media_values.h"
#include "schema/fbs/common_generated.h"
#include "schema/fbs/sources_generated.h"

#include <array>

namespace qualog::projector {

namespace {

// Rows come from disk: a number that no name stands for is no reason to stop.
template <std::size_t Size>
std::string_view name_at(const std::array<std::string_view, Size>& names, std::size_t number) {
  return number < Size ? names[number] : "unknown";
}

}  // namespace

std::string_view name(Kind kind) {
  static constexpr std::array<std::string_view, 32> kNames = {
      "item",      "project",      "member",     "profile", "folder",       "source",
      "code",      "coding",       "annotation", "seealso", "case",         "classification",
      "attribute", "attrvalue",    "value",      "reltype", "relationship", "set",
      "setmember", "searchfolder", "query",      "fmatrix", "summary",      "summarylink",
      "map",       "report",       "extract",    "comment", "hyperlink",    "row",
      "milestone", "mapping"};
  return name_at(kNames, static_cast<std::size_t>(kind));
}

std::string_view name(Facet facet) {
  static constexpr std::array<std::string_view, 35> kNames = {
      "none",       "life",    "props",   "parent",    "place",    "range",          "range_to",
      "text",       "note",    "content", "memo",      "owner",    "lease",          "guest",
      "role",       "ends",    "below",   "exclusive", "eventlog", "settings",       "order",
      "area",       "area_to", "media",   "view",      "format",   "classification", "type",
      "definition", "value",   "on",      "fields",    "freeze",   "waiting",        "grid"};
  return name_at(kNames, static_cast<std::size_t>(facet));
}

bool is_memo(const Props& source) {
  return source.subkind == static_cast<std::uint8_t>(fb::SourceKind::Memo);
}

std::unique_ptr<fb::AreaT> area_to(const Area& area) {
  if (area == Area{}) return nullptr;
  auto made = std::make_unique<fb::AreaT>();
  made->kind = static_cast<fb::AreaKind>(area.kind);
  made->page = area.page;
  made->left = area.left, made->top = area.top;
  made->right = area.right, made->bottom = area.bottom;
  return made;
}

Area area_from(const fb::Area* area) {
  if (area == nullptr) return {};
  const auto kind = static_cast<std::uint8_t>(area->kind());
  return {kind, area->page(), area->left(), area->top(), area->right(), area->bottom()};
}

}  // namespace qualog::projector
