// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/files/material_lines.h"

#include "schema/bytes.h"
#include "tools/qualog/support/loss_lines.h"

#include <boost/json/array.hpp>

namespace qualog::tools {

namespace json = boost::json;
using documents::Material;

namespace {

json::array columns_json(const Material& material) {
  json::array list;
  for (const auto& column : material.columns)
    list.push_back({{"name", column.name}, {"type", documents::name_of(column.type)}});
  return list;
}

json::array pages_json(const Material& material) {
  json::array list;
  for (const auto& page : material.pages)
    list.push_back(
        {{"width", page.width}, {"height", page.height}, {"begin", page.begin}, {"end", page.end}});
  return list;
}

}  // namespace

json::object material_json(const Material& material) {
  json::object line{{"kind", documents::name_of(material.kind)},
                    {"mime", material.mime},
                    {"bytes", material.bytes},
                    {"hash", hex(material.digest)},
                    {"length", nullptr},
                    {"loss", losses_json(material.losses)}};
  if (material.text) line["length"] = material.text->code_points;
  if (!material.columns.empty()) line["columns"] = columns_json(material);
  if (!material.columns.empty()) line["rows"] = material.rows;
  if (!material.pages.empty()) line["pages"] = pages_json(material);
  if (material.width > 0) line["width"] = material.width;
  if (material.height > 0) line["height"] = material.height;
  if (material.duration_ms > 0) line["duration_ms"] = material.duration_ms;
  return line;
}

}  // namespace qualog::tools
