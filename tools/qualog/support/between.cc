// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/between.h"

namespace qualog::tools {

namespace {

Result<std::optional<replay::Wanted>> end_from(const std::optional<std::string>& given) {
  if (!given) return std::optional<replay::Wanted>();
  QUALOG_ASSIGN(const auto wanted, replay::parse_wanted(*given));
  return std::optional<replay::Wanted>(wanted);
}

// Less than zero: before that end; more: behind it.
int place_of(const replay::Wanted& end, Sequence sequence, std::int64_t time) {
  if (const auto* at = std::get_if<Sequence>(&end)) return sequence < *at ? -1 : sequence > *at;
  const auto at = std::get<std::int64_t>(end);
  return time < at ? -1 : time > at;
}

}  // namespace

Result<Between> Between::parse(const std::optional<std::string>& from,
                               const std::optional<std::string>& to) {
  Between between;
  QUALOG_ASSIGN(between.from_, end_from(from));
  QUALOG_ASSIGN(between.to_, end_from(to));
  return between;
}

bool Between::holds(Sequence sequence, std::int64_t time) const {
  return !is_before(sequence, time) && !is_behind(sequence, time);
}

bool Between::is_before(Sequence sequence, std::int64_t time) const {
  return from_ && place_of(*from_, sequence, time) < 0;
}

bool Between::is_behind(Sequence sequence, std::int64_t time) const {
  return to_ && place_of(*to_, sequence, time) > 0;
}

}  // namespace qualog::tools
