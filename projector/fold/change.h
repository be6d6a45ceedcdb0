// SPDX-License-Identifier: Apache-2.0
// Change: what one event does to the state. The families set facets; a Change keeps, for each, who
// wrote it, what was there before (so that one mechanism undoes every action), and the indexes.
// Nothing is written before finish(). It knows no action. One event, one thread.
#pragma once

#include "projector/tables.h"

#include <unordered_map>
#include <vector>

namespace qualog::projector {

// What an event's header says of the act, with the actor's profile looked up.
struct Act {
  Sequence sequence;
  std::int64_t time = 0;
  std::string_view principal;
  ItemId profile;
  SessionId session;
  CommandId command;
  Digest digest{};
  Sequence group;
  Sequence undo_of;
  std::uint8_t action = 0;
};

class Change {
 public:
  Change(Store& store, const Act& act) : store_(store), act_(act) {}
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  const Act& act() const { return act_; }
  Store& store() { return store_; }

  // Makes an item; the facets set on it by the same event belong to its creation.
  void create(const ItemId& item, Kind kind);

  // Makes an item whose id follows from what it stands for, unless it is there: true where it was
  // made. Where one of another kind is there, that is what is changed, and `taken` tells.
  bool derive(const ItemId& item, Kind kind);
  // The same for a pair; brings it back when it was undone.
  void derive(const ItemId& item, Kind kind, const Ends& ends);
  // The id that an item of another kind has taken; zero: none.
  const ItemId& taken() const { return taken_; }

  template <class Value>
  void set(const ItemId& item, Facet facet, const Value& value) {
    set_bytes(item, facet, encode(value));
  }
  void set_bytes(const ItemId& item, Facet facet, Bytes value);

  // Where a coding, annotation or link stands. `place` alone is what an edit of the text moves: it
  // writes no facet.
  void set_range(const ItemId& item, Facet facet, const RangeRow& range);
  void place_range(const ItemId& item, Facet facet, const RangeRow& range);

  // The item as this event leaves it so far.
  const ItemRow& item(const ItemId& item);

  // Takes back what `entry` of an earlier event did to a facet, whose value becomes `value`.
  void take_back(const EffectEntry& entry, Bytes value);
  void take_range_back(const EffectEntry& entry, const RangeRow& range);

  void keep(EditRow edit) { effect_.edit = std::move(edit); }

  // Writes items, indexes, the effect, and what is remembered of session and command.
  void finish();

 private:
  struct Touched {
    ItemId id;
    std::optional<ItemRow> before;
    ItemRow now;
  };

  // nullptr: not touched yet.
  Touched* find_touched(const ItemId& item);
  Touched& touch(const ItemId& item);
  EffectEntry& record(Touched& touched, Facet facet);
  void put_range(const ItemId& item, Facet facet, const RangeRow& range);
  void write(const Touched& touched);
  void remember();

  Store& store_;
  Act act_;
  std::vector<Touched> touched_;
  std::unordered_map<ItemId, std::size_t> index_;  // of the first `indexed_` touched, once many are
  std::size_t indexed_ = 0;
  ItemId taken_;
  EffectRow effect_;
};

}  // namespace qualog::projector
