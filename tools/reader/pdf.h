// SPDX-License-Identifier: Apache-2.0
// A PDF by poppler: the text of its pages in reading order, one after the other, and of each page
// the media box in points and where its text begins and ends in code points. Nothing in it is run.
#pragma once

#include "tools/reader/found.h"

namespace qualog::reader {

// Of standard input. {"pages": [{"width", "height", "begin", "end"}], "inner_files": bool}.
Found read_pdf();

}  // namespace qualog::reader
