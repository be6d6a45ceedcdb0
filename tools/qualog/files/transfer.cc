// SPDX-License-Identifier: Apache-2.0
// qualog project import --from-project P --into Q: what one project holds into another one that is
// there, with a report; as one act, in a session that has the project for itself.
#include "tools/interchange/input_file.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"
#include "tools/transfer/bring.h"
#include "tools/transfer/people.h"
#include "tools/transfer/report.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace json = boost::json;
using transfer::Choice;
using transfer::Plan;
using transfer::Side;

namespace {

constexpr std::uint64_t kPeopleBytesMax = 1024 * 1024;
constexpr std::size_t kLineCells = 100;

// ---- what was asked for

Error about(const std::string& what, const Error& error) {
  return fail(error.code, what + ": " + error.message);
}

// What a newer version has written is not read by this one.
Error about_source(const Error& error) {
  if (error.code != Code::too_new) return error;
  return fail(error.code, error.message + "; upgrade first, then import");
}

Result<std::vector<transfer::PersonPair>> read_people(const std::string& path) {
  if (path.empty()) return std::vector<transfer::PersonPair>();
  QUALOG_ASSIGN(auto input, interchange::open_input(path));
  const auto size = input.size;
  QUALOG_ASSIGN(const auto table, interchange::read_all(interchange::file_source(std::move(input)),
                                                        size, kPeopleBytesMax, "the table"));
  auto people = transfer::parse_people(table);
  return people ? std::move(people) : about(path, people.error());
}

Result<void> choose_users(const Side& source, std::string_view users, Choice& choice) {
  while (!users.empty()) {
    const auto end = std::min(users.find(','), users.size());
    QUALOG_ASSIGN(const auto profile,
                  find_coder(source.reader(), std::string(users.substr(0, end))));
    choice.users.insert(source.standing_for(profile));
    users.remove_prefix(std::min(end + 1, users.size()));
  }
  return {};
}

Result<void> choose_people(const Side& source, const Side& target, const std::string& path,
                           Choice& choice) {
  QUALOG_ASSIGN(const auto pairs, read_people(path));
  for (const auto& pair : pairs) {
    const auto line = fmt::format("{}, line {}", path, pair.line);
    const auto there = find_coder(source.reader(), pair.there);
    if (!there) return about(line, there.error());
    const auto here = find_coder(target.reader(), pair.here);
    if (!here) return about(line, here.error());
    choice.people[source.standing_for(*there)] = target.standing_for(*here);
  }
  return {};
}

// What can be said before any project is opened.
Result<Choice> choice_of(const ImportOptions& options) {
  Choice choice;
  choice.structure_only = options.structure_only;
  if (options.duplicates == "number") choice.duplicates = fb::Duplicates::Numbered;
  if (options.only.empty()) return choice;
  QUALOG_ASSIGN(choice.types, transfer::parse_types(options.only));
  return choice;
}

// ---- the plan

struct Looked {
  std::unique_ptr<Side> source;
  std::unique_ptr<Side> target;
  Choice choice;
  Plan plan;
};

Result<Looked> look(const ImportOptions& options, const projector::Reader& from,
                    const projector::Reader& into, engine::BlobStore& files) {
  Looked looked;
  looked.source = std::make_unique<Side>(from);
  looked.target = std::make_unique<Side>(into);
  QUALOG_ASSIGN(looked.choice, choice_of(options));
  QUALOG_TRY(choose_users(*looked.source, options.users, looked.choice));
  QUALOG_TRY(choose_people(*looked.source, *looked.target, options.people, looked.choice));
  std::optional<Error> failed;
  const auto has_file = [&](const engine::BlobInfo& blob) {
    const auto complete = files.is_complete(blob);
    if (!complete) failed = complete.error();
    return complete && *complete;
  };
  looked.plan = transfer::plan(*looked.source, *looked.target, looked.choice, has_file);
  if (failed) return *failed;
  QUALOG_TRY(from.undamaged());
  QUALOG_TRY(into.undamaged());
  return looked;
}

// ---- what is printed

std::string title_of(const Side& side) {
  return side.value<projector::Props>(projector::kProjectItem, projector::Facet::Props).name.plain;
}

struct Outcome {
  bool dry_run = false;
  Sequence sequence;  // of the group's last event; 0: nothing was written
  Sequence group;     // of its first: what undo takes; 0: it could not be looked up
};

json::object json_of(const Looked& looked, const Outcome& outcome) {
  json::object line{{"message_type", "import"},
                    {"from_project", title_of(*looked.source)},
                    {"project", title_of(*looked.target)},
                    {"sequence", outcome.sequence.value},
                    {"group", outcome.group.value},
                    {"noop", looked.plan.empty()},
                    {"kinds", transfer::kinds_json(looked.plan.report)},
                    {"left_out", transfer::left_out_json(looked.plan.report)},
                    {"renamed", transfer::renamed_json(looked.plan.report)},
                    {"people", transfer::people_json(looked.plan, *looked.source)}};
  if (outcome.dry_run) line["dry_run"] = true;
  return line;
}

std::string headline(const Looked& looked, const Outcome& outcome) {
  const auto names = fmt::format("\"{}\" into \"{}\"", one_line(title_of(*looked.source)),
                                 one_line(title_of(*looked.target)));
  if (looked.plan.empty()) return "Nothing new to import from " + names;
  if (outcome.dry_run) return "Would import " + names;
  if (!outcome.group)
    return fmt::format("Imported {}, as one act that ends with event {}: qualog log shows it",
                       names, outcome.sequence.value);
  return fmt::format("Imported {}, as one act: qualog undo takes back {}", names,
                     outcome.group.value);
}

void print_kinds(const transfer::Report& report) {
  print("{:<16} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "", "new", "numbered", "merged", "the same",
        "left out");
  for (const auto& row : transfer::kinds_json(report)) {
    const auto count = [&](const char* key) { return row.at(key).to_number<std::uint64_t>(); };
    print("{:<16} {:>8} {:>8} {:>8} {:>8} {:>8}\n", std::string_view(row.at("kind").as_string()),
          count("made"), count("numbered"), count("merged"), count("same"), count("left_out"));
  }
}

void print_lines(std::string_view title, const std::vector<std::string>& lines) {
  if (!lines.empty()) print("\n{}:\n", title);
  for (const auto& line : lines) print("{}\n", cut("  " + one_line(line), kLineCells));
}

std::string names_in_words(const transfer::LeftOut& out) {
  constexpr std::size_t kToldMax = 3;
  std::string words;
  for (std::size_t i = 0; i < std::min(out.names.size(), kToldMax); ++i)
    words += fmt::format("{} \"{}\"", i == 0 ? ":" : ",", out.names[i]);
  return out.count > kToldMax && !words.empty() ? words + ", ..." : words;
}

void print_text(const Looked& looked, const Outcome& outcome) {
  const auto& report = looked.plan.report;
  print("{}\n\n", headline(looked, outcome));
  print_kinds(report);
  std::vector<std::string> left, renamed, people;
  for (const auto& [what, out] : report.left_out)
    left.push_back(
        fmt::format("{:>7}  {}: {}{}", out.count, what.first, what.second, names_in_words(out)));
  for (const auto& row : report.renamed)
    renamed.push_back(fmt::format("{} \"{}\" is \"{}\" here", row.kind, row.name, row.became));
  for (const auto& person : looked.plan.new_people)
    people.push_back(transfer::person_name(*looked.source, person.from));
  print_lines("Left out", left);
  print_lines("Called otherwise here", renamed);
  print_lines("People who come without an account (--people maps them)", people);
}

Exit print_outcome(const Globals& globals, const Looked& looked, const Outcome& outcome) {
  if (globals.json)
    print_line(json_of(looked, outcome));
  else
    print_text(looked, outcome);
  return Exit::done;
}

// ---- the session that has the project for itself

struct Session {
  SessionId id;
  bool exclusive = false;
  std::uint64_t token = 0;  // what ends with the import
};

// The actor's own that has the project already, or a new one.
Session session_of(const Globals& globals, const ImportOptions& options, const Side& target) {
  const auto now =
      target.value<projector::Exclusive>(projector::kProjectItem, projector::Facet::Exclusive);
  const bool is_own = now.token != 0 && now.holder == projector::profile_item(globals.actor);
  // Taken by an import that was killed, too: it ends with this one.
  if (is_own) return {now.session, true, options.exclusive ? now.token : 0};
  return {engine::new_id<SessionId>(globals.effects()), false, 0};
}

// The refusal, if there is one.
Result<std::optional<engine::Answer>> take_project(engine::Project& project, const Globals& globals,
                                                   const ImportOptions& options, Session& session) {
  if (session.exclusive || !options.exclusive) return std::optional<engine::Answer>();
  fb::ExclusiveAcquiredT action;
  action.drain = options.drain;
  QUALOG_ASSIGN(auto answer, act_in(project, globals, session.id, action_of(action)));
  if (answer.outcome != engine::Outcome::accepted) return std::optional(std::move(answer));
  session.exclusive = true;
  session.token = answer.sequence.value;
  return std::optional<engine::Answer>();
}

// The import has its answer, whatever becomes of this.
void give_project_back(engine::Project& project, const Globals& globals, const Session& session) {
  if (session.token == 0) return;
  fb::ExclusiveReleasedT action;
  action.token = session.token;
  const auto answer = act_in(project, globals, session.id, action_of(action));
  if (!answer || answer->outcome != engine::Outcome::accepted)
    put(stderr, "the project is still yours alone: release it with exclusive.released\n");
}

// What to do about a refusal that an option takes away.
struct WayOut {
  fb::RefusalCode code;
  const char* words;
};
constexpr WayOut kWaysOut[] = {
    {fb::RefusalCode::NeedExclusive, "--exclusive takes the project for the import alone"},
    {fb::RefusalCode::LockedEdit, "--exclusive --drain ends what others edit"},
    {fb::RefusalCode::Policy,
     "--exclusive --drain goes on though others are at work; who sends nothing for 15 minutes is "
     "not"}};

Exit print_not_accepted(const Globals& globals, const engine::Answer& answer) {
  const auto exit = print_answer(globals, answer);
  for (const auto& way : kWaysOut)
    if (!globals.json && answer.refusal && answer.refusal->code == way.code) say("{}", way.words);
  return exit;
}

// ---- the import

struct Places {
  engine::ProjectPlace from;
  engine::ProjectPlace into;
};

Result<Places> places_of(const Globals& globals, const ImportOptions& options) {
  QUALOG_ASSIGN(auto from, globals.place(options.from));
  QUALOG_ASSIGN(auto into, globals.place(options.into));
  if (from.id == into.id)
    return fail(Code::invalid, "a project is not imported into itself; name another with --into");
  return Places{std::move(from), std::move(into)};
}

Result<engine::Answer> bring_all(engine::Project& project, const Globals& globals,
                                 const ImportOptions& options, const Places& places,
                                 const Looked& looked) {
  auto session = session_of(globals, options, *looked.target);
  QUALOG_ASSIGN(const auto refused, take_project(project, globals, options, session));
  if (refused) return *refused;
  auto answer = transfer::bring(project,
                                {*looked.source, *looked.target, looked.choice, looked.plan,
                                 *places.from.blobs, *places.into.blobs, globals.actor, session.id,
                                 projector::is_owner(looked.target->reader(), globals.actor)},
                                globals.effects());
  give_project_back(project, globals, session);
  return answer;
}

// The first event of the group that ends there.
Result<Sequence> group_that_ends_at(engine::Project& project, Sequence last) {
  QUALOG_ASSIGN(const auto state, project.read());
  const auto effect = projector::effect_at(*state, last);
  QUALOG_TRY(state->undamaged());
  return effect ? effect->group : last;
}

// What was accepted is in the log: that something failed behind it does not undo it.
void tell_what_failed_behind(Sequence last, const Error& error) {
  put(stderr,
      fmt::format("the import is accepted, up to event {}; behind it failed: {}; run qualog "
                  "verify\n",
                  last.value, one_line(error.message)));
}

// `accepted`: the last event, once there is one.
Result<Exit> import_now(const Globals& globals, const ImportOptions& options, const Places& places,
                        const projector::Reader& from, engine::Project& project,
                        Sequence& accepted) {
  QUALOG_ASSIGN(const auto state, project.read());
  QUALOG_TRY(globals.check_may_read(*state));
  QUALOG_ASSIGN(const auto looked, look(options, from, *state, *places.from.blobs));
  if (looked.plan.empty()) return print_outcome(globals, looked, {});
  ProgressLine progress("importing");
  progress.begin(fmt::format("{} items", looked.plan.steps.size()));
  QUALOG_ASSIGN(const auto answer, bring_all(project, globals, options, places, looked));
  if (answer.outcome != engine::Outcome::accepted) return print_not_accepted(globals, answer);
  accepted = answer.sequence;
  const auto group = group_that_ends_at(project, accepted);
  if (!group) tell_what_failed_behind(answer.sequence, group.error());
  return print_outcome(globals, looked, {false, answer.sequence, group ? *group : Sequence{}});
}

Result<Exit> transfer_project(const Globals& globals, const ImportOptions& options) {
  QUALOG_TRY(check_actor(globals.actor));
  QUALOG_TRY(choice_of(options));
  QUALOG_ASSIGN(const auto places, places_of(globals, options));
  const auto from = StateAt::open(globals, options.from, options.at);
  if (!from) return about_source(from.error());
  if (options.dry_run) {
    QUALOG_ASSIGN(const auto view, globals.view(places.into));
    QUALOG_ASSIGN(const auto looked,
                  look(options, from->state(), view->state(), *places.from.blobs));
    return print_outcome(globals, looked, {true, {}, {}});
  }
  QUALOG_ASSIGN(const auto project, globals.open(places.into.id.text()));
  Sequence accepted;
  const auto exit = import_now(globals, options, places, from->state(), *project, accepted);
  const auto closed = project->close();
  if (accepted && !closed) tell_what_failed_behind(accepted, closed.error());
  if (exit && !accepted && !closed) return closed.error();
  return exit;
}

}  // namespace

Exit project_transfer(const Globals& globals, const ImportOptions& options) {
  return finish(globals, transfer_project(globals, options));
}

}  // namespace qualog::tools
