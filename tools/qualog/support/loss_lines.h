// SPDX-License-Identifier: Apache-2.0
// What a file held that did not come, or came with a doubt: as JSON, and as lines for people.
#pragma once

#include "tools/interchange/loss.h"

#include <boost/json/array.hpp>

#include <vector>

namespace qualog::tools {

boost::json::array losses_json(const std::vector<interchange::Loss>& losses);

// Two lists with a title each; nothing for one that is empty.
void print_losses(const std::vector<interchange::Loss>& losses);

}  // namespace qualog::tools
