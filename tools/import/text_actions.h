// SPDX-License-Identifier: Apache-2.0
// A text as the actions that bring it: in parts, each of which fits into one event. Pure.
#pragma once

#include "schema/fbs/command_generated.h"
#include "schema/ids.h"
#include "tools/interchange/source_text.h"

#include <string_view>
#include <vector>

namespace qualog::tools {

// A text and its code points.
struct WholeText {
  std::string_view utf8;
  std::uint32_t length = 0;
};

// A source of either kind with its text, of which the first action has at most `first_max` bytes.
std::vector<fb::ActionUnion> with_text(fb::SourceCreatedT source, const WholeText& text,
                                       std::size_t first_max);
std::vector<fb::ActionUnion> with_text(fb::SourceImportedT source, const WholeText& text,
                                       std::size_t first_max);

// A source with its text. `spent`: bytes that other texts of the first action have.
std::vector<fb::ActionUnion> source_actions(fb::SourceCreatedT source,
                                            const interchange::SourceText& text,
                                            std::size_t spent = 0);

// A source that stays a file, with the text that was found in it; null: there is none, or it is
// missing (as source.text_state says).
std::vector<fb::ActionUnion> file_actions(fb::SourceImportedT source,
                                          const interchange::SourceText* text);
// What it takes of its event without a text; below kTextChunkBytesMax it fits.
std::size_t head_bytes(const fb::SourceImportedT& source);

// The text of a source that is there and misses it.
std::vector<fb::ActionUnion> supply_actions(const ItemId& source,
                                            const interchange::SourceText& text);

}  // namespace qualog::tools
