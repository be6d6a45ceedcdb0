// SPDX-License-Identifier: Apache-2.0
// MixedWork: what a team of twenty does with a project, as commands, the same for the same seed:
// nearly all of them code passages of 8 to 1 200 characters, of a hundred codings two are taken
// back, the codebook grows and is put in order, and now and then 300 to 5 000 codings come at once.
// One thread.
#pragma once

#include "engine/decide.h"

#include <random>
#include <string>
#include <vector>

namespace qualog::tools {

class MixedWork {
 public:
  struct Act {
    std::string principal;
    fb::CommandT command;
  };

  explicit MixedWork(std::uint64_t seed) : random_(seed) {}

  // Of a new project, in order: its team, codes, and sources of text.
  std::vector<Act> beginning();
  // What comes next.
  std::vector<Act> next(std::size_t commands);

 private:
  template <class Id>
  Id new_id();
  std::size_t below(std::size_t end) { return random_() % end; }
  template <class Value>
  const Value& one_of(const std::vector<Value>& values) {
    return values[below(values.size())];
  }

  Act act_of(std::size_t member, std::vector<fb::ActionUnion> actions);
  fb::ActionUnion any_action(std::size_t member);
  fb::ActionUnion member_added(std::size_t member);
  fb::ActionUnion source_created();
  fb::ActionUnion code_created();
  fb::ActionUnion code_renamed();
  fb::ActionUnion code_moved();
  fb::ActionUnion coding_added(std::size_t member);
  fb::ActionUnion coding_removed(std::size_t member);
  fb::ActionUnion annotation_created();
  std::vector<fb::ActionUnion> burst(std::size_t member);

  std::mt19937_64 random_;
  std::vector<ItemId> categories_;
  std::vector<ItemId> codes_;
  std::vector<ItemId> sources_;
  std::vector<SessionId> sessions_;           // by member
  std::vector<std::vector<ItemId>> codings_;  // by member, not taken back
  std::size_t names_ = 0;
};

}  // namespace qualog::tools
