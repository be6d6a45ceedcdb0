// SPDX-License-Identifier: Apache-2.0
// Applied: how far a state has folded its log. It is written in the transaction of the rows that it
// speaks of, so the two are never apart. It stands only where a record ends and no group is open.
#pragma once

#include "projector/row_codec.h"
#include "projector/store.h"
#include "schema/chain.h"

#include <optional>

namespace qualog::projector {

struct Applied {
  std::uint64_t segment = 0;  // of a file log
  std::uint64_t offset = 0;   // where the record ends
  std::uint64_t next_event = 1;
  std::uint64_t next_aside = 1;
  Digest chain{};
  Digest aside_chain{};

  bool operator==(const Applied&) const = default;
};
template <class Visitor>
void describe(Visitor& visit, Applied& row) {
  visit("segment", row.segment);
  visit("offset", row.offset);
  visit("next_event", row.next_event);
  visit("next_aside", row.next_aside);
  visit("chain", row.chain);
  visit("aside_chain", row.aside_chain);
}

// Nothing when no log has been folded, or, with damage reported, when the row cannot be read.
std::optional<Applied> applied(const Reader& reader);
void put_applied(Store& store, const Applied& applied);

}  // namespace qualog::projector
