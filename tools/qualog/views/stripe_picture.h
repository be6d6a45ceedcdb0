// SPDX-License-Identifier: Apache-2.0
// A source as one line of cells, from its beginning to its end: how much of each part a code
// covers, and how many codings lie there. A part in which anything lies never looks empty. Pure.
#pragma once

#include "projector/query/stripes.h"

#include <string>
#include <vector>

namespace qualog::tools {

inline constexpr std::size_t kPictureCells = 30;

// Of a source of `length` places; shorter sources have a cell a place, and one of 0 none.
std::string stripe_picture(const std::vector<projector::Reach>& reaches, std::uint32_t length);

// The highest bar is the densest place.
std::string density_picture(const std::vector<projector::DensityRange>& ranges,
                            std::uint32_t length);

}  // namespace qualog::tools
