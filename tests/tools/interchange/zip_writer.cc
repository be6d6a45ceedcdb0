// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/interchange/zip_writer.h"

#include "schema/assert.h"

#include <zlib.h>

namespace qualog::test {

namespace {

void put(std::string& out, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::uint64_t get(std::string_view bytes, std::size_t at, int width) {
  std::uint64_t value = 0;
  for (int i = width; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  }
  return value;
}

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

class Deflater {
 public:
  Deflater() {
    QUALOG_ASSERT(deflateInit2(&stream_, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  }
  ~Deflater() { deflateEnd(&stream_); }

  void add(std::string_view bytes, bool last) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      char buffer[4096];
      stream_.next_out = reinterpret_cast<Bytef*>(buffer);
      stream_.avail_out = sizeof buffer;
      deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
      packed.append(buffer, sizeof buffer - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  std::string packed;

 private:
  z_stream stream_{};
};

struct Packed {
  std::string bytes;
  std::uint32_t crc;
  std::uint32_t size;
  std::uint16_t method;
};

Packed pack(const ZipItem& item) {
  Packed packed{item.content, crc_of(item.content), static_cast<std::uint32_t>(item.content.size()),
                0};
  if (item.deflate) {
    Deflater deflater;
    deflater.add(item.content, true);
    packed.bytes = deflater.packed;
    packed.method = 8;
  }
  if (item.method) packed.method = *item.method;
  if (item.said_bytes) packed.size = *item.said_bytes;
  if (item.said_crc) packed.crc = *item.said_crc;
  return packed;
}

// The fields that local header and directory share.
void put_common(std::string& out, const ZipItem& item, const Packed& packed) {
  put(out, 20, 2);
  put(out, item.flags, 2);
  put(out, packed.method, 2);
  put(out, 0x0021'0000, 4);  // 1980-01-01
  put(out, packed.crc, 4);
  put(out, packed.bytes.size(), 4);
  put(out, packed.size, 4);
  put(out, item.name.size(), 2);
  put(out, 0, 2);
}

}  // namespace

std::string zip_bytes(const std::vector<ZipItem>& items,
                      std::optional<std::uint16_t> said_entries) {
  std::string out;
  std::string directory;
  for (const ZipItem& item : items) {
    const Packed packed = pack(item);
    const std::uint64_t offset = item.said_offset.value_or(static_cast<std::uint32_t>(out.size()));
    out += "PK\3\4";
    put_common(out, item, packed);
    out += item.name + packed.bytes;
    directory += "PK\1\2";
    put(directory, 20, 1);
    put(directory, item.system, 1);
    put_common(directory, item, packed);
    put(directory, 0, 6);
    put(directory, item.external, 4);
    put(directory, offset, 4);
    directory += item.name;
  }
  const std::size_t at = out.size();
  const std::uint64_t entries = said_entries.value_or(static_cast<std::uint16_t>(items.size()));
  out += directory + "PK\5\6";
  put(out, 0, 4);
  put(out, entries, 2);
  put(out, entries, 2);
  put(out, directory.size(), 4);
  put(out, at, 4);
  put(out, 0, 2);
  return out;
}

std::string deflated_run(char byte, std::uint64_t count) {
  const std::string piece(1 << 20, byte);
  Deflater deflater;
  for (; count > piece.size(); count -= piece.size()) deflater.add(piece, false);
  deflater.add(std::string_view(piece).substr(0, count), true);
  return deflater.packed;
}

std::string first_entry(std::string_view zip) {
  QUALOG_ASSERT(zip.starts_with("PK\3\4"));
  const std::size_t start = 30 + get(zip, 26, 2) + get(zip, 28, 2);
  z_stream stream{};
  QUALOG_ASSERT(inflateInit2(&stream, -15) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(zip.data() + start));
  stream.avail_in = static_cast<uInt>(zip.size() - start);
  std::string content;
  int status = Z_OK;
  while (status == Z_OK) {
    char buffer[4096];
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof buffer;
    status = inflate(&stream, Z_NO_FLUSH);
    content.append(buffer, sizeof buffer - stream.avail_out);
  }
  inflateEnd(&stream);
  QUALOG_ASSERT(status == Z_STREAM_END);
  return content;
}

}  // namespace qualog::test
