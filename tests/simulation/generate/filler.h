// SPDX-License-Identifier: Apache-2.0
// Filler: an action with values for all its fields, whatever the action: items as the chooser has
// them, all else by its type, and by the hints of hints.h. It knows no action; a new row or field
// is filled from the day it is there. One thread.
#pragma once

#include "schema/layout.h"
#include "tests/simulation/generate/chooser.h"
#include "tests/simulation/generate/hints.h"

#include <optional>

namespace qualog::simulation {

class Filler {
 public:
  using Offset = flatbuffers::Offset<void>;

  // For one action. `row`: nullptr for one that is not served.
  Filler(flatbuffers::FlatBufferBuilder& fbb, const Surroundings& surroundings, Dice& dice,
         const engine::Rule* row)
      : fbb_(fbb), around_(surroundings), dice_(dice), choose_(surroundings, dice, row) {}

  // Nothing: there is no item for something that must be given.
  std::optional<Offset> action(fb::Action action);

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
  bool edited_last() const;
  bool is_left_out(const Layout& layout, const Slot& slot);
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
  Offset ids(const Layout& layout, const Slot& slot, std::size_t count);
  Offset children(const Layout& layout, const Slot& slot, std::size_t count);
  Offset numbers(const Layout& layout, const Slot& slot, std::size_t count);
  fb::AttributeType type_wanted() const;
  Bytes fixed(const Layout& layout, const Slot& slot);

  bool nonsense() { return dice_.percent(around_.nonsense); }
  std::uint64_t token_of(const ItemId& source) const;
  std::int64_t some_undo();
  std::int64_t some_event();
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
  Chooser choose_;
  Way way_ = Way::Either;             // that the action takes
  std::string_view place_;            // the prefix of the area that is filled
  bool is_in_vain_ = false;           // something is missing
  bool is_huge_ = false;              // all its texts, so that together they are too large
  std::optional<std::int64_t> end_;   // that goes with the begin before it
  std::vector<std::int64_t> corner_;  // left and top of an area
  std::uint32_t text_length_ = 0;     // of the last text
  std::int64_t position_ = 0;         // where the text begins, or the next splice may
};

}  // namespace qualog::simulation
