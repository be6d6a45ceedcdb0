// SPDX-License-Identifier: Apache-2.0
// First writer wins: a write is stale when another session has written the facet after `seen`. A
// deletion or merge counts as writing everything that goes with the item, so nobody deletes work
// that they have not seen.
#include "engine/rules/versions.h"

#include "engine/rules/specials.h"
#include "projector/kinds.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::ItemRow;

namespace {

class Collisions {
 public:
  explicit Collisions(const Question& question) : question_(question) {}

  bool look_at(const ItemRow& row, Facet facet, const FacetRef& named) {
    const auto version = row.version(facet);
    if (!version.written_after(question_.seen, question_.command.session)) return false;
    facets_.push_back(named);
    winner_ = std::max(winner_, version.by_others_than(question_.command.session));
    return true;
  }

  Verdict verdict() const {
    if (facets_.empty()) return {};
    auto refusal = refuse(fb::RefusalCode::Stale, "seen");
    refusal.facets = facets_;
    refusal.winner = winner_;
    return refusal;
  }

 private:
  const Question& question_;
  std::vector<FacetRef> facets_;
  Sequence winner_;
};

std::vector<ItemId> written_items(const Question& question, const Write& write) {
  if (write.item != nullptr) return {write.item(question)};
  if (write.field.empty()) return {projector::kProjectItem};
  return question.ids(write.field);
}

// What stands for a pair comes to be with its first write. That taken back, or done again, changes
// its life and no other facet.
void look_at_write(const ItemId& id, const ItemRow& row, const Write& write,
                   Collisions& collisions) {
  const bool written = collisions.look_at(row, write.facet, {row.kind, id, write.facet});
  const bool is_of_pair = write.item != nullptr && projector::traits_of(row.kind).on_ends;
  if (!written && is_of_pair) collisions.look_at(row, Facet::Life, {row.kind, id, Facet::Life});
}

// Another classification has no place for what was set by the old one.
void look_at_values(const Question& question, const ItemId& classified, Collisions& collisions) {
  projector::visit_values(question.state, classified, [&](const ItemId& id, const ItemRow& row) {
    collisions.look_at(row, Facet::Value, {row.kind, id, Facet::Value});
    return true;
  });
}

void look_at_writes(const Question& question, Collisions& collisions) {
  for (const auto& write : question.rule.writes) {
    if (write.check == Check::None) continue;
    for (const auto& id : written_items(question, write)) {
      if (const auto row = projector::item(question.state, id))
        look_at_write(id, *row, write, collisions);
      if (write.facet == Facet::Classification) look_at_values(question, id, collisions);
    }
  }
}

// What was put on the root since `seen` is reported as its `below`, what was changed by its facet.
void look_at_closure(const Question& question, const ItemId& root, Collisions& collisions) {
  const auto root_kind = projector::kind_of(question.state, root);
  projector::visit_closure(question.state, root, [&](const ItemId& id, const ItemRow& row) {
    if (id != root) collisions.look_at(row, Facet::Life, {root_kind, root, Facet::Below});
    for (const auto& slot : row.facets)
      if (slot.version && slot.facet != Facet::Life && !projector::is_of_edit_mode(slot.facet))
        collisions.look_at(row, slot.facet, {row.kind, id, slot.facet});
    projector::visit_uses(question.state, id, row.kind,
                          [&](const ItemId& user, const ItemRow& by, Facet facet) {
                            collisions.look_at(by, facet, {by.kind, user, facet});
                            return true;
                          });
    return true;
  });
}

// With the life of the root, which for a deletion is a write of its own.
void look_at_all(const Question& question, const ItemId& root, Collisions& collisions) {
  if (const auto row = projector::item(question.state, root))
    collisions.look_at(*row, Facet::Life, {row->kind, root, Facet::Life});
  look_at_closure(question, root, collisions);
}

bool is_checked(const Rule& rule) {
  return !rule.deletes.empty() ||
         std::any_of(rule.writes.begin(), rule.writes.end(),
                     [](const Write& write) { return write.check == Check::Version; });
}

}  // namespace

Verdict check_seen_given(const Question& question) {
  if (question.command.seen || question.trusted) return {};
  return refuse(fb::RefusalCode::Invalid, "seen is required");
}

Verdict check_facet_seen(const Question& question, const ItemId& item, Facet facet) {
  Collisions collisions(question);
  if (const auto row = projector::item(question.state, item))
    collisions.look_at(*row, facet, {row->kind, item, facet});
  return collisions.verdict();
}

Verdict check_work_seen(const Question& question, const std::vector<ItemId>& items) {
  Collisions collisions(question);
  for (const auto& item : items) look_at_all(question, item, collisions);
  return collisions.verdict();
}

Verdict check_versions(const Question& question) {
  if (!is_checked(question.rule)) return {};
  if (auto verdict = check_seen_given(question)) return verdict;
  Collisions collisions(question);
  look_at_writes(question, collisions);
  if (!question.rule.deletes.empty())
    for (const auto& root : question.ids(question.rule.deletes))
      look_at_closure(question, root, collisions);
  return collisions.verdict();
}

}  // namespace qualog::engine
