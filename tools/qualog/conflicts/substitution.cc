// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/conflicts/substitution.h"

#include "engine/rules/names.h"
#include "engine/rules/rule.h"
#include "schema/actions.h"
#include "tools/qualog/conflicts/entry.h"
#include "tools/qualog/support/lookup.h"

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace qualog::tools {

namespace json = boost::json;

namespace {

// An entry of a draft that makes an item.
struct Creation {
  const engine::Rule* rule = nullptr;
  const json::object* body = nullptr;
  ItemId id;

  projector::Kind kind() const {
    const bool is_case = word_in(*body, "kind") == "case";
    return engine::kind_made(*rule, is_case ? fb::CodeKind::Case : fb::CodeKind::Code);
  }
};

// Two of one name are the same to who codes with them, whatever else was written of them.
constexpr std::array kKnownByName = {projector::Kind::Folder,    projector::Kind::Code,
                                     projector::Kind::Case,      projector::Kind::Classification,
                                     projector::Kind::Attribute, projector::Kind::Attrvalue,
                                     projector::Kind::Reltype,   projector::Kind::Set};

bool is_known_by_name(projector::Kind kind) {
  return std::find(kKnownByName.begin(), kKnownByName.end(), kind) != kKnownByName.end();
}

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
      engine::name_is_free(state, item_in(*creation.body, creation.rule->parent), creation.kind(),
                           name_text(names, name)->match, creation.id);
  return taken ? taken->facets.front().item : ItemId{};
}

std::vector<Substitution> by_name(const projector::Reader& state, const NameKey& names,
                                  const std::vector<Creation>& creations) {
  std::vector<Substitution> found;
  for (const auto& creation : creations)
    if (const auto used = taken_by(state, names, creation)) found.push_back({creation.id, used});
  return found;
}

bool is_refused_for_its_name(const projector::InboxEntry& entry) {
  return entry.code == static_cast<std::uint8_t>(fb::RefusalCode::NameTaken);
}

// Of several creations the one whose name is taken is meant.
Result<Creation> creation_meant(const projector::InboxEntry& entry, std::vector<Creation> creations,
                                const std::vector<Substitution>& taken, std::string_view option) {
  std::erase_if(creations, [](const Creation& one) { return one.rule->named.empty(); });
  if (!is_refused_for_its_name(entry))
    return fail(
        Code::invalid,
        fmt::format("{} is for what was refused NAME_TAKEN; this was refused {}, see qualog "
                    "conflicts show",
                    option, refusal_name(static_cast<fb::RefusalCode>(entry.code))));
  if (creations.size() == 1) return creations.front();
  if (taken.size() == 1)
    return *std::find_if(creations.begin(), creations.end(), [&](const Creation& creation) {
      return creation.id == taken.front().refused;
    });
  return fail(Code::invalid,
              fmt::format("{} is for one refused creation; this command {}", option,
                          creations.empty() ? "creates nothing that has a name" : "has several"));
}

Result<void> check_known_by_name(const Creation& creation) {
  if (is_known_by_name(creation.kind())) return {};
  return fail(
      Code::conflict,
      fmt::format("another {} has its name, and none stands for another: give this one a name of "
                  "its own with --name",
                  projector::name(creation.kind())));
}

// Of those whose names are taken.
Result<void> check_known_by_name(const std::vector<Creation>& creations,
                                 const std::vector<Substitution>& taken) {
  for (const auto& creation : creations)
    for (const auto& each : taken)
      if (each.refused == creation.id) QUALOG_TRY(check_known_by_name(creation));
  return {};
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
    if (!is_refused_for_its_name(entry)) return std::vector<Substitution>();
    QUALOG_TRY(check_known_by_name(creations, taken));
    return taken;
  }
  QUALOG_ASSIGN(const auto creation, creation_meant(entry, creations, taken, "--use"));
  QUALOG_TRY(check_known_by_name(creation));
  const std::string called(projector::name(creation.kind()));
  QUALOG_ASSIGN(const auto used, find_item(state, use, {creation.kind()}, called));
  return std::vector<Substitution>{{creation.id, used}};
}

std::vector<ItemId> made_by(const json::array& draft) {
  std::vector<ItemId> made;
  for (const auto& creation : creations_in(draft)) made.push_back(creation.id);
  return made;
}

Result<json::array> renamed(const projector::Reader& state, const NameKey& names,
                            const projector::InboxEntry& entry, json::array draft,
                            const std::string& name) {
  const auto creations = creations_in(draft);
  QUALOG_ASSIGN(const auto meant,
                creation_meant(entry, creations, by_name(state, names, creations), "--name"));
  for (auto& part : draft) {
    const auto creation = creation_in(part);
    if (creation && creation->id == meant.id) part.at("body").get_object()["name"] = name;
  }
  return draft;
}

std::vector<std::string> left_behind(const json::array& draft, const Substitution& by) {
  constexpr std::array<std::string_view, 3> kStoodFor = {"id", "name", "kind"};
  std::vector<std::string> left;
  for (const auto& creation : creations_in(draft)) {
    if (creation.id != by.refused) continue;
    for (const auto& [key, value] : *creation.body)
      if (std::find(kStoodFor.begin(), kStoodFor.end(), key) == kStoodFor.end())
        left.emplace_back(key);
  }
  return left;
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
