// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/media/picture.h"

#include "schema/limits.h"

#include <fmt/format.h>

#include <string_view>

namespace qualog::documents {

using interchange::InputFile;
using interchange::read_at;

namespace {

constexpr std::size_t kSegmentsMax = 1'000;

Error broken() {
  return fail(Code::invalid, "the picture is cut or broken; export it again as .png or .jpg");
}

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t width, bool little) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[little ? at + width - 1 - i : at + i]);
    value = value << 8 | byte;
  }
  return value;
}

Result<PictureSize> checked(PictureSize size) {
  if (size.width == 0 || size.height == 0) return broken();
  if (size.width <= limits::kPixelsOfSideMax && size.height <= limits::kPixelsOfSideMax)
    return size;
  return fail(Code::too_large, fmt::format("the picture is over {} pixels wide or high; make it "
                                           "smaller",
                                           limits::kPixelsOfSideMax));
}

// 1 to 8; 1 where nothing is said or it makes no sense. `tiff`: the EXIF block from its byte order.
std::uint32_t orientation_of(std::string_view tiff) {
  constexpr std::uint32_t kOrientation = 0x0112;
  const bool little = tiff.starts_with("II");
  if (tiff.size() < 10 || (!little && !tiff.starts_with("MM"))) return 1;
  const std::size_t directory = number(tiff, 4, 4, little);
  if (directory > tiff.size() - 2) return 1;
  const std::size_t entries = number(tiff, directory, 2, little);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = directory + 2 + 12 * i;
    if (at + 12 > tiff.size()) return 1;
    if (number(tiff, at, 2, little) != kOrientation) continue;
    const std::uint32_t value = number(tiff, at + 8, 2, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

// SOF0 to SOF15, without DHT, JPG and DAC, which lie among them.
bool is_frame(unsigned char marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// Markers without a segment behind them.
bool is_alone(unsigned char marker) {
  return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8) || marker == 0xFF;
}

PictureSize turned(std::uint32_t width, std::uint32_t height, std::uint32_t orientation) {
  const bool quarter = orientation >= 5;
  return quarter ? PictureSize{height, width, true} : PictureSize{width, height, false};
}

}  // namespace

Result<PictureSize> png_size(const InputFile& input) {
  constexpr std::size_t kHeaderBytes = 24;
  QUALOG_ASSIGN(const std::string bytes, read_at(input, 0, kHeaderBytes));
  if (bytes.size() < kHeaderBytes || std::string_view(bytes).substr(12, 4) != "IHDR")
    return broken();
  return checked({number(bytes, 16, 4, false), number(bytes, 20, 4, false), false});
}

Result<PictureSize> jpeg_size(const InputFile& input) {
  constexpr std::string_view kExif{"Exif\0\0", 6};
  std::uint64_t at = 2;
  std::uint32_t orientation = 1;
  for (std::size_t segment = 0; segment < kSegmentsMax; ++segment) {
    QUALOG_ASSIGN(const std::string head, read_at(input, at, 4));
    if (head.size() < 4 || head[0] != '\xFF') return broken();
    const auto marker = static_cast<unsigned char>(head[1]);
    if (is_alone(marker)) {
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    const std::uint32_t length = number(head, 2, 2, false);
    if (length < 2 || marker == 0xDA || marker == 0xD9) return broken();
    const bool wanted = marker == 0xE1 || is_frame(marker);
    QUALOG_ASSIGN(const std::string body, read_at(input, at + 4, wanted ? length - 2 : 0));
    if (marker == 0xE1 && body.starts_with(kExif))
      orientation = orientation_of(std::string_view(body).substr(kExif.size()));
    if (is_frame(marker)) {
      if (body.size() < 5) return broken();
      return checked(turned(number(body, 3, 2, false), number(body, 1, 2, false), orientation));
    }
    at += 2 + length;
  }
  return broken();
}

}  // namespace qualog::documents
