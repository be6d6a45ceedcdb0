// SPDX-License-Identifier: Apache-2.0
// As much of JSON Schema (draft 2020-12) as the schema of rows uses, and strict: what the schema
// does not name is a fault too, so that it cannot leave something out. And the comparison of two
// versions of such a schema.
#pragma once

#include <boost/json/object.hpp>

#include <string>

namespace qualog::test {

// Why the value is none of the schema's; empty: it is one.
std::string misfit(const boost::json::object& schema, const boost::json::value& value);

// What a reader made for the released schema would miss in the new one; empty: nothing.
std::string taken_away(const boost::json::object& released, const boost::json::object& now);

}  // namespace qualog::test
