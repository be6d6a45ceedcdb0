// SPDX-License-Identifier: Apache-2.0
// StoredAside: one aside out of the state, in memory of its own: a row lies at any address, and a
// FlatBuffer is read at one that divides by eight. One thread.
#pragma once

#include "projector/tables.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"

namespace qualog::projector {

class StoredAside {
 public:
  // `number` is a key of Table::Inbox. Error: damaged, when it is not there or cannot be read.
  static Result<StoredAside> at(const Reader& state, ByteView number) {
    const auto row = state.get(Table::Inbox, number);
    if (!row) return fail(Code::damaged, "the state: an answer is missing; run verify --rebuild");
    Bytes bytes(row->begin(), row->end());
    QUALOG_ASSIGN(const auto* aside, aside_view(bytes));
    return StoredAside(std::move(bytes), aside);
  }

  const fb::Aside* operator->() const { return aside_; }
  const fb::Aside& operator*() const { return *aside_; }

 private:
  StoredAside(Bytes bytes, const fb::Aside* aside) : bytes_(std::move(bytes)), aside_(aside) {}

  Bytes bytes_;  // moving it does not move what it holds
  const fb::Aside* aside_;
};

}  // namespace qualog::projector
