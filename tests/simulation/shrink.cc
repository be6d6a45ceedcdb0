// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/shrink.h"

#include "schema/actions.h"
#include "schema/codec.h"

#include <algorithm>

namespace qualog::simulation {

namespace {

constexpr int kRunsMax = 400;

class Shrinking {
 public:
  Shrinking(const Plan& plan, const HostBugs& bugs, const Violation& found)
      : plan_(plan), bugs_(bugs), found_(found) {
    for (std::size_t step = 1; step <= std::min(plan.steps, found.step); ++step)
      steps_.push_back(step);
    plan_.steps = std::min(plan.steps, found.step);
  }

  Shrunk run() {
    const auto before = steps_.size();
    for (auto size = std::max<std::size_t>(before / 2, 1); runs_ < kRunsMax; size /= 2) {
      drop_pieces(size);
      if (size <= 1) break;
    }
    return {steps_, before, found_, story()};
  }

 private:
  // Leaves out each piece of so many steps without which the promise is broken still.
  void drop_pieces(std::size_t size) {
    for (std::size_t begin = 0; begin < steps_.size() && runs_ < kRunsMax;) {
      auto fewer = steps_;
      const auto end = std::min(begin + size, fewer.size());
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(begin),
                  fewer.begin() + static_cast<std::ptrdiff_t>(end));
      if (breaks_with(fewer))
        steps_ = std::move(fewer);
      else
        begin = end;
    }
  }

  Plan with(const std::vector<std::size_t>& steps) const {
    Plan plan = plan_;
    plan.left_out.clear();
    for (std::size_t step = 1; step <= plan.steps; ++step)
      if (!std::ranges::binary_search(steps, step)) plan.left_out.insert(step);
    return plan;
  }

  bool breaks_with(const std::vector<std::size_t>& steps) {
    ++runs_;
    const auto found = Simulation(with(steps), bugs_).run();
    if (!found || found->invariant != found_.invariant) return false;
    found_.what = found->what;
    return true;
  }

  std::vector<std::string> story() const {
    Simulation simulation(with(steps_), bugs_);
    simulation.run();
    std::vector<std::string> lines;
    for (const auto& bytes : simulation.truth().events()) {
      const auto& event = trusted_event(bytes);
      lines.push_back("event " + std::to_string(event.sequence()) + " " +
                      std::string(action_name(event.action_type())) + " by " +
                      event.actor()->str() + ", seen " + std::to_string(event.seen()));
    }
    return lines;
  }

  Plan plan_;
  const HostBugs& bugs_;
  Violation found_;
  std::vector<std::size_t> steps_;
  int runs_ = 0;
};

}  // namespace

Shrunk shrunk(const Plan& plan, const HostBugs& bugs, const Violation& found) {
  return Shrinking(plan, bugs, found).run();
}

}  // namespace qualog::simulation
