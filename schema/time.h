// SPDX-License-Identifier: Apache-2.0
// Time as people read it: RFC 3339 to and from microseconds since 1970 UTC. No locale, no time zone
// database, no clock. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qualog {

// The first and the last microsecond of the years 0000 to 9999, all that RFC 3339 can write.
inline constexpr std::int64_t kTimeMin = -62'167'219'200'000'000;
inline constexpr std::int64_t kTimeMax = 253'402'300'799'999'999;

// "2026-03-09T07:05:00.000120Z": always UTC and six digits. Outside of kTimeMin to kTimeMax the
// year is written with its sign and six digits (ISO 8601-1, expanded).
std::string rfc3339(std::int64_t unix_us);

// A date and time with 'Z' or an offset and at most six digits of fraction, or a date alone, which
// means 00:00:00Z; 'T' and 'Z' in either case. A leap second is the second after it, as in POSIX.
// Nothing for any other text, a day that does not exist, or a time outside kTimeMin to kTimeMax.
std::optional<std::int64_t> parse_rfc3339(std::string_view text);

}  // namespace qualog
