// SPDX-License-Identifier: Apache-2.0
// What only an import may say. An import that makes its project needs no exclusive session; any
// other does (EXCL).
#include "engine/rules/imports.h"

#include "engine/rules/specials.h"

namespace qualog::engine {

namespace {
// project.created and the profile of its creator.
constexpr Sequence kFreshUntil{2};
}  // namespace

bool is_import(const fb::CommandT& command) {
  return !command.actions.empty() &&
         command.actions.front()->action.type == fb::Action::ImportStarted;
}

Verdict check_claim(const Question& question) {
  if (question.in_import || question.trusted) return {};
  const auto* field = field_of(*object_of(question.rule.action), "claim");
  if (field == nullptr || !question.action.CheckField(field->offset())) return {};
  return refuse(fb::RefusalCode::Invalid, "claim is for imports");
}

Verdict import_is_allowed(const Question& question) {
  if (question.context.head <= kFreshUntil || exclusive_is_mine(question)) return {};
  return refuse(fb::RefusalCode::NeedExclusive, "an import into a project that is in use");
}

Verdict only_in_import(const Question& question) {
  const auto& profile = question.as<fb::UserProfileCreated>();
  const bool imported = profile.kind() == fb::ProfileKind::Imported;
  if (question.trusted || (question.in_import && imported)) return {};
  return refuse(fb::RefusalCode::Denied, "profiles come by themselves");
}

Verdict inside_import(const Question& question) {
  if (question.in_import) return {};
  return refuse(fb::RefusalCode::Denied, "this is said by imports alone");
}

}  // namespace qualog::engine
