// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/chooser.h"

#include "projector/items.h"
#include "tests/simulation/written.h"

#include <algorithm>
#include <map>

namespace qualog::simulation {

using projector::Kind;

namespace {

// Nobody looks through more items for one field.
constexpr int kLooksMax = 24;

using References = std::map<std::string_view, engine::Reference>;

References references_by_field() {
  References all;
  for (const auto& row : engine::written_rules())
    for (const auto& reference : row.references) all.emplace(reference.field, reference);
  return all;
}

const engine::Reference* reference_in(const engine::Rule* row, std::string_view field) {
  if (row == nullptr) return nullptr;
  for (const auto& reference : row->references)
    if (reference.field == field) return &reference;
  return nullptr;
}

}  // namespace

// What no row names lies deeper in the action, and is what such a field is elsewhere.
const engine::Reference* Chooser::reference_to(std::string_view table,
                                               std::string_view field) const {
  if (row_ == nullptr) return nullptr;
  if (const auto* reference = reference_in(row_, field)) return reference;
  // The row of a cell is none of a transcript.
  if (table == "SummaryCell") return reference_in(written_row(fb::Action::SummarySet), field);
  static const auto elsewhere = references_by_field();
  const auto found = elsewhere.find(field);
  return found == elsewhere.end() ? nullptr : &found->second;
}

ItemId Chooser::item(std::string_view table, std::string_view field) {
  const auto id = some_item(table, field);
  if (id) chosen_.add(field, id);
  return id;
}

ItemId Chooser::some_item(std::string_view table, std::string_view field) {
  if (field == "id" || (row_ != nullptr && field == row_->creates))
    return dice_.one_in(60) ? around_.known.any(dice_) : dice_.id<ItemId>();
  const bool nonsense = dice_.percent(around_.nonsense);
  if (nonsense) return dice_.one_in(6) ? dice_.id<ItemId>() : around_.known.any(dice_);
  const auto* reference = reference_to(table, field);
  if (reference == nullptr) return around_.known.any(dice_);
  return of_kinds(*reference,
                  {table, field, !reference->any_standing && !dice_.one_in(12), !dice_.one_in(12)});
}

ItemId Chooser::of_kinds(const engine::Reference& reference, const Wish& wish) {
  // People work on the same text at the same time.
  const auto& same = around_.known.last_edited();
  if (same && reference.kinds.has(Kind::Source) && dice_.one_in(2) && fits(same, wish)) return same;
  const auto kinds = reference.kinds.list();
  int looks = kLooksMax;
  const auto first = dice_.below(kinds.size());
  for (std::size_t n = 0; n < kinds.size() && looks > 0; ++n)
    if (const auto found =
            first_fitting(around_.known.of(kinds[(first + n) % kinds.size()]), wish, looks))
      return found;
  return dice_.one_in(20) ? around_.known.any(dice_) : ItemId{};
}

// New ones are thought of more.
ItemId Chooser::first_fitting(const std::vector<ItemId>& items, const Wish& wish, int& looks) {
  if (items.empty()) return {};
  const auto begin = dice_.one_in(3) ? dice_.below(std::min<std::size_t>(items.size(), 4))
                                     : dice_.below(items.size());
  for (std::size_t n = 0; n < items.size() && looks > 0; ++n, --looks) {
    const auto& item = items[items.size() - 1 - (begin + n) % items.size()];
    if (fits(item, wish)) return item;
  }
  return {};
}

bool Chooser::fits(const ItemId& id, const Wish& wish) const {
  const auto row = projector::item_slice(around_.state, id);
  if (!row) return false;
  if (wish.living && projector::standing(around_.state, *row) != projector::Standing::Alive)
    return false;
  if (!wish.sensible) return true;
  const Candidate candidate{id, *row};
  return !chosen_.has(id) && may_edit(candidate, wish.field) &&
         makes_sense(wish.table, wish.field,
                     {around_.known, around_.state, around_.session, around_.principal, chosen_},
                     candidate);
}

// What the row says of edit modes, as far as people know who edits what.
bool Chooser::may_edit(const Candidate& candidate, std::string_view field) const {
  using engine::LeaseRule;
  const bool matters = row_ != nullptr && row_->lease != LeaseRule::None &&
                       std::ranges::find(row_->leased, field) != row_->leased.end();
  if (!matters) return true;
  const auto lease = around_.known.leases().find(edited_with(candidate));
  if (lease == around_.known.leases().end()) return row_->lease == LeaseRule::FreeOf;
  return lease->second.session == around_.session;
}

}  // namespace qualog::simulation
