// SPDX-License-Identifier: Apache-2.0
#include "tests/replay/stream/json_schema.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace qualog::test {

namespace {

namespace json = boost::json;

bool is_of(std::string_view type, const json::value& value) {
  if (type == "null") return value.is_null();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  return type == "object" ? value.is_object() : value.is_array();
}

bool is_of(const json::value& types, const json::value& value) {
  if (types.is_string()) return is_of(std::string_view(types.get_string()), value);
  return std::any_of(
      types.as_array().begin(), types.as_array().end(),
      [&](const json::value& type) { return is_of(std::string_view(type.as_string()), value); });
}

class Checking {
 public:
  explicit Checking(const json::object& root) : root_(root) {}

  std::string check(const json::object& schema, const json::value& value, std::string at) {
    if (const auto* reference = schema.if_contains("$ref"))
      return check(defined(reference->as_string()), value, at);
    if (const auto* types = schema.if_contains("type"); types != nullptr && !is_of(*types, value))
      return at + " is " + json::serialize(value);
    if (const auto* one = schema.if_contains("const"); one != nullptr && *one != value)
      return at + " is not " + json::serialize(*one);
    if (const auto* items = schema.if_contains("items"))
      for (const auto& element : value.as_array())
        if (auto wrong = check(items->as_object(), element, at + "[]"); !wrong.empty())
          return wrong;
    return value.is_object() ? check_object(schema, value.get_object(), at) : "";
  }

 private:
  const json::object& defined(std::string_view reference) const {
    const auto name = reference.substr(std::string_view("#/$defs/").size());
    return root_.at("$defs").as_object().at(name).as_object();
  }

  std::string check_object(const json::object& schema, const json::object& object,
                           const std::string& at) {
    if (const auto* required = schema.if_contains("required"))
      for (const auto& name : required->as_array())
        if (!object.contains(name.as_string()))
          return at + " has no " + std::string(name.as_string());
    if (const auto* rules = schema.if_contains("allOf"))
      if (auto wrong = check_rules(rules->as_array(), object, at); !wrong.empty()) return wrong;
    const auto* properties = schema.if_contains("properties");
    if (properties == nullptr) return "";
    for (const auto& member : object) {
      const auto* of = properties->as_object().if_contains(member.key());
      const auto place = at + "." + std::string(member.key());
      if (of == nullptr) return place + " is not in the schema";
      if (auto wrong = check(of->as_object(), member.value(), place); !wrong.empty()) return wrong;
    }
    return "";
  }

  // What a rule asks and demands speaks of a part of the object only.
  std::string check_part(const json::value& schema, const json::object& object,
                         const std::string& at) {
    std::string wrong;
    for (const auto& property : schema.at("properties").as_object()) {
      const auto* value = object.if_contains(property.key());
      if (value != nullptr && wrong.empty())
        wrong = check(property.value().as_object(), *value, at + "." + std::string(property.key()));
    }
    return wrong;
  }

  std::string check_rules(const json::array& rules, const json::object& object,
                          const std::string& at) {
    std::size_t applied = 0;
    for (const auto& rule : rules) {
      if (!check_part(rule.at("if"), object, at).empty()) continue;
      ++applied;
      if (auto wrong = check_part(rule.at("then"), object, at); !wrong.empty()) return wrong;
    }
    return applied == 1 ? "" : at + " is of no one type that the schema knows";
  }

  const json::object& root_;
};

void compare(const json::value& released, const json::value& now, const std::string& at,
             std::string& missed);

void compare_objects(const json::object& released, const json::object& now, const std::string& at,
                     std::string& missed) {
  // Words for people and the number of the version may change.
  static const std::set<std::string_view> kFree = {"description", "title", "version"};
  const bool names = at.ends_with("/properties") || at.ends_with("/$defs");
  for (const auto& member : released) {
    const std::string_view key = member.key();
    if (!names && kFree.contains(key)) continue;
    const auto place = at + "/" + std::string(key);
    const auto* found = now.if_contains(key);
    if (found == nullptr)
      missed = place + " is gone";
    else
      compare(member.value(), *found, place, missed);
  }
  // More properties may come, but no more demands on those that there are.
  for (const auto& member : now)
    if (!names && !released.contains(member.key()) && !kFree.contains(member.key()))
      missed = at + "/" + std::string(member.key()) + " is new";
}

void compare(const json::value& released, const json::value& now, const std::string& at,
             std::string& missed) {
  if (released.is_object() && now.is_object())
    return compare_objects(released.get_object(), now.get_object(), at, missed);
  const bool list = at.ends_with("/required") || at.ends_with("/allOf");
  if (!list || !now.is_array()) {
    if (released != now) missed = at + " is another";
    return;
  }
  for (const auto& element : released.as_array())
    if (std::find(now.get_array().begin(), now.get_array().end(), element) == now.get_array().end())
      missed = at + ": " + json::serialize(element) + " is gone";
}

}  // namespace

std::string misfit(const json::object& schema, const json::value& value) {
  return Checking(schema).check(schema, value, "row");
}

std::string taken_away(const json::object& released, const json::object& now) {
  std::string missed;
  compare(released, now, "", missed);
  return missed;
}

}  // namespace qualog::test
