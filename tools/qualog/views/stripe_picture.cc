// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/views/stripe_picture.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace qualog::tools {

namespace {

using projector::DensityRange;
using projector::Reach;

constexpr std::string_view kEmptyCell = "\xC2\xB7";  // U+00B7
// U+2591 to U+2593, U+2588: a part, a half, most, all.
constexpr std::array<std::string_view, 4> kShades = {"\xE2\x96\x91", "\xE2\x96\x92", "\xE2\x96\x93",
                                                     "\xE2\x96\x88"};
// U+2581 to U+2588.
constexpr std::array<std::string_view, 8> kBars = {"\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83",
                                                   "\xE2\x96\x84", "\xE2\x96\x85", "\xE2\x96\x86",
                                                   "\xE2\x96\x87", "\xE2\x96\x88"};

// The parts of a source that its cells stand for.
std::vector<Reach> picture_cells(std::uint32_t length) {
  const std::uint64_t cells = std::min<std::uint64_t>(kPictureCells, length);
  std::vector<Reach> parts;
  for (std::uint64_t i = 0; i < cells; ++i)
    parts.push_back({static_cast<std::uint32_t>(i * length / cells),
                     static_cast<std::uint32_t>((i + 1) * length / cells)});
  return parts;
}

template <class Range>
std::uint32_t in_common(const Range& range, const Reach& part) {
  const auto begin = std::max(range.begin, part.begin);
  const auto end = std::min(range.end, part.end);
  return begin < end ? end - begin : 0;
}

// Nothing is the empty cell, anything at least the first of `glyphs`, all the last.
template <class Glyphs>
std::string_view glyph_of(const Glyphs& glyphs, std::uint64_t some, std::uint64_t all) {
  if (some == 0) return kEmptyCell;
  const auto rank = (some * glyphs.size() + all - 1) / all;
  return glyphs[rank - 1];
}

}  // namespace

std::string stripe_picture(const std::vector<Reach>& reaches, std::uint32_t length) {
  std::string picture;
  for (const auto& part : picture_cells(length)) {
    std::uint64_t covered = 0;
    for (const auto& reach : reaches) covered += in_common(reach, part);
    picture += glyph_of(kShades, covered, part.end - part.begin);
  }
  return picture;
}

std::string density_picture(const std::vector<DensityRange>& ranges, std::uint32_t length) {
  std::uint64_t densest = 1;
  for (const auto& range : ranges) densest = std::max(densest, range.codings);
  std::string picture;
  for (const auto& part : picture_cells(length)) {
    std::uint64_t here = 0;
    for (const auto& range : ranges)
      if (in_common(range, part) > 0) here = std::max(here, range.codings);
    picture += glyph_of(kBars, here, densest);
  }
  return picture;
}

}  // namespace qualog::tools
