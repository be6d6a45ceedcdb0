// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/central_directory.h"

#include "schema/limits.h"
#include "tools/interchange/entry_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace qualog::interchange {

namespace {

constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kLocatorBytes = 20;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kEntryBytes = 46;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kCommentBytesMax = 65'535;
constexpr std::uint64_t kFull32 = 0xFFFF'FFFF;

Error no_zip(std::string_view cause) {
  return fail(Code::invalid,
              fmt::format("the archive is not a whole zip file: {}; export it again", cause));
}

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

struct DirectoryPlace {
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

// The last end record whose comment fits into the file.
std::size_t find_end_record(std::string_view tail) {
  for (std::size_t at = tail.size() - std::min(tail.size(), kEndBytes) + 1; at-- > 0;) {
    if (tail.size() - at < kEndBytes || tail.substr(at, 4) != "PK\5\6") continue;
    if (number(tail, at + 20, 2) <= tail.size() - at - kEndBytes) return at;
  }
  return std::string_view::npos;
}

Result<DirectoryPlace> read_zip64_place(const InputFile& input, std::string_view locator) {
  QUALOG_ASSIGN(const std::string end, read_at(input, number(locator, 8, 8), kEnd64Bytes));
  if (end.size() < kEnd64Bytes || !end.starts_with("PK\6\6")) {
    return no_zip("its ZIP64 end record is missing");
  }
  return DirectoryPlace{number(end, 32, 8), number(end, 40, 8), number(end, 48, 8)};
}

Result<DirectoryPlace> find_directory(const InputFile& input) {
  constexpr std::size_t kTailBytes = kEndBytes + kCommentBytesMax + kLocatorBytes;
  const std::uint64_t from = input.size > kTailBytes ? input.size - kTailBytes : 0;
  QUALOG_ASSIGN(const std::string tail, read_at(input, from, kTailBytes));
  const std::size_t at = find_end_record(tail);
  if (at == std::string_view::npos) return no_zip("its end record is missing");
  if (number(tail, at + 4, 2) != number(tail, at + 6, 2)) return no_zip("it spans several disks");
  if (at >= kLocatorBytes && tail.compare(at - kLocatorBytes, 4, "PK\6\7") == 0) {
    return read_zip64_place(input, std::string_view(tail).substr(at - kLocatorBytes));
  }
  return DirectoryPlace{number(tail, at + 10, 2), number(tail, at + 12, 4),
                        number(tail, at + 16, 4)};
}

// ZIP64 extra field: only those of the three numbers that did not fit, in this order.
void apply_zip64(std::string_view extra, DirectoryEntry& entry) {
  while (extra.size() >= 4) {
    const std::uint64_t id = number(extra, 0, 2);
    const auto size = static_cast<std::size_t>(number(extra, 2, 2));
    if (size > extra.size() - 4) return;
    std::string_view field = extra.substr(4, size);
    for (std::uint64_t* value : {&entry.bytes, &entry.compressed_bytes, &entry.offset}) {
      if (id != 1 || *value != kFull32 || field.size() < 8) continue;
      *value = number(field, 0, 8);
      field.remove_prefix(8);
    }
    extra.remove_prefix(4 + size);
  }
}

// Fixed part: 4 PK\1\2, 2 made by, 2 needed, 2 flags, 2 method, 4 time, 4 CRC, 4 compressed,
// 4 size, 2 name, 2 extra, 2 comment, 2 disk, 2 internal, 4 external, 4 offset.
Result<DirectoryEntry> take_entry(std::string_view& rest) {
  if (rest.size() < kEntryBytes || !rest.starts_with("PK\1\2")) {
    return no_zip("its directory is broken");
  }
  const auto name_bytes = static_cast<std::size_t>(number(rest, 28, 2));
  const auto extra_bytes = static_cast<std::size_t>(number(rest, 30, 2));
  const auto comment_bytes = static_cast<std::size_t>(number(rest, 32, 2));
  if (rest.size() < kEntryBytes + name_bytes + extra_bytes + comment_bytes) {
    return no_zip("its directory is cut");
  }
  DirectoryEntry entry;
  entry.name = rest.substr(kEntryBytes, name_bytes);
  entry.system = static_cast<std::uint8_t>(number(rest, 5, 1));
  entry.encrypted = (number(rest, 8, 2) & 1) != 0;
  entry.method = static_cast<std::uint16_t>(number(rest, 10, 2));
  entry.compressed_bytes = number(rest, 20, 4);
  entry.bytes = number(rest, 24, 4);
  entry.external = static_cast<std::uint32_t>(number(rest, 38, 4));
  entry.offset = number(rest, 42, 4);
  apply_zip64(rest.substr(kEntryBytes + name_bytes, extra_bytes), entry);
  rest.remove_prefix(kEntryBytes + name_bytes + extra_bytes + comment_bytes);
  return entry;
}

Error refuse(Code code, std::size_t index, const DirectoryEntry& entry, std::string_view cause) {
  return fail(code, fmt::format("{} {}; no research program writes this, export the file again",
                                entry_label(index, entry.name), cause));
}

bool is_plain_file_or_folder(const DirectoryEntry& entry) {
  if (entry.system != 3 && entry.system != 19) return true;
  const std::uint32_t type = entry.external >> 16 & 0170000;
  return type == 0 || type == 0100000 || type == 0040000;
}

bool is_bomb(const DirectoryEntry& entry) {
  return entry.bytes > limits::kArchiveRatioFreeBytes &&
         entry.bytes / limits::kArchiveRatioMax > entry.compressed_bytes;
}

Result<void> check_entry(std::size_t index, const DirectoryEntry& entry) {
  if (const auto fault = entry_name_fault(entry.name)) {
    return refuse(Code::invalid, index, entry, *fault);
  }
  if (!is_plain_file_or_folder(entry)) {
    return refuse(Code::invalid, index, entry, "is a link or a device");
  }
  if (is_bomb(entry)) return refuse(Code::too_large, index, entry, "unpacks to over 200 times");
  return {};
}

Result<void> check_names_differ(const std::vector<DirectoryEntry>& entries) {
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!seen.insert(folded_name(entries[i].name)).second) {
      return refuse(Code::invalid, i, entries[i], "repeats the name of an earlier entry");
    }
  }
  return {};
}

Result<void> check_no_overlap(const std::vector<DirectoryEntry>& entries) {
  std::vector<std::size_t> order(entries.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return entries[a].offset < entries[b].offset; });
  std::uint64_t end = 0;
  for (const std::size_t i : order) {
    const DirectoryEntry& entry = entries[i];
    if (entry.offset < end) return refuse(Code::invalid, i, entry, "shares bytes with another");
    end = entry.offset + kLocalBytes + entry.name.size() + entry.compressed_bytes;
  }
  return {};
}

}  // namespace

Result<std::vector<DirectoryEntry>> read_central_directory(const InputFile& input) {
  QUALOG_ASSIGN(const DirectoryPlace place, find_directory(input));
  if (place.entries > limits::kArchiveEntriesMax) {
    return fail(Code::too_large, fmt::format("the archive has over {} entries; export it again",
                                             limits::kArchiveEntriesMax));
  }
  // Names, extras and comments of 64 KiB each in every entry: no honest directory is that large.
  constexpr std::uint64_t kDirectoryBytesMax = limits::kArchiveEntriesMax * 256;
  if (place.offset > input.size || place.size > input.size - place.offset) {
    return no_zip("its directory lies outside of the file");
  }
  if (place.size > kDirectoryBytesMax) {
    return fail(Code::too_large, "the archive's directory is too large; export it again");
  }
  QUALOG_ASSIGN(const std::string bytes,
                read_at(input, place.offset, static_cast<std::size_t>(place.size)));
  std::string_view rest = bytes;
  std::vector<DirectoryEntry> entries;
  for (std::uint64_t i = 0; i < place.entries; ++i) {
    QUALOG_ASSIGN(DirectoryEntry entry, take_entry(rest));
    if (entry.offset > input.size || entry.compressed_bytes > input.size - entry.offset) {
      return no_zip("an entry lies outside of the file");
    }
    entries.push_back(std::move(entry));
  }
  if (!rest.empty()) return no_zip("its directory holds more than it says");
  return entries;
}

Result<void> check_directory(const std::vector<DirectoryEntry>& entries) {
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    QUALOG_TRY(check_entry(i, entries[i]));
    total += std::min(entries[i].bytes, limits::kArchiveDeclaredBytesMax);
  }
  if (total > limits::kArchiveDeclaredBytesMax) {
    return fail(Code::too_large,
                fmt::format("the archive unpacks to over {} bytes; leave media out",
                            limits::kArchiveDeclaredBytesMax));
  }
  QUALOG_TRY(check_names_differ(entries));
  return check_no_overlap(entries);
}

}  // namespace qualog::interchange
