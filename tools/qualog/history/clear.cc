// SPDX-License-Identifier: Apache-2.0
// qualog events clear PROJECT [--through MOMENT]: an Owner moves the horizon from which on others
// see the log. No event is removed.
#include "replay/point_in_time.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/named_moment.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

namespace qualog::tools {

namespace {

// The last event that others see no more.
Result<Sequence> last_cleared(const Globals& globals, const engine::ProjectPlace& place,
                              const EventsClearOptions& options) {
  QUALOG_ASSIGN(const auto view, globals.view(place));
  if (!options.through) return view->head();
  QUALOG_ASSIGN(const auto at, moment_of(globals, place, *options.through));
  QUALOG_ASSIGN(const auto then, replay::open_at(place, at));
  if (then->sequence()) return then->sequence();
  return fail(Code::invalid,
              "--through: the project does not yet exist at that moment; name a later");
}

Exit print_cleared(const Globals& globals, const std::string& project, Sequence through,
                   const engine::Answer& answer) {
  if (answer.outcome != engine::Outcome::accepted) return print_answer(globals, answer);
  auto line = answer_json(answer);
  line["through"] = through.value;
  if (globals.json)
    print_line(line);
  else
    print(
        "{}\nUp to event {}, only Owners see the events now: events cat, show, log --all. None is "
        "removed.\nqualog undo {} {} shows them to all again.\n",
        answer_text(answer), through.value, one_line(project), answer.sequence.value);
  return Exit::done;
}

Result<Exit> clear(const Globals& globals, const EventsClearOptions& options) {
  QUALOG_ASSIGN(const auto place, globals.place(options.project));
  QUALOG_ASSIGN(const auto through, last_cleared(globals, place, options));
  fb::EventlogClearedT action;
  action.through = through.value;
  return print_answer_of(
      globals, place.id.text(),
      [&](engine::Project& project) { return act(project, globals, action_of(action)); },
      [&](const Globals&, const engine::Answer& answer) {
        return print_cleared(globals, options.project, through, answer);
      });
}

}  // namespace

Exit events_clear(const Globals& globals, const EventsClearOptions& options) {
  return finish(globals, clear(globals, options));
}

}  // namespace qualog::tools
