// SPDX-License-Identifier: Apache-2.0
// Hints: the few fields whose values need sense, by their name, in whichever action they come up:
// positions in a text and places without one, tokens of leases, versions, files. All other fields
// are filled by their type alone. A field of this name in an action to come is filled the same way.
#pragma once

#include <array>
#include <string_view>

namespace qualog::simulation {

enum class Hint {
  None,
  Begin,           // of a pair: inside the text of what the action names
  End,             // the pair's other half
  Token,           // of the lease on what the action names
  Version,         // of the text of what the action names
  TextLength,      // of the text in the same table, behind what is there
  Position,        // where the text of what the action names ends
  SplicePosition,  // in a list of splices: behind the one before
  SpliceLength,
  Event,      // a sequence
  Undo,       // that of an undo
  AreaKind,   // what the source has places of
  AreaBegin,  // left, top: near the beginning
  AreaEnd,    // right, bottom: behind the last of those
  Wanted,     // hardly ever left out
};

struct HintRow {
  std::string_view table;  // "": any
  std::string_view field;
  Hint hint;
};

inline constexpr std::array kHints = {
    HintRow{"Splice", "position", Hint::SplicePosition},
    HintRow{"Splice", "delete_length", Hint::SpliceLength},
    HintRow{"SourceTextSupplied", "position", Hint::Position},
    HintRow{"Area", "kind", Hint::AreaKind},
    HintRow{"Area", "left", Hint::AreaBegin},
    HintRow{"Area", "top", Hint::AreaBegin},
    HintRow{"Area", "right", Hint::AreaEnd},
    HintRow{"Area", "bottom", Hint::AreaEnd},
    HintRow{"", "classification", Hint::Wanted},
    HintRow{"", "blob", Hint::Wanted},
    HintRow{"Blob", "hash", Hint::Wanted},
    HintRow{"RedoApplied", "sequences", Hint::Undo},
    HintRow{"", "token", Hint::Token},
    HintRow{"", "version", Hint::Version},
    HintRow{"", "length", Hint::TextLength},
    HintRow{"", "sequences", Hint::Event},
    HintRow{"", "sequence", Hint::Event},
};

constexpr Hint hint_of(std::string_view table, std::string_view field) {
  for (const auto& row : kHints)
    if (row.field == field && (row.table.empty() || row.table == table)) return row.hint;
  return Hint::None;
}

}  // namespace qualog::simulation
