// SPDX-License-Identifier: Apache-2.0
// Side: one of the two projects of a transfer: what lives in it, by kind, and what its sources say.
// Pure reads of one state; the reader outlives it. One thread.
#pragma once

#include "projector/items.h"
#include "schema/fbs/command_generated.h"

#include <map>
#include <string>
#include <vector>

namespace qualog::transfer {

struct SourceContent {
  fb::SourceKind kind{};
  projector::Media media;
  projector::ContentState state = projector::ContentState::Complete;
  std::string text;
  bool sealed = false;  // a part of it cannot be read without a key
};

class Side {
 public:
  explicit Side(const projector::Reader& reader);

  const projector::Reader& reader() const { return reader_; }
  const LineageId& lineage() const { return lineage_; }

  // The living of a kind as they came, those of a tree behind what they lie in.
  const std::vector<ItemId>& living(projector::Kind kind) const;
  // Itself, or what it is merged into.
  ItemId standing_for(const ItemId& item) const;
  bool knows(const ItemId& item) const;  // living or not
  projector::ItemRow row(const ItemId& item) const;
  SourceContent content_of(const ItemId& source) const;
  // What of its text is formatted, in positions of its text of now.
  std::vector<projector::Styled> formatting_of(const ItemId& source) const;

  template <class Value>
  Value value(const ItemId& item, projector::Facet facet) const {
    return projector::value_of<Value>(row(item), facet);
  }

 private:
  const projector::Reader& reader_;
  LineageId lineage_;
  std::map<projector::Kind, std::vector<ItemId>> living_;
};

// True when a word of the item is sealed.
bool is_sealed(const projector::ItemRow& item);

}  // namespace qualog::transfer
