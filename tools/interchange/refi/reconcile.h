// SPDX-License-Identifier: Apache-2.0
// After a file is read: what its references mean, which objects are one thing written twice, and
// what of it no project can serve. Everything doubtful is reported; nothing is removed, so that
// counts stay those of the file. Rules and their reasons are in README.md. Pure functions over one
// Project.
#pragma once

#include "tools/interchange/loss.h"
#include "tools/interchange/refi/project_model.h"

namespace qualog::interchange {

// Repeated GUIDs, references, one quotation written as text and as rectangle, transcripts and text
// sources on one file, cases that are only values, codes that are cases. In this order, once.
void reconcile(Project& project, LossList& losses);

// What is in the model but cannot be served, and claims that are less than they seem.
void report_unserved(const Project& project, LossList& losses);

// Whether a selection is a place: in the text of a source or note, or an area of what is no text.
// What is none is lost, and told.
bool has_place(const Project& project, const Selection& selection);

// A note's only selection, without codings, is a mark on the source that refers to the note, if
// just one text source does and the range lies in its text. An uncoded selection that a link ties
// to a note of its own is a mark too, where the program writes annotations so. Needs the texts
// (text_loader.h).
void find_annotations(Project& project, LossList& losses);

}  // namespace qualog::interchange
