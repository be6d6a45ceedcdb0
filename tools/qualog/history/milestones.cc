// SPDX-License-Identifier: Apache-2.0
// qualog milestone set|ls|show|clear: moments of a project that have a name, and what they freeze.
#include "projector/query/milestones.h"

#include "projector/digest.h"
#include "projector/value_json.h"
#include "replay/point_in_time.h"
#include "schema/actions.h"
#include "schema/time.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/named_moment.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

using projector::MilestoneEntry;

std::string frozen_word(std::uint8_t frozen) {
  return snake_case(fb::EnumNameFrozen(static_cast<fb::Frozen>(frozen)));
}

Result<fb::Frozen> frozen_called(const std::string& word) {
  for (const auto frozen : fb::EnumValuesFrozen())
    if (frozen_word(static_cast<std::uint8_t>(frozen)) == word) return frozen;
  return fail(Code::invalid, "--freeze must be codebook, everything or nothing");
}

boost::json::object milestone_json(const projector::Reader& state, const MilestoneEntry& entry) {
  return {{"id", entry.id.text()},
          {"name", projector::text_json(entry.name)},
          {"sequence", entry.moment.sequence},
          {"digest", hex(entry.moment.digest)},
          {"frozen", frozen_word(entry.moment.frozen)},
          {"by", projector::person(state, entry.created.profile).text()},
          {"time", rfc3339(entry.created.time)}};
}

void print_milestones(const Globals& globals, const projector::Reader& state,
                      const std::vector<MilestoneEntry>& entries) {
  Table table({{"Milestone"},
               {"Sequence", Align::right, true},
               {"Frozen", Align::left, true},
               {"By"},
               {"Set at", Align::left, true},
               {"Digest"},
               id_column("Id")});
  for (const auto& entry : entries)
    table.add({entry.name.plain, std::to_string(entry.moment.sequence),
               frozen_word(entry.moment.frozen),
               projector::person(state, entry.created.profile).text(), rfc3339(entry.created.time),
               hex(entry.moment.digest), id_cell(entry.id)});
  table.print(globals.csv);
}

Result<Exit> list(const Globals& globals, const MilestoneOptions& options) {
  QUALOG_ASSIGN(const auto view, globals.view(options.project));
  const auto entries = projector::milestones(view->state());
  QUALOG_TRY(view->state().undamaged());
  if (!globals.json) print_milestones(globals, view->state(), entries);
  for (const auto& entry : entries)
    if (globals.json) print_line(milestone_json(view->state(), entry));
  return Exit::done;
}

Result<Exit> print_one(const Globals& globals, const MilestoneOptions& options) {
  QUALOG_ASSIGN(const auto view, globals.view(options.project));
  QUALOG_ASSIGN(const auto entry, find_milestone(view->state(), options.name));
  if (globals.json) {
    print_line(milestone_json(view->state(), entry));
    return Exit::done;
  }
  print("{}: the project after event {}\nset by    {}, {}\nfrozen    {}\ndigest    {}\n",
        one_line(entry.name.plain), entry.moment.sequence,
        one_line(projector::person(view->state(), entry.created.profile).text()),
        rfc3339(entry.created.time), frozen_word(entry.moment.frozen), hex(entry.moment.digest));
  return Exit::done;
}

// Such a name would stand for that moment wherever a milestone may.
Result<void> check_no_moment(const std::string& name) {
  if (!replay::parse_wanted(name)) return {};
  return fail(Code::invalid, fmt::format("\"{}\" is a sequence or a time wherever --at takes a "
                                         "milestone; give it another name",
                                         name));
}

// Of a moment that has passed, the project is told the digest; else it takes it itself.
Result<void> stamp(const Globals& globals, const engine::ProjectPlace& place,
                   const MilestoneOptions& options, fb::ProjectMilestoneSetT& action) {
  if (!options.at) return {};
  QUALOG_ASSIGN(const auto at, moment_of(globals, place, *options.at));
  QUALOG_ASSIGN(const auto then, replay::open_at(place, at));
  if (!then->sequence())
    return fail(Code::invalid, "--at: the project does not yet exist at that moment; name a later");
  action.sequence = then->sequence().value;
  action.digest = projector::content_digest(then->state());
  return then->state().undamaged();
}

Result<Exit> set(const Globals& globals, const MilestoneOptions& options) {
  fb::ProjectMilestoneSetT action;
  action.id = engine::new_id<ItemId>(globals.effects());
  QUALOG_TRY(check_no_moment(options.name));
  QUALOG_ASSIGN(action.frozen, frozen_called(options.freeze));
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  QUALOG_TRY(stamp(globals, place, options, action));
  return print_answer_of(globals, place.id.text(), [&](engine::Project& project) {
    action.name = name_text(project.keys().name, options.name);
    return act(project, globals, action_of(std::move(action)));
  });
}

Result<engine::Answer> cleared(const Globals& globals, engine::Project& project,
                               const std::string& name) {
  QUALOG_ASSIGN(const auto state, project.read());
  QUALOG_ASSIGN(const auto entry, find_milestone(*state, name));
  fb::ProjectMilestoneClearedT action;
  action.milestone = entry.id;
  return act(project, globals, action_of(std::move(action)));
}

}  // namespace

Exit milestone_set(const Globals& globals, const MilestoneOptions& options) {
  return finish(globals, set(globals, options));
}

Exit milestone_ls(const Globals& globals, const MilestoneOptions& options) {
  return finish(globals, list(globals, options));
}

Exit milestone_show(const Globals& globals, const MilestoneOptions& options) {
  return finish(globals, print_one(globals, options));
}

Exit milestone_clear(const Globals& globals, const MilestoneOptions& options) {
  return finish(globals, print_answer_of(globals, options.project, [&](engine::Project& project) {
                  return cleared(globals, project, options.name);
                }));
}

}  // namespace qualog::tools
