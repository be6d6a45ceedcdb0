// SPDX-License-Identifier: Apache-2.0
// The model: what happened.
#include "projector/tables.h"
#include "tests/simulation/check/action_ids.h"
#include "tests/simulation/check/model.h"
#include "tests/simulation/check/model_rows.h"

namespace qualog::simulation {

using fb::Action;
using projector::Facet;
using projector::Kind;
using projector::LifeState;

// A session is of who used it first.
void Model::learn_record(const SessionId& session, const std::string& principal,
                         std::int64_t time) {
  auto& known = sessions_[session];
  if (known.principal.empty()) known.principal = principal;
  if (known.principal == principal) known.last = time;
}

void Model::learn(const fb::Event& event) {
  learn_guests(event);
  if (event.undo_of() != 0) return items_.undo(event);
  const auto type = event.action_type();
  const auto& action = *static_cast<const flatbuffers::Table*>(event.action());
  if (const auto* row = model_row_of(type)) {
    if (row->makes != Kind::None) {
      auto& made = items_.make(first_id_in(type, action, "id"), row->makes, event);
      made.name = name_in(type, action);
      made.parent = first_id_in(type, action, row->parent);
    }
    for (const auto& [field, facet] : row->writes)
      for (const auto& one : ids_in(type, action, field)) {
        auto& item = items_.change(one, facet, event);
        if (facet == Facet::Life) item.life = LifeState::Deleted;
        if (facet == Facet::Parent) item.parent = first_id_in(type, action, row->parent);
        if (const auto name = name_in(type, action); facet == Facet::Props && !name.empty())
          item.name = name;
      }
  }
  learn_action(event);
}

void Model::learn_action(const fb::Event& event) {
  const auto one = [](const fb::ItemId* id) {
    return id != nullptr ? flatbuffers::UnPack(*id) : ItemId{};
  };
  if (event.action_type() == Action::ProjectCreated) {
    groups_[event.actor()->str()] = fb::Group::Owner;
    items_.make(projector::kProjectItem, Kind::Project, event);
    items_.make(projector::member_item(event.actor()->str()), Kind::Member, event);
  }
  if (event.action_type() == Action::ProjectDeleted) deleted_ = true;
  if (event.action_type() == Action::ProjectUndeleted) deleted_ = false;
  if (const auto* added = event.action_as_MemberAdded()) {
    groups_[added->principal()->str()] = added->group();
    items_.make(projector::member_item(added->principal()->str()), Kind::Member, event);
  }
  if (const auto* moved = event.action_as_MemberMoved())
    groups_[moved->principal()->str()] = moved->group();
  if (const auto* gone = event.action_as_MemberRemoved())
    groups_[gone->principal()->str()] = fb::Group::None;
  if (const auto* taken = event.action_as_LeaseAcquired())
    leases_[one(taken->item())] = {event.sequence(), flatbuffers::UnPack(*event.session())};
  if (const auto* released = event.action_as_LeaseReleased()) leases_.erase(one(released->item()));
  if (const auto* broken = event.action_as_LeaseBroken()) leases_.erase(one(broken->item()));
  if (const auto* made = event.action_as_CodeCreated()) {
    items_.item(one(made->id())).codable = made->codable();
    lost_ = lost_ || made->kind() != fb::CodeKind::Code;
  }
  if (const auto* made = event.action_as_SourceCreated())
    if (made->kind() == fb::SourceKind::Pdf || made->kind() == fb::SourceKind::Dataset)
      immutable_.insert(one(made->id()));
  if (const auto* merged = event.action_as_CodeMerged())
    for (const auto* from : *merged->from()) {
      auto& item = items_.item(one(from));
      item.life = LifeState::Merged;
      item.into = one(merged->into());
    }
  if (const auto* back = event.action_as_CodeUnmerged())
    for (const auto* code : *back->codes())
      items_.change(one(code), Facet::Life, event).life = LifeState::Alive;
  if (const auto* moved = event.action_as_CodingMoved())
    items_.item(one(moved->coding())).code = one(moved->code());
  if (const auto* added = event.action_as_CodingAdded()) {
    auto& coding = items_.make(one(added->id()), Kind::Coding, event);
    coding.code = one(added->code());
    coding.source = one(added->source());
  }
  if (const auto* removed = event.action_as_CodingRemoved();
      removed != nullptr && removed->codings())
    for (const auto* coding : *removed->codings())
      items_.change(one(coding), Facet::Life, event).life = LifeState::Deleted;
  if (const auto* added = event.action_as_AnnotationCreated())
    items_.make(one(added->id()), Kind::Annotation, event).source = one(added->source());
  if (const auto* added = event.action_as_SeealsoCreated()) {
    auto& link = items_.make(one(added->id()), Kind::Seealso, event);
    link.from = one(added->from());
    link.to = one(added->to());
  }
  if (const auto* profile = event.action_as_UserProfileCreated())
    items_.make(one(profile->id()), Kind::Profile, event);
  if (const auto* edited = event.action_as_SourceTextEdited())
    items_.change(one(edited->source()), Facet::Content, event);
  if (const auto* supplied = event.action_as_SourceTextSupplied())
    items_.change(one(supplied->source()), Facet::Content, event);
  if (const auto* changed = event.action_as_CodingRangeChanged())
    items_.change(one(changed->coding()), Facet::Range, event);
  if (const auto* linked = event.action_as_MemoLinked())
    learn_memo(event, one(linked->item()), one(linked->memo()));
  if (const auto* unlinked = event.action_as_MemoUnlinked())
    learn_memo(event, one(unlinked->item()), one(unlinked->memo()));
}

void Model::learn_memo(const fb::Event& event, const ItemId& item, const ItemId& memo) {
  items_.change(item, Facet::Memo, event);
  items_.change(memo, Facet::Owner, event);
}

// Guest access is no item's; its undo puts back what was.
void Model::learn_guests(const fb::Event& event) {
  const auto before = guests_;
  if (const auto* set = event.action_as_ProjectGuestAccessSet()) guests_ = *set->on();
  if (const auto found = guests_before_.find(event.undo_of()); found != guests_before_.end())
    guests_ = found->second;
  else if (event.action_as_ProjectGuestAccessSet() == nullptr)
    return;
  guests_before_[event.sequence()] = before;
}

}  // namespace qualog::simulation
