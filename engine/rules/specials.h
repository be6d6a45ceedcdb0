// SPDX-License-Identifier: Apache-2.0
// The special cells of the rule table: what its columns cannot say. Each says in its file what it
// refuses.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

Verdict keeps_an_owner(const Question& question);
Verdict member_known(const Question& question);
Verdict lease_is_free(const Question& question);
Verdict lease_is_mine(const Question& question);
Verdict folder_is_empty(const Question& question);
Verdict text_begins(const Question& question);
Verdict text_fits(const Question& question);
Verdict edit_fits(const Question& question);
Verdict kind_is_served(const Question& question);
Verdict merge_is_sound(const Question& question);
Verdict unmerge_is_sound(const Question& question);
Verdict coding_is_allowed(const Question& question);
Verdict code_is_codable(const Question& question);
Verdict memo_is_free(const Question& question);
Verdict import_is_allowed(const Question& question);
Verdict only_in_import(const Question& question);

bool member_is_so(const Question& question);
bool is_owner_already(const Question& question);
bool lease_already_mine(const Question& question);
bool no_lease(const Question& question);
bool lease_is_over(const Question& question);
bool coded_already(const Question& question);
bool nothing_merged(const Question& question);
bool memo_linked_so(const Question& question);
bool memo_not_linked(const Question& question);
bool already_undone(const Question& question);
bool codings_gone(const Question& question);

Verdict anchor_coding(const Question& question, fb::ActionUnion& action);
Verdict anchor_range(const Question& question, fb::ActionUnion& action);
Verdict anchor_annotation(const Question& question, fb::ActionUnion& action);
Verdict anchor_seealso(const Question& question, fb::ActionUnion& action);
Verdict anchor_uncoding(const Question& question, fb::ActionUnion& action);
Verdict stamp_edit(const Question& question, fb::ActionUnion& action);
Verdict find_undone(const Question& question, fb::ActionUnion& action);
Sequence undone_by(const fb::ActionUnion& action);
Verdict undo_is_free(const Question& question);
std::vector<fb::ActionUnion> single_undos(const Question& question);

// ---- uncoding
Verdict check_range_seen(const Question& question);
std::vector<fb::ActionUnion> uncoded_pieces(const Question& question);

// ---- edit modes and the exclusive session
Verdict can_be_leased(const Question& question);
bool holds_or_waits(const Question& question);
bool neither_holds_nor_waits(const Question& question);
Verdict nobody_is_at_work(const Question& question);
bool exclusive_is_mine(const Question& question);
bool no_exclusive(const Question& question);
bool exclusive_is_over(const Question& question);

// ---- the project's past
Verdict restore_is_allowed(const Question& question);
std::vector<fb::ActionUnion> restoring_undos(const Question& question);
bool nothing_to_restore(const Question& question);
Verdict moment_is_past(const Question& question);
Verdict stamp_milestone(const Question& question, fb::ActionUnion& action);
Verdict horizon_is_past(const Question& question);
Verdict result_is_past(const Question& question);
Verdict find_redone(const Question& question, fb::ActionUnion& action);
Sequence redone_by(const fb::ActionUnion& action);
Verdict inside_import(const Question& question);

// ---- merges
bool not_merged(const Question& question);

// ---- files, rows
Verdict file_fits(const Question& question);
Verdict media_fits(const Question& question);
Verdict picture_turns(const Question& question);
Verdict formatting_fits(const Question& question);
Verdict row_fits(const Question& question);
Verdict row_is_current(const Question& question);
Verdict row_area_fits(const Question& question);
Verdict stamp_row(const Question& question, fb::ActionUnion& action);

// ---- groups
Verdict split_is_sound(const Question& question);
std::vector<fb::ActionUnion> split_apart(const Question& question);
std::vector<fb::ActionUnion> code_copies(const Question& question);
Verdict batch_is_sound(const Question& question);
Verdict anchor_batch(const Question& question, fb::ActionUnion& action);
Verdict anchor_result(const Question& question, fb::ActionUnion& action);
std::vector<fb::ActionUnion> batch_codings(const Question& question);
std::vector<fb::ActionUnion> result_codings(const Question& question);
Verdict cells_are_sound(const Question& question);
Verdict skip_stale_cells(const Question& question, fb::ActionUnion& action);
std::vector<fb::ActionUnion> filled_cells(const Question& question);

// ---- classifications, relationships, sets, comments
ItemId ordered_parent(const Question& question);
ItemId value_of_pair(const Question& question);
ItemId setmember_of_pair(const Question& question);
ItemId summary_of_pair(const Question& question);
Verdict order_is_of_parent(const Question& question);
Verdict labels_are_free(const Question& question);
Verdict offered_value_fits(const Question& question);
Verdict default_fits(const Question& question);
Verdict classification_fits(const Question& question);
bool classified_so(const Question& question);
Verdict value_fits(const Question& question);
bool value_is_so(const Question& question);
Verdict list_unconverted(const Question& question, fb::ActionUnion& action);
Verdict direction_is_free(const Question& question);
Verdict relationship_is_new(const Question& question);
bool membership_is_so(const Question& question);
Verdict anchor_hyperlink(const Question& question, fb::ActionUnion& action);
Verdict anchor_summary_link(const Question& question, fb::ActionUnion& action);
bool link_gone(const Question& question);
Verdict comment_is_sound(const Question& question);
bool resolved_so(const Question& question);

}  // namespace qualog::engine
