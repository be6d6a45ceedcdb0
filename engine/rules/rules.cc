// SPDX-License-Identifier: Apache-2.0
// The table: a row an action, in the order of the schema's families. What a column means is in
// rule.h.
#include "engine/rules/question.h"
#include "engine/rules/rule.h"
#include "schema/assert.h"

namespace qualog::engine {

namespace {

using fb::Action;
using projector::Facet;
using projector::Kind;

using Kinds = std::vector<Kind>;
const Kinds kCode = {Kind::Code};
const Kinds kCoding = {Kind::Coding};
const Kinds kFolder = {Kind::Folder};
const Kinds kSource = {Kind::Source};
const Kinds kAnnotation = {Kind::Annotation};
const Kinds kSeealso = {Kind::Seealso};
const Kinds kProfile = {Kind::Profile};
const Kinds kLinkable = {Kind::Source, Kind::Code,       Kind::Coding,
                         Kind::Folder, Kind::Annotation, Kind::Profile};
const Kinds kMemoable = {Kind::Source, Kind::Code};

std::vector<Rule> make_rules() {
  return {
      // ---- project, access, sessions
      {.action = Action::ProjectCreated, .need = Need::Creator, .undo = UndoRule::Never},
      {.action = Action::ProjectForked, .need = Need::Engine, .undo = UndoRule::Never},
      {.action = Action::ProjectPropsChanged, .need = Need::Owner, .writes = {{"", Facet::Props}}},
      {.action = Action::ProjectGuestAccessSet,
       .need = Need::Owner,
       .writes = {{"", Facet::Guest}}},
      {.action = Action::ProjectDeleted,
       .need = Need::Owner,
       .writes = {{"", Facet::Life}},
       .undo = UndoRule::Never},
      {.action = Action::ProjectUndeleted,
       .need = Need::Owner,
       .writes = {{"", Facet::Life}},
       .undo = UndoRule::Never},
      {.action = Action::MemberAdded,
       .need = Need::Owner,
       .undo = UndoRule::Never,
       .special = &keeps_an_owner,
       .repeats = &member_is_so},
      {.action = Action::MemberRemoved,
       .need = Need::Owner,
       .undo = UndoRule::Never,
       .special = &keeps_an_owner,
       .repeats = &member_is_so},
      {.action = Action::MemberMoved,
       .need = Need::Owner,
       .undo = UndoRule::Never,
       .special = &member_known,
       .repeats = &member_is_so},
      {.action = Action::UserProfileCreated,
       .need = Need::Engine,
       .creates = "id",
       .kind = Kind::Profile,
       .undo = UndoRule::Never,
       .special = &only_in_import},
      {.action = Action::UserPropsChanged,
       .need = Need::Self,
       .references = {{"profile", kProfile}},
       .writes = {{"profile", Facet::Props}}},
      {.action = Action::LeaseAcquired,
       .references = {{"item", kSource}},
       .writes = {{"item", Facet::Lease, Check::None}},
       .undo = UndoRule::Never,
       .special = &lease_is_free,
       .repeats = &lease_already_mine},
      {.action = Action::LeaseReleased,
       .references = {{"item", kSource, true}},
       .writes = {{"item", Facet::Lease, Check::None}},
       .undo = UndoRule::Never,
       .special = &lease_is_mine,
       .repeats = &no_lease},
      {.action = Action::LeaseBroken,
       .need = Need::Owner,
       .references = {{"item", kSource, true}},
       .writes = {{"item", Facet::Lease, Check::None}},
       .undo = UndoRule::Never,
       .repeats = &no_lease},

      // ---- folders, sources, content
      {.action = Action::FolderCreated,
       .creates = "id",
       .kind = Kind::Folder,
       .references = {{"parent", kFolder}},
       .named = "id",
       .parent = "parent"},
      {.action = Action::FolderRenamed,
       .references = {{"folder", kFolder}},
       .writes = {{"folder", Facet::Props}},
       .named = "folder"},
      {.action = Action::FolderMoved,
       .references = {{"folder", kFolder}, {"parent", kFolder}},
       .writes = {{"folder", Facet::Parent}},
       .named = "folder",
       .parent = "parent"},
      {.action = Action::FolderDeleted,
       .references = {{"folder", kFolder}},
       .writes = {{"folder", Facet::Life}},
       .deletes = "folder",
       .special = &folder_is_empty},
      {.action = Action::SourceCreated,
       .creates = "id",
       .kind = Kind::Source,
       .references = {{"folder", kFolder}},
       .named = "id",
       .parent = "folder",
       .special = &text_begins,
       .completes = "id"},
      {.action = Action::SourceTextSupplied,
       .references = {{"source", kSource}},
       .writes = {{"source", Facet::Content, Check::None}},
       .lease = LeaseRule::FreeOf,
       .leased = {"source"},
       .undo = UndoRule::Never,
       .special = &text_fits,
       .completes = "source"},
      {.action = Action::SourcePropsChanged,
       .references = {{"source", kSource}},
       .writes = {{"source", Facet::Props}},
       .named = "source"},
      {.action = Action::SourceMoved,
       .references = {{"source", kSource}, {"folder", kFolder}},
       .writes = {{"source", Facet::Parent}},
       .named = "source",
       .parent = "folder"},
      {.action = Action::SourceDeleted,
       .references = {{"source", kSource}},
       .writes = {{"source", Facet::Life}},
       .deletes = "source",
       .lease = LeaseRule::FreeOf,
       .leased = {"source"}},
      {.action = Action::SourceTextEdited,
       .references = {{"source", kSource}},
       .writes = {{"source", Facet::Content, Check::None}},
       .lease = LeaseRule::Holds,
       .leased = {"source"},
       .special = &edit_fits,
       .adjust = &stamp_edit},

      // ---- codebook
      {.action = Action::CodeCreated,
       .creates = "id",
       .kind = Kind::Code,
       .references = {{"parent", kCode}},
       .named = "id",
       .parent = "parent",
       .special = &kind_is_served},
      {.action = Action::CodePropsChanged,
       .references = {{"code", kCode}},
       .writes = {{"code", Facet::Props}},
       .named = "code"},
      {.action = Action::CodeMoved,
       .references = {{"code", kCode}, {"parent", kCode}},
       .writes = {{"code", Facet::Parent}},
       .named = "code",
       .parent = "parent"},
      {.action = Action::CodeMerged,
       .references = {{"from", kCode}, {"into", kCode}},
       .writes = {{"from", Facet::Life}},
       .deletes = "from",
       .special = &merge_is_sound},
      {.action = Action::CodeUnmerged,
       .references = {{"codes", kCode, true}},
       .writes = {{"codes", Facet::Life}},
       .special = &unmerge_is_sound,
       .repeats = &nothing_merged},
      {.action = Action::CodeDeleted,
       .references = {{"code", kCode}},
       .writes = {{"code", Facet::Life}},
       .deletes = "code"},

      // ---- coding, notes, links
      {.action = Action::CodingAdded,
       .creates = "id",
       .kind = Kind::Coding,
       .references = {{"code", kCode}, {"source", kSource}, {"coder", kProfile}},
       .lease = LeaseRule::FreeOf,
       .leased = {"source"},
       .special = &coding_is_allowed,
       .adjust = &anchor_coding,
       .repeats = &coded_already},
      {.action = Action::CodingRemoved,
       .references = {{"codings", kCoding, true}, {"code", kCode, true}, {"source", kSource}},
       .writes = {{"codings", Facet::Life}},
       .deletes = "codings",
       .lease = LeaseRule::FreeOf,
       .leased = {"codings", "source"},
       .adjust = &anchor_uncoding,
       .compute = &uncoded_pieces,
       .repeats = &codings_gone},
      {.action = Action::CodingMoved,
       .references = {{"coding", kCoding}, {"code", kCode}},
       .writes = {{"coding", Facet::Place}},
       .lease = LeaseRule::FreeOf,
       .leased = {"coding"},
       .special = &code_is_codable},
      {.action = Action::CodingRangeChanged,
       .references = {{"coding", kCoding}},
       .writes = {{"coding", Facet::Range}},
       .lease = LeaseRule::FreeOf,
       .leased = {"coding"},
       .adjust = &anchor_range},
      {.action = Action::CodingWeightOrCommentSet,
       .references = {{"coding", kCoding}},
       .writes = {{"coding", Facet::Note}},
       .lease = LeaseRule::FreeOf,
       .leased = {"coding"}},
      {.action = Action::AnnotationCreated,
       .creates = "id",
       .kind = Kind::Annotation,
       .references = {{"source", kSource}},
       .lease = LeaseRule::FreeOf,
       .leased = {"source"},
       .adjust = &anchor_annotation},
      {.action = Action::AnnotationTextChanged,
       .references = {{"annotation", kAnnotation}},
       .writes = {{"annotation", Facet::Text}},
       .lease = LeaseRule::FreeOf,
       .leased = {"annotation"}},
      {.action = Action::AnnotationDeleted,
       .references = {{"annotation", kAnnotation}},
       .writes = {{"annotation", Facet::Life}},
       .deletes = "annotation",
       .lease = LeaseRule::FreeOf,
       .leased = {"annotation"}},
      {.action = Action::MemoLinked,
       .references = {{"item", kMemoable}, {"memo", kSource}},
       .writes = {{"item", Facet::Memo}, {"memo", Facet::Owner}},
       .lease = LeaseRule::FreeOf,
       .leased = {"item", "memo"},
       .special = &memo_is_free,
       .repeats = &memo_linked_so},
      {.action = Action::MemoUnlinked,
       .references = {{"item", kMemoable}, {"memo", kSource}},
       .writes = {{"item", Facet::Memo}, {"memo", Facet::Owner}},
       .lease = LeaseRule::FreeOf,
       .leased = {"item", "memo"},
       .repeats = &memo_not_linked},
      {.action = Action::SeealsoCreated,
       .creates = "id",
       .kind = Kind::Seealso,
       .references = {{"from", kLinkable}, {"to", kLinkable}},
       .lease = LeaseRule::FreeOf,
       .leased = {"from", "to"},
       .adjust = &anchor_seealso},
      {.action = Action::SeealsoChanged,
       .references = {{"seealso", kSeealso}},
       .writes = {{"seealso", Facet::Props}},
       .lease = LeaseRule::FreeOf,
       .leased = {"seealso"}},
      {.action = Action::SeealsoDeleted,
       .references = {{"seealso", kSeealso}},
       .writes = {{"seealso", Facet::Life}},
       .deletes = "seealso",
       .lease = LeaseRule::FreeOf,
       .leased = {"seealso"}},

      // ---- import, undo
      {.action = Action::ImportStarted,
       .need = Need::Owner,
       .undo = UndoRule::Never,
       .special = &project_is_fresh},
      {.action = Action::UndoApplied,
       .special = &undo_is_free,
       .adjust = &find_undone,
       .compute = &single_undos,
       .repeats = &already_undone,
       .undone = &undone_by},
  };
}

// Every field that a row names is a field of its action.
void check_fields(const Rule& rule) {
  const auto check = [&](std::string_view name) {
    if (!name.empty()) field_in(rule.action, name);
  };
  for (const auto& reference : rule.references) check(reference.field);
  for (const auto& write : rule.writes) check(write.field);
  for (const auto field : rule.leased) check(field);
  for (const auto field : {rule.creates, rule.deletes, rule.named, rule.parent, rule.completes})
    check(field);
}

}  // namespace

const std::vector<Rule>& all_rules() {
  static const auto rules = [] {
    auto made = make_rules();
    for (const auto& rule : made) check_fields(rule);
    return made;
  }();
  return rules;
}

const Rule* rule_of(fb::Action action) {
  static const auto by_number = [] {
    std::array<const Rule*, 256> rows{};
    for (const auto& rule : all_rules()) rows[static_cast<std::size_t>(rule.action)] = &rule;
    return rows;
  }();
  return by_number[static_cast<std::size_t>(action)];
}

const reflection::Field& field_in(fb::Action action, std::string_view name) {
  const auto* object = object_of(action);
  QUALOG_ASSERT(object != nullptr);
  // A table has few fields: walking them is cheaper than the schema's own search by C string.
  for (const auto* field : *object->fields())
    if (field->name()->string_view() == name) return *field;
  assertion_failed("an action has no such field", __FILE__, __LINE__);
}

}  // namespace qualog::engine
