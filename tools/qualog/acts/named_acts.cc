// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/acts/named_acts.h"

#include "projector/query/leases.h"
#include "tools/qualog/acts/undoable.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/verbs.h"
#include "tools/qualog/support/words.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace qualog::tools {

namespace {

using projector::EffectRow;

constexpr std::size_t kToldMax = 10;

// What edit mode may be needed of to take an effect back.
std::vector<ItemId> edited_by(const EffectRow& effect) {
  std::vector<ItemId> items;
  if (effect.edit) items.push_back(effect.edit->source);
  for (const auto& entry : effect.entries) items.push_back(entry.item);
  return items;
}

// What it changed, or the first of what its group did.
std::string name_of_changed(const projector::Reader& state, Sequence act) {
  const auto changed =
      first_effect(state, act, [](const EffectRow& effect) { return !effect.entries.empty(); });
  return changed ? one_line(name_then(state, changed->entries.front().item, act)) : "";
}

std::string words_of_act(const projector::Reader& state, Sequence act) {
  const auto effect = projector::effect_at(state, act);
  const auto name = name_of_changed(state, act);
  return fmt::format("{} {} ({}{})", effect->group ? "the group" : "event", act.value,
                     action_in_words(static_cast<fb::Action>(effect->action)),
                     name.empty() ? "" : " \"" + name + "\"");
}

}  // namespace

Result<NamedActs> named_acts(const projector::Reader& state,
                             const std::vector<std::uint64_t>& sequences) {
  for (const auto sequence : sequences)
    if (!projector::effect_at(state, Sequence{sequence}))
      return fail(Code::not_found,
                  fmt::format("no event {} in this project; qualog log lists them", sequence));
  NamedActs acts{sequences, {}};
  for (std::size_t i = 0; i < std::min(sequences.size(), kToldMax); ++i)
    acts.words.push_back(words_of_act(state, Sequence{sequences[i]}));
  return acts;
}

SessionId session_for(const Globals& globals, const projector::Reader& state,
                      const NamedActs& acts) {
  const projector::Asking asking{static_cast<std::int64_t>(globals.effects().clock.now_us())};
  SessionId own;
  const auto is_edited_by_actor = [&](const EffectRow& effect) {
    for (const auto& item : edited_by(effect)) {
      const auto lease = projector::live_lease(state, item, asking);
      if (lease && projector::session_row(state, lease->session).principal == globals.actor)
        own = lease->session;
    }
    return bool(own);
  };
  for (const auto act : acts.sequences)
    if (first_effect(state, Sequence{act}, is_edited_by_actor)) return own;
  return engine::new_id<SessionId>(globals.effects());
}

Exit print_taken_back(const Globals& globals, const engine::Answer& answer, const NamedActs& acts) {
  const bool accepted = answer.outcome == engine::Outcome::accepted;
  if (globals.json) {
    auto line = answer_json(answer);
    line["acts"] = boost::json::array(acts.sequences.begin(), acts.sequences.end());
    print_line(line);
    return exit_of(answer);
  }
  const auto exit = print_answer(globals, answer);
  for (const auto& words : acts.words) print("{} {}\n", accepted ? "took back" : "left", words);
  if (acts.sequences.size() > acts.words.size())
    print("and {} more\n", acts.sequences.size() - acts.words.size());
  return exit;
}

}  // namespace qualog::tools
