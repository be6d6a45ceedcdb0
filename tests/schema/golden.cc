// SPDX-License-Identifier: Apache-2.0
#include "tests/schema/golden.h"

#include "schema/actions.h"
#include "schema/json.h"
#include "schema/validate.h"
#include "tests/schema/random_item.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>

namespace qualog::test {

namespace {

std::optional<fb::AsideBody> aside_by_name(std::string_view name) {
  for (const fb::AsideBody body : served_asides())
    if (aside_name(body) == name) return body;
  return std::nullopt;
}

// Verified, sound, canonical, and the same JSON.
template <class View, class Show>
std::optional<std::string> problem_of(const Result<View>& view, const Golden& golden, Show show) {
  if (!view) return "is refused: " + view.error().message;
  if (const auto flaw = flaw_in(**view, golden.bytes)) return flaw->field + " " + flaw->problem;
  Bytes again;
  pack(*unpack(**view), again);
  if (again != golden.bytes) return "packs to other bytes";
  const std::string json = boost::json::serialize(show(**view));
  if (json != golden.json) return "shows as " + json;
  return std::nullopt;
}

}  // namespace

std::vector<Golden> read_goldens(const char* file) {
  std::vector<Golden> goldens;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto first = line.find('\t'), second = line.find('\t', first + 1);
    if (second == std::string::npos) continue;
    goldens.push_back({line.substr(0, first), from_hex(line.substr(first + 1, second - first - 1)),
                       line.substr(second + 1)});
  }
  return goldens;
}

std::string golden_line(const Golden& golden) {
  return golden.name + "\t" + hex(golden.bytes) + "\t" + golden.json + "\n";
}

std::vector<std::string> served_names() {
  std::vector<std::string> names;
  for (const fb::Action action : served_actions()) names.emplace_back(action_name(action));
  for (const fb::AsideBody body : served_asides()) names.emplace_back(aside_name(body));
  return names;
}

Golden make_golden(const std::string& name) {
  std::seed_seq seed(name.begin(), name.end());
  Rng rng(seed);
  ItemMaker maker(rng, {.full = true, .sealed = true, .computed = true});
  if (const auto body = aside_by_name(name)) {
    const Bytes bytes = maker.aside(*body);
    return {name, bytes, boost::json::serialize(aside_json(*aside_view(bytes).value()))};
  }
  const Bytes bytes = maker.event(action_by_name(name).value());
  return {name, bytes, boost::json::serialize(event_json(*event_view(bytes).value()))};
}

bool has_fields_of(const Golden& golden, const Golden& other) {
  const auto mine = boost::json::parse(golden.json).at("body").as_object();
  const auto theirs = boost::json::parse(other.json).at("body").as_object();
  return std::all_of(theirs.begin(), theirs.end(),
                     [&](const auto& field) { return mine.contains(field.key()); });
}

std::optional<std::string> golden_problem(const Golden& golden) {
  if (aside_by_name(golden.name)) return problem_of(aside_view(golden.bytes), golden, aside_json);
  return problem_of(event_view(golden.bytes), golden, event_json);
}

}  // namespace qualog::test
