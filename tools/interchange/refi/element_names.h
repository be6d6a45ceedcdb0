// SPDX-License-Identifier: Apache-2.0
// The standard's names of what the model holds, for reports. Pure functions.
#pragma once

#include "tools/interchange/refi/project_model.h"

#include <string_view>

namespace qualog::interchange {

std::string_view element_name(SourceKind kind);
std::string_view element_name(SelectionKind kind);
std::string_view element_name(Kind kind);
// "TextSource", "Note", "Representation" ... : the element that has the text.
std::string_view element_name(const TextForm& form);

}  // namespace qualog::interchange
