// SPDX-License-Identifier: Apache-2.0
// Material: one source as a file holds it, whatever kind it is: a text, the rows of a table, the
// pages of a PDF, a picture, sound or film. Plain data that knows nothing of events; all of the
// file that is not in it is in `losses`. Positions are code points of `text`.
#pragma once

#include "schema/chain.h"
#include "schema/result.h"
#include "tools/documents/tables/table.h"
#include "tools/interchange/input_file.h"
#include "tools/interchange/loss.h"
#include "tools/interchange/source_text.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::documents {

enum class MaterialKind : std::uint8_t { Text, Dataset, Pdf, Picture, Audio, Video };

// "text", "dataset" ...
std::string_view name_of(MaterialKind kind);

struct Page {
  double width = 0;  // of the media box, in points
  double height = 0;
  std::uint64_t begin = 0;  // of its text
  std::uint64_t end = 0;
};

struct Material {
  MaterialKind kind = MaterialKind::Text;
  std::string mime;
  std::string file;  // its name without folders
  std::uint64_t bytes = 0;
  Digest digest{};  // SHA-256 of the file
  // Of texts and of PDF; of a dataset its canonical CSV (tables/csv.h). Else null.
  std::shared_ptr<const interchange::SourceText> text;
  std::vector<Column> columns;
  std::uint64_t rows = 0;
  std::vector<Page> pages;
  std::uint32_t width = 0;  // in pixels, of pictures after EXIF rotation
  std::uint32_t height = 0;
  std::uint64_t duration_ms = 0;
  std::vector<interchange::Loss> losses;
};

// The kind is told by content, only of tables as text by the name (.csv, .tsv). `sheet`: which one
// of a spreadsheet; empty: the first. Errors: not_found for a file or a sheet, io; invalid for what
// is broken, hostile, a project, or of no kind that is read; too_large past a limit.
Result<Material> read_material(const std::filesystem::path& path, const std::string& sheet = {});

// A PDF, a picture, sound or film that is open already: all but its name, size and hash. What it
// leaves out goes behind the losses that are there. Errors: invalid, too_large, as above.
Result<void> read_medium(const interchange::InputFile& input, Material& material);

// Whether a source of the file stays a file: a medium, a spreadsheet, or a table by its name.
// Errors: those of opening it.
Result<bool> is_no_text(const std::filesystem::path& path);

}  // namespace qualog::documents
