// SPDX-License-Identifier: Apache-2.0
#include "projector/row_codec.h"

namespace qualog::projector {

void RowWriter::number(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) into_.push_back(static_cast<std::uint8_t>(value | 0x80));
  into_.push_back(static_cast<std::uint8_t>(value));
}

std::uint64_t RowReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto byte = raw(1);
    if (byte.empty()) return 0;
    value |= std::uint64_t{byte[0] & 0x7Fu} << shift;
    if ((byte[0] & 0x80) == 0) return value;
  }
  sound_ = false;
  return 0;
}

ByteView RowReader::raw(std::size_t size) {
  if (!sound_ || size > from_.size()) {
    sound_ = false;
    from_ = {};
    return {};
  }
  const auto content = from_.first(size);
  from_ = from_.subspan(size);
  return content;
}

}  // namespace qualog::projector
