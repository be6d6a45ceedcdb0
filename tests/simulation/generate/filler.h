// SPDX-License-Identifier: Apache-2.0
// Filler: an action with values for all its fields, whatever the action: ids by the row that names
// them (living ones of the right kind mostly, deleted, foreign and new ones now and then), all else
// by its type, and by the hints of hints.h. It knows no action; a new row or field is filled from
// the day it is there. One thread.
#pragma once

#include "engine/rules/rule.h"
#include "schema/layout.h"
#include "tests/simulation/generate/hints.h"
#include "tests/simulation/generate/known.h"

#include <optional>

namespace qualog::simulation {

// Who fills, and what there is to choose from.
struct Surroundings {
  const Known& known;
  const projector::Reader& state;
  SessionId session;
  std::size_t people = 1;
  unsigned nonsense = 0;  // percent
};

class Filler {
 public:
  using Offset = flatbuffers::Offset<void>;

  Filler(flatbuffers::FlatBufferBuilder& fbb, const Surroundings& surroundings, Dice& dice)
      : fbb_(fbb), around_(surroundings), dice_(dice) {}

  // `row`: nullptr for an action that is not served.
  Offset action(fb::Action action, const engine::Rule* row);

 private:
  // What a table needs of a field when it is laid down; its children lie in the buffer by then.
  struct Laid {
    const Slot* slot;
    std::int64_t number = 0;
    Bytes bytes;
    Offset offset;
  };

  Offset table(const Layout& layout);
  std::optional<Laid> field(const Layout& layout, const Slot& slot);
  bool is_left_out(const Slot& slot);
  void lay(const Laid& laid);
  std::optional<std::int64_t> number(const Layout& layout, const Slot& slot);
  std::optional<std::int64_t> hinted(Hint hint, const Slot& slot);
  std::int64_t some_area(Hint hint);
  std::int64_t some_number(const Slot& slot);
  std::int64_t some_choice(const Slot& slot);
  Offset child(const Layout& layout, const Slot& slot);
  Offset text(const Layout& layout, const Slot& slot);
  Offset string(const Slot& slot);
  Offset list(const Layout& layout, const Slot& slot);
  Offset ids(const Slot& slot, std::size_t count);
  Offset children(const Layout& layout, const Slot& slot, std::size_t count);
  Offset numbers(const Layout& layout, const Slot& slot, std::size_t count);
  Bytes fixed(const Slot& slot);

  bool nonsense() { return dice_.percent(around_.nonsense); }
  ItemId item_for(std::string_view field);
  const engine::Reference* reference_to(std::string_view field) const;
  ItemId one_of_kinds(const engine::Reference& reference);
  ItemId in_edit_mode(std::string_view field);
  bool stands_on(const ItemId& item, const ItemId& source) const;
  ItemId fitting(const engine::Reference& reference, const ItemId& leased);
  ItemId kin_of_chosen(std::string_view field);
  ItemId chosen(std::string_view field) const;
  std::uint64_t token_of(const ItemId& source) const;
  std::int64_t some_undo();
  bool may_work_on(const ItemId& source) const;
  bool alive(const ItemId& id) const;
  // The source whose text a position in this action is in; of `prefix`_begin that of `prefix`.
  ItemId text_of(std::string_view prefix) const;
  std::uint32_t length_of(const ItemId& source) const;
  // What the source that this action is about has places of, but for its text.
  std::optional<fb::AreaKind> places_of(std::string_view prefix) const;
  // What of the text lies behind the last splice.
  std::uint64_t left_of(const ItemId& source) const;
  std::optional<std::int64_t> begin_of(const Slot& slot);

  flatbuffers::FlatBufferBuilder& fbb_;
  const Surroundings& around_;
  Dice& dice_;
  const engine::Rule* row_ = nullptr;
  bool wants_token_ = false;
  bool is_huge_ = false;  // all its texts, so that together they are too large
  std::vector<std::pair<std::string_view, ItemId>> chosen_;  // by field
  std::optional<std::int64_t> end_;                          // that goes with the begin before it
  std::vector<std::int64_t> corner_;                         // left and top of an area
  std::uint32_t text_length_ = 0;                            // of the last text
  std::int64_t position_ = 0;  // where the text begins, or the next splice may
};

}  // namespace qualog::simulation
