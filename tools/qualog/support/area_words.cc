// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/area_words.h"

#include "schema/actions.h"
#include "schema/fbs/common_generated.h"
#include "tools/qualog/support/extent.h"

#include <boost/json/value_to.hpp>
#include <fmt/format.h>

namespace qualog::tools {

namespace json = boost::json;

using fb::AreaKind;
using projector::Area;

namespace {

double points(std::uint32_t thousandths) { return thousandths / 1000.0; }

std::string page_text(const Area& area) {
  return fmt::format("page {} ({},{})-({},{})", std::uint64_t{area.page} + 1, points(area.left),
                     points(area.top), points(area.right), points(area.bottom));
}

std::string cells_text(const Area& area) {
  return fmt::format("rows {}-{} of columns {}-{}", std::uint64_t{area.top} + 1, area.bottom,
                     std::uint64_t{area.left} + 1, area.right);
}

std::uint32_t number_in(const json::object& area, std::string_view member) {
  const auto* value = area.if_contains(member);
  const auto number =
      value == nullptr ? json::result<std::uint32_t>(0) : json::try_value_to<std::uint32_t>(*value);
  return number.has_value() ? *number : 0;
}

// An event leaves out the first kind.
AreaKind kind_in(const json::object& area) {
  const auto* word = area.if_contains("kind");
  if (word == nullptr || !word->is_string()) return AreaKind::Region;
  for (const auto kind : fb::EnumValuesAreaKind())
    if (snake_case(fb::EnumNameAreaKind(kind)) == std::string_view(word->get_string())) return kind;
  return AreaKind::Region;
}

}  // namespace

std::string in_words(const Area& area) {
  switch (static_cast<AreaKind>(area.kind)) {
    case AreaKind::Page:
      return page_text(area);
    case AreaKind::Span:
      return clock_time(area.left) + "-" + clock_time(area.right);
    case AreaKind::Cells:
      return cells_text(area);
    default:
      return fmt::format("({},{})-({},{}) px", area.left, area.top, area.right, area.bottom);
  }
}

std::string area_in_words(const json::object& area) {
  const Area read{static_cast<std::uint8_t>(kind_in(area)),
                  number_in(area, "page"),
                  number_in(area, "left"),
                  number_in(area, "top"),
                  number_in(area, "right"),
                  number_in(area, "bottom")};
  return read.left < read.right ? in_words(read) : "";
}

}  // namespace qualog::tools
