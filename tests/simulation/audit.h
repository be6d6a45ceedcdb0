// SPDX-License-Identifier: Apache-2.0
// Audit: what a run has reached: answers by action and by refusal code, faults, checks, the digest
// of what was written. A run that proves little is noticed here, and one that goes otherwise. Adds
// up over seeds and threads.
#pragma once

#include "schema/chain.h"
#include "schema/fbs/action_generated.h"
#include "schema/fbs/aside_generated.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace qualog::simulation {

struct Audit {
  struct OfAction {
    std::uint64_t accepted = 0;
    std::uint64_t repeated = 0;
    std::uint64_t refused = 0;
    bool operator==(const OfAction&) const = default;
  };
  std::array<OfAction, 256> actions{};  // by the first action of a command
  std::array<std::uint64_t, 64> refusals{};
  std::uint64_t seeds = 0;
  std::uint64_t steps = 0;
  std::uint64_t sent = 0;
  std::uint64_t unsound = 0;                    // stopped at the door
  std::map<std::string, std::uint64_t> counts;  // of what happened, by its name
  Digest digest{};                              // of items and rows; those of several seeds, xored

  void add(const Audit& other);
  bool operator==(const Audit&) const = default;
};

}  // namespace qualog::simulation
