// SPDX-License-Identifier: Apache-2.0
// The digests of a state: three SHA-256 over logical rows, never over LMDB's bytes, so that every
// Store and every machine gives the same. Definition, byte by byte: docs/state.md. None needs a
// key. Pure reads, one pass over the rows for each.
#pragma once

#include "projector/store.h"
#include "schema/chain.h"

namespace qualog::projector {

struct Digests {
  Digest content{};  // what the researchers made, whoever made it in whichever order
  Digest state{};    // every row folded from events
  Digest aside{};    // every row folded from asides

  bool operator==(const Digests&) const = default;
};

// All three. Ask reader.undamaged() before they are believed.
Digests digests(const Reader& reader);

// One of them.
Digest content_digest(const Reader& reader);
Digest state_digest(const Reader& reader);
Digest aside_digest(const Reader& reader);

}  // namespace qualog::projector
