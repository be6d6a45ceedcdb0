// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/pseudonyms.h"

namespace qualog::stream {

namespace {
constexpr std::size_t kShownBytes = 8;
}

// What the engine itself puts under the command key is always 32 bytes long, so this label is none
// of it (command_digest in engine/owner).
Pseudonyms::Pseudonyms(ByteView command_key)
    : key_(hmac_sha256(command_key, view("qualog.pseudonyms.v1"))) {}

std::string Pseudonyms::account(std::string_view principal) const {
  return made("person-", view(principal));
}

std::string Pseudonyms::profile(const ItemId& id) const { return made("profile-", id.view()); }

std::string Pseudonyms::made(std::string_view kind, ByteView of) const {
  Bytes said(view(kind).begin(), view(kind).end());
  said.insert(said.end(), of.begin(), of.end());
  const Digest digest = hmac_sha256(key_, said);
  return std::string(kind) + hex(ByteView(digest).first(kShownBytes));
}

}  // namespace qualog::stream
