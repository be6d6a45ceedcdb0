// SPDX-License-Identifier: Apache-2.0
// Likeness: which items of two projects are duplicates of each other, one row a kind. Two items of
// a kind are when their keys are equal and, where a row has a second question, that says so too.
// Keys name items of the target: those of the source project are translated first. Names are
// compared as every project compares them (schema/text.h). Pure reads.
#pragma once

#include "schema/chain.h"
#include "schema/function_ref.h"
#include "tools/transfer/side.h"

#include <span>

namespace qualog::transfer {

// The item of the target that an item stands for; zero: none.
using Translate = FunctionRef<ItemId(const ItemId&)>;

struct Looked {
  const Side& side;
  const ItemId& id;
  const projector::ItemRow& row;
  Translate here;
};

// What a duplicate may become where the choice is to number it.
enum class Twice : std::uint8_t {
  Numbered,  // a new one with a number behind its name
  Kept,      // it has a name, and is one place all the same
  United,    // it has no name of its own: there is one
};

struct Likeness {
  projector::Kind kind = projector::Kind::None;
  Twice twice = Twice::United;
  Digest (*key)(const Looked&) = nullptr;
  bool (*alike)(const SourceContent& one, const SourceContent& other) = nullptr;
};

// nullptr: of this kind there are no duplicates, only pairs (plan.h).
const Likeness* likeness_of(projector::Kind kind);

// The second question about sources, by what they are.
bool are_alike(const SourceContent& one, const SourceContent& other);

}  // namespace qualog::transfer
