// SPDX-License-Identifier: Apache-2.0
// The special cells of the rule table: what its columns cannot say, under the file that says it. A
// check stands with what it refuses, each line a code and what must hold, as docs/rules.md prints
// it; of the others a comment says what is asked, filled in or made. Pure.
#pragma once

#include "engine/rules/question.h"

namespace qualog::engine {

// ---- access.cc ----------------------------------------------------------------------------------

Verdict keeps_an_owner(const Question& question);
inline constexpr Special kKeepsAnOwner = {&keeps_an_owner,
                                          {"POLICY: a project keeps at least one owner"}};

Verdict member_known(const Question& question);
inline constexpr Special kMemberKnown = {
    &member_known,
    {"POLICY: a project keeps at least one owner", "UNKNOWN_PRINCIPAL: the principal is a member"}};

// The principal is in this group; of a removal: in none any more.
bool member_is_so(const Question& question);
bool is_owner_already(const Question& question);

// ---- anchors.cc ---------------------------------------------------------------------------------
// Each carries its ranges to the text of now. INVALID where a range is none of the text at `seen`,
// ANCHOR_STALE where nothing of it is left. An area that does not lie on its source is INVALID,
// here or by the row's own check.

Verdict anchor_coding(const Question& question, fb::ActionUnion& action);
Verdict anchor_range(const Question& question, fb::ActionUnion& action);
Verdict anchor_annotation(const Question& question, fb::ActionUnion& action);
// INVALID also without an end, and for a range on what has no text.
Verdict anchor_seealso(const Question& question, fb::ActionUnion& action);
Verdict anchor_hyperlink(const Question& question, fb::ActionUnion& action);
Verdict anchor_summary_link(const Question& question, fb::ActionUnion& action);
// All ranges of the batch; BAD_REF where one has no source.
Verdict anchor_batch(const Question& question, fb::ActionUnion& action);
// The same, from the text at `at_sequence`, if it is given.
Verdict anchor_result(const Question& question, fb::ActionUnion& action);

// ---- classes.cc ---------------------------------------------------------------------------------

Verdict labels_are_free(const Question& question);
inline constexpr Special kLabelsAreFree = {
    &labels_are_free, {"NAME_TAKEN: a label is the name of no value, nor the other label"}};

Verdict default_fits(const Question& question);
inline constexpr Special kDefaultFits = {&default_fits,
                                         {"INVALID: the default value is of the attribute's type"}};

Verdict offered_value_fits(const Question& question);
inline constexpr Special kOfferedValueFits = {
    &offered_value_fits,
    {"NAME_TAKEN: the name is no label of the project", "INVALID: it is of the attribute's type"}};

Verdict classification_fits(const Question& question);
inline constexpr Special kClassificationFits = {
    &classification_fits, {"BAD_REF: the classification is for items of this kind"}};

Verdict value_fits(const Question& question);
inline constexpr Special kValueFits = {
    &value_fits,
    {"BAD_REF: the item's classification has the attribute, and the attribute the value",
     "INVALID: either value or text", "INVALID: the text is of the attribute's type"}};

Verdict direction_is_free(const Question& question);
inline constexpr Special kDirectionIsFree = {
    &direction_is_free,
    {"POLICY: the direction changes only while no relationship is of the type"}};

Verdict relationship_is_new(const Question& question);
inline constexpr Special kRelationshipIsNew = {
    &relationship_is_new,
    {"BAD_REF: an item is not related to itself",
     "NAME_TAKEN: between two items there is one relationship of a type"}};

// The item that stands for the value of an attribute.
ItemId value_of_pair(const Question& question);
// The item has this classification, or none where none is named.
bool classified_so(const Question& question);
// The item has this value; never of a sealed text.
bool value_is_so(const Question& question);
// Lists the items whose value is not of the new type, at most 1 000. Refuses nothing.
Verdict list_unconverted(const Question& question, fb::ActionUnion& action);

// ---- codes.cc -----------------------------------------------------------------------------------

Verdict kind_is_served(const Question& question);
inline constexpr Special kKindIsServed = {
    &kind_is_served, {"UNSUPPORTED: a relationship is made by relationship.created"}};

Verdict merge_is_sound(const Question& question);
inline constexpr Special kMergeIsSound = {
    &merge_is_sound,
    {"INVALID: there is something to merge", "BAD_REF: like goes into like",
     "CYCLE: nothing goes into itself, or into what is below it",
     "TOO_LARGE: the tree, merges counted, is not too deep"}};

Verdict unmerge_is_sound(const Question& question);
inline constexpr Special kUnmergeIsSound = {
    &unmerge_is_sound,
    {"INVALID: codes are named", "GONE: neither code nor parent is deleted",
     "CYCLE: the parent is not below the code",
     "NAME_TAKEN: the name is free, among those that come back too"}};

Verdict memo_is_free(const Question& question);
inline constexpr Special kMemoIsFree = {&memo_is_free,
                                        {"BAD_REF: the memo is one, and not that of itself",
                                         "NAME_TAKEN: the item has no memo, and the memo no item"}};

// None of the codes is merged.
bool nothing_merged(const Question& question);
// The profile is not merged.
bool not_merged(const Question& question);
bool memo_linked_so(const Question& question);
bool memo_not_linked(const Question& question);

// ---- coding/codings.cc --------------------------------------------------------------------------

Verdict coding_is_allowed(const Question& question);
inline constexpr Special kCodingIsAllowed = {
    &coding_is_allowed,
    {"INVALID: a coder is named in imports alone", "INVALID: the area lies on the source",
     "POLICY: the code is no folder and no result of a matrix"}};

Verdict code_is_codable(const Question& question);
inline constexpr Special kCodeIsCodable = {
    &code_is_codable, {"POLICY: the code is no folder and no result of a matrix"}};

// The coder, or who is merged with them, has coded the same passage and area with the code.
bool coded_already(const Question& question);

// ---- coding/uncoding.cc -------------------------------------------------------------------------

Verdict check_range_seen(const Question& question);
inline constexpr Special kRangeSeen = {
    &check_range_seen, {"STALE: the range holds a coding that its author has seen as it is"}};

// Carries the range as anchors.cc does; INVALID unless either codings are named or a source. Lists
// as `left` the codings that others have made or changed since `seen`.
Verdict anchor_uncoding(const Question& question, fb::ActionUnion& action);
// What becomes of the codings of a range, but for those that are left: they end, shrink, or fall
// into two pieces.
std::vector<fb::ActionUnion> uncoded_pieces(const Question& question);
// Those that are named have ended; the range has none.
bool codings_gone(const Question& question);

// ---- exclusive.cc -------------------------------------------------------------------------------

Verdict nobody_is_at_work(const Question& question);
inline constexpr Special kNobodyIsAtWork = {
    &nobody_is_at_work, {"POLICY: no other session is at work, unless drain is set"}};

// The session has the exclusive session, and it has not run out.
bool exclusive_is_mine(const Question& question);
// There is none, not even one that has run out.
bool no_exclusive(const Question& question);
// There is none, or another one than the token names.
bool exclusive_is_over(const Question& question);

// ---- groups.cc ----------------------------------------------------------------------------------

Verdict split_is_sound(const Question& question);
inline constexpr Special kSplitIsSound = {
    &split_is_sound,
    {"INVALID: seen is given", "INVALID: there are parts", "BAD_REF: the codings are the code's",
     "STALE: nobody else has moved one since seen"}};

Verdict batch_is_sound(const Question& question);
inline constexpr Special kBatchIsSound = {
    &batch_is_sound, {"INVALID: there are codings", "MERGED: none of their codes is merged"}};

Verdict cells_are_sound(const Question& question);
inline constexpr Special kCellsAreSound = {
    &cells_are_sound, {"INVALID: there are cells", "MERGED: no row and no column is merged"}};

// INVALID without `seen`. Lists as `skipped` the cells that others have written since.
Verdict skip_stale_cells(const Question& question, fb::ActionUnion& action);
// A code for each part, with its codings moved there.
std::vector<fb::ActionUnion> split_apart(const Question& question);
// A code like this one and, where asked for, copies of the codings of it and of what is merged
// into it.
std::vector<fb::ActionUnion> code_copies(const Question& question);
// Each coding of the batch.
std::vector<fb::ActionUnion> batch_codings(const Question& question);
// A code, and under it what was found.
std::vector<fb::ActionUnion> result_codings(const Question& question);
// The summary of each cell that is not skipped.
std::vector<fb::ActionUnion> filled_cells(const Question& question);

// ---- imports.cc ---------------------------------------------------------------------------------

Verdict import_is_allowed(const Question& question);
inline constexpr Special kImportIsAllowed = {
    &import_is_allowed,
    {"NEED_EXCLUSIVE: in one's own exclusive session, unless the project is just made"}};

Verdict only_in_import(const Question& question);
inline constexpr Special kOnlyInImport = {
    &only_in_import, {"DENIED: profiles come by themselves, imported ones in imports"}};

Verdict inside_import(const Question& question);
inline constexpr Special kInsideImport = {&inside_import, {"DENIED: imports alone say this"}};

// ---- lease.cc -----------------------------------------------------------------------------------

Verdict lease_is_free(const Question& question);
inline constexpr Special kLeaseIsFree = {
    &lease_is_free,
    {"POLICY: what a dataset or a PDF says is not edited",
     "LOCKED_EDIT: nobody else holds it, or has waited for it longer"}};

Verdict can_be_leased(const Question& question);
inline constexpr Special kCanBeLeased = {&can_be_leased,
                                         {"POLICY: what a dataset or a PDF says is not edited"}};

Verdict lease_is_mine(const Question& question);
inline constexpr Special kLeaseIsMine = {
    &lease_is_mine,
    {"NEED_EDIT_LEASE: the session holds it under this token, or waits and names none"}};

// The session holds the lease, and it has not run out.
bool lease_already_mine(const Question& question);
bool holds_or_waits(const Question& question);
// There is no lease of the item, and the session does not wait for one.
bool neither_holds_nor_waits(const Question& question);
// There is none, not even one that has run out.
bool no_lease(const Question& question);
// There is none, or another one than the token names.
bool lease_is_over(const Question& question);

// ---- media.cc -----------------------------------------------------------------------------------

Verdict media_fits(const Question& question);
inline constexpr Special kMediaFits = {
    &media_fits, {"INVALID: a blob is named", "BAD_REF: it is complete, of this hash and size"}};

Verdict picture_turns(const Question& question);
inline constexpr Special kPictureTurns = {
    &picture_turns,
    {"POLICY: only a picture is turned", "INVALID: the rotation is 0, 90, 180 or 270"}};

Verdict formatting_fits(const Question& question);
inline constexpr Special kFormattingFits = {
    &formatting_fits,
    {"INVALID: the ranges lie in the text", "STALE: nobody else has changed the text since seen"}};

Verdict row_fits(const Question& question);
inline constexpr Special kRowFits = {
    &row_fits,
    {"POLICY: the source has such rows", "POLICY: its text is whole",
     "INVALID: either text or length", "INVALID: area and place lie on the source",
     "INVALID: line ends are LF", "STALE: the row stands on the text's version"}};

Verdict row_is_current(const Question& question);
inline constexpr Special kRowIsCurrent = {
    &row_is_current,
    {"POLICY: the text is whole", "STALE: the deletion stands on the text's version"}};

Verdict row_area_fits(const Question& question);
inline constexpr Special kRowAreaFits = {&row_area_fits,
                                         {"INVALID: an area is given, and lies on the source"}};

// Fills in the version of the text that the row stands on. Refuses nothing.
Verdict stamp_row(const Question& question, fb::ActionUnion& action);

// ---- names.cc -----------------------------------------------------------------------------------

Verdict folder_is_empty(const Question& question);
inline constexpr Special kFolderIsEmpty = {&folder_is_empty, {"POLICY: the folder is empty"}};

// ---- past.cc ------------------------------------------------------------------------------------

Verdict moment_is_past(const Question& question);
inline constexpr Special kMomentIsPast = {&moment_is_past,
                                          {"SEEN_AHEAD: the sequence is in the log"}};

Verdict horizon_is_past(const Question& question);
inline constexpr Special kHorizonIsPast = {&horizon_is_past,
                                           {"SEEN_AHEAD: the horizon is in the log"}};

Verdict result_is_past(const Question& question);
inline constexpr Special kResultIsPast = {
    &result_is_past, {"SEEN_AHEAD: the sequence it was asked at is in the log"}};

// Fills in sequence and digest of a moment that is now. INVALID for an earlier one without its
// digest, and beside other actions.
Verdict stamp_milestone(const Question& question, fb::ActionUnion& action);

// ---- restore.cc ---------------------------------------------------------------------------------

Verdict restore_is_allowed(const Question& question);
inline constexpr Special kRestoreIsAllowed = {
    &restore_is_allowed,
    {"DENIED: the whole, by an Owner", "NEED_EXCLUSIVE: the whole, in one's own exclusive session",
     "SEEN_AHEAD: the moment is in the log",
     "POLICY: no text has come since to a chosen source that was there",
     "INVALID: of a part, seen is given",
     "STALE: of a part, nobody else has done since seen what it takes back"}};

// What came after the moment, and is chosen, taken back, newest first.
std::vector<fb::ActionUnion> restoring_undos(const Question& question);
// There is nothing to take back, and the actor may.
bool nothing_to_restore(const Question& question);

// ---- sets.cc ------------------------------------------------------------------------------------

Verdict order_is_of_parent(const Question& question);
inline constexpr Special kOrderIsOfParent = {
    &order_is_of_parent,
    {"BAD_REF: what is ordered stands directly below the item", "INVALID: each once at most"}};

// The top has one order of codes and cases: of the kind that is not named, what lives stays.
Verdict keep_other_order(const Question& question, fb::ActionUnion& action);

Verdict comment_is_sound(const Question& question);
inline constexpr Special kCommentIsSound = {
    &comment_is_sound, {"INVALID: either item or sequence", "SEEN_AHEAD: it is in the log"}};

// The items that stand for pairs; whose order it is: the project's at the top of the codebook.
ItemId setmember_of_pair(const Question& question);
ItemId summary_of_pair(const Question& question);
ItemId ordered_parent(const Question& question);
// What is added is in the set; what is removed is not.
bool membership_is_so(const Question& question);
// The link has ended by itself: one that is only out of sight has not.
bool link_gone(const Question& question);
bool resolved_so(const Question& question);

// ---- texts.cc -----------------------------------------------------------------------------------

Verdict text_begins(const Question& question);
inline constexpr Special kTextBegins = {
    &text_begins,
    {"INVALID: a missing text brings none", "INVALID: the text is not longer than length",
     "INVALID: line ends are LF"}};

Verdict file_fits(const Question& question);
inline constexpr Special kFileFits = {
    &file_fits,
    {"INVALID: a blob is named", "BAD_REF: it is complete, of this hash and size",
     "INVALID: a missing text brings none", "INVALID: the text is not longer than length",
     "INVALID: line ends are LF"}};

Verdict text_fits(const Question& question);
inline constexpr Special kTextFits = {
    &text_fits,
    {"POLICY: the text is not there yet",
     "INVALID: a chunk begins where the text ends, and stays within its length",
     "INVALID: line ends are LF"}};

Verdict edit_fits(const Question& question);
inline constexpr Special kEditFits = {
    &edit_fits,
    {"POLICY: the text is whole", "STALE: the edit stands on the text's version",
     "INVALID: splices lie in the text, in order", "INVALID: line ends are LF"}};

// Fills in the version of the text that the edit stands on. Refuses nothing.
Verdict stamp_edit(const Question& question, fb::ActionUnion& action);

// ---- undo/undo.cc -------------------------------------------------------------------------------

Verdict undo_is_free(const Question& question);
inline constexpr Special kUndoIsFree = {
    &undo_is_free,
    {"INVALID: a name is for one act",
     "DENIED, POLICY, LOCKED_EDIT, NEED_EDIT_LEASE: as for that act",
     "UNDO_BLOCKED: nothing later stands on it",
     "NAME_TAKEN, CYCLE, GONE, MERGED, TOO_LARGE, POLICY: where it leaves items, as any action"}};

// Fills in which events. INVALID for sequences and an actor at once; BAD_REF, POLICY, DENIED where
// one is no event, cannot be undone, or is another's restoration. Of an actor: POLICY where nothing
// is left, STALE where others have done some of it since `seen`.
Verdict find_undone(const Question& question, fb::ActionUnion& action);
// The same for a redo, whose events are undos.
Verdict find_redone(const Question& question, fb::ActionUnion& action);
// The event that an undo, or a redo, of one event takes back.
Sequence undone_by(const fb::ActionUnion& action);
Sequence redone_by(const fb::ActionUnion& action);
// One for each event, newest first; none where the action itself is that.
std::vector<fb::ActionUnion> single_undos(const Question& question);
bool already_undone(const Question& question);

}  // namespace qualog::engine
