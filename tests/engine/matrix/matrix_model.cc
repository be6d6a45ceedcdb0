// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/matrix/matrix_model.h"

#include "engine/rules/question.h"
#include "projector/overlay.h"
#include "projector/tables.h"
#include "schema/codec.h"

#include <algorithm>

namespace qualog::test {

using engine::Check;
using engine::LeaseRule;
using engine::Need;
using engine::Rule;
using projector::Facet;
using projector::Kind;
using projector::kProjectItem;

namespace {

using Answers = std::set<std::string>;

// What a special row may answer beside what its columns say. A row that is not here has none.
const std::map<fb::Action, Answers>& declared() {
  using A = fb::Action;
  static const std::map<A, Answers> table = {
      {A::MemberAdded, {"POLICY", "noop"}},
      {A::MemberRemoved, {"POLICY", "UNKNOWN_PRINCIPAL", "noop"}},
      {A::MemberMoved, {"POLICY", "UNKNOWN_PRINCIPAL", "noop"}},
      {A::LeaseAcquired, {"LOCKED_EDIT", "noop"}},
      {A::LeaseReleased, {"NEED_EDIT_LEASE", "noop"}},
      {A::LeaseBroken, {"noop"}},
      {A::FolderDeleted, {"POLICY"}},
      {A::SourceTextSupplied, {"POLICY"}},
      {A::SourceTextEdited, {"STALE"}},
      {A::CodeMerged, {"CYCLE"}},
      {A::CodeUnmerged, {"GONE", "NAME_TAKEN", "noop"}},
      {A::CodingAdded, {"ANCHOR_STALE", "noop"}},
      {A::CodingRemoved, {"noop"}},
      {A::CodingRangeChanged, {"ANCHOR_STALE"}},
      {A::AnnotationCreated, {"ANCHOR_STALE"}},
      {A::SeealsoCreated, {"ANCHOR_STALE"}},
      {A::MemoLinked, {"NAME_TAKEN", "noop"}},
      {A::MemoUnlinked, {"noop"}},
      {A::ImportStarted, {"NEED_EXCLUSIVE"}},
      {A::UserProfileCreated, {"DENIED"}},
      {A::LeaseAwaited, {"noop"}},
      {A::ExclusiveReleased, {"noop"}},
      {A::ExclusiveBroken, {"noop"}},
      {A::ExclusiveAcquired, {"noop"}},
      {A::ProjectRestored, {"noop"}},
      {A::UserProfileMerged, {"CYCLE"}},
      {A::UserProfileSplit, {"noop"}},
      {A::TranscriptRowAdded, {"STALE"}},
      {A::TranscriptRowDeleted, {"STALE"}},
      {A::PicturelogRowAdded, {"STALE"}},
      {A::PicturelogRowDeleted, {"STALE"}},
      {A::CodeSplit, {"BAD_REF", "STALE", "GONE", "LOCKED_EDIT"}},
      {A::CodeCopied, {"NAME_TAKEN", "LOCKED_EDIT"}},
      {A::ClassificationMerged, {"CYCLE"}},
      {A::AttrvalueMerged, {"CYCLE"}},
      {A::ItemClassified, {"noop"}},
      {A::AttributeValueSet, {"BAD_REF", "noop"}},
      {A::RelationshipCreated, {"NAME_TAKEN"}},
      {A::ReltypeChanged, {"POLICY"}},
      {A::CodebookReordered, {"BAD_REF"}},
      {A::CodingBatchAdded, {"GONE", "MERGED", "LOCKED_EDIT", "ANCHOR_STALE", "noop"}},
      {A::QueryResultSaved, {"POLICY", "GONE", "LOCKED_EDIT", "ANCHOR_STALE"}},
      {A::HyperlinkCreated, {"ANCHOR_STALE"}},
      {A::CommentResolved, {"noop"}},
      {A::SetMemberAdded, {"noop"}},
      {A::SetMemberRemoved, {"noop"}},
      {A::SummaryLinkAdded, {"ANCHOR_STALE"}},
      {A::SummaryLinkRemoved, {"noop"}},
      {A::SummaryAutoFilled, {"GONE", "MERGED", "noop"}},
      {A::RedoApplied, {"BAD_REF", "NEED_EDIT_LEASE", "noop"}},
  };
  return table;
}

bool writes_project_life(const Rule& rule) {
  return std::any_of(rule.writes.begin(), rule.writes.end(), [](const auto& write) {
    return write.field.empty() && write.facet == Facet::Life;
  });
}

}  // namespace

std::vector<ItemId> ids_in(const Action& action, std::string_view field) {
  if (field.empty()) return {kProjectItem};
  const auto bytes = packed(action);
  const auto& table = *static_cast<const flatbuffers::Table*>(trusted_proposal(bytes).action());
  auto ids = qualog::ids_in(table, engine::field_in(action.type, field));
  std::erase(ids, ItemId{});
  return ids;
}

// ---- the scene ----------------------------------------------------------------------------------

void MatrixModel::has(const ItemId& item, Kind kind, Items on) {
  std::erase(on, ItemId{});
  Thing thing;
  thing.kind = kind;
  thing.on = std::move(on);
  things_[item] = std::move(thing);
}

void MatrixModel::is_merged(const ItemId& code, const ItemId& into) { things_[code].into = into; }

void MatrixModel::holds_lease(const ItemId& source, int session) {
  things_[source].lease = session;
}

// A merged code stands as long as its target does, wherever it was.
bool MatrixModel::gone(const ItemId& item) const {
  const auto found = things_.find(item);
  if (found == things_.end()) return false;
  const Thing& thing = found->second;
  if (thing.dead) return true;
  if (thing.into) return gone(thing.into);
  return std::any_of(thing.on.begin(), thing.on.end(), [&](const ItemId& on) { return gone(on); });
}

bool MatrixModel::stands_on(const ItemId& item, const ItemId& other) const {
  if (item == other) return true;
  const auto found = things_.find(item);
  if (found == things_.end()) return false;
  const Thing& thing = found->second;
  if (thing.into) return stands_on(thing.into, other);
  return std::any_of(thing.on.begin(), thing.on.end(),
                     [&](const ItemId& on) { return stands_on(on, other); });
}

// The sources whose words an item stands on.
MatrixModel::Items MatrixModel::content_of(const ItemId& item) const {
  const auto found = things_.find(item);
  if (found == things_.end()) return {};
  const Thing& thing = found->second;
  switch (thing.kind) {
    case Kind::Source:
    case Kind::Map:
    case Kind::Report:
    case Kind::Extract:
      return {item};
    case Kind::Coding:
    case Kind::Annotation:
    case Kind::Seealso:
    case Kind::Row:
    case Kind::Hyperlink:
    case Kind::Summarylink:
      break;
    default:
      return {};
  }
  Items all;
  for (const auto& on : thing.on)
    for (const auto& content : content_of(on)) all.push_back(content);
  return all;
}

// What an item is gone with; other fields only speak of items.
MatrixModel::Items MatrixModel::supports(const Rule& rule, const Action& action) const {
  static const std::set<std::string_view> kMentions = {
      "rows", "columns", "row_attributes", "mentions", "query", "value", "order", "coder"};
  Items on;
  for (const auto& reference : rule.references)
    if (!kMentions.contains(reference.field))
      for (const auto& id : ids_in(action, reference.field)) on.push_back(id);
  return on;
}

// ---- what an act does ---------------------------------------------------------------------------

void MatrixModel::make(const Rule& rule, const Action& action, int session, std::uint64_t at) {
  const auto made = ids_in(action, rule.creates).front();
  has(made, rule.kind, supports(rule, action));
  things_[made].created = {at, session};
}

void MatrixModel::write(const Rule& rule, const Action& action, int session, std::uint64_t at) {
  for (const auto& facet : rule.writes)
    for (const auto& item : written(facet, action)) {
      if (facet.item != nullptr && !things_.contains(item)) {
        has(item, Kind::None, supports(rule, action));
        things_[item].created = {at, session};
      }
      Thing& thing = things_[item];
      thing.writes[facet.facet] = {at, session};
      if (facet.facet == Facet::Lease)
        thing.lease = action.type == fb::Action::LeaseAcquired ? session : 0;
      if (facet.facet == Facet::Parent) thing.on = ids_in(action, rule.parent);
      if (facet.facet == Facet::Classification) thing.uses = ids_in(action, "classification");
      if (facet.facet == Facet::Value) thing.uses = ids_in(action, "value");
      if (facet.facet == Facet::Place) thing.on.front() = ids_in(action, "code").front();
      if (facet.facet != Facet::Life) continue;
      const bool merges = field_of(*object_of(action.type), "into") != nullptr;
      thing.into = merges ? ids_in(action, "into").front() : ItemId{};
      thing.dead = !merges && (!rule.deletes.empty() || action.type == fb::Action::ProjectDeleted);
    }
}

// It ends the edit modes of the others.
void MatrixModel::take_exclusive(int session) {
  exclusive_ = session;
  for (auto& [item, thing] : things_)
    if (thing.lease != session) thing.lease = 0;
}

void MatrixModel::apply(const Action& action, int session, std::uint64_t at) {
  const Rule& rule = *engine::rule_of(action.type);
  if (rule.undone != nullptr) {
    undone_ = action.type == fb::Action::UndoApplied;
    return write(*engine::rule_of(to_undo_.type), to_undo_, session, at);
  }
  if (action.type == fb::Action::ExclusiveAcquired) take_exclusive(session);
  if (const auto* milestone = action.AsProjectMilestoneSet())
    frozen_ = frozen_ || milestone->frozen != fb::Frozen::Nothing;
  if (!rule.creates.empty()) make(rule, action, session, at);
  write(rule, action, session, at);
}

// The item that a pair stands for is found by the row itself.
MatrixModel::Items MatrixModel::written(const engine::Write& write, const Action& action) const {
  if (write.item == nullptr) return ids_in(action, write.field);
  fb::ProposalT proposal;
  proposal.action = action;
  Bytes packed;
  pack(proposal, packed);
  static const projector::MemoryStore nothing;
  const engine::Context context;
  const fb::CommandT command;
  const engine::Question question{
      .state = nothing,
      .context = context,
      .rule = *engine::rule_of(action.type),
      .action = *static_cast<const flatbuffers::Table*>(trusted_proposal(packed).action()),
      .command = command};
  return {write.item(question)};
}

// ---- what an act is answered --------------------------------------------------------------------

std::optional<std::string> MatrixModel::of_exclusive(const Rule& rule, int session) const {
  const auto found = things_.at(kProjectItem).writes.find(Facet::Exclusive);
  if (found == things_.at(kProjectItem).writes.end() || exclusive_ == 0) return std::nullopt;
  if (exclusive_ == session || rule.exclusive == engine::ExclusiveRule::Passes) return std::nullopt;
  return "LOCKED_EXCLUSIVE";
}

std::optional<std::string> MatrixModel::of_frozen(const Rule& rule) const {
  if (frozen_ && rule.layer == engine::Layer::Codebook) return "POLICY";
  return std::nullopt;
}

std::optional<std::string> MatrixModel::of_lease(const Rule& rule, const Action& action,
                                                 int session) const {
  for (const auto field : rule.leased)
    for (const auto& item : ids_in(action, field))
      for (const auto& source : content_of(item)) {
        const int holder = things_.at(source).lease;
        if (rule.lease == LeaseRule::Holds && holder != session) return "NEED_EDIT_LEASE";
        if (rule.lease == LeaseRule::FreeOf && holder != 0 && holder != session)
          return "LOCKED_EDIT";
      }
  return std::nullopt;
}

std::optional<std::string> MatrixModel::of_references(const Rule& rule,
                                                      const Action& action) const {
  if (!rule.creates.empty() && things_.contains(ids_in(action, rule.creates).front()))
    return "ID_REUSED";
  for (const auto& reference : rule.references) {
    if (reference.any_standing) continue;
    for (const auto& item : ids_in(action, reference.field)) {
      if (gone(item)) return "GONE";
      if (const auto found = things_.find(item); found != things_.end() && found->second.into)
        return "MERGED";
    }
  }
  return std::nullopt;
}

std::optional<std::string> MatrixModel::of_versions(const Rule& rule, const Action& action,
                                                    int session, std::uint64_t seen) const {
  const auto unseen = [&](const MatrixModel::Write& write) {
    return write.session != session && write.at > seen;
  };
  for (const auto& facet : rule.writes) {
    if (facet.check != Check::Version) continue;
    for (const auto& item : written(facet, action)) {
      const auto thing = things_.find(item);
      if (thing == things_.end()) continue;
      const auto& writes = thing->second.writes;
      const auto found = writes.find(facet.facet);
      if (found != writes.end() && unseen(found->second)) return "STALE";
    }
  }
  if (rule.deletes.empty()) return std::nullopt;
  for (const auto& root : ids_in(action, rule.deletes))
    for (const auto& [item, thing] : things_) {
      if (gone(item)) continue;
      for (const auto& used : thing.uses)
        for (const auto facet : {Facet::Classification, Facet::Value})
          if (const auto use = thing.writes.find(facet);
              stands_on(used, root) && use != thing.writes.end() && unseen(use->second))
            return "STALE";
      if (!stands_on(item, root)) continue;
      if (unseen(thing.created)) return "STALE";
      for (const auto& [facet, write] : thing.writes)
        if (facet != Facet::Lease && facet != Facet::Waiting && unseen(write)) return "STALE";
    }
  return std::nullopt;
}

std::optional<std::string> MatrixModel::columns(const Rule& rule, const Action& action, int session,
                                                std::uint64_t seen) const {
  if (rule.need == Need::Creator) return "BAD_REF";
  if (rule.need == Need::Nobody) return "UNSUPPORTED";
  if (rule.need == Need::Engine || rule.need == Need::Import || rule.need == Need::Server)
    return "DENIED";
  if (things_.at(kProjectItem).dead && !writes_project_life(rule)) return "GONE";
  if (auto answer = of_exclusive(rule, session)) return answer;
  if (auto answer = of_frozen(rule)) return answer;
  if (auto answer = of_lease(rule, action, session)) return answer;
  if (auto answer = of_references(rule, action)) return answer;
  return of_versions(rule, action, session, seen);
}

// The undo of the scene's own event: as its action, and blocked by any later write of its facets.
std::set<std::string> MatrixModel::predict_undo(int session) const {
  const Rule& rule = *engine::rule_of(to_undo_.type);
  if (things_.at(kProjectItem).dead) return {"GONE"};
  if (undone_) return {"noop"};
  if (exclusive_ != 0 && exclusive_ != session) return {"LOCKED_EXCLUSIVE"};
  if (const auto answer = of_frozen(rule)) return {*answer};
  if (const auto answer = of_lease(rule, to_undo_, session)) return {*answer};
  for (const auto& facet : rule.writes)
    for (const auto& item : ids_in(to_undo_, facet.field)) {
      const Thing& thing = things_.at(item);
      if (thing.writes.contains(facet.facet)) return {"UNDO_BLOCKED"};
    }
  if (const auto answer = of_references(rule, to_undo_)) return {*answer};
  return {"accepted"};
}

std::set<std::string> MatrixModel::predict(const Action& action, int session,
                                           std::uint64_t seen) const {
  const Rule& rule = *engine::rule_of(action.type);
  if (action.type == fb::Action::UndoApplied) return predict_undo(session);
  const auto answer = columns(rule, action, session, seen);
  Answers allowed = {answer.value_or("accepted")};
  const auto special = declared().find(action.type);
  if (special == declared().end()) return allowed;
  // A special row speaks after the columns; that it was so already is said even of a stale look.
  if (!answer) allowed.insert(special->second.begin(), special->second.end());
  if (answer == "STALE" && special->second.contains("noop")) allowed.insert("noop");
  return allowed;
}

}  // namespace qualog::test
