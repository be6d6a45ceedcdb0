// SPDX-License-Identifier: Apache-2.0
// Bytes of events, commands and asides: packing in the one canonical encoding, and verified views.
// pack() of equal values gives equal bytes (fields in declaration order, defaults left out), so a
// command is always unpacked and packed again before it is stored: nothing can be smuggled along.
// The only translation unit that packs and unpacks is codec.cc. Format: docs/schema.md.
#pragma once

#include "schema/bytes.h"
#include "schema/result.h"

#include <memory>

namespace qualog::fb {
struct Event;
struct EventT;
struct Command;
struct CommandT;
struct Aside;
struct AsideT;
struct Proposal;
struct ProposalT;
struct ActionUnion;
}  // namespace qualog::fb

namespace qualog {

// Replaces the content of `into`; reuse it to save allocations.
void pack(const fb::EventT& event, Bytes& into);
void pack(const fb::AsideT& aside, Bytes& into);
void pack(const fb::CommandT& command, Bytes& into);
void pack(const fb::ProposalT& proposal, Bytes& into);
// As the proposal of a command.
Bytes packed(const fb::ActionUnion& action);

// Structure, identifier and size are sound: every accessor of the view is safe. The view borrows
// `bytes`, which must be aligned to 8. Error: damaged.
Result<const fb::Event*> event_view(ByteView bytes);
Result<const fb::Aside*> aside_view(ByteView bytes);
Result<const fb::Command*> command_view(ByteView bytes);

// The bytes that pack() made, without a check.
const fb::Event& trusted_event(ByteView bytes);
const fb::Proposal& trusted_proposal(ByteView bytes);

std::unique_ptr<fb::CommandT> unpack(const fb::Command& command);
std::unique_ptr<fb::EventT> unpack(const fb::Event& event);
std::unique_ptr<fb::AsideT> unpack(const fb::Aside& aside);

}  // namespace qualog
