// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/globals.h"

#include "engine/decide.h"
#include "projector/items.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "schema/fbs/command_generated.h"
#include "schema/json.h"
#include "schema/limits.h"
#include "schema/text_check.h"
#include "schema/time.h"
#include "schema/validate.h"
#include "tools/qualog/support/copy_end.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/refusals.h"
#include "tools/qualog/support/table.h"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <pwd.h>
#include <unistd.h>

namespace qualog::tools {

namespace json = boost::json;

namespace {

// Whoever opens a copy as owner makes what lies behind its end void for good, and has to know.
void tell_of_copy(const Globals& globals, const CopyEnd& copy) {
  if (!globals.json) return say("{}", words_of(copy));
  auto line = json_of(copy);
  line["message_type"] = "copy_ends";
  line["message"] = words_of(copy);
  put(stderr, one_line_json(line) + "\n");
}

// The command goes on: it may be about other projects.
void tell_of_arrival(const Globals& globals, const Error& error) {
  if (!globals.json) return say("{}", one_line(error.message));
  put(stderr, one_line_json(json::object{{"message_type", "move_unfinished"},
                                         {"error", name(error.code)},
                                         {"message", one_line(error.message)}}) +
                  "\n");
}

// What the old place still shows goes on elsewhere.
Result<void> check_not_moved(const engine::View& view) {
  const auto& seal = view.summary().seal;
  if (!seal) return {};
  return log::sealed_error(view.summary().ids.project.text(), *seal);
}

}  // namespace

engine::Effects Globals::effects() const {
  static SystemClock clock;
  static SystemRandom random;
  return {clock, random};
}

Result<engine::DataDirectory> Globals::directory() const {
  if (data.empty()) return fail(Code::invalid, "no data directory: give -d DIR or set QUALOG_DATA");
  QUALOG_ASSIGN(auto directory,
                engine::DataDirectory::open(
                    data, allow_others ? engine::Others::allowed : engine::Others::refused));
  for (const auto& error : directory.finish_cut_arrivals(effects())) tell_of_arrival(*this, error);
  directory.finish_cut_purges();
  return directory;
}

Result<engine::ProjectPlace> Globals::place(const std::string& project) const {
  QUALOG_ASSIGN(const auto opened, directory());
  return opened.find(project);
}

Result<std::unique_ptr<engine::Project>> Globals::open(const std::string& project) const {
  QUALOG_ASSIGN(const auto found, place(project));
  QUALOG_ASSIGN(auto opened, engine::Project::open(found, effects()));
  if (opened->summary().copy_ends) tell_of_copy(*this, copy_end_of(opened->summary()));
  return opened;
}

Result<std::unique_ptr<engine::View>> Globals::view(const std::string& project) const {
  QUALOG_ASSIGN(const auto found, place(project));
  return view(found);
}

Result<std::unique_ptr<engine::View>> Globals::view(const engine::ProjectPlace& place) const {
  QUALOG_ASSIGN(auto opened, engine::View::open(place));
  QUALOG_TRY(check_not_moved(*opened));
  QUALOG_TRY(check_may_read(opened->state()));
  return opened;
}

// A state that is damaged may have lost a member: that is said first.
Result<void> Globals::check_may_read(const projector::Reader& state) const {
  if (projector::group_of(state, actor) != 0 || projector::guests_may_read(state)) return {};
  QUALOG_TRY(state.undamaged());
  return fail(Code::forbidden,
              fmt::format("{} is no member of this project, and guest access is off; an Owner can "
                          "let {} in with qualog member add, or everybody with qualog guest "
                          "PROJECT on",
                          actor, actor));
}

std::string account_name() {
  const auto* account = ::getpwuid(::geteuid());
  return account != nullptr ? account->pw_name : std::to_string(::geteuid());
}

void print_line(const json::object& line) { put(stdout, one_line_json(line) + "\n"); }

Exit report(const Globals& globals, const Error& error) {
  const Exit exit = exit_of(error.code);
  if (globals.json)
    put(stderr, one_line_json(json::object{{"message_type", "exit_error"},
                                           {"code", static_cast<int>(exit)},
                                           {"error", name(error.code)},
                                           {"message", one_line(error.message)}}) +
                    "\n");
  else
    say("{}", one_line(error.message));
  return exit;
}

Exit all_was_printed(const Globals& globals, Exit exit) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit;
  return report(globals, fail(Code::io, "stdout cannot be written: what was printed is cut"));
}

Exit finish(const Globals& globals, const Result<Exit>& outcome) {
  return outcome ? *outcome : report(globals, outcome.error());
}

namespace {

json::value parsed(const std::unique_ptr<fb::TextT>& text) {
  if (!text) return nullptr;
  boost::system::error_code ignored;
  auto value = json::parse(text->plain, ignored);
  return ignored ? json::value(text->plain) : value;
}

json::object winner_json(const fb::WinnerT& winner) {
  return {{"actor", winner.actor},
          {"sequence", winner.sequence},
          {"time", rfc3339(winner.time)},
          {"action", winner.action}};
}

json::object latest_json(const fb::ConflictRefusedT& refusal) {
  json::object latest;
  for (const auto& facet : refusal.latest)
    latest[facet->facet] = {{"version", facet->version}, {"value", parsed(facet->value)}};
  return latest;
}

void add_refusal(const fb::ConflictRefusedT& refusal, json::object& line) {
  line["code"] = refusal_name(refusal.code);
  line["message"] = refusal_in_words(refusal.code);
  if (!refusal.detail.empty()) line["detail"] = refusal.detail;
  json::array facets;
  for (const auto& facet : refusal.facets) facets.emplace_back(facet);
  line["facets"] = std::move(facets);
  line["winner"] = refusal.winner ? json::value(winner_json(*refusal.winner)) : nullptr;
  line["latest"] = latest_json(refusal);
  if (refusal.target) line["target"] = refusal.target.text();
  if (refusal.depends_on) line["depends_on"] = refusal.depends_on.text();
}

}  // namespace

json::object answer_json(const engine::Answer& answer) {
  json::object line{{"command_id", answer.command.text()}, {"result", name(answer.outcome)}};
  if (answer.outcome == engine::Outcome::accepted) {
    line["sequence"] = answer.sequence.value;
    line["noop"] = answer.noop;
  } else if (answer.refusal) {
    add_refusal(*answer.refusal, line);
  } else {
    line["message"] = answer.message;
  }
  return line;
}

std::string answer_text(const engine::Answer& answer) {
  if (answer.outcome == engine::Outcome::accepted)
    return fmt::format("accepted {}{}", answer.sequence.value, answer.noop ? " (no change)" : "");
  if (!answer.refusal) return fmt::format("{}: {}", name(answer.outcome), answer.message);
  const auto& refusal = *answer.refusal;
  auto text =
      fmt::format("refused {}: {}", refusal_name(refusal.code), refusal_in_words(refusal.code));
  if (!refusal.detail.empty()) text += fmt::format(" ({})", refusal.detail);
  if (refusal.winner)
    text += fmt::format("; {} was first with {} (sequence {})", refusal.winner->actor,
                        refusal.winner->action, refusal.winner->sequence);
  return text;
}

Exit print_answer(const Globals& globals, const engine::Answer& answer) {
  if (globals.json)
    print_line(answer_json(answer));
  else
    print("{}\n", one_line(answer_text(answer)));
  return exit_of(answer);
}

namespace {

// "actions[0].body.name" of a command with one action is "body.name" to whoever wrote it.
std::string shown_field(const Flaw& flaw, const fb::CommandT& command) {
  constexpr std::string_view kOnly = "actions[0].";
  const bool only = command.actions.size() == 1 && flaw.field.starts_with(kOnly);
  return only ? flaw.field.substr(kOnly.size()) : flaw.field;
}

}  // namespace

Result<void> check_command(const fb::CommandT& command) {
  Bytes bytes;
  pack(command, bytes);
  QUALOG_ASSIGN(const auto* packed, command_view(bytes));
  const auto flaw = flaw_in(*packed, bytes.size());
  if (!flaw) return {};
  return fail(flaw->too_large ? Code::too_large : Code::invalid,
              fmt::format("{} {}", shown_field(*flaw, command), flaw->problem));
}

Result<void> check_actor(std::string_view actor) {
  if (!actor.empty() && !flaw_in_machine_string(actor)) return {};
  return fail(Code::invalid,
              fmt::format("\"actor\" must be an account of 1 to {} bytes of UTF-8 on one line",
                          limits::kMachineStringBytesMax));
}

Result<engine::Answer> act_in(engine::Project& project, const Globals& globals,
                              const SessionId& session, fb::ActionUnion action,
                              std::optional<Sequence> seen) {
  auto command = command_of(engine::new_id<CommandId>(globals.effects()), session,
                            {std::move(action)}, seen ? seen->value : engine::kLatest);
  QUALOG_TRY(check_actor(globals.actor));
  QUALOG_TRY(check_command(command));
  return project.owner().ask(std::move(command), globals.actor);
}

Result<engine::Answer> act(engine::Project& project, const Globals& globals, fb::ActionUnion action,
                           std::optional<Sequence> seen) {
  return act_in(project, globals, engine::new_id<SessionId>(globals.effects()), std::move(action),
                seen);
}

Result<Exit> print_answer_of(
    const Globals& globals, const std::string& name,
    const std::function<Result<engine::Answer>(engine::Project&)>& work,
    const std::function<Exit(const Globals&, const engine::Answer&)>& print_it) {
  QUALOG_ASSIGN(const auto project, globals.open(name));
  const auto answer = work(*project);
  const auto closed = project->close();
  if (!answer) return answer.error();
  const auto exit = print_it(globals, *answer);
  if (!closed) return closed.error();
  return exit;
}

Exit act_on(const Globals& globals, const std::string& name,
            const std::function<fb::ActionUnion(const NameKey&)>& make) {
  return finish(globals, print_answer_of(globals, name, [&](engine::Project& project) {
                  return act(project, globals, make(project.keys().name));
                }));
}

}  // namespace qualog::tools
