// SPDX-License-Identifier: Apache-2.0
// Cursor: how far a project has been mirrored, kept beside the rows themselves, so that a mirror
// goes on from any machine. All rows up to it are in the topic; some behind it may be too.
// Pure; any thread.
#pragma once

#include "engine/log/log.h"
#include "schema/ids.h"
#include "schema/result.h"

#include <string>
#include <string_view>

namespace qualog::mirror {

// What rows of one topic have in common: two kinds in one would be told apart by nobody.
struct RowKind {
  bool with_text = false;
  bool pseudonyms = false;
  bool operator==(const RowKind&) const = default;
};

struct Cursor {
  ProjectId project;
  Sequence sequence{0};  // of the last event whose row was sent
  log::Place place;      // in the log, where its record ends
  RowKind kind;
  bool operator==(const Cursor&) const = default;
};

// One line of JSON.
std::string text_of(const Cursor& cursor);
// Error: damaged, it is no cursor.
Result<Cursor> parse_cursor(std::string_view text);

}  // namespace qualog::mirror
