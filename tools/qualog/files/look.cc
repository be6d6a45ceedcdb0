// SPDX-License-Identifier: Apache-2.0
// qualog source look FILE [--sheet NAME]: what a file holds as a source, without any project.
#include "tools/documents/material.h"
#include "tools/import/names.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/files/material_lines.h"
#include "tools/qualog/support/loss_lines.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

namespace qualog::tools {

namespace {

using documents::Material;

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
