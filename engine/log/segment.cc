// SPDX-License-Identifier: Apache-2.0
#include "engine/log/segment.h"

#include "engine/log/little_endian.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace qualog::log {

namespace {

constexpr std::string_view kSuffix = ".segment";
constexpr std::size_t kBlockBytes = 1024 * 1024;

std::optional<std::uint64_t> number_of(std::string_view name) {
  if (!name.ends_with(kSuffix)) return std::nullopt;
  name.remove_suffix(kSuffix.size());
  return parse_number<std::uint64_t>(name);
}

// Whether a whole record begins at this offset, whatever it says.
Result<bool> record_at(File& file, std::uint64_t offset, Bytes& buffer) {
  buffer.resize(kFrontBytes);
  QUALOG_ASSIGN(auto got, file.read(offset, buffer));
  const auto length = claimed_length(ByteView(buffer).first(got));
  if (!length) return false;
  buffer.resize(*length);
  QUALOG_ASSIGN(got, file.read(offset, buffer));
  RecordView record;
  return decode(ByteView(buffer).first(got), record) != Decoded::Nothing;
}

// Where the next magic begins in `block` at an eight-byte step from `at` on, or its size.
std::size_t next_magic(ByteView block, std::size_t at) {
  while (at < block.size()) {
    const auto* found = static_cast<const std::uint8_t*>(
        std::memchr(block.data() + at, kMagic & 0xFF, block.size() - at));
    if (found == nullptr) break;
    at = static_cast<std::size_t>(found - block.data());
    if (at % 8 == 0 && block.size() - at >= 8 && load<std::uint32_t>(found) == kMagic) return at;
    ++at;
  }
  return block.size();
}

// The first whole record that begins in `block`, which lies at `base` of the file.
Result<std::optional<std::uint64_t>> first_record(File& file, ByteView block, std::uint64_t base,
                                                  Bytes& buffer) {
  for (auto at = next_magic(block, 0); at < block.size(); at = next_magic(block, at + 8)) {
    QUALOG_ASSIGN(const bool found, record_at(file, base + at, buffer));
    if (found) return std::optional(base + at);
  }
  return std::optional<std::uint64_t>();
}

std::size_t used_bytes(ByteView block) {
  static constexpr std::array<std::uint8_t, 4096> kZeros{};
  auto size = block.size();
  while (size >= kZeros.size() &&
         std::memcmp(block.data() + size - kZeros.size(), kZeros.data(), kZeros.size()) == 0) {
    size -= kZeros.size();
  }
  while (size > 0 && block[size - 1] == 0) --size;
  return size;
}

std::string unnamed_path(const Catalog& catalog) { return catalog.directory + "/segment.tmp"; }

Result<void> fill_with_zeros(File& file, std::uint64_t bytes) {
  static const Bytes kZeros(kBlockBytes);
  for (std::uint64_t at = 0; at < bytes; at += kZeros.size()) {
    const auto size = std::min<std::uint64_t>(kZeros.size(), bytes - at);
    QUALOG_TRY(file.write(at, ByteView(kZeros).first(size)));
  }
  return {};
}

}  // namespace

std::uint64_t SegmentSizes::of(std::uint64_t number) const {
  auto bytes = first;
  for (; number > 1 && bytes < last; --number) bytes *= 2;
  return std::min(bytes, last);
}

std::string segment_name(std::uint64_t number) { return fmt::format("{:08}{}", number, kSuffix); }

Result<Catalog> load_catalog(Files& files, const std::string& directory) {
  QUALOG_ASSIGN(const auto names, files.list(directory));
  std::vector<std::uint64_t> numbers;
  for (const auto& name : names) {
    const auto number = number_of(name);
    if (number && segment_name(*number) == name) numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] == i + 1) continue;
    return fail(Code::damaged,
                fmt::format("{}/{}: the segment is missing; restore it from a backup", directory,
                            segment_name(i + 1)));
  }
  return Catalog{directory, numbers.size()};
}

Result<HeaderReading> read_segment_header(File& file, std::uint64_t number) {
  std::array<std::uint8_t, kSegmentHeaderBytes> bytes{};
  QUALOG_ASSIGN(const auto got, file.read(0, bytes));
  RecordView record;
  HeaderReading reading;
  const auto decoded = decode(ByteView(bytes).first(got), record);
  if (decoded == Decoded::TooNew) reading.status = HeaderStatus::TooNew;
  if (decoded != Decoded::Valid || record.front.kind != Kind::Segment) return reading;
  reading.header = segment_header_of(record);
  if (reading.header.number == number) reading.status = HeaderStatus::Valid;
  return reading;
}

Result<TailScan> scan_tail(File& file, std::uint64_t from) {
  TailScan scan{.used_end = from};
  QUALOG_ASSIGN(const auto size, file.size());
  if (size <= from) return scan;
  Bytes block(std::min<std::uint64_t>(kBlockBytes, (size - from + 7) / 8 * 8)), candidate;
  for (auto base = from;; base += block.size()) {
    QUALOG_ASSIGN(const auto got, file.read(base, block));
    const auto view = ByteView(block).first(got);
    const auto used = used_bytes(view);
    if (used > 0) scan.used_end = base + used;
    if (!scan.record && used > 0) {
      QUALOG_ASSIGN(scan.record, first_record(file, view.first(used), base, candidate));
    }
    if (got < block.size()) return scan;
  }
}

Result<std::unique_ptr<File>> fill_segment(Files& files, const Catalog& catalog,
                                           std::uint64_t bytes) {
  QUALOG_ASSIGN(auto file, files.create(unnamed_path(catalog)));
  auto filled = fill_with_zeros(*file, bytes);
  if (filled) filled = file->sync();
  if (filled) return file;
  // Best effort: a full disk is not to be kept full by half a segment.
  (void)files.remove(unnamed_path(catalog));
  return filled.error();
}

Result<void> name_segment(Files& files, const Catalog& catalog, std::uint64_t number) {
  if (auto named = files.rename(unnamed_path(catalog), catalog.path(number)); !named) {
    (void)files.remove(unnamed_path(catalog));
    return named;
  }
  return files.sync_directory(catalog.directory);
}

}  // namespace qualog::log
