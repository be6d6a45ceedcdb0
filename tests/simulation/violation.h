// SPDX-License-Identifier: Apache-2.0
// Violation: the first promise that a simulated history breaks; what comes after the first says
// nothing more. Invariants have the numbers of tests/simulation/README.md.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace qualog::simulation {

struct Violation {
  std::string invariant;  // "I14"
  std::string what;
  std::size_t step = 0;
};

class Verdicts {
 public:
  void at_step(std::size_t step) { step_ = step; }
  void wrong(std::string invariant, std::string what) {
    if (!first_) first_ = Violation{std::move(invariant), std::move(what), step_};
  }
  const std::optional<Violation>& first() const { return first_; }

 private:
  std::size_t step_ = 0;
  std::optional<Violation> first_;
};

}  // namespace qualog::simulation
