// SPDX-License-Identifier: Apache-2.0
// The segments of a file log: names, which there are, and where they begin and end. A segment is
// zero-filled whole under a temporary name before it is needed and never filled again while it is
// appended to. Its header says at which byte the segment before it ends; what lies past that byte
// is void. Nothing here writes but fill_segment() and name_segment().
#pragma once

#include "engine/log/files.h"
#include "engine/log/record.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace qualog::log {

// Bytes of the segments: the first, then twice as many each time up to the last.
struct SegmentSizes {
  std::uint64_t first = 256 * 1024;
  std::uint64_t last = 16 * 1024 * 1024;
  std::uint64_t of(std::uint64_t number) const;
};

// "00000001.segment"
std::string segment_name(std::uint64_t number);

// Which segments a directory holds: 1 to last, without gaps.
struct Catalog {
  std::string directory;
  std::uint64_t last = 0;
  std::string path(std::uint64_t number) const { return directory + "/" + segment_name(number); }
};

// Errors: damaged if one is missing.
Result<Catalog> load_catalog(Files& files, const std::string& directory);

enum class HeaderStatus { Valid, Invalid, TooNew };

struct HeaderReading {
  HeaderStatus status = HeaderStatus::Invalid;
  SegmentHeader header;
};

// The header of a segment file; Invalid also when it is that of another number.
Result<HeaderReading> read_segment_header(File& file, std::uint64_t number);

// What lies in the bytes [from, size of the file).
struct TailScan {
  std::optional<std::uint64_t>
      record{};                // where the first whole record begins, at eight-byte steps
  std::uint64_t used_end = 0;  // behind the last byte that is not zero; `from` if none
};

// Cost: reads all of it, in large blocks.
Result<TailScan> scan_tail(File& file, std::uint64_t from);

// Makes the file of the next segment, zero-filled and synced; it has no number yet.
Result<std::unique_ptr<File>> fill_segment(Files& files, const Catalog& catalog,
                                           std::uint64_t bytes);
// Gives what was filled its number, and makes the name durable. Whatever had this name and was
// never begun is replaced; after an error that may have happened or not.
Result<void> name_segment(Files& files, const Catalog& catalog, std::uint64_t number);

}  // namespace qualog::log
