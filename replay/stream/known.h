// SPDX-License-Identifier: Apache-2.0
// What earlier events said and a row must know: which items are codes of the codebook (a case is
// none), and which are profiles. What is not known is withheld: a name of an unknown code does not
// leave. Made by learning every event from the first, or from a state. One thread.
#pragma once

#include "projector/store.h"
#include "schema/ids.h"

#include <unordered_set>

namespace qualog::fb {
struct Event;
}

namespace qualog::stream {

class Known {
 public:
  Known() = default;
  // All that the events folded into `state` said, those of deleted items too.
  static Known of(const projector::Reader& state);

  void learn(const fb::Event& event);

  bool is_code(const ItemId& id) const { return codes_.contains(id); }
  bool is_profile(const ItemId& id) const { return profiles_.contains(id); }

 private:
  std::unordered_set<ItemId> codes_;
  std::unordered_set<ItemId> profiles_;
};

}  // namespace qualog::stream
