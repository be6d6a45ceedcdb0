// SPDX-License-Identifier: Apache-2.0
#include "projector/fold/fold.h"

#include "projector/fold/families.h"
#include "schema/actions.h"
#include "schema/fbs/aside_generated.h"

#include <array>

namespace qualog::projector {

namespace {

using FoldFunction = void (*)(Change&, const void*);

template <class Table>
void call(Change& change, const void* action) {
  fold_action(change, *static_cast<const Table*>(action));
}

// Action number -> its function; nullptr: not served by this version.
std::array<FoldFunction, 256> make_functions() {
  std::array<FoldFunction, 256> functions{};
#define SERVED(name) functions[static_cast<std::size_t>(fb::Action::name)] = &call<fb::name>;
  QUALOG_FOLDED(SERVED)
#undef SERVED
  return functions;
}

template <class Number>
void put_fact(Store& store, std::string_view name, const Number& value) {
  Bytes bytes;
  Encoder encoder(bytes);
  encoder("", value);
  store.put(Table::Facts, view(name), bytes);
}

template <class Value>
Value fact(const Reader& reader, std::string_view name) {
  Value value{};
  const auto stored = reader.get(Table::Facts, view(name));
  if (!stored) return value;
  Decoder decoder(*stored);
  decoder("", value);
  if (!decoder.complete()) report_damaged_row(reader);
  return value;
}

}  // namespace

void assign(Text& into, const fb::Text* text) {
  if (text != nullptr) into = text_from(text);
}

void assign(std::string& into, const flatbuffers::String* text) {
  if (text != nullptr) into = text->str();
}

ItemId id_of(const fb::ItemId* id) { return id != nullptr ? flatbuffers::UnPack(*id) : ItemId{}; }

Act Fold::act_of(const fb::Event& event) {
  const std::string_view principal = event.actor() ? event.actor()->string_view() : "";
  if (principal != principal_ || !profile_) {
    principal_ = principal;
    profile_ = profile_item(principal);
  }
  Act act;
  act.sequence = Sequence{event.sequence()};
  act.time = event.time();
  act.principal = principal_;
  act.profile = profile_;
  if (event.session()) act.session = flatbuffers::UnPack(*event.session());
  if (event.command_id()) act.command = flatbuffers::UnPack(*event.command_id());
  if (event.command_digest()) act.digest = flatbuffers::UnPack(*event.command_digest());
  act.group = Sequence{event.group()};
  act.undo_of = Sequence{event.undo_of()};
  act.action = static_cast<std::uint8_t>(event.action_type());
  return act;
}

Result<void> Fold::event(const fb::Event& event) {
  static const auto functions = make_functions();
  const auto function = functions[static_cast<std::size_t>(event.action_type())];
  if (function == nullptr || event.action() == nullptr)
    return fail(Code::too_new, "event " + std::to_string(event.sequence()) + " (" +
                                   std::string(action_name(event.action_type())) +
                                   ") needs a newer version of qualog");
  Change change(store_, act_of(event));
  function(change, event.action());
  change.finish();
  taken_ = change.taken();
  put_fact(store_, "clock", event.time());
  QUALOG_TRY(store_.undamaged());
  return {};
}

std::int64_t clock_of(const Reader& reader) { return fact<std::int64_t>(reader, "clock"); }
LineageId lineage_of(const Reader& reader) { return fact<LineageId>(reader, "lineage"); }

}  // namespace qualog::projector
