// SPDX-License-Identifier: Apache-2.0
// qualog project create|ls|show|rename|delete|undelete|purge|move.
#include "projector/query/counts.h"
#include "projector/query/people.h"
#include "projector/value_json.h"
#include "replay/move.h"
#include "replay/purge.h"
#include "schema/text.h"
#include "tools/qualog/blobs/missing.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/table.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

boost::json::object info_json(const engine::ProjectInfo& info) {
  boost::json::object line{{"project", info.name},
                           {"id", info.id.text()},
                           {"sequence", info.sequence.value},
                           {"deleted", info.deleted}};
  if (info.problem) line["problem"] = info.problem->message;
  if (!info.moved.empty()) line["moved"] = info.moved;
  return line;
}

std::string title_of(const engine::View& view) {
  return projector::named(view.state(), projector::kProjectItem).name.plain;
}

// It is a name, and no other project has it.
Result<void> check_new_title(const engine::DataDirectory& data, const engine::View& view,
                             const std::string& title) {
  if (is_text(title) && normalised_name(title) == normalised_name(title_of(view))) return {};
  return data.check_name_free(title);
}

// The project that may have this name now, and the moment at which it was looked at: a title that
// another Owner gives it behind that is not written over. What is confirmed of a project is
// confirmed of its id: its name may be another's by the time that it is acted on. Its view is gone
// when this returns: LMDB allows one opening a process.
struct Looked {
  ProjectId id;
  Sequence at;
};
Result<Looked> to_be_renamed(const Globals& globals, const ProjectOptions& options) {
  QUALOG_ASSIGN(const auto data, globals.directory());
  QUALOG_ASSIGN(const auto place, data.find(options.project));
  QUALOG_ASSIGN(const auto view, engine::View::open(place));
  QUALOG_TRY(check_new_title(data, *view, options.name));
  return Looked{place.id, view->head()};
}

// The project whose name was typed again.
Result<ProjectId> confirmed(const engine::ProjectPlace& place, const std::string& typed,
                            std::string_view doing) {
  QUALOG_ASSIGN(const auto view, engine::View::open(place));
  const auto title = title_of(*view);
  if (typed == title) return place.id;
  return fail(Code::invalid, fmt::format("{} a project needs its name typed again: "
                                         "--confirm \"{}\"",
                                         doing, title));
}

Result<ProjectId> to_be_deleted(const Globals& globals, const ProjectOptions& options) {
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  return confirmed(place, options.confirm, "deleting");
}

bool is_called(const engine::ProjectInfo& info, const std::string& name_or_id) {
  return info.id.text() == name_or_id ||
         (is_text(name_or_id) && normalised_name(info.name) == normalised_name(name_or_id));
}

// A deleted project before a living one of that name.
Result<std::optional<engine::ProjectInfo>> deleted_one(const engine::DataDirectory& data,
                                                       const std::string& name_or_id) {
  QUALOG_ASSIGN(auto deleted, data.projects(engine::Names::now));
  std::erase_if(deleted,
                [&](const auto& info) { return !info.deleted || !is_called(info, name_or_id); });
  if (deleted.empty()) return std::optional<engine::ProjectInfo>();
  if (deleted.size() == 1) return std::optional(deleted.front());
  return fail(Code::invalid, fmt::format("several deleted projects are called \"{}\"; name it by "
                                         "its id, qualog project ls prints it",
                                         name_or_id));
}

// Its name must be free again.
Result<ProjectId> to_be_undeleted(const Globals& globals, const ProjectOptions& options) {
  QUALOG_ASSIGN(const auto data, globals.directory());
  QUALOG_ASSIGN(const auto deleted, deleted_one(data, options.project));
  if (deleted) QUALOG_TRY(data.check_name_free(deleted->name));
  if (deleted) return deleted->id;
  QUALOG_ASSIGN(const auto place, data.find(options.project));
  return place.id;
}

Result<engine::PurgedKeys> purged(const Globals& globals, const ProjectOptions& options) {
  QUALOG_TRY(check_actor(globals.actor));
  QUALOG_ASSIGN(const auto data, globals.directory());
  QUALOG_ASSIGN(const auto deleted, deleted_one(data, options.project));
  QUALOG_ASSIGN(const auto place, data.find(deleted ? deleted->id.text() : options.project));
  QUALOG_ASSIGN(const auto id, confirmed(place, options.confirm, "purging"));
  return replay::purge({data, id, globals.actor}, globals.effects());
}

Result<Exit> list(const Globals& globals) {
  QUALOG_ASSIGN(const auto data, globals.directory());
  Table table({{"Id", Align::left, true},
               {"Sequence", Align::right, true},
               {"Name", Align::left, false, true}});
  QUALOG_ASSIGN(const auto projects, data.projects());
  auto exit = Exit::done;
  for (const auto& info : projects) {
    if (info.problem) exit = exit_of(info.problem->code);
    if (globals.json)
      print_line(info_json(info));
    else
      table.add({info.id.text(), std::to_string(info.sequence.value),
                 (info.problem ? info.problem->message : info.name) +
                     (info.deleted ? "  (deleted)" : "") +
                     (info.moved.empty() ? "" : "  (moved to " + info.moved + ")")});
  }
  if (!globals.json) table.print(globals.csv);
  return exit;
}

Result<replay::Moved> moved(const Globals& globals, const ProjectOptions& options) {
  QUALOG_TRY(check_actor(globals.actor));
  QUALOG_ASSIGN(const auto from, globals.directory());
  auto elsewhere = globals;
  elsewhere.data = options.to;
  QUALOG_ASSIGN(const auto to, elsewhere.directory());
  QUALOG_ASSIGN(const auto place, from.find(options.project));
  ProgressLine progress("moving");
  return replay::move({from, place.id, to, globals.actor}, globals.effects(), std::ref(progress));
}

void say_set_aside(const std::string& copy) {
  if (!copy.empty())
    say("{}: a whole copy of an earlier move was set aside; compare before you delete it",
        one_line(copy));
}

void print_for_people(const projector::Props& props, Sequence head,
                      const boost::json::object& counts) {
  print("{}\n", one_line(props.name.plain));
  if (const auto& words = props.description.plain; !words.empty()) print("{}\n", one_line(words));
  print("\n{:<12} {}\n", "sequence", head.value);
  for (const auto& [key, value] : counts)
    print("{:<12} {}\n", std::string_view(key), value.to_number<std::uint64_t>());
}

Result<Exit> show_one(const Globals& globals, const ProjectOptions& options) {
  QUALOG_ASSIGN(const auto view, globals.view(options.project));
  const auto& state = view->state();
  const auto row = projector::item(state, projector::kProjectItem);
  const auto props = row ? projector::value_of<projector::Props>(*row, projector::Facet::Props)
                         : projector::Props{};
  const auto counts = projector::row_json(projector::counts(state));
  QUALOG_TRY(state.undamaged());
  if (globals.json)
    print_line({{"project", props.name.plain},
                {"description", props.description.plain},
                {"sequence", view->head().value},
                {"counts", counts}});
  else
    print_for_people(props, view->head(), counts);
  return Exit::done;
}

}  // namespace

Exit project_create(const Globals& globals, const ProjectOptions& options) {
  const auto create = [&]() -> Result<engine::ProjectInfo> {
    QUALOG_ASSIGN(const auto data, globals.directory());
    QUALOG_TRY(check_actor(globals.actor));
    const auto session = engine::new_id<SessionId>(globals.effects());
    return data.create(options.name, globals.actor, session, globals.effects());
  };
  const auto info = create();
  if (!info) return report(globals, info.error());
  if (globals.json)
    print_line(
        {{"project", info->name}, {"id", info->id.text()}, {"sequence", info->sequence.value}});
  else
    print("Created the project \"{}\" ({}); {} is its Owner.\n", one_line(info->name),
          info->id.text(), globals.actor);
  return Exit::done;
}

Exit project_ls(const Globals& globals, const ProjectOptions&) {
  return finish(globals, list(globals));
}

Exit project_show(const Globals& globals, const ProjectOptions& options) {
  return finish(globals, show_one(globals, options));
}

Exit project_rename(const Globals& globals, const ProjectOptions& options) {
  const auto looked = to_be_renamed(globals, options);
  if (!looked) return report(globals, looked.error());
  const auto rename = [&](engine::Project& project) {
    fb::ProjectPropsChangedT change;
    change.title = name_text(project.keys().name, options.name);
    return act(project, globals, action_of(std::move(change)), looked->at);
  };
  return finish(globals, print_answer_of(globals, looked->id.text(), rename));
}

Exit project_delete(const Globals& globals, const ProjectOptions& options) {
  const auto id = to_be_deleted(globals, options);
  if (!id) return report(globals, id.error());
  return act_on(globals, id->text(),
                [](const NameKey&) { return action_of(fb::ProjectDeletedT{}); });
}

Exit project_move(const Globals& globals, const ProjectOptions& options) {
  const auto done = moved(globals, options);
  if (!done) return report(globals, done.error());
  const auto sequence = done->head.sequence().value;
  boost::json::object line{
      {"address", done->address}, {"sequence", sequence}, {"chain", hex(done->head.chain)}};
  add_missing(done->missing, line);
  if (!done->set_aside.empty()) line["set_aside"] = done->set_aside;
  if (globals.json)
    print_line(line);
  else
    print("The project goes on in {}, behind event {}.\nchain  {}\n", one_line(done->address),
          sequence, hex(done->head.chain));
  if (globals.json) return Exit::done;
  say_missing(done->missing);
  say_set_aside(done->set_aside);
  return Exit::done;
}

Exit project_purge(const Globals& globals, const ProjectOptions& options) {
  const auto keys = purged(globals, options);
  if (!keys) return report(globals, keys.error());
  if (globals.json)
    print_line({{"project", options.confirm}, {"keys_removed", keys->removed}});
  else if (keys->removed)
    print("\"{}\" is gone for good, and its keys with it.\n", one_line(options.confirm));
  else
    print("\"{}\" is gone for good. Its keys stay: {} may need them.\n", one_line(options.confirm),
          keys->needed_by);
  return Exit::done;
}

Exit project_undelete(const Globals& globals, const ProjectOptions& options) {
  const auto id = to_be_undeleted(globals, options);
  if (!id) return report(globals, id.error());
  return act_on(globals, id->text(),
                [](const NameKey&) { return action_of(fb::ProjectUndeletedT{}); });
}

}  // namespace qualog::tools
