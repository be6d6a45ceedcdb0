// SPDX-License-Identifier: Apache-2.0
// Rows as lines of a file. NDJSON: one object a line, every column always. CSV (RFC 4180): a
// header, CRLF, the payload as JSON in its one cell, nothing for null; a cell of text that a
// spreadsheet would take for a formula has an apostrophe in front, and so has one that begins with
// one: whoever takes one leading apostrophe away has the text. Pure functions; any thread.
#pragma once

#include "replay/stream/rows.h"

namespace qualog::stream {

// Without a line end.
std::string ndjson(const Row& row);

// With their line ends.
std::string csv_header();
std::string csv(const Row& row);

}  // namespace qualog::stream
