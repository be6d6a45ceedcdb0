// SPDX-License-Identifier: Apache-2.0
// Which kinds of items a field of an action may name.
#pragma once

#include "engine/rules/rows/columns.h"
#include "schema/fbs/command_generated.h"

namespace qualog::engine::rows {

using fb::Action;
using projector::Facet;
using projector::Kind;

inline constexpr KindSet kCode = {Kind::Code};
inline constexpr KindSet kNode = {Kind::Code, Kind::Case};
inline constexpr KindSet kCodable = {Kind::Code, Kind::Case, Kind::Relationship};
inline constexpr KindSet kCoding = {Kind::Coding};
inline constexpr KindSet kFolder = {Kind::Folder};
inline constexpr KindSet kSource = {Kind::Source};
inline constexpr KindSet kRow = {Kind::Row};
inline constexpr KindSet kAnnotation = {Kind::Annotation};
inline constexpr KindSet kSeealso = {Kind::Seealso};
inline constexpr KindSet kHyperlink = {Kind::Hyperlink};
inline constexpr KindSet kComment = {Kind::Comment};
inline constexpr KindSet kProfile = {Kind::Profile};
inline constexpr KindSet kMilestone = {Kind::Milestone};
inline constexpr KindSet kClassification = {Kind::Classification};
inline constexpr KindSet kAttribute = {Kind::Attribute};
inline constexpr KindSet kAttrvalue = {Kind::Attrvalue};
inline constexpr KindSet kClassified = {Kind::Source, Kind::Case};
inline constexpr KindSet kReltype = {Kind::Reltype};
inline constexpr KindSet kRelationship = {Kind::Relationship};
inline constexpr KindSet kRelatable = {Kind::Source, Kind::Code, Kind::Case, Kind::Set};
inline constexpr KindSet kSet = {Kind::Set};
inline constexpr KindSet kSearchfolder = {Kind::Searchfolder};
inline constexpr KindSet kQuery = {Kind::Query};
inline constexpr KindSet kFmatrix = {Kind::Fmatrix};
inline constexpr KindSet kSummarylink = {Kind::Summarylink};
inline constexpr KindSet kMap = {Kind::Map};
inline constexpr KindSet kReport = {Kind::Report};
inline constexpr KindSet kExtract = {Kind::Extract};
inline constexpr KindSet kLeasable = {Kind::Source, Kind::Map, Kind::Report, Kind::Extract};
inline constexpr KindSet kMemoable = {Kind::Source, Kind::Code, Kind::Case};
inline constexpr KindSet kLinkable = {Kind::Source, Kind::Code,       Kind::Case,   Kind::Coding,
                                      Kind::Folder, Kind::Annotation, Kind::Profile};
inline constexpr KindSet kAnything = {
    Kind::Folder,     Kind::Source,      Kind::Code,         Kind::Coding,
    Kind::Annotation, Kind::Seealso,     Kind::Case,         Kind::Classification,
    Kind::Attribute,  Kind::Attrvalue,   Kind::Reltype,      Kind::Relationship,
    Kind::Set,        Kind::Query,       Kind::Searchfolder, Kind::Fmatrix,
    Kind::Summary,    Kind::Summarylink, Kind::Map,          Kind::Report,
    Kind::Extract,    Kind::Comment,     Kind::Hyperlink,    Kind::Row,
    Kind::Milestone};

}  // namespace qualog::engine::rows
