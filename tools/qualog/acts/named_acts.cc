// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/acts/named_acts.h"

#include "tools/qualog/acts/own_lease.h"
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

struct NamedActs {
  std::vector<std::uint64_t> sequences;
  std::vector<std::string> words;  // of each: "event 42 (coded "Stress")"
};

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

// Error: not_found, there is no such event.
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

// The actor's session that has edit mode of what one of the acts has edited; else a new one.
SessionId session_for(const Globals& globals, const projector::Reader& state,
                      const NamedActs& acts) {
  SessionId own;
  const auto is_edited_by_actor = [&](const EffectRow& effect) {
    for (const auto& item : edited_by(effect))
      if (const auto lease = own_lease(globals, state, item)) own = lease->session;
    return bool(own);
  };
  for (const auto act : acts.sequences)
    if (first_effect(state, Sequence{act}, is_edited_by_actor)) return own;
  return engine::new_id<SessionId>(globals.effects());
}

// print_answer(), and which acts it took back, or left as they are.
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

}  // namespace

Result<Exit> take_acts_back(const Globals& globals, const std::string& project,
                            const MakeTaking& make) {
  NamedActs acts;
  const auto send = [&](engine::Project& opened) -> Result<engine::Answer> {
    QUALOG_ASSIGN(const auto state, opened.read());
    QUALOG_ASSIGN(auto taking, make(opened, *state));
    QUALOG_ASSIGN(acts, named_acts(*state, taking.sequences));
    return act_in(opened, globals, session_for(globals, *state, acts), std::move(taking.action));
  };
  return print_answer_of(globals, project, send, [&](const Globals&, const auto& answer) {
    return print_taken_back(globals, answer, acts);
  });
}

}  // namespace qualog::tools
