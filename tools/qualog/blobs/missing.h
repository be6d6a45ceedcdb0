// SPDX-License-Identifier: Apache-2.0
// Files that could not come along into a new place, told to whoever made it.
#pragma once

#include "tools/qualog/globals.h"
#include "tools/qualog/support/print.h"

#include <boost/json/array.hpp>

namespace qualog::tools {

// Adds `missing_files`, where there are any.
inline void add_missing(const std::vector<engine::BlobInfo>& missing, boost::json::object& line) {
  boost::json::array hashes;
  for (const auto& blob : missing) hashes.emplace_back(hex(blob.hash));
  if (!hashes.empty()) line["missing_files"] = std::move(hashes);
}

inline void say_missing(const std::vector<engine::BlobInfo>& missing) {
  for (const auto& blob : missing)
    say("the file {} was missing or damaged and did not come along; put it again with qualog blob "
        "put",
        hex(blob.hash));
}

}  // namespace qualog::tools
