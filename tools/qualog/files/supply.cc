// SPDX-License-Identifier: Apache-2.0
// qualog source supply PROJECT SOURCE FILE: the text that a source has been missing since its
// import, from a file.
#include "tools/import/supply.h"

#include "projector/query/codings.h"
#include "projector/query/sources.h"
#include "tools/import/one_act.h"
#include "tools/import/text_actions.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/loss_lines.h"
#include "tools/qualog/support/print.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

// A source that misses its text, and the passages that wait for it.
struct Waiting {
  ItemId source;
  std::vector<interchange::ForeignRange> passages;
};

Result<Waiting> find_waiting(const projector::Reader& state, const std::string& given) {
  Waiting found;
  QUALOG_ASSIGN(found.source, find_item(state, given, {projector::Kind::Source}, "source"));
  const auto content = projector::content_row(state, found.source);
  if (!content || content->state != projector::ContentState::Missing)
    return fail(Code::invalid, fmt::format("the text of \"{}\" is there already; edit it instead, "
                                           "see qualog schema source.text_edited",
                                           given));
  projector::CodingFilter filter;
  filter.source = found.source;
  filter.with_text = false;
  for (const auto& coding : projector::codings(state, filter))
    if (!coding.whole && !coding.detached) found.passages.push_back({coding.begin, coding.end, {}});
  QUALOG_TRY(state.undamaged());
  return found;
}

// Passages are cut to the text for good; it may be another's.
Result<void> check_reaches(const projector::Reader& state, const Waiting& waiting,
                           const FoundText& found, const SourceOptions& options) {
  const auto length = found.text->code_points;
  std::size_t behind = 0;
  projector::visit_anchored(state, waiting.source.view(), [&](const auto& anchored) {
    behind += anchored.range.end > length ? 1 : 0;
    return true;
  });
  if (behind == 0 || options.cut) return {};
  const auto better = better_count(*found.text, waiting.passages);
  return fail(Code::conflict,
              fmt::format("{}: {} passages of \"{}\" end behind its {} characters{}; supply the "
                          "text that they were made on, or cut them with --cut",
                          options.file, behind, options.source, length,
                          better.empty() ? "" : ", and look counted in " + better));
}

void doubt_positions(FoundText& found, const Waiting& waiting) {
  const auto better = better_count(*found.text, waiting.passages);
  if (better.empty()) return;
  interchange::LossList losses;
  losses.doubt("Coding", "passages look counted in " + better + "; check them",
               waiting.passages.size());
  for (auto& row : losses.take()) found.losses.push_back(std::move(row));
}

Exit print_supplied(const Globals& globals, const engine::Answer& answer, const Waiting& waiting,
                    const FoundText& found) {
  if (answer.outcome != engine::Outcome::accepted) return print_answer(globals, answer);
  if (globals.json) {
    auto line = answer_json(answer);
    line["source"] = waiting.source.text();
    line["length"] = found.text->code_points;
    line["passages"] = waiting.passages.size();
    line["loss"] = losses_json(found.losses);
    print_line(line);
    return Exit::done;
  }
  print("{}: {} characters, {} passages\n", answer_text(answer), found.text->code_points,
        waiting.passages.size());
  print_losses(found.losses);
  return Exit::done;
}

Result<Exit> supply(const Globals& globals, const SourceOptions& options) {
  QUALOG_TRY(check_actor(globals.actor));
  QUALOG_ASSIGN(auto found, read_found_text(options.file));
  QUALOG_ASSIGN(const auto project, globals.open(options.project));
  const auto ask = [&]() -> Result<std::pair<Waiting, engine::Answer>> {
    QUALOG_ASSIGN(const auto state, project->read());
    QUALOG_TRY(globals.check_may_read(*state));
    QUALOG_ASSIGN(auto waiting, find_waiting(*state, options.source));
    QUALOG_TRY(check_reaches(*state, waiting, found, options));
    auto answer = project->owner().ask(
        one_act(supply_actions(waiting.source, *found.text), globals.effects()), globals.actor);
    return std::pair(std::move(waiting), std::move(answer));
  };
  const auto asked = ask();
  const auto closed = project->close();
  QUALOG_TRY(asked);
  doubt_positions(found, asked->first);
  const auto exit = print_supplied(globals, asked->second, asked->first, found);
  QUALOG_TRY(closed);
  return exit;
}

}  // namespace

Exit source_supply(const Globals& globals, const SourceOptions& options) {
  return finish(globals, supply(globals, options));
}

}  // namespace qualog::tools
