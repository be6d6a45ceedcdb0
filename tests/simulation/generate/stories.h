// SPDX-License-Identifier: Apache-2.0
// Stories: actions that come about together or not at all: who transcribes imports recordings,
// edits them and writes rows. In the world of a story people do little else.
#pragma once

#include "schema/fbs/action_generated.h"

#include <array>
#include <span>

namespace qualog::simulation {

namespace stories {

using A = fb::Action;

inline constexpr std::array kTranscripts = {
    A::SourceImported,     A::LeaseAcquired,        A::LeaseReleased,
    A::TranscriptRowAdded, A::TranscriptRowChanged, A::TranscriptRowDeleted,
    A::TranscriptRowMoved, A::SourceTextEdited,     A::UndoApplied};
inline constexpr std::array kPictures = {
    A::SourceImported,     A::LeaseAcquired,        A::LeaseReleased,
    A::PicturelogRowAdded, A::PicturelogRowChanged, A::PicturelogRowDeleted,
    A::ImageAdjusted,      A::SourceTextEdited,     A::UndoApplied};
inline constexpr std::array kTexts = {
    A::SourceCreated,    A::LeaseAcquired,           A::LeaseReleased,
    A::SourceTextEdited, A::SourceFormattingChanged, A::HyperlinkCreated,
    A::HyperlinkDeleted, A::SourceTextSupplied,      A::UndoApplied};
inline constexpr std::array kValues = {
    A::CodeCreated,       A::ClassificationCreated, A::AttributeCreated,     A::AttrvalueCreated,
    A::AttrvalueRenamed,  A::AttrvalueMerged,       A::AttrvalueDeleted,     A::ItemClassified,
    A::AttributeValueSet, A::AttributeTypeChanged,  A::ClassificationMerged, A::UndoApplied};
inline constexpr std::array kMemos = {A::SourceCreated, A::CodeCreated, A::MemoLinked,
                                      A::MemoUnlinked, A::UndoApplied};
inline constexpr std::array kCodebook = {
    A::SourceCreated, A::CodeCreated,  A::CodingAdded, A::CodeSplit,        A::CodeCopied,
    A::CodeMerged,    A::CodeUnmerged, A::QuerySaved,  A::QueryResultSaved, A::UndoApplied};
// A matrix names attributes.
inline constexpr std::array kMatrices = {
    A::CodeCreated,    A::CodingAdded,    A::ClassificationCreated, A::AttributeCreated,
    A::FmatrixCreated, A::FmatrixChanged, A::FmatrixDeleted,        A::UndoApplied};
inline constexpr std::array kSummaries = {
    A::SourceCreated,      A::CodeCreated,       A::CodingAdded,
    A::FmatrixCreated,     A::SummarySet,        A::SummaryLinkAdded,
    A::SummaryLinkRemoved, A::SummaryAutoFilled, A::ClassificationCreated,
    A::AttributeCreated};
inline constexpr std::array kReports = {A::LeaseAcquired, A::LeaseReleased, A::ReportCreated,
                                        A::ReportChanged, A::ReportDeleted, A::MapCreated,
                                        A::MapEdited,     A::MapDeleted,    A::UndoApplied};
inline constexpr std::array kPast = {
    A::ProjectMilestoneSet, A::ProjectMilestoneCleared, A::EventlogCleared, A::ProjectRestored,
    A::CodeCreated,         A::CodePropsChanged,        A::UndoApplied,     A::RedoApplied};
inline constexpr std::array kPeople = {A::MemberAdded,       A::MemberRemoved,    A::MemberMoved,
                                       A::UserProfileMerged, A::UserProfileSplit, A::CodeCreated,
                                       A::SourceCreated,     A::CodingAdded};
inline constexpr std::array kSessions = {
    A::ExclusiveAcquired, A::ExclusiveReleased, A::ExclusiveBroken, A::LeaseAcquired,
    A::LeaseReleased,     A::LeaseBroken,       A::LeaseAwaited,    A::SourceCreated,
    A::CodeCreated,       A::ImportStarted,     A::UndoApplied};

}  // namespace stories

inline constexpr std::array<std::span<const fb::Action>, 12> kStories = {
    stories::kTranscripts, stories::kPictures, stories::kTexts,    stories::kValues,
    stories::kMemos,       stories::kCodebook, stories::kMatrices, stories::kSummaries,
    stories::kReports,     stories::kPast,     stories::kPeople,   stories::kSessions};

}  // namespace qualog::simulation
