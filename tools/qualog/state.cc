// SPDX-License-Identifier: Apache-2.0
// qualog state PROJECT [--at]: digests and counts, now or at any moment.
#include "projector/digest.h"
#include "projector/query/counts.h"
#include "projector/value_json.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/state_at.h"

namespace qualog::tools {

namespace {

void print_for_people(const boost::json::object& line) {
  for (const auto& [key, value] : line)
    if (value.is_string())
      print("{:<14} {}\n", std::string_view(key), std::string_view(value.get_string()));
    else if (!value.is_object())
      print("{:<14} {}\n", std::string_view(key), value.to_number<std::uint64_t>());
  for (const auto& [key, value] : line.at("counts").get_object())
    print("{:<14} {}\n", std::string_view(key), value.to_number<std::uint64_t>());
}

Result<Exit> tell(const Globals& globals, const StateOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto digests = projector::digests(opened.state());
  const auto counts = projector::row_json(projector::counts(opened.state()));
  QUALOG_TRY(opened.state().undamaged());
  const boost::json::object line{{"sequence", opened.sequence().value},
                                 {"digest", hex(digests.content)},
                                 {"state_digest", hex(digests.state)},
                                 {"counts", counts}};
  if (globals.json)
    print_line(line);
  else
    print_for_people(line);
  return Exit::done;
}

}  // namespace

Exit state(const Globals& globals, const StateOptions& options) {
  return finish(globals, tell(globals, options));
}

}  // namespace qualog::tools
