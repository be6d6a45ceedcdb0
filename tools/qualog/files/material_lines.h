// SPDX-License-Identifier: Apache-2.0
// A file as a source, as JSON: what `source look` and `source add` have in common. Pure.
#pragma once

#include "tools/documents/material.h"

#include <boost/json/object.hpp>

namespace qualog::tools {

boost::json::object material_json(const documents::Material& material);

}  // namespace qualog::tools
