// SPDX-License-Identifier: Apache-2.0
// Network: messages under way. They wait, overtake each other, get lost. One thread.
#pragma once

#include "tests/simulation/crowd.h"

#include <utility>

namespace qualog::simulation {

class Network {
 public:
  explicit Network(const NetworkHabits& habits) : habits_(habits) {}

  void take(const std::vector<Message>& messages, Dice& dice) {
    for (const auto& message : messages)
      if (!dice.percent(habits_.loses)) under_way_.push_back(message);
  }
  // What arrives at this step, in the order in which it does.
  std::vector<Message> arriving(Dice& dice) {
    std::vector<Message> now, later;
    for (const auto& message : std::exchange(under_way_, {}))
      (dice.percent(habits_.waits) ? later : now).push_back(message);
    under_way_ = std::move(later);
    for (std::size_t n = 1; n < now.size(); ++n)
      if (dice.percent(habits_.reorders)) std::swap(now[n], now[dice.below(n)]);
    return now;
  }
  void clear() { under_way_.clear(); }

 private:
  const NetworkHabits& habits_;
  std::vector<Message> under_way_;
};

}  // namespace qualog::simulation
