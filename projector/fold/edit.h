// SPDX-License-Identifier: Apache-2.0
// An edit of a source's text, in the state: pieces, history, and every range that stands on it.
// An edit and the undo of one are the same act with other inputs.
#pragma once

#include "projector/fold/change.h"

#include <span>

namespace qualog::projector {

// Applies `splices`, whose insertions are `inserted` one behind the other, and re-anchors what
// stands on the source (docs/re-anchoring.md).
void edit_text(Change& change, const ItemId& source, const std::vector<text::Splice>& splices,
               const text::Pieces& inserted);

// Takes `edit` back: re-inserts the very pieces it removed and gives every range that has not been
// changed since its old place.
void take_edit_back(Change& change, const EditRow& edit);

// The edits of a source after `seen`, oldest first.
void visit_edits_since(const Reader& reader, const ItemId& source, Sequence seen,
                       FunctionRef<void(const HistoryRow&)> visit);

// Where `range`, stated in the text as it was at `seen`, stands now.
text::Range range_now(const Reader& reader, const ItemId& source, Sequence seen, text::Range range);

}  // namespace qualog::projector
