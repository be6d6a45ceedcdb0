// SPDX-License-Identifier: Apache-2.0
// fold: the one way by which the state changes. Pure: no clock, no random, no file, no key; the
// same events give the same rows on every Store. Asides fold into tables of their own.
// One thread; the store outlives it.
#pragma once

#include "projector/fold/change.h"
#include "schema/result.h"

#include <string>

namespace qualog::fb {
struct Event;
struct Aside;
}  // namespace qualog::fb

namespace qualog::projector {

class Fold {
 public:
  explicit Fold(Store& store) : store_(store) {}

  // Folds one event. Errors: too_new (an action this version does not know: the fold stops and
  // skips nothing), damaged.
  Result<void> event(const fb::Event& event);

  // Of the last event: the id of an item that it should have made, which one of another kind has
  // taken; zero: none. Ids that follow from others can be computed by whoever makes items.
  const ItemId& taken() const { return taken_; }

  // Folds one aside, `stored` being its bytes.
  Result<void> aside(const fb::Aside& aside, ByteView stored);

 private:
  Act act_of(const fb::Event& event);

  Store& store_;
  std::string principal_;  // of the event before: its profile is derived once
  ItemId profile_;
  ItemId taken_;
};

// The time of the last event folded; 0 before the first.
std::int64_t clock_of(const Reader& reader);
// The lineage of the project; zero before event 1.
LineageId lineage_of(const Reader& reader);

}  // namespace qualog::projector
