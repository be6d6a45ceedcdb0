// SPDX-License-Identifier: Apache-2.0
#include "projector/text/splice.h"

#include "schema/limits.h"

#include <fmt/format.h>

namespace qualog::text {

namespace {

std::uint64_t end_of(const Splice& splice) {
  return std::uint64_t{splice.position} + splice.delete_length;
}
bool touch(const Splice& front, const Splice& splice) { return end_of(front) == splice.position; }
bool deletes(const Splice& splice) { return splice.delete_length != 0; }
bool inserts(const Splice& splice) { return splice.insert_length != 0; }

// What makes a splice wrong, given the one in front of it; the first rule broken is reported.
struct Rule {
  bool (*broken)(const Splice& front, const Splice& splice, std::uint32_t length);
  const char* cause;
};

constexpr Rule kRules[] = {
    {[](const Splice&, const Splice& splice, std::uint32_t) {
       return !deletes(splice) && !inserts(splice);
     },
     "neither deletes nor inserts; leave it out"},
    {[](const Splice& front, const Splice& splice, std::uint32_t) {
       return splice.position < end_of(front);
     },
     "begins before the one in front of it ends; send them ascending and apart"},
    {[](const Splice&, const Splice& splice, std::uint32_t length) {
       return end_of(splice) > length;
     },
     "reaches past the end of the text; read the source again"},
    {[](const Splice& front, const Splice& splice, std::uint32_t) {
       return touch(front, splice) && !deletes(front) && inserts(front) && !deletes(splice);
     },
     "inserts where the one in front of it inserts; join the two"},
    {[](const Splice& front, const Splice& splice, std::uint32_t) {
       return touch(front, splice) && deletes(front) && !inserts(front) && !inserts(splice);
     },
     "deletes on from the one in front of it; join the two"},
};

// Stands in front of the first splice: touches nothing, for it neither deletes nor inserts.
constexpr Splice kNothing;

std::uint64_t length_after(std::span<const Splice> splices, std::uint32_t length) {
  std::uint64_t result = length;
  for (const Splice& splice : splices) result += splice.insert_length;
  for (const Splice& splice : splices) result -= splice.delete_length;
  return result;
}

Result<void> check_rules(std::span<const Splice> splices, std::uint32_t length) {
  for (std::size_t i = 0; i < splices.size(); ++i) {
    const Splice& front = i == 0 ? kNothing : splices[i - 1];
    for (const Rule& rule : kRules) {
      if (!rule.broken(front, splices[i], length)) continue;
      return fail(Code::invalid, fmt::format("splice {} of {}, position {}: {}", i + 1,
                                             splices.size(), splices[i].position, rule.cause));
    }
  }
  return {};
}

}  // namespace

Result<void> check(std::span<const Splice> splices, std::uint32_t length) {
  if (splices.size() > limits::kListItemsMax) {
    return fail(Code::too_large, fmt::format("{} splices in one edit, at most {}; send it in parts",
                                             splices.size(), limits::kListItemsMax));
  }
  QUALOG_TRY(check_rules(splices, length));
  if (const std::uint64_t after = length_after(splices, length);
      after > limits::kSourceCodePointsMax) {
    return fail(Code::too_large,
                fmt::format("the text would grow to {} code points, at most {}; divide the source",
                            after, limits::kSourceCodePointsMax));
  }
  return {};
}

std::uint32_t new_length(std::span<const Splice> splices, std::uint32_t length) {
  return static_cast<std::uint32_t>(length_after(splices, length));
}

std::vector<Splice> inverse(std::span<const Splice> splices) {
  std::vector<Splice> result;
  result.reserve(splices.size());
  std::uint32_t old_end = 0;
  std::uint32_t new_end = 0;
  for (const Splice& splice : splices) {
    const std::uint32_t position = new_end + (splice.position - old_end);
    result.push_back({position, splice.insert_length, splice.delete_length});
    old_end = splice.position + splice.delete_length;
    new_end = position + splice.insert_length;
  }
  return result;
}

}  // namespace qualog::text
