// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/host/host.h"

#include <algorithm>

namespace qualog::simulation {

bool Host::submit(engine::Submission submission, Done done, Dice& dice) {
  const auto& bugs = place_.bugs;
  const bool to_newest = !held_up_ || !dice.one_in(3);
  auto* node = to_newest ? newest_.get() : held_up_.get();
  if (node == nullptr) return false;
  const bool is_known = place_.truth.outcomes().of(submission.command.command_id) != nullptr;
  if (bugs.answers_nobody_twice && is_known) return false;
  // Who is dead says nothing.
  submission.done = [this, node, done = std::move(done)](const engine::Answer& answer) {
    if (!place_.storage.dead()) done(as_told(answer), node == newest_.get());
  };
  submission.trusted = bugs.trusts_senders;
  if (bugs.signs_as_founder) submission.principal = person(0);
  if (bugs.forgets_after) submission.command.after = {};
  if (bugs.one_session) submission.command.session.bytes.fill(7);
  node->submit(std::move(submission));
  return true;
}

engine::Answer Host::as_told(engine::Answer answer) {
  const auto& bugs = place_.bugs;
  const auto mine = answer;
  if (bugs.swaps_answers && ++told_ % 5 == 0) answer = told_before_;
  answer.command = mine.command;
  told_before_ = mine;
  const bool has_event = answer.outcome == engine::Outcome::accepted && !answer.noop;
  if (bugs.answers_head && has_event) answer.sequence = place_.truth.head();
  if (bugs.hides_refusals && answer.refusal)
    answer = {engine::Outcome::accepted, answer.command, place_.truth.head(), false, {}, {}, {}};
  return answer;
}

void Host::step(Dice& dice) {
  let_happen(dice);
  if (!newest_) open(dice);
  if (newest_ && newest_->has_work() && !dice.one_in(5)) newest_->turn();
  if (held_up_ && dice.one_in(8)) {
    held_up_->turn();
    if (!held_up_->works()) held_up_.reset();
  }
  if (newest_ && dice.one_in(20)) newest_->maintain();
  if (newest_ && !place_.storage.dead() && newest_->works() && dice.one_in(60)) make_checkpoint();
  if (newest_ && (place_.storage.dead() || !newest_->works())) end_of(newest_);
}

void Host::let_happen(Dice& dice) {
  const auto& faults = plan_.faults;
  if (happens(faults.crash, dice)) dice.one_in(2) ? place_.storage.die_soon(dice) : crash(false);
  if (happens(faults.power_cut, dice)) crash(true);
  if (happens(faults.failing_sync, dice)) place_.storage.fail_sync(dice);
  if (happens(faults.failing_write, dice)) place_.storage.fail_write(dice);
  if (happens(faults.second_owner, dice)) hold_up(dice);
  if (!happens(faults.reopen, dice) || !newest_) return;
  count("closed");
  newest_->close();
  end_of(newest_);
}

void Host::crash(bool power_cut) {
  count(power_cut ? "power cut" : "crash");
  newest_.reset();
  if (place_.storage.on_files()) held_up_.reset();
  power_cut ? place_.storage.cut_power() : place_.storage.end_process();
}

// The process has ended, or ends because its log takes no more.
void Host::end_of(std::unique_ptr<Node>& node) {
  const bool dead = place_.storage.dead();
  node.reset();
  if (dead) count("died in a write");
  place_.storage.end_process();
}

void Host::hold_up(Dice& dice) {
  if (!newest_) return;
  if (place_.storage.on_files()) return second_on_files();
  count("second owner");
  held_up_ = std::move(newest_);
  open(dice);
}

// Files have one owner at a time.
void Host::second_on_files() {
  if (place_.storage.dead()) return;
  log::NoSink nothing;
  const auto second = place_.storage.open({}, std::nullopt, nothing);
  if (second) verdicts_.wrong("I18", "two owners of one directory");
}

void Host::open(Dice& dice) { open(dice.one_in(2) ? checkpoint_ : nullptr); }

void Host::make_checkpoint() {
  const auto made = newest_->checkpoint();
  const bool is_stale = place_.bugs.opens_from_stale && checkpoint_;
  checkpoint_ =
      is_stale ? std::make_shared<Checkpoint>(Checkpoint{checkpoint_->rows, made->applied}) : made;
}

void Host::open(std::shared_ptr<const Checkpoint> from) {
  const auto last = std::make_shared<Sequence>();
  auto opened = Node::open(place_, std::move(from), subscriber(last));
  if (opened) {
    count("opened");
    newest_ = std::move(*opened);
    *last = place_.truth.head();
    if (place_.bugs.changes_key) place_.keys = &other_keys_;
    return;
  }
  count("not opened");
  const bool may_fail = place_.storage.dead() || place_.storage.faulty() ||
                        (!place_.storage.on_files() && opened.error().code != Code::damaged);
  if (!may_fail) verdicts_.wrong("I4", "a good log is refused: " + opened.error().message);
  if (!held_up_ || place_.storage.on_files()) place_.storage.end_process();
}

engine::Subscriber Host::subscriber(std::shared_ptr<Sequence> last) {
  return [this, last, told = 0](Sequence at, ByteView bytes) mutable {
    if (place_.storage.dead()) return;
    if (place_.bugs.skips_publishing && ++told % 7 == 0) return;
    published(*last, place_.bugs.publishes_shifted ? at.next() : at, bytes);
  };
}

// I16: what is published is what the log holds, in order and without a gap.
void Host::published(Sequence& last, Sequence at, ByteView bytes) {
  const auto& events = place_.truth.events();
  if (at.value > events.size() || !std::ranges::equal(events[at.value - 1], bytes))
    verdicts_.wrong("I16", "published, and not in the log: event " + std::to_string(at.value));
  if (at != last.next())
    verdicts_.wrong("I16", "published behind event " + std::to_string(last.value) + ": event " +
                               std::to_string(at.value));
  last = at;
}

void Host::calm() {
  held_up_.reset();
  place_.storage.calm();
  if (place_.storage.dead()) end_of(newest_);
  for (int tries = 0; tries < 20 && (!newest_ || !newest_->works()); ++tries) {
    if (newest_) end_of(newest_);
    open(nullptr);
  }
  if (!newest_) verdicts_.wrong("I24", "nobody can open the log any more");
}

void Host::work() {
  if (newest_) newest_->turn();
  if (newest_ && !newest_->works()) end_of(newest_);
  if (!newest_) open(nullptr);
}

void Host::open_from_nothing() {
  if (newest_) newest_->close();
  newest_.reset();
  place_.storage.end_process();
  open(nullptr);
}

}  // namespace qualog::simulation
