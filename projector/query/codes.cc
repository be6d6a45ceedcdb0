// SPDX-License-Identifier: Apache-2.0
#include "projector/query/codes.h"

#include "projector/query/living.h"
#include "projector/query/persons.h"
#include "projector/query/tree.h"

#include <unordered_map>
#include <utility>

namespace qualog::projector {

namespace {

class Codebook {
 public:
  explicit Codebook(const Reader& reader) : reader_(reader), persons_(reader), tree_(reader) {
    visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing standing) {
      if (item.kind == Kind::Code) add_code(id, item, standing);
      if (item.kind == Kind::Coding) add_coding(id, item);
    });
  }

  std::vector<CodeEntry> tree() {
    move_counts();
    std::vector<CodeEntry> entries;
    for (const auto& branch : tree_.branches()) {
      auto& entry = entries.emplace_back(std::move(codes_.at(branch.id)));
      entry.parent = branch.parent;
      entry.depth = branch.depth;
    }
    gather(entries);
    return entries;
  }

 private:
  using Counts = std::map<ItemId, std::uint64_t>;

  void add_code(const ItemId& id, const ItemSlice& item, Standing standing) {
    if (standing == Standing::Merged) return merged_.push_back(id);
    tree_.add(id, item);
    auto& code = codes_[id];
    code.id = id;
    code.props = value_of<Props>(item, Facet::Props);
    code.version = item.created.sequence;
    for (const auto& facet : item.facets)
      if (facet.facet == Facet::Props && facet.version) code.version = facet.version->sequence;
  }

  void add_coding(const ItemId& id, const ItemSlice& coding) {
    const auto place = value_of<Place>(coding, Facet::Place);
    if (persons_.has_counted(id, coding, place)) return;
    ++counts_[place.code][persons_.of(place.coder)];
  }

  // Merged codes give what they count to where they were merged to.
  void move_counts() {
    for (const auto& id : merged_) {
      const auto target = codes_.find(merge_target(reader_, id));
      if (target == codes_.end()) continue;
      target->second.merged.push_back(id);
      count(target->second, counts_[id]);
    }
    for (auto& [id, code] : codes_) count(code, counts_[id]);
  }

  static void count(CodeEntry& entry, const Counts& counts) {
    for (const auto& [coder, number] : counts) {
      entry.coders[coder] += number;
      entry.codings += number;
    }
  }

  // Each is behind all that gathers from it.
  static void gather(std::vector<CodeEntry>& entries) {
    std::map<std::uint32_t, std::uint64_t> below;  // depth -> of the codes there, under one parent
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      const auto from_below = std::exchange(below[entry->depth + 1], 0);
      entry->gathered = entry->codings + (entry->props.aggregate ? from_below : 0);
      below[entry->depth] += entry->gathered;
    }
  }

  const Reader& reader_;
  Persons persons_;
  Tree tree_;
  std::unordered_map<ItemId, CodeEntry> codes_;
  std::unordered_map<ItemId, Counts> counts_;
  std::vector<ItemId> merged_;
};

}  // namespace

std::vector<CodeEntry> codes(const Reader& reader) { return Codebook(reader).tree(); }

}  // namespace qualog::projector
