// SPDX-License-Identifier: Apache-2.0
// Texts in lines of JSON, and what people see of such lines. Pure.
#pragma once

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <string>

namespace qualog::tools {

// null where nothing was said.
inline boost::json::value or_null(const std::string& text) {
  return text.empty() ? boost::json::value() : boost::json::value(text);
}

// In a cell of a table: null is empty, a text stands without its quotes.
inline std::string shown(const boost::json::value& value) {
  if (value.is_null()) return "";
  return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
}

}  // namespace qualog::tools
