// SPDX-License-Identifier: Apache-2.0
// Correcting a transcript: the lease, the edit that replaces words wherever they stand, and the
// passages coded on a text, to compare before and after. One thread.
#pragma once

#include "projector/query/codings.h"
#include "tools/demo/stage.h"

namespace qualog::demo {

// Takes the lease; gives its token.
Result<Sequence> take_lease(Stage& stage, std::string_view account, const ItemId& source);
Result<void> release_lease(Stage& stage, std::string_view account, const ItemId& source,
                           Sequence token);
// Replaces `from` by `to` in the whole text under the lease; gives the sequence of the edit.
Result<Sequence> replace_words(Stage& stage, std::string_view account, const ItemId& source,
                               Sequence token, std::string_view from, std::string_view to);

std::string replaced(std::string_view text, std::string_view from, std::string_view to);
Result<std::vector<projector::CodingEntry>> coded_on(const Stage& stage, const ItemId& source);

}  // namespace qualog::demo
