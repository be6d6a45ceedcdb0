// SPDX-License-Identifier: Apache-2.0
// One function an action: what it sets. The families: access, sources, codes, notes, undo; the
// table that finds the function is in fold.cc.
#pragma once

#include "projector/fold/change.h"
#include "schema/fbs/event_generated.h"

namespace qualog::projector {

void fold_action(Change& change, const fb::ProjectCreated& action);
void fold_action(Change& change, const fb::ProjectForked& action);
void fold_action(Change& change, const fb::ProjectPropsChanged& action);
void fold_action(Change& change, const fb::ProjectGuestAccessSet& action);
void fold_action(Change& change, const fb::ProjectDeleted& action);
void fold_action(Change& change, const fb::ProjectUndeleted& action);
void fold_action(Change& change, const fb::MemberAdded& action);
void fold_action(Change& change, const fb::MemberRemoved& action);
void fold_action(Change& change, const fb::MemberMoved& action);
void fold_action(Change& change, const fb::UserProfileCreated& action);
void fold_action(Change& change, const fb::UserPropsChanged& action);
void fold_action(Change& change, const fb::LeaseAcquired& action);
void fold_action(Change& change, const fb::LeaseReleased& action);
void fold_action(Change& change, const fb::LeaseBroken& action);

void fold_action(Change& change, const fb::FolderCreated& action);
void fold_action(Change& change, const fb::FolderRenamed& action);
void fold_action(Change& change, const fb::FolderMoved& action);
void fold_action(Change& change, const fb::FolderDeleted& action);
void fold_action(Change& change, const fb::SourceCreated& action);
void fold_action(Change& change, const fb::SourceTextSupplied& action);
void fold_action(Change& change, const fb::SourcePropsChanged& action);
void fold_action(Change& change, const fb::SourceMoved& action);
void fold_action(Change& change, const fb::SourceDeleted& action);
void fold_action(Change& change, const fb::SourceTextEdited& action);

void fold_action(Change& change, const fb::CodeCreated& action);
void fold_action(Change& change, const fb::CodePropsChanged& action);
void fold_action(Change& change, const fb::CodeMoved& action);
void fold_action(Change& change, const fb::CodeMerged& action);
void fold_action(Change& change, const fb::CodeUnmerged& action);
void fold_action(Change& change, const fb::CodeDeleted& action);

void fold_action(Change& change, const fb::CodingAdded& action);
void fold_action(Change& change, const fb::CodingRemoved& action);
void fold_action(Change& change, const fb::CodingMoved& action);
void fold_action(Change& change, const fb::CodingRangeChanged& action);
void fold_action(Change& change, const fb::CodingWeightOrCommentSet& action);
void fold_action(Change& change, const fb::AnnotationCreated& action);
void fold_action(Change& change, const fb::AnnotationTextChanged& action);
void fold_action(Change& change, const fb::AnnotationDeleted& action);
void fold_action(Change& change, const fb::MemoLinked& action);
void fold_action(Change& change, const fb::MemoUnlinked& action);
void fold_action(Change& change, const fb::SeealsoCreated& action);
void fold_action(Change& change, const fb::SeealsoChanged& action);
void fold_action(Change& change, const fb::SeealsoDeleted& action);

void fold_action(Change& change, const fb::ImportStarted& action);
void fold_action(Change& change, const fb::UndoApplied& action);

// An optional text of an action: what is absent stays as it was.
void assign(Text& into, const fb::Text* text);
void assign(std::string& into, const flatbuffers::String* text);
// The id in an optional field; zero when absent.
ItemId id_of(const fb::ItemId* id);

}  // namespace qualog::projector
