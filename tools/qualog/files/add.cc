// SPDX-License-Identifier: Apache-2.0
// qualog source add PROJECT FILE... [--folder NAME] [--as NAME] [--sheet NAME]: sources from files.
// qualog source add PROJECT --external WHERE [--as NAME]: a source that stands for what is no file.
// What is no text goes into the blob area first and is named by an event then: whatever is cut in
// between, there is a source with its file, or there is none. A command that is sent again finds
// what it made.
#include "tools/import/add.h"

#include "tools/import/bring.h"
#include "tools/import/names.h"
#include "tools/import/one_act.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/files/material_lines.h"
#include "tools/qualog/support/extent.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/loss_lines.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/tally.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

using documents::Material;

// What is to be a source: a file as it was read, or where something is that is none.
struct Addition {
  std::string path;
  std::string name;
  Material material;
  std::string external;

  bool is_file() const { return external.empty() && stays_a_file(material); }
};

// ---- what is given

Result<Addition> read_addition(const std::string& path, const SourceOptions& options) {
  auto material = documents::read_material(path, options.sheet);
  if (!material) return about_file(path, material.error());
  fit_into_events(*material);
  const auto name = options.name.empty() ? fitting_name(material->file) : options.name;
  if (const auto fits = check_addable(name, *material); !fits)
    return about_file(path, fits.error());
  return Addition{path, name, std::move(*material), {}};
}

Result<Addition> external_addition(const SourceOptions& options) {
  Addition made;
  made.external = options.external;
  made.name = options.name.empty() ? fitting_name(options.external) : options.name;
  QUALOG_TRY(check_external(made.name, made.external));
  made.material = external_material(made.external);
  return made;
}

Result<void> check_given(const SourceOptions& options) {
  if (options.files.empty() == options.external.empty())
    return fail(Code::invalid, "name files, or with --external where something is that is no file");
  if (options.files.size() > 1 && !options.name.empty())
    return fail(Code::invalid, "--as names one source; add the files one by one, or leave it out");
  return {};
}

// All of them, before anything is opened: what cannot be read makes no source of any.
Result<std::vector<Addition>> read_additions(const SourceOptions& options) {
  QUALOG_TRY(check_given(options));
  std::vector<Addition> additions;
  if (!options.external.empty()) {
    QUALOG_ASSIGN(auto made, external_addition(options));
    additions.push_back(std::move(made));
  }
  for (const auto& path : options.files) {
    QUALOG_ASSIGN(auto made, read_addition(path, options));
    additions.push_back(std::move(made));
  }
  return additions;
}

// ---- into the blob area, while others may work in the project

Result<ItemId> folder_in(const projector::Reader& state, const std::string& given) {
  if (given.empty()) return ItemId{};
  return find_item(state, given, {projector::Kind::Folder}, "folder");
}

Result<void> bring_files(engine::BlobStore& store, const std::vector<Addition>& additions) {
  for (const auto& addition : additions) {
    if (!addition.is_file()) continue;
    ProgressLine progress("uploading " + one_line(addition.name), "bytes");
    const auto& material = addition.material;
    QUALOG_TRY(
        bring_as_read(store, addition.path, {material.digest, material.bytes}, std::ref(progress)));
  }
  return {};
}

// Who may not write brings nothing.
Result<ItemId> prepare(const Globals& globals, const engine::ProjectPlace& place,
                       const std::string& folder_given, const std::vector<Addition>& additions) {
  ItemId folder;
  {
    QUALOG_ASSIGN(const auto view, globals.view(place));
    QUALOG_TRY(check_may_write(view->state(), globals.actor));
    QUALOG_ASSIGN(folder, folder_in(view->state(), folder_given));
  }
  QUALOG_TRY(bring_files(*place.blobs, additions));
  return folder;
}

// ---- into the log

// Where it is to go, or has come already.
struct Slot {
  ItemId id;
  Sequence made;     // 0: not yet
  std::string name;  // that it has now: it may have been renamed since
};

std::string name_now(const projector::ItemRow& row, const Addition& addition) {
  const auto name = projector::value_of<projector::Props>(row, projector::Facet::Props).name.plain;
  return name.empty() ? addition.name : name;
}

Slot slot_of(const projector::Reader& state, const NameKey& names, const Addition& addition,
             const ItemId& folder) {
  for (std::uint32_t times = 0;; ++times) {
    const auto id = id_of_file(names, addition.name, folder, addition.material, times);
    const auto standing = projector::standing(state, id);
    if (standing == projector::Standing::Gone) continue;
    const auto row = projector::item(state, id);
    if (!row) return {id, {}, addition.name};
    return {id, row->created.sequence, name_now(*row, addition)};
  }
}

engine::Answer it_was_there(const Slot& slot) {
  engine::Answer answer;
  answer.outcome = engine::Outcome::accepted;
  answer.sequence = slot.made;
  answer.noop = true;
  return answer;
}

void add_json(const Addition& addition, boost::json::object& line) {
  if (!addition.external.empty()) {
    line["kind"] = "external";
    line["external"] = addition.external;
    return;
  }
  for (auto& [key, value] : material_json(addition.material)) line[key] = std::move(value);
}

std::string what_came(const Addition& addition) {
  return addition.external.empty() ? size_in_words(addition.material) : "external";
}

void print_added(const Globals& globals, const engine::Answer& answer, const Slot& slot,
                 const Addition& addition) {
  const bool accepted = answer.outcome == engine::Outcome::accepted;
  const auto& material = addition.material;
  if (globals.json) {
    auto line = answer_json(answer);
    if (!answer.command) line["command_id"] = nullptr;
    line["name"] = slot.name;
    line["file"] =
        addition.path.empty() ? boost::json::value() : boost::json::value(one_line(addition.path));
    if (accepted) line["source"] = slot.id.text();
    if (accepted) add_json(addition, line);
    return print_line(line);
  }
  print("{}: \"{}\"{}\n", one_line(answer_text(answer)), one_line(slot.name),
        accepted ? ": " + what_came(addition) : "");
  if (accepted) print_losses(material.losses);
}

Result<engine::Answer> add_one(const Globals& globals, engine::Project& project,
                               const Addition& addition, const ItemId& folder, Slot& found) {
  const auto& names = project.keys().name;
  const auto slot = [&]() -> Result<Slot> {
    QUALOG_ASSIGN(const auto state, project.read());
    auto there = slot_of(*state, names, addition, folder);
    QUALOG_TRY(state->undamaged());
    return there;
  };
  QUALOG_ASSIGN(found, slot());
  if (found.made) return it_was_there(found);
  const NewSource source{found.id, addition.name, folder};
  auto actions = addition.external.empty() ? add_actions(source, addition.material, names)
                                           : external_actions(source, addition.external, names);
  return project.owner().ask(one_act(std::move(actions), globals.effects()), globals.actor);
}

Result<Exit> add_all(const Globals& globals, engine::Project& project,
                     const std::vector<Addition>& additions, const ItemId& folder) {
  Tally tally;
  Exit exit = Exit::done;
  for (const auto& addition : additions) {
    Slot slot;
    QUALOG_ASSIGN(const auto answer, add_one(globals, project, addition, folder, slot));
    print_added(globals, answer, slot, addition);
    tally.count(answer);
    exit = exit_of(answer);
  }
  return additions.size() == 1 ? exit : tally.exit();
}

Result<Exit> add(const Globals& globals, const SourceOptions& options) {
  QUALOG_TRY(check_actor(globals.actor));
  QUALOG_ASSIGN(const auto additions, read_additions(options));
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  QUALOG_ASSIGN(const auto folder, prepare(globals, place, options.folder, additions));
  // By its id: another may bear the name once the files have come.
  QUALOG_ASSIGN(const auto project, globals.open(place.id.text()));
  const auto exit = add_all(globals, *project, additions, folder);
  const auto closed = project->close();
  QUALOG_TRY(exit);
  QUALOG_TRY(closed);
  return exit;
}

}  // namespace

Exit source_add(const Globals& globals, const SourceOptions& options) {
  return finish(globals, add(globals, options));
}

}  // namespace qualog::tools
