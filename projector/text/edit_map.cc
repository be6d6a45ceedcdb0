// SPDX-License-Identifier: Apache-2.0
#include "projector/text/edit_map.h"

namespace qualog::text {

Moved EditMap::move(const Range& range, const Restore* kept) const {
  const bool unchanged_since = kept != nullptr && kept->after == range;
  const Range moved = unchanged_since ? kept->before : forward_.map(range);
  if (back_.map(moved) == range) return {moved, std::nullopt};
  return {moved, Restore{range, moved}};
}

}  // namespace qualog::text
