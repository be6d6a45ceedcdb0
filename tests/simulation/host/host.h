// SPDX-License-Identifier: Apache-2.0
// Host: the machines that own one project in turn. It opens owners, lets them work, and lets happen
// to them what the plan says: crashes, power cuts, failing disks, a second owner while the first is
// held up. One thread.
#pragma once

#include "tests/simulation/audit.h"
#include "tests/simulation/host/node.h"

#include <functional>
#include <memory>

namespace qualog::simulation {

class Host {
 public:
  // Who waits for an answer; `newest`: no other owner has followed the one that gives it.
  using Done = std::function<void(const engine::Answer&, bool newest)>;

  Host(const Plan& plan, const NodePlace& place, Verdicts& verdicts, Audit& audit)
      : plan_(plan),
        place_(place),
        verdicts_(verdicts),
        audit_(audit),
        other_keys_{Bytes(32, 0x44), place.keys->name} {}

  // Hands a command to an owner, mostly to the newest. False: there is none.
  bool submit(engine::Submission submission, Done done, Dice& dice);
  // What may go wrong at this step, then what the owners do.
  void step(Dice& dice);
  // From now on nothing goes wrong; the newest owner is open, or there is a violation.
  void calm();
  // Lets the newest owner work, and opens another where it cannot.
  void work();
  // Opens once more, from an empty state.
  void open_from_nothing();
  const Node* newest() const { return newest_.get(); }

 private:
  void let_happen(Dice& dice);
  void crash(bool power_cut);
  void hold_up(Dice& dice);
  void second_on_files();
  void open(Dice& dice);
  void open(std::shared_ptr<const Checkpoint> from);
  void make_checkpoint();
  engine::Answer as_told(engine::Answer answer);
  void end_of(std::unique_ptr<Node>& node);
  void count(const char* name) { ++audit_.counts[name]; }
  engine::Subscriber subscriber(std::shared_ptr<Sequence> last);
  void published(Sequence& last, Sequence at, ByteView bytes);
  bool happens(unsigned in_thousand, Dice& dice) const { return dice.below(1000) < in_thousand; }

  const Plan& plan_;
  NodePlace place_;
  Verdicts& verdicts_;
  Audit& audit_;
  std::unique_ptr<Node> newest_;
  std::unique_ptr<Node> held_up_;  // an older one
  std::shared_ptr<const Checkpoint> checkpoint_;
  engine::LineageKeys other_keys_;
  engine::Answer told_before_;
  std::uint64_t told_ = 0;
};

}  // namespace qualog::simulation
