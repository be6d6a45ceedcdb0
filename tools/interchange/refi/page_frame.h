// SPDX-License-Identifier: Apache-2.0
// PageFrame: where the heights of a rectangle on a page of a PDF are counted from. The standard
// says from the bottom of the media box (10.4); one program counts from the top. Pages count from 0
// in every program that was measured. Pure.
#pragma once

#include <string_view>

namespace qualog::interchange {

struct PageFrame {
  bool from_top = false;
  bool known = false;  // by the program; else the standard's reading
};

// `origin` is Project@origin.
PageFrame page_frame(std::string_view origin);

}  // namespace qualog::interchange
