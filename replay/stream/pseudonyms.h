// SPDX-License-Identifier: Apache-2.0
// Pseudonyms: what stands for an account or a profile where the people of a team are not to be
// named: "person-" or "profile-" and 16 hexadecimal digits of an HMAC-SHA-256. Within a project and
// its forks the same always, in other projects others; who does not have the key cannot try names.
// The key is derived from the lineage's command key under a label of its own: it is as secret, lies
// in no log, is copied to forks, and stays when the name key changes. Const use from any thread.
#pragma once

#include "schema/chain.h"
#include "schema/ids.h"

#include <string>

namespace qualog::stream {

class Pseudonyms {
 public:
  explicit Pseudonyms(ByteView command_key);

  std::string account(std::string_view principal) const;
  std::string profile(const ItemId& id) const;

 private:
  std::string made(std::string_view kind, ByteView of) const;

  Digest key_;
};

}  // namespace qualog::stream
