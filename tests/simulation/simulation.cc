// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/simulation.h"

#include "projector/digest.h"
#include "schema/codec.h"
#include "tests/engine/conservation.h"
#include "tests/simulation/check/states.h"
#include "tests/support/actions.h"

namespace qualog::simulation {

namespace {
constexpr int kRoundsUntilAnswered = 60;
}

Simulation::Simulation(Plan plan, const HostBugs& bugs)
    : plan_(std::move(plan)),
      bugs_(bugs),
      keys_{Bytes(32, 0x43), test::test_name_key()},
      truth_(verdicts_, witness()),
      rows_(verdicts_, looks()),
      functions_(verdicts_, {truth_.state(), commands(), *blobs_, plan_.lease_timeout_us}),
      model_(verdicts_, {commands(), truth_.outcomes(), plan_.lease_timeout_us, plan_.common_only}),
      answers_(verdicts_, truth_),
      storage_(plan_, bugs),
      host_(plan_, {storage_, truth_, &keys_, clock_, bugs, options()}, verdicts_, audit_),
      crowd_(plan_, keys_, audit_),
      network_(plan_.network) {}

std::optional<Violation> Simulation::run() {
  begin();
  for (std::size_t number = 1; number <= plan_.steps && !failed(); ++number)
    if (!plan_.left_out.contains(number)) step(number);
  if (!failed()) finish();
  audit_.seeds = 1;
  audit_.counts["compared with the model"] = model_.compared();
  audit_.digest = digest();
  return verdicts_.first();
}

Digest Simulation::digest() const {
  Sha256 hash;
  for (const auto& event : truth_.events()) hash.add(event);
  for (const auto& aside : truth_.asides()) hash.add(aside);
  const auto rows = projector::digests(truth_.state());
  return hash.add(rows.content).add(rows.state).add(rows.aside).finish();
}

// The founder makes the project and takes the others in, in whatever role.
void Simulation::begin() {
  Dice dice(plan_.seed, 2);
  test::Actions actions = {test::project_created("Gym in change")};
  const auto send = [&](const test::Actions& made) {
    const auto command = command_of(dice.id<CommandId>(), crowd_.client(0).author.session, made,
                                    truth_.head().value);
    Bytes bytes;
    pack(command, bytes);
    submit(crowd_.sends(0, bytes, answers_.last_answered()), false, Dice(plan_.seed, 3));
  };
  host_.work();
  send(actions);
  host_.work();
  for (std::size_t number = 1; number < plan_.people; ++number) {
    const auto group = static_cast<fb::Group>(dice.from_to(dice.one_in(5) ? 0 : 2, 3));
    if (group != fb::Group::None) send({test::member_added(person(number), group)});
  }
  host_.work();
}

void Simulation::step(std::size_t number) {
  Dice dice(plan_.seed, 100 + number);
  verdicts_.at_step(number);
  ++audit_.steps;
  pass_time(dice);
  const auto client = dice.below(crowd_.size());
  network_.take(crowd_.act(client, number, known_, truth_, answers_.last_answered(), dice), dice);
  for (const auto& message : network_.arriving(dice)) submit(message, true, Dice(dice.next()));
  host_.step(dice);
  if (dice.one_in(70)) compare_states();
}

void Simulation::pass_time(Dice& dice) {
  clock_.pass(1 + dice.below(plan_.step_us_max));
  if (dice.below(1000) >= plan_.faults.clock_jump) return;
  // The machine's clock goes back, or far ahead.
  const auto now = clock_.now_us();
  clock_.set(dice.one_in(2) ? now - dice.below(5'000'000) : now + dice.below(200'000'000));
}

void Simulation::submit(const Message& message, bool lossy, Dice dice) {
  auto& sent = crowd_.sent(message.sent);
  engine::Submission submission;
  submission.command = std::move(*unpack(**command_view(sent.variants[message.variant])));
  submission.principal = sent.principal;
  const bool arrives = !lossy || !dice.percent(plan_.network.loses_answer);
  const bool taken = host_.submit(
      std::move(submission),
      [this, message, arrives](const engine::Answer& answer, bool newest) {
        answered(message, answer, newest, arrives);
      },
      dice);
  if (!taken) return;
  ++sent.open;
  sent.denied = false;
}

void Simulation::answered(const Message& message, const engine::Answer& answer, bool newest,
                          bool arrives) {
  auto& sent = crowd_.sent(message.sent);
  if (sent.told.empty() && is_outcome(answer)) count(message, answer);
  if (answer.outcome != engine::Outcome::unknown) --sent.open;
  sent.denied = answer.outcome == engine::Outcome::not_applied && sent.open == 0;
  answers_.heard(sent, message.variant, answer, newest);
  if (arrives) crowd_.hears(message, answer);
}

// What refuses is in one of the actions; it counts for the first.
void Simulation::count(const Message& message, const engine::Answer& answer) {
  const auto& sent = crowd_.sent(message.sent);
  const auto& actions = *(*command_view(sent.variants[message.variant]))->actions();
  const auto of = [&](const fb::Proposal* proposal) -> Audit::OfAction& {
    return audit_.actions[static_cast<std::size_t>(proposal->action_type())];
  };
  if (answer.refusal) {
    ++of(actions.Get(0)).refused;
    ++audit_.refusals[static_cast<std::size_t>(answer.refusal->code)];
    return;
  }
  for (const auto* proposal : actions)
    ++(answer.noop ? of(proposal).repeated : of(proposal).accepted);
}

void Simulation::came_to_be(const fb::CommandId* id) {
  if (const auto* sent = crowd_.sent_under(flatbuffers::UnPack(*id))) answers_.came_to_be(*sent);
}

Truth::Witness Simulation::witness() {
  return {[this](const fb::Event& event) {
            rows_.before(event);
            functions_.before(event);
          },
          [this](const fb::Event& event) {
            came_to_be(event.command_id());
            rows_.after(event);
            model_.event(event);
            known_.learn(truth_.state(), Sequence{event.sequence()});
          },
          [this](const fb::Aside& aside) {
            came_to_be(aside.command_id());
            rows_.aside(aside);
            functions_.aside(aside);
            model_.aside(aside);
          }};
}

engine::OwnerOptions Simulation::options() const {
  engine::OwnerOptions options;
  options.lease_timeout_us = plan_.lease_timeout_us;
  options.record_bytes = plan_.record_bytes;
  options.blobs = blobs_;
  return options;
}

Rows::Looks Simulation::looks() const {
  return {truth_.state(),
          [this](std::uint64_t at) -> const fb::Event& {
            return trusted_event(truth_.events()[at - 1]);
          },
          [this](const CommandId& id) { return crowd_.has_sent(id); }, commands(),
          plan_.lease_timeout_us};
}

std::function<const fb::Command*(const CommandId&, const Digest&)> Simulation::commands() const {
  return
      [this](const CommandId& id, const Digest& digest) { return crowd_.command_of(id, digest); };
}

// I5: the state of whoever owns the project is the fold of the log.
void Simulation::compare_states() {
  const auto* node = host_.newest();
  if (node == nullptr || storage_.dead() || !node->works()) return;
  if (const auto place = first_difference(node->state(), truth_.state()))
    verdicts_.wrong("I5", "the owner's state is not the fold of the log: " + *place);
}

// ---- the end ------------------------------------------------------------------------------------

void Simulation::finish() {
  verdicts_.at_step(plan_.steps + 1);
  network_.clear();
  host_.calm();
  if (!failed()) answer_everybody();
  if (!failed()) check_end();
}

// I24: once nothing fails, everybody gets an answer.
void Simulation::answer_everybody() {
  for (int round = 0; round < kRoundsUntilAnswered && !failed(); ++round) {
    const auto waiting = crowd_.all_waiting();
    if (waiting.empty()) return;
    clock_.pass(1'000);
    for (const auto& message : waiting) submit(message, false, Dice(plan_.seed, 4));
    host_.work();
  }
  if (const auto waiting = crowd_.all_waiting(); !waiting.empty())
    verdicts_.wrong(
        "I24", "command " + crowd_.sent(waiting.front().sent).id.text() + " never gets an answer");
}

void Simulation::check_end() {
  compare_states();
  answers_.check_all(crowd_.all_sent());
  host_.open_from_nothing();
  compare_states();
  if (const auto wrong = test::Conservation(truth_.state()).check(truth_.head()))
    verdicts_.wrong("I22", *wrong);
  if (host_.newest() != nullptr &&
      host_.newest()->settled().chain != truth_.chain(storage_.ids().lineage))
    verdicts_.wrong("I7", "the chain is another one");
  Truth::Reading reading(truth_);
  if (const auto read = storage_.read(reading); !read || !read->damage.empty())
    verdicts_.wrong("I4", "a reader finds damage");
}

}  // namespace qualog::simulation
