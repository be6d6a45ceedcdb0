// SPDX-License-Identifier: Apache-2.0
// What only an import may say. An import that makes its project needs no exclusive session; any
// other would (NEED_EXCLUSIVE).
#include "engine/rules/question.h"

namespace qualog::engine {

namespace {
// project.created and the profile of its creator.
constexpr Sequence kFreshUntil{2};
}  // namespace

Verdict project_is_fresh(const Question& question) {
  if (question.context.head <= kFreshUntil) return {};
  return refuse(fb::RefusalCode::NeedExclusive, "an import into a project that is in use");
}

Verdict only_in_import(const Question& question) {
  const auto& profile = question.as<fb::UserProfileCreated>();
  const bool imported = profile.kind() == fb::ProfileKind::Imported;
  if (question.trusted || (question.in_import && imported)) return {};
  return refuse(fb::RefusalCode::Denied, "profiles come by themselves");
}

}  // namespace qualog::engine
