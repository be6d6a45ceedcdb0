// SPDX-License-Identifier: Apache-2.0
// qualog project create|ls|show|rename|delete|undelete.
#include "projector/query/counts.h"
#include "projector/value_json.h"
#include "tools/qualog/commands.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

boost::json::object info_json(const engine::ProjectInfo& info) {
  boost::json::object line{{"project", info.name},
                           {"id", info.id.text()},
                           {"sequence", info.sequence.value},
                           {"deleted", info.deleted}};
  if (!info.problem.empty()) line["problem"] = info.problem;
  return line;
}

// Acts on the project itself and prints the answer with its name.
Exit change_project(const Globals& globals, const std::string& project, fb::ActionUnion action) {
  auto opened = globals.open(project);
  if (!opened) return report(globals, opened.error());
  const auto answer = act(**opened, globals, std::move(action), std::nullopt);
  if (const auto closed = (*opened)->close(); !closed) return report(globals, closed.error());
  if (globals.json)
    print_line(answer_json(answer));
  else
    fmt::print("{}\n", answer_text(answer));
  return exit_of(answer);
}

template <class Action>
fb::ActionUnion made(Action action) {
  fb::ActionUnion made;
  made.Set(std::move(action));
  return made;
}

}  // namespace

Exit project_create(const Globals& globals, const ProjectOptions& options) {
  auto data = globals.directory();
  if (!data) return report(globals, data.error());
  const auto session = engine::new_id<SessionId>(globals.effects());
  const auto info = data->create(options.name, globals.actor, session, globals.effects());
  if (!info) return report(globals, info.error());
  if (globals.json)
    print_line(
        {{"project", info->name}, {"id", info->id.text()}, {"sequence", info->sequence.value}});
  else
    fmt::print("Created the project \"{}\" ({}); {} is its Owner.\n", info->name, info->id.text(),
               globals.actor);
  return Exit::done;
}

Exit project_ls(const Globals& globals, const ProjectOptions&) {
  auto data = globals.directory();
  if (!data) return report(globals, data.error());
  for (const auto& info : data->projects()) {
    if (globals.json)
      print_line(info_json(info));
    else
      fmt::print("{:<36}  {:>9}  {}{}\n", info.id.text(), info.sequence.value,
                 info.problem.empty() ? info.name : info.problem,
                 info.deleted ? "  (deleted)" : "");
  }
  return Exit::done;
}

Exit project_show(const Globals& globals, const ProjectOptions& options) {
  const auto view = globals.view(options.project);
  if (!view) return report(globals, view.error());
  const auto& state = (*view)->state();
  const auto row = projector::item(state, projector::kProjectItem);
  const auto props = row ? projector::value_of<projector::Props>(*row, projector::Facet::Props)
                         : projector::Props{};
  const auto counts = projector::row_json(projector::counts(state));
  if (globals.json) {
    print_line({{"project", props.name.plain},
                {"description", props.description.plain},
                {"sequence", (*view)->head().value},
                {"counts", counts}});
  } else {
    fmt::print("{}\n{}\n\nsequence {}\n", props.name.plain, props.description.plain,
               (*view)->head().value);
    for (const auto& [key, value] : counts)
      fmt::print("{:<12} {}\n", std::string_view(key), value.to_number<std::uint64_t>());
  }
  return Exit::done;
}

Exit project_rename(const Globals& globals, const ProjectOptions& options) {
  auto data = globals.directory();
  if (!data) return report(globals, data.error());
  if (const auto free = data->check_name_free(options.name); !free)
    return report(globals, free.error());
  auto opened = globals.open(options.project);
  if (!opened) return report(globals, opened.error());
  fb::ProjectPropsChangedT change;
  change.title = name_text((*opened)->keys().name, options.name);
  opened->reset();
  return change_project(globals, options.project, made(std::move(change)));
}

Exit project_delete(const Globals& globals, const ProjectOptions& options) {
  const auto view = globals.view(options.project);
  if (!view) return report(globals, view.error());
  const auto row = projector::item((*view)->state(), projector::kProjectItem);
  const auto title =
      projector::value_of<projector::Props>(*row, projector::Facet::Props).name.plain;
  if (options.confirm != title)
    return report(globals,
                  fail(Code::invalid, fmt::format("deleting a project needs its name typed again: "
                                                  "--confirm \"{}\"",
                                                  title)));
  return change_project(globals, options.project, made(fb::ProjectDeletedT{}));
}

Exit project_undelete(const Globals& globals, const ProjectOptions& options) {
  return change_project(globals, options.project, made(fb::ProjectUndeletedT{}));
}

}  // namespace qualog::tools
