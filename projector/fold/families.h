// SPDX-License-Identifier: Apache-2.0
// One function an action: what it sets, a file a family; the table that finds the function is in
// fold.cc.
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

void fold_action(Change& change, const fb::LeaseAwaited& action);
void fold_action(Change& change, const fb::ExclusiveAcquired& action);
void fold_action(Change& change, const fb::ExclusiveReleased& action);
void fold_action(Change& change, const fb::ExclusiveBroken& action);
void fold_action(Change& change, const fb::ProjectRestored& action);
void fold_action(Change& change, const fb::ProjectMilestoneSet& action);
void fold_action(Change& change, const fb::ProjectMilestoneCleared& action);
void fold_action(Change& change, const fb::EventlogCleared& action);
void fold_action(Change& change, const fb::AdminOwnerAdded& action);
void fold_action(Change& change, const fb::UserProfileMerged& action);
void fold_action(Change& change, const fb::UserProfileSplit& action);

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

void fold_action(Change& change, const fb::SourceImported& action);
void fold_action(Change& change, const fb::SourceFormattingChanged& action);
void fold_action(Change& change, const fb::TranscriptRowAdded& action);
void fold_action(Change& change, const fb::TranscriptRowChanged& action);
void fold_action(Change& change, const fb::TranscriptRowDeleted& action);
void fold_action(Change& change, const fb::TranscriptRowMoved& action);
void fold_action(Change& change, const fb::PicturelogRowAdded& action);
void fold_action(Change& change, const fb::PicturelogRowChanged& action);
void fold_action(Change& change, const fb::PicturelogRowDeleted& action);
void fold_action(Change& change, const fb::MediaEmbedded& action);
void fold_action(Change& change, const fb::MediaLinked& action);
void fold_action(Change& change, const fb::ImageAdjusted& action);

void fold_action(Change& change, const fb::CodeCreated& action);
void fold_action(Change& change, const fb::CodePropsChanged& action);
void fold_action(Change& change, const fb::CodeMoved& action);
void fold_action(Change& change, const fb::CodeMerged& action);
void fold_action(Change& change, const fb::CodeUnmerged& action);
void fold_action(Change& change, const fb::CodeDeleted& action);

void fold_action(Change& change, const fb::CodeSplit& action);
void fold_action(Change& change, const fb::CodeCopied& action);
void fold_action(Change& change, const fb::CodebookReordered& action);

void fold_action(Change& change, const fb::ClassificationCreated& action);
void fold_action(Change& change, const fb::ClassificationPropsChanged& action);
void fold_action(Change& change, const fb::ClassificationMerged& action);
void fold_action(Change& change, const fb::ClassificationDeleted& action);
void fold_action(Change& change, const fb::AttributeCreated& action);
void fold_action(Change& change, const fb::AttributePropsChanged& action);
void fold_action(Change& change, const fb::AttributeTypeChanged& action);
void fold_action(Change& change, const fb::AttributeDeleted& action);
void fold_action(Change& change, const fb::AttributeReordered& action);
void fold_action(Change& change, const fb::AttrvalueCreated& action);
void fold_action(Change& change, const fb::AttrvalueRenamed& action);
void fold_action(Change& change, const fb::AttrvalueMerged& action);
void fold_action(Change& change, const fb::AttrvalueDeleted& action);
void fold_action(Change& change, const fb::ItemClassified& action);
void fold_action(Change& change, const fb::AttributeValueSet& action);
void fold_action(Change& change, const fb::ReltypeCreated& action);
void fold_action(Change& change, const fb::ReltypeChanged& action);
void fold_action(Change& change, const fb::ReltypeDeleted& action);
void fold_action(Change& change, const fb::RelationshipCreated& action);
void fold_action(Change& change, const fb::RelationshipChanged& action);
void fold_action(Change& change, const fb::RelationshipDeleted& action);

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

void fold_action(Change& change, const fb::CodingBatchAdded& action);
void fold_action(Change& change, const fb::HyperlinkCreated& action);
void fold_action(Change& change, const fb::HyperlinkDeleted& action);
void fold_action(Change& change, const fb::CommentPosted& action);
void fold_action(Change& change, const fb::CommentResolved& action);

void fold_action(Change& change, const fb::SetCreated& action);
void fold_action(Change& change, const fb::SetPropsChanged& action);
void fold_action(Change& change, const fb::SetDeleted& action);
void fold_action(Change& change, const fb::SetMemberAdded& action);
void fold_action(Change& change, const fb::SetMemberRemoved& action);
void fold_action(Change& change, const fb::SetOrdered& action);
void fold_action(Change& change, const fb::SearchfolderSaved& action);
void fold_action(Change& change, const fb::SearchfolderChanged& action);
void fold_action(Change& change, const fb::SearchfolderDeleted& action);
void fold_action(Change& change, const fb::QuerySaved& action);
void fold_action(Change& change, const fb::QueryChanged& action);
void fold_action(Change& change, const fb::QueryDeleted& action);
void fold_action(Change& change, const fb::QueryResultSaved& action);
void fold_action(Change& change, const fb::FmatrixCreated& action);
void fold_action(Change& change, const fb::FmatrixChanged& action);
void fold_action(Change& change, const fb::FmatrixDeleted& action);
void fold_action(Change& change, const fb::SummarySet& action);
void fold_action(Change& change, const fb::SummaryLinkAdded& action);
void fold_action(Change& change, const fb::SummaryLinkRemoved& action);
void fold_action(Change& change, const fb::SummaryAutoFilled& action);
void fold_action(Change& change, const fb::MapCreated& action);
void fold_action(Change& change, const fb::MapPropsChanged& action);
void fold_action(Change& change, const fb::MapMadeStatic& action);
void fold_action(Change& change, const fb::MapDeleted& action);
void fold_action(Change& change, const fb::MapEdited& action);
void fold_action(Change& change, const fb::ReportCreated& action);
void fold_action(Change& change, const fb::ReportChanged& action);
void fold_action(Change& change, const fb::ReportDeleted& action);
void fold_action(Change& change, const fb::ExtractCreated& action);
void fold_action(Change& change, const fb::ExtractChanged& action);
void fold_action(Change& change, const fb::ExtractDeleted& action);

void fold_action(Change& change, const fb::ImportStarted& action);
void fold_action(Change& change, const fb::ImportFinished& action);
void fold_action(Change& change, const fb::ImportIdMapped& action);
void fold_action(Change& change, const fb::UndoApplied& action);
void fold_action(Change& change, const fb::RedoApplied& action);

// An optional text of an action: what is absent stays as it was.
void assign(Text& into, const fb::Text* text);
void assign(std::string& into, const flatbuffers::String* text);
// The id in an optional field; zero when absent.
ItemId id_of(const fb::ItemId* id);

}  // namespace qualog::projector
