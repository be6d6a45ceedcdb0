// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/extent.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace qualog::tools {

namespace {

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string clock_time(std::uint64_t ms) {
  const auto seconds = fmt::format("{:02}.{:03}", ms / 1000 % 60, ms % 1000);
  const auto minutes = ms / 60'000, hours = minutes / 60;
  if (hours == 0) return fmt::format("{}:{}", minutes, seconds);
  return fmt::format("{}:{:02}:{}", hours, minutes % 60, seconds);
}

Extent extent_of(const documents::Material& material) {
  return {material.pages.size(), material.rows,   material.columns.size(),
          material.width,        material.height, material.duration_ms};
}

Extent extent_of(const projector::Media& media) {
  return {media.pages.size(), media.rows,   media.columns.size(),
          media.width,        media.height, media.duration_ms};
}

std::string in_words(const Extent& extent) {
  std::vector<std::string> parts;
  if (extent.duration_ms > 0) parts.push_back(clock_time(extent.duration_ms));
  if (extent.pages > 0) parts.push_back(counted(extent.pages, "page"));
  if (extent.columns > 0)
    parts.push_back(counted(extent.rows, "row") + " of " + counted(extent.columns, "column"));
  if (extent.width > 0) parts.push_back(fmt::format("{} x {} pixels", extent.width, extent.height));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string size_in_words(const documents::Material& material) {
  std::vector<std::string> parts = {std::string(documents::name_of(material.kind))};
  if (const auto words = in_words(extent_of(material)); !words.empty()) parts.push_back(words);
  if (material.text) parts.push_back(counted(material.text->code_points, "character"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace qualog::tools
