// SPDX-License-Identifier: Apache-2.0
// A zip's list of entries, read before any library sees the file: raw names with their lengths,
// places and modes, which libzip does not hand out, and how many there are, before anybody has
// allocated for them. Source: PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16 and 4.5.3 (ZIP64).
//
//   end record         4 PK\5\6, 2 disk, 2 first disk, 2 here, 2 total, 4 size, 4 offset, 2 comment
//   ZIP64 locator      4 PK\6\7, 4 disk, 8 offset of the ZIP64 end record, 4 disks
//   ZIP64 end record   4 PK\6\6, 8 size, 2, 2, 4, 4, 8 here, 8 total, 8 size, 8 offset
//   entry              46 bytes (see central_directory.cc), name, extra, comment
#pragma once

#include "tools/interchange/input_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qualog::interchange {

struct DirectoryEntry {
  std::string name;
  std::uint64_t compressed_bytes = 0;
  std::uint64_t bytes = 0;
  std::uint64_t offset = 0;  // of its local header
  std::uint32_t external = 0;
  std::uint16_t method = 0;
  std::uint8_t system = 0;  // that made it: 3 Unix, 19 Darwin
  bool encrypted = false;
};

// The entries in their order. Errors: invalid for what is no whole zip or uses several disks;
// too_large past kArchiveEntriesMax.
Result<std::vector<DirectoryEntry>> read_central_directory(const InputFile& input);

// What makes an archive hostile: names (entry_name.h), links and devices, repeated names, entries
// that share bytes, declared sizes and ratios past the limits. Errors: invalid, too_large.
Result<void> check_directory(const std::vector<DirectoryEntry>& entries);

}  // namespace qualog::interchange
