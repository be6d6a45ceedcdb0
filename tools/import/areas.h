// SPDX-License-Identifier: Apache-2.0
// Where a selection that lies in no text is: an area of its source that the rules take
// (engine/rules/media.cc), or why there is none. An area that reaches past its source is cut to it.
// Pure.
#pragma once

#include "schema/fbs/common_generated.h"
#include "tools/documents/material.h"
#include "tools/interchange/refi/project_model.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace qualog::tools {

struct AreaPlace {
  std::optional<fb::AreaT> area;
  std::string_view fault;                // why there is none
  std::vector<std::string_view> doubts;  // what was changed, or could not be checked
};

// `file`: what the source's file holds; null: it is not at hand.
AreaPlace area_of(const interchange::Selection& selection, const documents::Material* file);

// As actions have it.
std::unique_ptr<fb::AreaT> boxed(const std::optional<fb::AreaT>& area);

}  // namespace qualog::tools
