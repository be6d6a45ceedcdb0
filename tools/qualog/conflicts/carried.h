// SPDX-License-Identifier: Apache-2.0
// Carried: the passages that a draft states in the text that its author saw, as they stand in the
// text of now. Where an edit goes (a splice, the position of a row) is no passage: it is bound to
// its version and stays as it is. Pure.
#pragma once

#include "projector/store.h"
#include "schema/ids.h"
#include "schema/result.h"

#include <boost/json/array.hpp>

namespace qualog::tools {

// A draft made at `seen`. Error: invalid, where nothing is left of a passage, or there was none of
// it; it names the source.
Result<boost::json::array> carried(const projector::Reader& state, Sequence seen,
                                   boost::json::array draft);

}  // namespace qualog::tools
