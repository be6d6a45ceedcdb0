// SPDX-License-Identifier: Apache-2.0
#include "projector/text/range.h"

#include "schema/assert.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::text {

namespace {
Error refuse(const Range& range, std::string_view cause) {
  return fail(Code::invalid, fmt::format("range {} to {}: {}", range.begin, range.end, cause));
}
}  // namespace

Range within(const Range& range, std::uint32_t length) {
  if (range.detached || range.end <= length) return range;
  const bool is_behind = range.begin >= length && range.begin < range.end;
  return is_behind ? Range{length, length + (range.end - range.begin), true}
                   : Range{range.begin, length, false};
}

Result<void> check(const Range& range, std::uint32_t length) {
  if (range.begin > range.end) return refuse(range, "ends before it begins; exchange the two");
  const std::uint32_t last = range.detached ? range.begin : range.end;
  if (last > length) return refuse(range, "reaches past the end of the text; read it again");
  return {};
}

Mapper::Mapper(std::span<const Splice> splices) : steps_{Step{0, 0, 0, 0}} {
  steps_.reserve(splices.size() + 1);
  for (const Splice& splice : splices) {
    const Step& front = steps_.back();
    QUALOG_ASSERT(splice.position >= front.end);
    const std::uint32_t new_begin = front.new_end + (splice.position - front.end);
    steps_.push_back({splice.position, splice.position + splice.delete_length, new_begin,
                      new_begin + splice.insert_length});
  }
}

// The first step past the empty one that is not wholly before the boundary; an insertion at the
// boundary itself is not before it.
Mapper::Steps::const_iterator Mapper::first_after(std::uint32_t boundary) const {
  return std::partition_point(steps_.begin() + 1, steps_.end(), [boundary](const Step& step) {
    return step.begin == step.end ? step.end < boundary : step.end <= boundary;
  });
}

// Behind all that does not bear what begins here: an insertion at `begin` and whatever begins to
// delete before it.
std::uint32_t Mapper::move_begin(std::uint32_t begin) const {
  const auto next =
      std::partition_point(steps_.begin() + 1, steps_.end(), [begin](const Step& step) {
        return step.begin < begin || (step.begin == begin && step.end == begin);
      });
  const Step& front = *(next - 1);
  return front.new_end + (begin > front.end ? begin - front.end : 0);
}

// In front of all that does not bear what ends here: an insertion at `end` and whatever deletes
// past it.
std::uint32_t Mapper::move_end(std::uint32_t end) const {
  const auto next = first_after(end);
  if (next != steps_.end() && next->begin < end) return next->new_begin;
  const Step& front = *(next - 1);
  return front.new_end + (end - front.end);
}

bool Mapper::deleted(std::uint32_t position) const {
  const auto step = std::partition_point(
      steps_.begin(), steps_.end(), [position](const Step& past) { return past.end <= position; });
  return step != steps_.end() && step->begin <= position;
}

bool Mapper::both_sides_deleted(std::uint32_t place) const {
  return place != 0 && deleted(place - 1) && deleted(place);
}

Range Mapper::move_place(const Range& range, bool detached) const {
  const std::uint32_t place = move_end(range.begin);
  return {place, place + (range.end - range.begin), detached};
}

Range Mapper::map(const Range& range) const {
  if (range.detached) return move_place(range, true);
  if (range.begin == range.end) return move_place(range, both_sides_deleted(range.begin));
  const std::uint32_t begin = move_begin(range.begin);
  const std::uint32_t end = move_end(range.end);
  return begin < end ? Range{begin, end, false} : move_place(range, true);
}

}  // namespace qualog::text
