// SPDX-License-Identifier: Apache-2.0
// A text that was taken out of a document, as a project of one source.
#pragma once

#include "tools/interchange/loss.h"
#include "tools/interchange/refi/project_model.h"

#include <string>

namespace qualog::documents {

// `utf8` in lines. Error: too_large past kSourceCodePointsMax.
Result<interchange::Project> text_project(std::string utf8, std::string name,
                                          interchange::LossList& losses);

}  // namespace qualog::documents
