// SPDX-License-Identifier: Apache-2.0
// Hints: the few fields whose values need sense, by their name, in whichever action they come up:
// positions in a text and places without one, tokens of leases, versions, files; and of which two
// ways to say a thing one is taken. All other fields are filled by their type alone. A field of
// this name in an action to come is filled the same way.
#pragma once

#include <array>
#include <string_view>

namespace qualog::simulation {

enum class Hint {
  None,
  Begin,           // of a range: inside the text of what the action names; its end follows
  Token,           // of the lease on what the action names
  Version,         // of the text of what the action names
  TextLength,      // of the text in the same table, behind what is there
  Position,        // where the text of what the action names ends
  SplicePosition,  // in a list of splices: behind the one before
  SpliceLength,
  Event,      // a sequence
  Head,       // the newest
  Undo,       // that of an undo
  AreaKind,   // what the source has places of
  AreaBegin,  // left, top: near the beginning
  AreaEnd,    // right, bottom: behind the last of those
  FileKind,   // of a source that has a file
  Rotation,   // quarters of a turn
  Typed,      // of the type of the attribute that the action names
  Wanted,     // hardly ever left out
  Rare,       // mostly left out
  Own,        // the command before: who types on does not wait for its answer
};

struct HintRow {
  std::string_view table;  // "": any
  std::string_view field;
  Hint hint;
};

inline constexpr std::array kHints = {
    HintRow{"Splice", "position", Hint::SplicePosition},
    HintRow{"Splice", "delete_length", Hint::SpliceLength},
    HintRow{"Splice", "insert", Hint::Wanted},
    HintRow{"StyledRange", "begin", Hint::Begin},
    HintRow{"SourceTextSupplied", "position", Hint::Position},
    HintRow{"SourceTextSupplied", "text", Hint::Wanted},
    HintRow{"SourceImported", "kind", Hint::FileKind},
    HintRow{"TranscriptRowAdded", "position", Hint::Position},
    HintRow{"PicturelogRowAdded", "position", Hint::Position},
    HintRow{"TranscriptRowMoved", "area", Hint::Wanted},
    HintRow{"PicturelogRowChanged", "area", Hint::Wanted},
    HintRow{"ImageAdjusted", "rotation", Hint::Rotation},
    HintRow{"AttrvalueCreated", "name", Hint::Typed},
    HintRow{"AttrvalueRenamed", "name", Hint::Typed},
    HintRow{"AttributeValueSet", "text", Hint::Typed},
    HintRow{"Area", "kind", Hint::AreaKind},
    HintRow{"Area", "left", Hint::AreaBegin},
    HintRow{"Area", "top", Hint::AreaBegin},
    HintRow{"Area", "right", Hint::AreaEnd},
    HintRow{"Area", "bottom", Hint::AreaEnd},
    HintRow{"", "classification", Hint::Wanted},
    HintRow{"", "blob", Hint::Wanted},
    HintRow{"Blob", "hash", Hint::Wanted},
    HintRow{"RedoApplied", "sequences", Hint::Undo},
    HintRow{"ProjectMilestoneSet", "sequence", Hint::Rare},
    HintRow{"ProjectMilestoneSet", "frozen", Hint::Rare},
    HintRow{"EventlogCleared", "through", Hint::Event},
    HintRow{"", "token", Hint::Token},
    HintRow{"", "version", Hint::Version},
    HintRow{"", "version_command", Hint::Own},
    HintRow{"", "length", Hint::TextLength},
    HintRow{"", "sequences", Hint::Event},
    HintRow{"", "sequence", Hint::Event},
    HintRow{"UndoApplied", "first", Hint::Event},
    HintRow{"UndoApplied", "last", Hint::Head},
    HintRow{"ProjectRestored", "to", Hint::Event},
};

// Of two ways to say a thing: what belongs to the way that is not taken is left out.
enum class Way { Either, One, Other };

struct WayRow {
  std::string_view table;
  std::string_view field;
  Way way;
};

inline constexpr std::array kWays = {
    WayRow{"UndoApplied", "sequences", Way::One},
    WayRow{"UndoApplied", "actor", Way::Other},
    WayRow{"UndoApplied", "first", Way::Other},
    WayRow{"UndoApplied", "last", Way::Other},
    WayRow{"CodingRemoved", "codings", Way::One},
    WayRow{"CodingRemoved", "code", Way::Other},
    WayRow{"CodingRemoved", "source", Way::Other},
    WayRow{"CodingRemoved", "begin", Way::Other},
    WayRow{"CodingRemoved", "coders", Way::Other},
    WayRow{"CommentPosted", "item", Way::One},
    WayRow{"CommentPosted", "sequence", Way::Other},
    WayRow{"SeealsoCreated", "to", Way::One},
    WayRow{"SeealsoCreated", "to_begin", Way::One},
    WayRow{"SeealsoCreated", "to_area", Way::One},
    WayRow{"SeealsoCreated", "external", Way::Other},
    WayRow{"AttributeValueSet", "value", Way::One},
    WayRow{"AttributeValueSet", "text", Way::Other},
    WayRow{"TranscriptRowAdded", "text", Way::One},
    WayRow{"TranscriptRowAdded", "length", Way::Other},
    WayRow{"PicturelogRowAdded", "text", Way::One},
    WayRow{"PicturelogRowAdded", "length", Way::Other},
    WayRow{"SourceCreated", "text", Way::One},
    WayRow{"SourceCreated", "text_state", Way::Other},
    WayRow{"SourceImported", "text", Way::One},
    WayRow{"SourceImported", "text_state", Way::Other},
};

constexpr Way way_of(std::string_view table, std::string_view field) {
  for (const auto& row : kWays)
    if (row.table == table && row.field == field) return row.way;
  return Way::Either;
}

constexpr Hint hint_of(std::string_view table, std::string_view field) {
  for (const auto& row : kHints)
    if (row.field == field && (row.table.empty() || row.table == table)) return row.hint;
  return Hint::None;
}

}  // namespace qualog::simulation
