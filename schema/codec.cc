// SPDX-License-Identifier: Apache-2.0
#include "schema/codec.h"

#include "schema/assert.h"
#include "schema/fbs/aside_generated.h"
#include "schema/fbs/command_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/limits.h"

#include <bit>

namespace flatbuffers {

namespace {
template <class To, class From>
To same_bytes(const From& from) {
  return std::bit_cast<To>(from);
}
}  // namespace

qualog::fb::ItemId Pack(const qualog::ItemId& id) { return same_bytes<qualog::fb::ItemId>(id); }
qualog::fb::CommandId Pack(const qualog::CommandId& id) {
  return same_bytes<qualog::fb::CommandId>(id);
}
qualog::fb::SessionId Pack(const qualog::SessionId& id) {
  return same_bytes<qualog::fb::SessionId>(id);
}
qualog::fb::LineageId Pack(const qualog::LineageId& id) {
  return same_bytes<qualog::fb::LineageId>(id);
}
qualog::fb::Digest Pack(const qualog::Digest& digest) {
  return same_bytes<qualog::fb::Digest>(digest);
}
qualog::ItemId UnPack(const qualog::fb::ItemId& id) { return same_bytes<qualog::ItemId>(id); }
qualog::CommandId UnPack(const qualog::fb::CommandId& id) {
  return same_bytes<qualog::CommandId>(id);
}
qualog::SessionId UnPack(const qualog::fb::SessionId& id) {
  return same_bytes<qualog::SessionId>(id);
}
qualog::LineageId UnPack(const qualog::fb::LineageId& id) {
  return same_bytes<qualog::LineageId>(id);
}
qualog::Digest UnPack(const qualog::fb::Digest& digest) {
  return same_bytes<qualog::Digest>(digest);
}

#define QUALOG_ADD_UNLESS_ZERO(Struct)                                                  \
  template <>                                                                           \
  void FlatBufferBuilder::AddStruct(voffset_t field, const qualog::fb::Struct* value) { \
    static constexpr std::uint8_t kZero[sizeof(qualog::fb::Struct)] = {};               \
    if (value == nullptr || std::memcmp(value, kZero, sizeof kZero) == 0) return;       \
    Align(AlignOf<qualog::fb::Struct>());                                               \
    buf_.push_small(*value);                                                            \
    TrackField(field, GetSize());                                                       \
  }
QUALOG_ADD_UNLESS_ZERO(ItemId)
QUALOG_ADD_UNLESS_ZERO(CommandId)
QUALOG_ADD_UNLESS_ZERO(SessionId)
QUALOG_ADD_UNLESS_ZERO(LineageId)
QUALOG_ADD_UNLESS_ZERO(Digest)
#undef QUALOG_ADD_UNLESS_ZERO

}  // namespace flatbuffers

namespace qualog {

namespace {

constexpr flatbuffers::uoffset_t kDepthMax = 16;
constexpr flatbuffers::uoffset_t kTablesMax = 8 * limits::kGroupEventsMax;

flatbuffers::FlatBufferBuilder& builder() {
  thread_local flatbuffers::FlatBufferBuilder shared(4096);
  shared.Clear();
  return shared;
}

template <class Table, class Native>
void pack_table(const Native& native, const char* identifier, Bytes& into) {
  auto& fbb = builder();
  fbb.Finish(Table::Pack(fbb, &native), identifier);
  into.assign(fbb.GetBufferPointer(), fbb.GetBufferPointer() + fbb.GetSize());
}

template <class Table>
Result<const Table*> verified(ByteView bytes, const char* identifier, const char* what) {
  flatbuffers::Verifier verifier(bytes.data(), bytes.size(), kDepthMax, kTablesMax);
  if (bytes.size() < 8 || !verifier.VerifyBuffer<Table>(identifier))
    return fail(Code::damaged, std::string(what) + " is not a sound FlatBuffer");
  return flatbuffers::GetRoot<Table>(bytes.data());
}

}  // namespace

void pack(const fb::EventT& event, Bytes& into) {
  pack_table<fb::Event>(event, fb::EventIdentifier(), into);
}
void pack(const fb::AsideT& aside, Bytes& into) {
  pack_table<fb::Aside>(aside, fb::AsideIdentifier(), into);
}
void pack(const fb::CommandT& command, Bytes& into) {
  pack_table<fb::Command>(command, fb::CommandIdentifier(), into);
}
void pack(const fb::ProposalT& proposal, Bytes& into) {
  pack_table<fb::Proposal>(proposal, nullptr, into);
}

Bytes packed(const fb::ActionUnion& action) {
  fb::ProposalT proposal;
  proposal.action = action;
  Bytes bytes;
  pack(proposal, bytes);
  return bytes;
}

Result<const fb::Event*> event_view(ByteView bytes) {
  return verified<fb::Event>(bytes, fb::EventIdentifier(), "an event");
}
Result<const fb::Aside*> aside_view(ByteView bytes) {
  return verified<fb::Aside>(bytes, fb::AsideIdentifier(), "an aside");
}
Result<const fb::Command*> command_view(ByteView bytes) {
  return verified<fb::Command>(bytes, fb::CommandIdentifier(), "the command");
}

const fb::Event& trusted_event(ByteView bytes) {
  return *flatbuffers::GetRoot<fb::Event>(bytes.data());
}
const fb::Proposal& trusted_proposal(ByteView bytes) {
  return *flatbuffers::GetRoot<fb::Proposal>(bytes.data());
}

std::unique_ptr<fb::CommandT> unpack(const fb::Command& command) {
  return std::unique_ptr<fb::CommandT>(command.UnPack());
}
std::unique_ptr<fb::EventT> unpack(const fb::Event& event) {
  return std::unique_ptr<fb::EventT>(event.UnPack());
}
std::unique_ptr<fb::AsideT> unpack(const fb::Aside& aside) {
  return std::unique_ptr<fb::AsideT>(aside.UnPack());
}

}  // namespace qualog
