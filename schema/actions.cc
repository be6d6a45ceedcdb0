// SPDX-License-Identifier: Apache-2.0
#include "schema/actions.h"

#include "schema/reflection.h"

#include <cctype>
#include <map>

namespace qualog {

namespace {

std::string dotted(std::string_view member) {
  std::size_t word = 1;
  while (word < member.size() && !std::isupper(static_cast<unsigned char>(member[word]))) ++word;
  return snake_case(member.substr(0, word)) + "." + snake_case(member.substr(word));
}

std::map<unsigned, std::string> names_of(const char* union_name) {
  std::map<unsigned, std::string> names;
  for (const auto* value : *schema().enums()->LookupByKey(union_name)->values())
    if (value->value() != 0)
      names[static_cast<unsigned>(value->value())] = dotted(value->name()->string_view());
  return names;
}

const std::map<unsigned, std::string>& action_names() {
  static const auto names = names_of("qualog.fb.Action");
  return names;
}

std::string_view look_up(const std::map<unsigned, std::string>& names, unsigned number) {
  const auto found = names.find(number);
  return found == names.end() ? std::string_view("unknown") : std::string_view(found->second);
}

std::string upper_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::map<unsigned, std::string> refusal_names() {
  std::map<unsigned, std::string> names;
  for (const auto* value : *schema().enums()->LookupByKey("qualog.fb.RefusalCode")->values())
    names[static_cast<unsigned>(value->value())] = upper_case(snake_case(value->name()->str()));
  return names;
}

}  // namespace

std::string snake_case(std::string_view camel_case) {
  std::string text;
  for (const char c : camel_case) {
    if (std::isupper(static_cast<unsigned char>(c)) && !text.empty()) text += '_';
    text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

std::string_view action_name(fb::Action action) {
  return look_up(action_names(), static_cast<unsigned>(action));
}

std::optional<fb::Action> action_by_name(std::string_view name) {
  for (const auto& [number, known] : action_names())
    if (known == name) return static_cast<fb::Action>(number);
  return std::nullopt;
}

const std::vector<fb::Action>& all_actions() {
  static const auto actions = [] {
    std::vector<fb::Action> list;
    for (const auto& [number, name] : action_names()) list.push_back(fb::Action(number));
    return list;
  }();
  return actions;
}

std::string_view aside_name(fb::AsideBody body) {
  static const auto names = names_of("qualog.fb.AsideBody");
  return look_up(names, static_cast<unsigned>(body));
}

std::string_view refusal_name(fb::RefusalCode code) {
  static const auto names = refusal_names();
  return look_up(names, static_cast<unsigned>(code));
}

}  // namespace qualog
