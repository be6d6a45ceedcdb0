// SPDX-License-Identifier: Apache-2.0
#include "projector/query/codes.h"

#include "projector/query/living.h"
#include "projector/query/persons.h"
#include "projector/query/ranks.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace qualog::projector {

namespace {

class Codebook {
 public:
  explicit Codebook(const Reader& reader) : reader_(reader), persons_(reader) {
    visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing standing) {
      if (item.kind == Kind::Code) add_code(id, item, standing);
      if (item.kind == Kind::Coding) add_coding(id, item);
    });
  }

  std::vector<CodeEntry> tree() {
    move_counts();
    for (auto& [id, code] : codes_) {
      code.rank = rank_of(id, code.entry.parent);
      const bool below_code = codes_.count(code.entry.parent) != 0;
      children_[below_code ? code.entry.parent : ItemId{}].push_back(id);
    }
    add_below({}, 0);
    return std::move(entries_);
  }

 private:
  struct Code {
    CodeEntry entry;
    std::uint32_t rank = 0;
    std::uint32_t position = 0;
  };
  using Counts = std::map<ItemId, std::uint64_t>;

  void add_code(const ItemId& id, const ItemSlice& item, Standing standing) {
    if (standing == Standing::Merged) return merged_.push_back(id);
    const auto place = value_of<Parent>(item, Facet::Parent);
    Code code;
    code.entry.id = id;
    code.entry.parent = place.parent;
    code.entry.props = value_of<Props>(item, Facet::Props);
    code.entry.version = item.created.sequence;
    for (const auto& facet : item.facets)
      if (facet.facet == Facet::Props && facet.version)
        code.entry.version = facet.version->sequence;
    code.position = place.position;
    codes_.emplace(id, std::move(code));
  }

  void add_coding(const ItemId& id, const ItemSlice& coding) {
    const auto place = value_of<Place>(coding, Facet::Place);
    if (persons_.has_counted(id, coding, place)) return;
    ++counts_[place.code][persons_.of(place.coder)];
  }

  // Its place in the order that its parent has of its children.
  std::uint32_t rank_of(const ItemId& id, const ItemId& parent) {
    const auto [at, is_new] = orders_.try_emplace(parent);
    if (is_new)
      if (const auto row = item_slice(reader_, parent ? parent : kProjectItem))
        at->second = Ranks(value_of<Order>(*row, Facet::Order).items);
    return at->second.of(id);
  }

  // Merged codes give what they count to where they were merged to.
  void move_counts() {
    for (const auto& id : merged_) {
      const auto target = codes_.find(merge_target(reader_, id));
      if (target == codes_.end()) continue;
      target->second.entry.merged.push_back(id);
      count(target->second.entry, counts_[id]);
    }
    for (auto& [id, code] : codes_) count(code.entry, counts_[id]);
  }

  static void count(CodeEntry& entry, const Counts& counts) {
    for (const auto& [coder, number] : counts) {
      entry.coders[coder] += number;
      entry.codings += number;
    }
  }

  auto order(const ItemId& id) const {
    const auto& code = codes_.at(id);
    return std::tuple<std::uint32_t, std::uint32_t, std::string_view, const ItemId&>(
        code.rank, code.position, code.entry.props.name.plain, code.entry.id);
  }

  // Adds what is below `parent`; returns what an aggregate there gathers from it.
  std::uint64_t add_below(const ItemId& parent, std::uint32_t depth) {
    auto below = children_[parent];
    std::sort(below.begin(), below.end(),
              [&](const ItemId& a, const ItemId& b) { return order(a) < order(b); });
    std::uint64_t gathered = 0;
    for (const auto& id : below) {
      const auto at = entries_.size();
      entries_.push_back(std::move(codes_.at(id).entry));
      entries_[at].depth = depth;
      const auto from_below = add_below(id, depth + 1);
      auto& entry = entries_[at];
      entry.gathered = entry.codings + (entry.props.aggregate ? from_below : 0);
      gathered += entry.gathered;
    }
    return gathered;
  }

  const Reader& reader_;
  Persons persons_;
  std::unordered_map<ItemId, Code> codes_;
  std::unordered_map<ItemId, Counts> counts_;
  std::unordered_map<ItemId, std::vector<ItemId>> children_;
  std::unordered_map<ItemId, Ranks> orders_;
  std::vector<ItemId> merged_;
  std::vector<CodeEntry> entries_;
};

}  // namespace

std::vector<CodeEntry> codes(const Reader& reader) { return Codebook(reader).tree(); }

}  // namespace qualog::projector
