// SPDX-License-Identifier: Apache-2.0
// Where an area lies, in words for people. Pages, rows and columns count from 1 there, and their
// last is named; pixels, points and times end before the second number. Pure.
#pragma once

#include "projector/media_values.h"

#include <boost/json/object.hpp>

#include <string>

namespace qualog::tools {

// "(10,20)-(110,220) px", "page 3 (12.5,40.1)-(300,842)" in points from the lower left corner,
// "1:05.000-1:12.500", "rows 2-5 of columns 1-3".
std::string in_words(const projector::Area& area);
// Of an area in the body of an event; empty where it is none.
std::string area_in_words(const boost::json::object& area);

}  // namespace qualog::tools
