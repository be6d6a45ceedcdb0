// SPDX-License-Identifier: Apache-2.0
// RowTopic: where a mirror sends rows and keeps its cursors: a topic on Kafka, or memory for tests.
// Rows of a project stay in order; each arrives at least once. A cursor is kept only behind the
// rows it speaks of. One thread.
#pragma once

#include "replay/mirror/cursor.h"
#include "replay/stream/message.h"

#include <vector>

namespace qualog::mirror {

class RowTopic {
 public:
  virtual ~RowTopic() = default;

  // May only queue the row. Errors, here and below: unreachable, forbidden, too_large, io. Behind
  // one the object is of no more use: what was sent since the last keep() may be there or not.
  virtual Result<void> send(const stream::Message& row) = 0;
  // Waits until all rows sent before are there, then keeps the cursors, at some time before the
  // next keep() returns.
  virtual Result<void> keep(const std::vector<Cursor>& cursors) = 0;
  // The newest cursor of each project. Error also: damaged.
  virtual Result<std::vector<Cursor>> cursors() = 0;

  virtual const std::string& name() const = 0;
};

}  // namespace qualog::mirror
