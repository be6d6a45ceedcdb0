// SPDX-License-Identifier: Apache-2.0
// Kinds: what each kind of item is, one row a kind: whether it is content, has a name of its own
// among its siblings, what it stands on and what may stand on it. Walks over items read it instead
// of asking for kinds. Pure data.
#pragma once

#include "projector/values.h"

#include <span>

namespace qualog::projector {

struct KindTraits {
  Kind kind = Kind::None;
  bool content = false;                 // counts for the digest of the content
  bool named = false;                   // its name is unique among its siblings
  bool on_parent = false;               // gone with its Parent
  bool on_place = false;                // gone with the code and the source of its Place
  bool on_ends = false;                 // gone with either of its Ends
  bool mergeable = false;               // may be merged into another of its kind
  bool coded = false;                   // codings may be of it
  bool used = false;                    // is the value or the classification of others
  std::span<const Kind> children = {};  // kinds whose Parent it may be
};

// Every kind that an item can have, by number.
std::span<const KindTraits> all_kinds();
// A number that no kind has: nothing holds for it.
const KindTraits& traits_of(Kind kind);

}  // namespace qualog::projector
