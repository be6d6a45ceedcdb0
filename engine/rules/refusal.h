// SPDX-License-Identifier: Apache-2.0
// Refusal: why a command was not accepted, as decide finds it. It changes nothing. The owner adds
// the winner's name and the values, so that the loser needs no second call.
#pragma once

#include "projector/values.h"
#include "schema/fbs/aside_generated.h"
#include "schema/ids.h"

#include <string>
#include <vector>

namespace qualog::engine {

struct FacetRef {
  projector::Kind kind = projector::Kind::None;
  ItemId item;
  projector::Facet facet = projector::Facet::None;
};

struct Refusal {
  fb::RefusalCode code = fb::RefusalCode::None;
  std::string detail;            // the field, or the cause in a few words
  std::vector<FacetRef> facets;  // what collided
  Sequence winner;               // the event that was first
  ItemId target;                 // of MERGED: where the code went
  CommandId depends_on;          // what the command builds on, where that is why
};

using Verdict = std::optional<Refusal>;  // nothing: go on

inline Refusal refuse(fb::RefusalCode code, std::string detail) {
  return Refusal{code, std::move(detail), {}, {}, {}, {}};
}

}  // namespace qualog::engine
