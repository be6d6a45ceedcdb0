// SPDX-License-Identifier: Apache-2.0
// Writes zip files byte by byte, honest and hostile ones: every field of an entry can lie.
// Format: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16, without ZIP64.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::test {

struct ZipItem {
  std::string name;
  std::string content;
  bool deflate = false;
  std::uint8_t system = 3;                  // Unix
  std::uint32_t external = 0100644U << 16;  // a regular file
  std::uint16_t flags = 0;
  std::optional<std::uint16_t> method = {};       // said in the directory
  std::optional<std::uint32_t> said_bytes = {};   // of the unpacked content, in the directory
  std::optional<std::uint32_t> said_offset = {};  // of the local header, in the directory
  std::optional<std::uint32_t> said_crc = {};
};

std::string zip_bytes(const std::vector<ZipItem>& items,
                      std::optional<std::uint16_t> said_entries = {});

// Raw deflate (RFC 1951) of `count` times one byte, without ever holding them.
std::string deflated_run(char byte, std::uint64_t count);

// The content of the first entry of an honest zip.
std::string first_entry(std::string_view zip);

}  // namespace qualog::test
