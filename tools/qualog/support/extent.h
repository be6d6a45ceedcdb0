// SPDX-License-Identifier: Apache-2.0
// How much a source that is a file holds, in words: its pages, its rows, its pixels, its length in
// time. Pure.
#pragma once

#include "projector/media_values.h"
#include "tools/documents/material.h"

#include <string>

namespace qualog::tools {

struct Extent {
  std::uint64_t pages = 0;
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;
  std::uint64_t width = 0;
  std::uint64_t height = 0;
  std::uint64_t duration_ms = 0;
};

Extent extent_of(const documents::Material& material);
Extent extent_of(const projector::Media& media);

// "1:02:03.500", "0:01.500".
std::string clock_time(std::uint64_t ms);
// "12 pages", "200 rows of 7 columns", "640 x 480 pixels", "1:02:03.500"; empty for a text.
std::string in_words(const Extent& extent);
// With its kind and its characters: "pdf, 12 pages, 34567 characters".
std::string size_in_words(const documents::Material& material);

}  // namespace qualog::tools
