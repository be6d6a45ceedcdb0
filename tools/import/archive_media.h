// SPDX-License-Identifier: Apache-2.0
// The PDF, pictures, sound and film of a project archive: what each holds, and later its bytes into
// a blob area. An entry that several sources share is read and brought once. Nothing is written by
// a name of the archive: an entry is read from a file without any name, in the folder for temporary
// files. One thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "tools/documents/material.h"
#include "tools/interchange/archive.h"
#include "tools/interchange/refi/project_model.h"

#include <filesystem>
#include <map>
#include <memory>

namespace qualog::tools {

// What a source's file holds, by the index of the source; one file may stand for several.
using SourceFiles = std::map<interchange::Index, std::shared_ptr<const documents::Material>>;

class ArchiveMedia {
 public:
  // Of a project that was read from this archive. A file that is not what its element says is kept
  // all the same, and told. Errors: those of Archive; io, no_space for the temporary file;
  // too_large for one that no blob area takes.
  static Result<ArchiveMedia> read(const std::filesystem::path& archive,
                                   const interchange::Project& project);

  const SourceFiles& files() const { return files_; }
  // Reads the archive again. Errors: those of bring_bytes; invalid, the archive has changed.
  Result<void> bring(engine::BlobStore& store) const;

 private:
  using Entries = std::map<std::size_t, std::shared_ptr<const documents::Material>>;

  std::filesystem::path archive_;
  Entries entries_;
  SourceFiles files_;
};

}  // namespace qualog::tools
