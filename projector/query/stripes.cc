// SPDX-License-Identifier: Apache-2.0
#include "projector/query/stripes.h"

#include "projector/items.h"
#include "projector/query/cases.h"
#include "projector/query/sets.h"
#include "schema/fbs/common_generated.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace qualog::projector {

namespace {

bool is_span(const CodingEntry& coding) {
  return coding.area && coding.area->kind == static_cast<std::uint8_t>(fb::AreaKind::Span);
}

// A source with its codings, and what its places count.
class CodedSource {
 public:
  CodedSource(const Reader& reader, const ItemId& source) {
    const auto content = content_row(reader, source);
    if (content) length_ = content->length;
    const auto row = item_slice(reader, source);
    const auto media = row ? value_of<Media>(*row, Facet::Media) : Media{};
    CodingFilter filter;
    filter.source = source;
    filter.with_text = false;
    for (auto& coding : codings(reader, filter)) add(std::move(coding));
    if (length_ == 0 && media.duration_ms > 0) along_ = Along::Time, length_ = media.duration_ms;
    // Of a text that is missing this much is known.
    for (const auto& coding : placed_)
      if (const auto reach = reach_of(coding)) length_ = std::max(length_, reach->end);
  }

  Along along() const { return along_; }
  std::uint32_t length() const { return length_; }
  std::uint64_t detached() const { return detached_; }
  const std::vector<CodingEntry>& codings_placed() const { return placed_; }

  // Nothing for what lies beside the places that are counted here.
  std::optional<Reach> reach_of(const CodingEntry& coding) const {
    if (coding.whole && !coding.area) return Reach{0, length_};
    if (along_ == Along::Text && !coding.whole) return Reach{coding.begin, coding.end};
    if (along_ == Along::Time && is_span(coding))
      return Reach{coding.area->left, coding.area->right};
    return std::nullopt;
  }

 private:
  void add(CodingEntry coding) {
    if (coding.detached) return void(++detached_);
    placed_.push_back(std::move(coding));
  }

  Along along_ = Along::Text;
  std::uint32_t length_ = 0;
  std::uint64_t detached_ = 0;
  std::vector<CodingEntry> placed_;
};

// How many begin and end at each place: what lies between two of these has one density.
std::vector<DensityRange> density_of(const std::vector<Reach>& reaches) {
  std::map<std::uint32_t, std::int64_t> steps;
  for (const auto& reach : reaches) ++steps[reach.begin], --steps[reach.end];
  std::vector<DensityRange> ranges;
  std::int64_t depth = 0;
  std::uint32_t begin = 0;
  for (const auto& [at, step] : steps) {
    if (step == 0) continue;
    if (depth > 0) ranges.push_back({begin, at, static_cast<std::uint64_t>(depth)});
    depth += step;
    begin = at;
  }
  return ranges;
}

std::vector<Reach> joined(const std::vector<DensityRange>& ranges) {
  std::vector<Reach> reaches;
  for (const auto& range : ranges) {
    if (!reaches.empty() && reaches.back().end == range.begin)
      reaches.back().end = range.end;
    else
      reaches.push_back({range.begin, range.end});
  }
  return reaches;
}

using CodingRefs = std::vector<const CodingEntry*>;

std::vector<Reach> reaches_of(const CodedSource& source, const CodingRefs& codings) {
  std::vector<Reach> reaches;
  for (const auto* coding : codings)
    if (const auto reach = source.reach_of(*coding)) reaches.push_back(*reach);
  return reaches;
}

Coverage coverage_of(const CodedSource& source, const CodingRefs& codings) {
  Coverage coverage;
  const auto reaches = reaches_of(source, codings);
  coverage.codings = codings.size();
  coverage.beside = codings.size() - reaches.size();
  coverage.reaches = joined(density_of(reaches));
  for (const auto& reach : coverage.reaches) coverage.covered += reach.end - reach.begin;
  for (const auto* coding : codings)
    if (coding->changed.sequence >= coverage.changed.sequence) coverage.changed = coding->changed;
  return coverage;
}

Density density_of_all(const CodedSource& source) {
  CodingRefs all;
  for (const auto& coding : source.codings_placed()) all.push_back(&coding);
  return {source.along(), source.length(), coverage_of(source, all), source.detached(),
          density_of(reaches_of(source, all))};
}

std::string color_of(const Reader& reader, const ItemId& id) {
  const auto row = item_slice(reader, id);
  return row ? value_of<Props>(*row, Facet::Props).color : std::string();
}

// Which codes and coders pass. An id that is asked for and gone lets nothing pass.
class Passing {
 public:
  Passing(const Reader& reader, const StripeFilter& filter)
      : reader_(reader), all_codes_(filter.items.empty()), all_coders_(filter.coders.empty()) {
    for (const auto& item : filter.items) add(item);
    for (const auto& coder : filter.coders) coders_.insert(merge_target(reader, coder));
  }

  bool operator()(const CodingEntry& coding) const {
    return (all_codes_ || codes_.count(coding.code.id) != 0) &&
           (all_coders_ || coders_.count(coding.coder.profile) != 0);
  }

 private:
  void add(const ItemId& item) {
    const auto kind = kind_of(reader_, item);
    if (kind == Kind::Set) return add_set(item);
    if (kind == Kind::Classification) return add_classified(merge_target(reader_, item));
    codes_.insert(merge_target(reader_, item));
  }
  void add_set(const ItemId& id) {
    for (const auto& set : sets(reader_))
      if (set.id == id)
        for (const auto& member : set.members) codes_.insert(merge_target(reader_, member));
  }
  void add_classified(const ItemId& classification) {
    for (const auto& entry : cases(reader_))
      if (entry.classification.id == classification) codes_.insert(entry.id);
  }

  const Reader& reader_;
  bool all_codes_;
  bool all_coders_;
  std::set<ItemId> codes_;
  std::set<ItemId> coders_;
};

auto code_key(const Stripe& stripe) { return std::tie(stripe.code.name.plain, stripe.code.id); }

auto first_reach(const Stripe& stripe) {
  constexpr auto kNowhere = std::numeric_limits<std::uint32_t>::max();
  const auto& reaches = stripe.coverage.reaches;
  const auto first = reaches.empty() ? Reach{kNowhere, kNowhere} : reaches.front();
  return std::tuple(first.begin, first.end);
}

bool earlier(const Stripe& a, const Stripe& b) {
  const auto first = first_reach(a), second = first_reach(b);
  return first != second ? first < second : code_key(a) < code_key(b);
}

bool codes_more(const Stripe& a, const Stripe& b) {
  const auto& one = a.coverage;
  const auto& other = b.coverage;
  if (one.codings != other.codings) return one.codings > other.codings;
  return one.covered != other.covered ? one.covered > other.covered : code_key(a) < code_key(b);
}

bool codes_less(const Stripe& a, const Stripe& b) {
  const auto& one = a.coverage;
  const auto& other = b.coverage;
  if (one.codings != other.codings) return one.codings < other.codings;
  return one.covered != other.covered ? one.covered < other.covered : code_key(a) < code_key(b);
}

bool changed_later(const Stripe& a, const Stripe& b) {
  const auto one = a.coverage.changed.sequence, other = b.coverage.changed.sequence;
  return one != other ? one > other : code_key(a) < code_key(b);
}

struct OrderRow {
  bool (*stays_before)(const Stripe& a, const Stripe& b);  // the last go
  bool (*shown_before)(const Stripe& a, const Stripe& b);
};

// By StripeOrder.
constexpr std::array<OrderRow, 4> kOrders = {{
    {codes_more, earlier},
    {codes_more, codes_more},
    {codes_less, codes_less},
    {changed_later, changed_later},
}};

void order_stripes(Stripes& found, const StripeFilter& filter) {
  const auto& order = kOrders[static_cast<std::size_t>(filter.order)];
  auto& all = found.stripes;
  std::sort(all.begin(), all.end(), order.stays_before);
  const auto stay = std::min(all.size(), filter.most);
  found.left_out = all.size() - stay;
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(stay), all.end());
  std::sort(all.begin(), all.end(), order.shown_before);
}

std::vector<SubStripe> sub_stripes(const Reader& reader, const CodedSource& source,
                                   const CodingRefs& codings) {
  std::map<std::tuple<std::string, ItemId>, CodingRefs> by_coder;
  for (const auto* coding : codings)
    by_coder[{coding->coder.text(), coding->coder.profile}].push_back(coding);
  std::vector<SubStripe> found;
  for (const auto& [coder, theirs] : by_coder)
    found.push_back({theirs.front()->coder, color_of(reader, std::get<ItemId>(coder)),
                     coverage_of(source, theirs)});
  return found;
}

}  // namespace

Stripes stripes(const Reader& reader, const ItemId& source, const StripeFilter& filter) {
  const CodedSource coded(reader, source);
  const Passing passes(reader, filter);
  std::map<ItemId, CodingRefs> by_code;
  for (const auto& coding : coded.codings_placed())
    if (passes(coding)) by_code[coding.code.id].push_back(&coding);
  Stripes found{.stripes = {}, .left_out = 0, .density = density_of_all(coded)};
  for (const auto& [code, codings] : by_code)
    found.stripes.push_back({codings.front()->code, {}, coverage_of(coded, codings), {}});
  order_stripes(found, filter);
  for (auto& stripe : found.stripes) {
    stripe.color = color_of(reader, stripe.code.id);
    if (filter.by_coder) stripe.coders = sub_stripes(reader, coded, by_code[stripe.code.id]);
  }
  return found;
}

}  // namespace qualog::projector
