// SPDX-License-Identifier: Apache-2.0
// qualog restore PROJECT --at MOMENT --as NAME: a new project from any moment of an old one.
#include "replay/restore.h"

#include "tools/qualog/blobs/missing.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/named_moment.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/progress.h"
#include "tools/qualog/support/table.h"

namespace qualog::tools {

namespace {

Result<replay::Restored> restored(const Globals& globals, const RestoreOptions& options) {
  QUALOG_ASSIGN(const auto data, globals.directory());
  QUALOG_TRY(check_actor(globals.actor));
  QUALOG_ASSIGN(const auto from, data.find(options.project));
  QUALOG_ASSIGN(const auto at, moment_of(globals, from, options.at));
  ProgressLine progress("restoring");
  return replay::restore(data, {from, at, options.name, globals.actor}, globals.effects(),
                         std::ref(progress));
}

}  // namespace

Exit restore(const Globals& globals, const RestoreOptions& options) {
  const auto made = restored(globals, options);
  if (!made) return report(globals, made.error());
  boost::json::object line{{"project", options.name},
                           {"id", made->id.text()},
                           {"sequence", made->sequence.value},
                           {"from_sequence", made->from_sequence.value},
                           {"digest", hex(made->digest)}};
  add_missing(made->missing, line);
  if (globals.json)
    print_line(line);
  else
    print(
        "Made the project \"{}\" ({}) from event {}; {} is its Owner and only member.\n"
        "digest  {}\n",
        one_line(options.name), made->id.text(), made->from_sequence.value, one_line(globals.actor),
        hex(made->digest));
  if (!globals.json) say_missing(made->missing);
  return Exit::done;
}

}  // namespace qualog::tools
