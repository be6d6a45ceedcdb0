// SPDX-License-Identifier: Apache-2.0
// Who may act: roles and the guest, and the life of the project.
#include "engine/rules/access.h"

#include "engine/rules/specials.h"
#include "projector/query/living.h"
#include "projector/query/members.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::kProjectItem;

namespace {

constexpr auto kContributor = static_cast<std::uint8_t>(fb::Group::Contributor);
constexpr auto kOwner = static_cast<std::uint8_t>(fb::Group::Owner);

bool is_own_profile(const Question& question) {
  return question.id("profile") == projector::profile_item(question.context.principal);
}

bool allowed(const Question& question) {
  switch (question.rule.need) {
    case Need::Creator:
      return true;
    case Need::Contributor:
      return question.group >= kContributor;
    case Need::Owner:
      return question.by_owner() || question.context.trusted;
    case Need::Self:
      return question.by_owner() || (question.group >= kContributor && is_own_profile(question));
    case Need::Import:
      return question.trusted || (question.in_import && question.by_owner());
    case Need::Engine:
    case Need::Server:
      return question.trusted;
    case Need::Nobody:
      return false;
  }
  return false;
}

bool writes_project_life(const Rule& rule) {
  return std::any_of(rule.writes.begin(), rule.writes.end(), [](const Write& write) {
    return write.field.empty() && write.facet == Facet::Life;
  });
}

}  // namespace

std::uint8_t strongest_group(const projector::Reader& state, const Context& context) {
  std::uint8_t strongest = 0;
  for (const auto& way : projector::memberships(state, context.principal, context.groups))
    strongest = std::max(strongest, way.group);
  return strongest;
}

Verdict check_access(const Question& question) {
  if (question.rule.need == Need::Nobody) return refuse(fb::RefusalCode::Unsupported, "action");
  const auto project = projector::item_slice(question.state, kProjectItem);
  if (project.has_value() == (question.rule.need == Need::Creator))
    return refuse(fb::RefusalCode::BadRef, "project");
  if (!allowed(question)) {
    const bool guest = question.group == 0 && projector::guests_may_read(question.state);
    return refuse(guest ? fb::RefusalCode::GuestReadonly : fb::RefusalCode::Denied, "role");
  }
  if (!project) return {};
  const auto life = projector::value_of<projector::Life>(*project, Facet::Life);
  if (life.state == projector::LifeState::Alive || writes_project_life(question.rule)) return {};
  auto refusal = refuse(fb::RefusalCode::Gone, "project");
  refusal.facets = {{projector::Kind::Project, kProjectItem, Facet::Life}};
  refusal.winner = project->version(Facet::Life).sequence;
  return refusal;
}

// ---- members ------------------------------------------------------------------------------------

namespace {

std::string_view principal_in(const Question& question) {
  const auto* text = question.held<flatbuffers::String>("principal");
  return text != nullptr ? text->string_view() : std::string_view{};
}

std::uint64_t group_in(const Question& question) {
  return question.rule.action == fb::Action::MemberRemoved ? 0 : question.number("group");
}

std::size_t owners(const projector::Reader& state) {
  std::size_t count = 0;
  projector::visit_items(state, [&](const ItemId&, const projector::ItemSlice& item) {
    if (item.kind == projector::Kind::Member)
      count += projector::value_of<projector::Role>(item, Facet::Role).group == kOwner;
    return true;
  });
  return count;
}

}  // namespace

Verdict keeps_an_owner(const Question& question) {
  const bool stays = group_in(question) == kOwner;
  if (stays || !projector::is_owner(question.state, principal_in(question))) return {};
  if (owners(question.state) > 1) return {};
  return refuse(fb::RefusalCode::Policy, "a project keeps at least one owner");
}

Verdict member_known(const Question& question) {
  if (auto last = keeps_an_owner(question)) return last;
  if (projector::group_of(question.state, principal_in(question)) != 0) return {};
  return refuse(fb::RefusalCode::UnknownPrincipal, "principal");
}

// Nobody who was never here has been removed.
bool member_is_so(const Question& question) {
  return projector::group_of(question.state, principal_in(question)) == group_in(question) &&
         projector::item_slice(question.state, projector::member_item(principal_in(question)));
}

bool is_owner_already(const Question& question) {
  return projector::is_owner(question.state, principal_in(question));
}

}  // namespace qualog::engine
