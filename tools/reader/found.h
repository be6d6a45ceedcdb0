// SPDX-License-Identifier: Apache-2.0
// What the reader found: a JSON object and a text. What goes wrong is a reason that a person can
// act on, and never a word of the file.
#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace qualog::reader {

struct Found {
  boost::json::object head;
  std::string text;
};

inline Found failed(std::string_view reason) { return {{{"error", reason}}, {}}; }

}  // namespace qualog::reader
