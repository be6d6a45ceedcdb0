// SPDX-License-Identifier: Apache-2.0
// Random sound actions, commands and events, made from the reflection schema alone: a field that is
// added tomorrow is tested tomorrow. Shares no code with the JSON reader that it tests.
#pragma once

#include "schema/codec.h"
#include "schema/fbs/command_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/layout.h"
#include "schema/text.h"
#include "tests/support/seed.h"

#include <map>
#include <string>

namespace qualog::test {

// The actions that have fields, and those that need none.
std::vector<fb::Action> served_actions();
std::vector<fb::AsideBody> served_asides();

const NameKey& test_name_key();

struct ItemOptions {
  bool full = false;      // a value in every field
  bool sealed = false;    // some texts are sealed
  bool computed = false;  // what the server fills in is there
};

class ItemMaker {
 public:
  explicit ItemMaker(Rng& rng, ItemOptions options = {}) : rng_(rng), options_(options) {}

  std::unique_ptr<fb::ProposalT> proposal(fb::Action action);
  // Canonical bytes.
  Bytes command(std::size_t actions);
  Bytes event(fb::Action action);
  Bytes aside(fb::AsideBody body);

 private:
  using Offset = flatbuffers::Offset<void>;
  struct Laid {
    std::int64_t bits = 0;
    Bytes bytes;
    Offset offset;
    std::uint8_t tag = 0;
  };

  void start(std::size_t actions, std::uint8_t member);
  Offset table(const Layout& layout);
  bool wants(const Slot& slot);
  Laid laid(Shape shape, const Slot& slot);
  void lay(const Slot& slot, const Laid& laid);
  void plan_bounds(const Layout& layout, std::map<const Slot*, Laid>& fields);

  std::int64_t number(Shape shape, const Slot& slot);
  std::uint64_t wild_number();
  Bytes random_bytes(std::size_t size);
  std::string words(bool is_name);
  std::string machine_string(const Slot& slot);
  Offset text(const Slot& slot);
  Offset list(const Slot& slot);

  Rng& rng_;
  ItemOptions options_;
  flatbuffers::FlatBufferBuilder fbb_;
  std::size_t actions_ = 1;  // of a command
  std::uint8_t member_ = 0;  // of a union; 0: any served action
};

}  // namespace qualog::test
