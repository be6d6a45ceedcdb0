// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/refusals.h"

namespace qualog::tools {

namespace {

using fb::RefusalCode;

struct RefusalWords {
  RefusalCode code;
  std::string_view words;
};

// clang-format off
constexpr RefusalWords kRefusalWords[] = {
    {RefusalCode::Denied, "you may not do this here; ask an Owner for another group"},
    {RefusalCode::GuestReadonly, "guests only read; ask an Owner to make you a member"},
    {RefusalCode::UnknownPrincipal, "nobody of that name is known here; an Owner adds members with qualog member add"},
    {RefusalCode::VersionMismatch, "the command was made for another version; use a program of this version"},
    {RefusalCode::NeedEditLease, "this text is edited in one session at a time; begin with qualog lock, and send session and token as it prints them"},
    {RefusalCode::LockedEdit, "another session edits this now: wait until it has ended, or, if it is yours, send the session that qualog lock printed"},
    {RefusalCode::NeedExclusive, "this needs the project for one person alone; take that lease first"},
    {RefusalCode::LockedExclusive, "somebody has the project for themselves now; wait until they have ended"},
    {RefusalCode::Stale, "somebody changed this before you; look at what holds now, then qualog conflicts reapply"},
    {RefusalCode::Gone, "what this is about was deleted; undo the deletion (undo.applied), or leave it"},
    {RefusalCode::Merged, "this code was merged into another; use that one"},
    {RefusalCode::NameTaken, "another item there has this name; choose another name"},
    {RefusalCode::BadRef, "nothing of that id and kind is in this project; look the id up with --json"},
    {RefusalCode::Cycle, "it would lie below itself; choose another parent"},
    {RefusalCode::AnchorStale, "the text under this passage was changed meanwhile; choose the passage again"},
    {RefusalCode::UndoBlocked, "later work builds on what would be undone; undo that work first"},
    {RefusalCode::Policy, "a rule of the project forbids it; the detail names the rule"},
    {RefusalCode::Unsupported, "this version cannot do that; qualog schema lists what it can"},
    {RefusalCode::Invalid, "the field has a value that cannot be; see qualog schema ACTION"},
    {RefusalCode::IdReused, "this id belongs to another item; send it with a new id"},
    {RefusalCode::SeenAhead, "what was seen is not in the log yet; send it with a sequence that is"},
    {RefusalCode::SessionEnded, "this session has ended; send it in a new session"},
    {RefusalCode::TooLarge, "it is larger than the project takes; send it in smaller parts"},
    {RefusalCode::ReadOnly, "the project takes no writes now; try again later"},
};
// clang-format on

}  // namespace

std::string_view refusal_in_words(RefusalCode code) {
  for (const auto& row : kRefusalWords)
    if (row.code == code) return row.words;
  return "this version does not know why; use a newer one";
}

}  // namespace qualog::tools
