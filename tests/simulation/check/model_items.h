// SPDX-License-Identifier: Apache-2.0
// The items of the naive model: what each is, what it stands on, and what each event did to it, so
// that an undo can put back what was. One thread.
#pragma once

#include "projector/values.h"
#include "schema/fbs/event_generated.h"
#include "schema/ids.h"

#include <map>
#include <vector>

namespace qualog::simulation {

struct ModelItem {
  projector::Kind kind = projector::Kind::None;
  projector::LifeState life = projector::LifeState::Alive;
  ItemId into;    // merged
  ItemId parent;  // of folders, sources and codes
  Bytes name;     // its match
  bool codable = true;
  bool is_memo = false;
  ItemId code, source;  // of a coding, an annotation
  ItemId from, to;      // of a link
};

class ModelItems {
 public:
  struct Write {
    std::uint64_t at = 0;
    SessionId session;
  };
  enum class Standing { Missing, Alive, Gone, Merged };

  // Changes a facet of an item by an event.
  ModelItem& change(const ItemId& id, projector::Facet facet, const fb::Event& event);
  // What no facet is.
  ModelItem& item(const ItemId& id) { return items_[id]; }
  ModelItem& make(const ItemId& id, projector::Kind kind, const fb::Event& event);
  void undo(const fb::Event& event);

  const ModelItem* find(const ItemId& id) const;
  Standing standing(const ItemId& id) const;
  // Another living item of this name there.
  bool is_taken(const ItemId& parent, projector::Kind kind, const Bytes& name,
                const ItemId& self) const;
  // `above` is the item, or on the way from it up the tree.
  bool is_within(ItemId item, const ItemId& above) const;
  // What leans on `root` and has not been ended itself; without it. What is gone already with
  // something else counts too: an undo may bring that back.
  std::vector<ItemId> closure(const ItemId& root) const;
  // The sources whose text it is about.
  std::vector<ItemId> content(const ItemId& id) const;
  bool written(const ItemId& id, projector::Facet facet, std::uint64_t since,
               const SessionId& by_others_than) const;
  bool made(const ItemId& id, std::uint64_t since, const SessionId& by_others_than) const;
  bool changed(const ItemId& id, std::uint64_t since, const SessionId& by_others_than) const;

 private:
  struct Done {
    ItemId id;
    projector::Facet facet;
    bool made = false;
    ModelItem before;
  };

  bool rewritten(const ItemId& id, projector::Facet facet, std::uint64_t since,
                 const SessionId& by_others_than) const;
  bool stands(const ItemId& id, int depth = 0) const;
  bool leans_on(const ItemId& id, const ItemId& root, int depth = 0) const;
  std::vector<ItemId> under(const ModelItem& item) const;

  std::map<ItemId, ModelItem> items_;
  std::map<ItemId, Write> made_;
  std::map<ItemId, std::map<projector::Facet, std::vector<Write>>> writes_;
  std::map<std::uint64_t, std::vector<Done>> done_;
};

}  // namespace qualog::simulation
