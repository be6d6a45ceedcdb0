// SPDX-License-Identifier: Apache-2.0
// The JSON Schema (draft 2020-12) of a row, made from the columns and the plans of the actions, so
// it cannot say other than what rows are. Its published copy: docs/schemas. Pure; any thread.
#pragma once

#include <boost/json/object.hpp>

#include <string>

namespace qualog::stream {

boost::json::object row_schema();

// The same as it is published: keys in order, two spaces a level, a line feed at the end.
std::string row_schema_text();

}  // namespace qualog::stream
