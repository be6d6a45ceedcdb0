// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/conflicts/substitution.h"

#include "engine/rules/names.h"
#include "engine/rules/rule.h"
#include "schema/actions.h"
#include "tools/qualog/conflicts/entry.h"
#include "tools/qualog/support/lookup.h"

#include <boost/json/object.hpp>

#include <algorithm>

namespace qualog::tools {

namespace json = boost::json;

namespace {

// An entry of a draft that makes an item.
struct Creation {
  const engine::Rule* rule = nullptr;
  const json::object* body = nullptr;
  ItemId id;
};

std::optional<Creation> creation_in(const json::value& part) {
  const auto* object = part.if_object();
  const auto* body = object != nullptr ? object->if_contains("body") : nullptr;
  if (body == nullptr || !body->is_object()) return std::nullopt;
  const auto action = action_by_name(word_in(*object, "action"));
  const auto* rule = action ? engine::rule_of(*action) : nullptr;
  if (rule == nullptr || rule->creates.empty()) return std::nullopt;
  const Creation made{rule, &body->get_object(), item_in(body->get_object(), rule->creates)};
  return made.id ? std::optional(made) : std::nullopt;
}

std::vector<Creation> creations_in(const json::array& draft) {
  std::vector<Creation> creations;
  for (const auto& part : draft)
    if (const auto creation = creation_in(part)) creations.push_back(*creation);
  return creations;
}

// Who has its name now; zero: nobody.
ItemId taken_by(const projector::Reader& state, const NameKey& names, const Creation& creation) {
  const auto name = word_in(*creation.body, "name");
  if (creation.rule->named.empty() || name.empty()) return {};
  const auto taken =
      engine::name_is_free(state, item_in(*creation.body, creation.rule->parent),
                           creation.rule->kind, name_text(names, name)->match, creation.id);
  return taken ? taken->facets.front().item : ItemId{};
}

std::vector<Substitution> by_name(const projector::Reader& state, const NameKey& names,
                                  const std::vector<Creation>& creations) {
  std::vector<Substitution> found;
  for (const auto& creation : creations)
    if (const auto used = taken_by(state, names, creation)) found.push_back({creation.id, used});
  return found;
}

// Of several creations the one whose name is taken is meant.
Result<Creation> creation_meant(const std::vector<Creation>& creations,
                                const std::vector<Substitution>& taken) {
  if (creations.size() == 1) return creations.front();
  if (taken.size() == 1)
    return *std::find_if(creations.begin(), creations.end(), [&](const Creation& creation) {
      return creation.id == taken.front().refused;
    });
  return fail(Code::invalid, creations.empty()
                                 ? "--use is for a refused creation; this command creates nothing"
                                 : "--use is for one refused creation; this command has several");
}

json::value replaced(const json::value& value, const std::vector<Substitution>& substitutions) {
  if (value.is_string()) {
    const auto id = parse_uuid({value.get_string().data(), value.get_string().size()});
    for (const auto& each : substitutions)
      if (id && each.refused.bytes == *id) return json::value(each.used.text());
    return value;
  }
  if (const auto* list = value.if_array()) {
    json::array made;
    for (const auto& part : *list) made.push_back(replaced(part, substitutions));
    return made;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return value;
  json::object made;
  for (const auto& [key, part] : *object) made[key] = replaced(part, substitutions);
  return made;
}

}  // namespace

Result<std::vector<Substitution>> substitutions_for(const projector::Reader& state,
                                                    const NameKey& names,
                                                    const projector::InboxEntry& entry,
                                                    const json::array& draft,
                                                    const std::string& use) {
  const auto creations = creations_in(draft);
  auto taken = by_name(state, names, creations);
  if (use.empty()) {
    const bool is_taken = entry.code == static_cast<std::uint8_t>(fb::RefusalCode::NameTaken);
    return is_taken ? std::move(taken) : std::vector<Substitution>();
  }
  QUALOG_ASSIGN(const auto creation, creation_meant(creations, taken));
  const std::string called(projector::name(creation.rule->kind));
  QUALOG_ASSIGN(const auto used, find_item(state, use, {creation.rule->kind}, called));
  return std::vector<Substitution>{{creation.id, used}};
}

json::array substituted(const json::array& draft, const std::vector<Substitution>& substitutions) {
  json::array made;
  for (const auto& part : draft) {
    const auto creation = creation_in(part);
    const bool is_refused =
        creation && std::any_of(substitutions.begin(), substitutions.end(),
                                [&](const auto& each) { return each.refused == creation->id; });
    if (!is_refused) made.push_back(replaced(part, substitutions));
  }
  return made;
}

}  // namespace qualog::tools
