// SPDX-License-Identifier: Apache-2.0
// How the ids of the FlatBuffers schema become our strong types in the generated object API.
// Included by generated headers only.
#pragma once

#include "schema/chain.h"
#include "schema/ids.h"

#include <flatbuffers/flatbuffers.h>

namespace qualog::fb {
struct ItemId;
struct CommandId;
struct SessionId;
struct LineageId;
struct Digest;
}  // namespace qualog::fb

namespace flatbuffers {
qualog::fb::ItemId Pack(const qualog::ItemId& id);
qualog::fb::CommandId Pack(const qualog::CommandId& id);
qualog::fb::SessionId Pack(const qualog::SessionId& id);
qualog::fb::LineageId Pack(const qualog::LineageId& id);
qualog::fb::Digest Pack(const qualog::Digest& digest);
qualog::ItemId UnPack(const qualog::fb::ItemId& id);
qualog::CommandId UnPack(const qualog::fb::CommandId& id);
qualog::SessionId UnPack(const qualog::fb::SessionId& id);
qualog::LineageId UnPack(const qualog::fb::LineageId& id);
qualog::Digest UnPack(const qualog::fb::Digest& digest);

// A zero id is "none" and is left out, so that an id field added later changes no older encoding.
template <>
void FlatBufferBuilder::AddStruct(voffset_t field, const qualog::fb::ItemId* id);
template <>
void FlatBufferBuilder::AddStruct(voffset_t field, const qualog::fb::CommandId* id);
template <>
void FlatBufferBuilder::AddStruct(voffset_t field, const qualog::fb::SessionId* id);
template <>
void FlatBufferBuilder::AddStruct(voffset_t field, const qualog::fb::LineageId* id);
template <>
void FlatBufferBuilder::AddStruct(voffset_t field, const qualog::fb::Digest* digest);
}  // namespace flatbuffers
