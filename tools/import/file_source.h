// SPDX-License-Identifier: Apache-2.0
// What a file holds (tools/documents) in the words of source.imported. Pure.
#pragma once

#include "tools/import/add.h"

#include <memory>
#include <string>
#include <string_view>

namespace qualog::tools {

// With all but its text. Of a table, columns of words can be coded; the others classify their row.
fb::SourceImportedT file_source(const NewSource& source, const documents::Material& material,
                                const NameKey& names);

// Bytes in the blob area, and what the file is called.
std::unique_ptr<fb::BlobT> blob_of(const Digest& hash, std::uint64_t size, const std::string& mime,
                                   std::string_view file);

// A side of a page, in thousandths of a point; 0: not known.
std::uint32_t page_side(double points);

// The same without name and place: what the file is, and its bytes in the blob area.
void describe_file(fb::SourceImportedT& source, const documents::Material& material);

}  // namespace qualog::tools
