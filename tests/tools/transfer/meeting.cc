// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/transfer/meeting.h"

#include "engine/decide.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <set>

namespace qualog::test {

using transfer::Side;

std::string id_text(std::uint64_t number) {
  return fmt::format("00000000-0000-7000-8000-{:012x}", number);
}

ItemId id_of_number(std::uint64_t number) { return *ItemId::parse(id_text(number)); }

Meeting::Meeting(std::uint8_t source_lineage) : source(source_lineage) {
  for (auto* world : {&source, &target})
    for (const char* name : {"bo", "cy"}) world->join(name);
}

namespace {

bool needs_edit_mode(const Line& line) {
  static const std::set<std::string> edits = {"source.formatting_changed", "transcript.row_added",
                                              "picturelog.row_added", "hyperlink.created"};
  return edits.contains(line.action);
}

}  // namespace

void Meeting::say(World& world, const Line& line) {
  const auto person = line.who == "ann" ? world.ann : person_called(line.who);
  auto body = line.body;
  const bool edits = needs_edit_mode(line);
  const auto source = edits ? *ItemId::parse(body.at("source").as_string()) : ItemId{};
  if (edits) body["token"] = world.did(person, lease_acquired(source)).value;
  if (line.action.ends_with("row_added")) body["version"] = world.version_of(source).value;
  const auto answer = world.does(person, said(line.action, body));
  BOOST_REQUIRE_MESSAGE(result(answer) == "accepted", line.action + ": " + result(answer));
  if (edits)
    world.did(person,
              lease_released(source, Sequence{body.at("token").to_number<std::uint64_t>()}));
}

void Meeting::there(const std::vector<Line>& lines) {
  for (const auto& line : lines) there(line);
}

void Meeting::here(const std::vector<Line>& lines) {
  for (const auto& line : lines) here(line);
}

transfer::Plan Meeting::plan(const transfer::Choice& choice) {
  const Side from(source.state()), into(target.state());
  const auto has_file = [&](const engine::BlobInfo&) { return files; };
  return transfer::plan(from, into, choice, has_file);
}

transfer::Plan Meeting::bring(const transfer::Choice& choice) {
  auto made = plan(choice);
  const Side from(source.state()), into(target.state());
  const auto actions =
      transfer::actions_of(made, from, into, target.keys().name, choice, {"Pilot", {}});
  BOOST_REQUIRE_MESSAGE(actions, actions.error().message);
  const auto alone = said("exclusive.acquired", {{"drain", true}});
  target.does(target.ann, alone);
  auto command = target.command(target.ann, *actions);
  command.seen = engine::kLatest;
  const auto answer = target.sends(target.ann, command);
  const auto why = answer.refusal ? answer.refusal->detail : answer.message;
  BOOST_REQUIRE_MESSAGE(result(answer) == "accepted", result(answer) + ": " + why);
  return made;
}

const transfer::Tally& tally(const transfer::Plan& plan, const std::string& kind) {
  static const transfer::Tally none;
  const auto found = plan.report.kinds.find(kind);
  return found == plan.report.kinds.end() ? none : found->second;
}

std::uint64_t left_out(const transfer::Plan& plan, const std::string& kind,
                       const std::string& reason) {
  const auto found = plan.report.left_out.find({kind, reason});
  return found == plan.report.left_out.end() ? 0 : found->second.count;
}

ItemId came(const transfer::Plan& plan, std::uint64_t number) {
  const auto found = plan.ids.find(id_of_number(number));
  return found == plan.ids.end() ? ItemId{} : found->second;
}

}  // namespace qualog::test
