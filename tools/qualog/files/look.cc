// SPDX-License-Identifier: Apache-2.0
// qualog source look FILE [--sheet NAME]: what a file holds as a source, without any project.
#include "schema/bytes.h"
#include "tools/documents/material.h"
#include "tools/import/names.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/loss_lines.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

#include <boost/json/array.hpp>

namespace qualog::tools {

namespace json = boost::json;

namespace {

using documents::Material;

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

void print_material(const Material& material) {
  print("{} {}\n", documents::name_of(material.kind), material.mime);
  print("{:<12} {}\n", "bytes", material.bytes);
  if (material.text) print("{:<12} {}\n", "characters", material.text->code_points);
  if (!material.pages.empty()) print("{:<12} {}\n", "pages", material.pages.size());
  if (!material.columns.empty()) print("{:<12} {}\n", "rows", material.rows);
  for (const auto& column : material.columns)
    print("{:<12} {} ({})\n", "column", one_line(column.name), documents::name_of(column.type));
  if (material.width > 0) print("{:<12} {} x {} pixels\n", "size", material.width, material.height);
  if (material.duration_ms > 0) print("{:<12} {} ms\n", "duration", material.duration_ms);
  print_losses(material.losses);
}

Result<Exit> look(const Globals& globals, const SourceOptions& options) {
  auto material = documents::read_material(options.file, options.sheet);
  if (!material) return about_file(options.file, material.error());
  if (globals.json)
    print_line(material_json(*material));
  else
    print_material(*material);
  return Exit::done;
}

}  // namespace

Exit source_look(const Globals& globals, const SourceOptions& options) {
  return finish(globals, look(globals, options));
}

}  // namespace qualog::tools
