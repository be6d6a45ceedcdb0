// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/model_rows.h"

#include <algorithm>

namespace qualog::simulation {

using fb::Action;
using projector::Facet;
using projector::Kind;

namespace {

using Kinds = std::vector<Kind>;
const Kinds kFolder = {Kind::Folder};
const Kinds kSource = {Kind::Source};
const Kinds kCode = {Kind::Code};
const Kinds kCoding = {Kind::Coding};
const Kinds kNote = {Kind::Annotation};
const Kinds kLink = {Kind::Seealso};
const Kinds kProfile = {Kind::Profile};
constexpr auto kOwner = fb::Group::Owner;
constexpr auto kAny = fb::Group::Contributor;
constexpr auto kNew = Kind::None;

// clang-format off
std::vector<ModelRow> rows() {
  return {
      {Action::ProjectPropsChanged, kOwner, kNew, {}, {{"", Facet::Props}}},
      {Action::ProjectGuestAccessSet, kOwner, kNew, {}, {{"", Facet::Guest}}},
      {Action::MemberAdded, kOwner},
      {Action::MemberRemoved, kOwner},
      {Action::MemberMoved, kOwner},
      {Action::ImportStarted, kOwner},
      {Action::LeaseAcquired, kAny, kNew, {{"item", kSource}}},
      {Action::LeaseReleased, kAny, kNew, {{"item", kSource}}, {}, {}, {}, {}, {}, true},
      {Action::LeaseBroken, kOwner, kNew, {{"item", kSource}}, {}, {}, {}, {}, {}, true},
      {Action::UserPropsChanged, kAny, kNew, {{"profile", kProfile}}, {{"profile", Facet::Props}}},
      {Action::FolderCreated, kAny, Kind::Folder, {{"parent", kFolder}}, {}, {}, {}, "id", "parent"},
      {Action::FolderRenamed, kAny, kNew, {{"folder", kFolder}}, {{"folder", Facet::Props}},
       {}, {}, "folder"},
      {Action::FolderMoved, kAny, kNew, {{"folder", kFolder}, {"parent", kFolder}},
       {{"folder", Facet::Parent}}, {}, {}, "folder", "parent"},
      {Action::FolderDeleted, kAny, kNew, {{"folder", kFolder}}, {{"folder", Facet::Life}},
       "folder"},
      {Action::SourceCreated, kAny, Kind::Source, {{"folder", kFolder}}, {}, {}, {}, "id",
       "folder"},
      {Action::SourcePropsChanged, kAny, kNew, {{"source", kSource}}, {{"source", Facet::Props}},
       {}, {}, "source"},
      {Action::SourceMoved, kAny, kNew, {{"source", kSource}, {"folder", kFolder}},
       {{"source", Facet::Parent}}, {}, {}, "source", "folder"},
      {Action::SourceDeleted, kAny, kNew, {{"source", kSource}}, {{"source", Facet::Life}},
       "source", "source"},
      {Action::CodeCreated, kAny, Kind::Code, {{"parent", kCode}}, {}, {}, {}, "id", "parent"},
      {Action::CodePropsChanged, kAny, kNew, {{"code", kCode}}, {{"code", Facet::Props}},
       {}, {}, "code"},
      {Action::CodeMoved, kAny, kNew, {{"code", kCode}, {"parent", kCode}},
       {{"code", Facet::Parent}}, {}, {}, "code", "parent"},
      {Action::CodeMerged, kAny, kNew, {{"from", kCode}, {"into", kCode}},
       {{"from", Facet::Life}}, "from"},
      {Action::CodeDeleted, kAny, kNew, {{"code", kCode}}, {{"code", Facet::Life}}, "code"},
      {Action::CodingMoved, kAny, kNew, {{"coding", kCoding}, {"code", kCode}},
       {{"coding", Facet::Place}}, {}, "coding"},
      {Action::CodingWeightOrCommentSet, kAny, kNew, {{"coding", kCoding}},
       {{"coding", Facet::Note}}, {}, "coding"},
      {Action::AnnotationTextChanged, kAny, kNew, {{"annotation", kNote}},
       {{"annotation", Facet::Text}}, {}, "annotation"},
      {Action::AnnotationDeleted, kAny, kNew, {{"annotation", kNote}},
       {{"annotation", Facet::Life}}, "annotation", "annotation"},
      {Action::SeealsoChanged, kAny, kNew, {{"seealso", kLink}}, {{"seealso", Facet::Props}},
       {}, "seealso"},
      {Action::SeealsoDeleted, kAny, kNew, {{"seealso", kLink}}, {{"seealso", Facet::Life}},
       "seealso", "seealso"},
  };
}
// clang-format on

}  // namespace

const ModelRow* model_row_of(Action action) {
  static const auto all = rows();
  const auto found = std::ranges::find(all, action, &ModelRow::action);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace qualog::simulation
