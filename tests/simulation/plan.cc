// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/plan.h"

#include "schema/limits.h"
#include "tests/simulation/generate/stories.h"
#include "tests/simulation/written.h"

#include <algorithm>

namespace qualog::simulation {

namespace {

// Off in a third of the worlds, else up to `most`.
unsigned swarm(Dice& dice, unsigned most) {
  return dice.one_in(3) ? 0 : static_cast<unsigned>(dice.from_to(1, most));
}

bool stops_everybody(const engine::Rule& rule) {
  return std::ranges::any_of(rule.writes, [](const engine::Write& write) {
    return write.field.empty() && write.facet == projector::Facet::Life;
  });
}

}  // namespace

bool is_common(fb::Action action) {
  using A = fb::Action;
  const bool spine = action <= A::MemberMoved || action == A::UserPropsChanged ||
                     (action >= A::LeaseAcquired && action <= A::LeaseBroken) ||
                     (action >= A::FolderCreated && action <= A::FolderDeleted) ||
                     (action >= A::SourceCreated && action <= A::SourceTextEdited) ||
                     (action >= A::CodeCreated && action <= A::CodeUnmerged) ||
                     (action >= A::CodingAdded && action <= A::CodingWeightOrCommentSet) ||
                     (action >= A::AnnotationCreated && action <= A::SeealsoDeleted);
  const bool named = action == A::CodeDeleted || action == A::ImportStarted ||
                     action == A::UndoApplied || action == A::UserProfileCreated;
  const bool apart = action >= A::ProjectRestored && action <= A::EventlogCleared;
  return (spine && !apart) || named;
}

namespace {

// What makes things has to come up, or there is nothing to act on. An unserved action comes rarely.
std::uint32_t weight_of(Dice& dice, fb::Action action) {
  static constexpr std::array<std::uint32_t, 6> kWeights = {0, 2, 4, 8, 8, 24};
  const auto* rule = written_row(action);
  if (rule == nullptr) return dice.one_in(30) ? 1 : 0;
  const auto weight = dice.one_of(kWeights);
  if (rule->need == engine::Need::Engine || rule->need == engine::Need::Import ||
      rule->need == engine::Need::Creator)
    return 1;
  if (!rule->creates.empty()) return std::max(weight, 12U);
  // Without these nobody edits, and nobody has the project alone.
  if (action == fb::Action::LeaseAcquired && weight > 0) return 40;
  if (action == fb::Action::ExclusiveAcquired) return dice.one_in(4) ? 12 : 1;
  if (stops_everybody(*rule)) return dice.one_in(6) ? 1 : 0;
  return rule->references.empty() ? std::min(weight, 3U) : weight;
}

// All else is rare, what makes things too, or nobody would come to the story's.
void tell_story(Plan& plan, std::span<const fb::Action> story) {
  for (auto& weight : plan.weights) weight = std::min(weight, 2U);
  for (const auto action : story) plan.weights[static_cast<std::size_t>(action)] = 40;
}

// What lies next to each other in the catalogue belongs together.
void favour_part(Dice& dice, Plan& plan) {
  constexpr std::size_t kPart = 24;
  const auto parts = static_cast<std::size_t>(fb::Action::MAX) / (kPart / 2);
  const auto first = 1 + dice.below(parts) * (kPart / 2);
  for (auto number = first; number < first + kPart && number < plan.weights.size(); ++number)
    if (plan.weights[number] > 1) plan.weights[number] = 80;
}

// In most worlds people are busy with one thing: what takes several steps comes about.
void keep_busy(Dice& dice, Plan& plan) {
  if (!plan.common_only && dice.one_in(2)) return tell_story(plan, dice.one_of(kStories));
  if (!dice.one_in(4)) favour_part(dice, plan);
}

Habits habits_of(Dice& dice) {
  return {.several_actions = swarm(dice, 25),
          .old_look = swarm(dice, 60),
          .no_look = swarm(dice, 8),
          .newest_look = swarm(dice, 40),
          .builds_on = swarm(dice, 10),
          .repeats = swarm(dice, 20),
          .other_bytes = swarm(dice, 6),
          .new_session = swarm(dice, 5),
          .pauses = swarm(dice, 5),
          .nonsense = swarm(dice, 12)};
}

NetworkHabits network_of(Dice& dice) {
  return {.loses = swarm(dice, 15),
          .loses_answer = swarm(dice, 25),
          .reorders = swarm(dice, 60),
          .copies_max = static_cast<unsigned>(dice.from_to(1, 5)),
          .waits = swarm(dice, 70)};
}

Faults faults_of(Dice& dice) {
  return {.crash = swarm(dice, 12),
          .power_cut = swarm(dice, 8),
          .failing_sync = swarm(dice, 12),
          .failing_write = swarm(dice, 6),
          .second_owner = swarm(dice, 12),
          .clock_jump = swarm(dice, 15),
          .reopen = swarm(dice, 6)};
}

}  // namespace

Plan plan_of(std::uint64_t seed) {
  Dice dice(seed, 0);
  Plan plan;
  plan.seed = seed;
  plan.on_files = dice.percent(50);
  plan.clients = dice.one_in(4) ? dice.from_to(1, 25) : dice.from_to(2, 8);
  plan.people = dice.from_to(1, plan.clients);
  plan.steps = dice.from_to(120, 420);
  plan.lease_timeout_us = static_cast<std::int64_t>(dice.from_to(5, 120)) * 1'000'000;
  plan.step_us_max = dice.one_of(std::array<std::uint64_t, 3>{1'000, 100'000, 3'000'000});
  plan.common_only = dice.percent(35);
  for (std::size_t number = 1; number < plan.weights.size(); ++number) {
    const auto weight = weight_of(dice, static_cast<fb::Action>(number));
    const bool out = plan.common_only && !is_common(static_cast<fb::Action>(number));
    plan.weights[number] = out ? 0 : weight;
  }
  keep_busy(dice, plan);
  plan.habits = habits_of(dice);
  plan.network = network_of(dice);
  plan.faults = faults_of(dice);
  const unsigned worst = dice.one_in(4) ? 15 : 3;
  for (auto& odds : plan.topic_odds) odds = swarm(dice, worst);
  plan.record_bytes = dice.one_of(std::array<std::size_t, 3>{300, 2'000, limits::kRecordBytesMax});
  return plan;
}

std::string person(std::size_t number) { return "person-" + std::to_string(number); }

}  // namespace qualog::simulation
