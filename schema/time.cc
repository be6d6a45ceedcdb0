// SPDX-License-Identifier: Apache-2.0
#include "schema/time.h"

#include <fmt/format.h>

#include <chrono>

namespace qualog {

namespace {

using namespace std::chrono;

constexpr std::int64_t kSecond = 1'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads a text from the left; after the first misfit everything fails.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + (take_digit() - '0');
    return value;
  }

  char one_of(std::string_view allowed) {
    if (at_end() || allowed.find(rest_.front()) == std::string_view::npos) return miss('\0');
    return take();
  }

  bool next_is(char wanted) const { return !at_end() && rest_.front() == wanted; }

  // The digits after the point, as microseconds.
  std::int64_t fraction() {
    one_of(".");
    std::int64_t value = 0, unit = kSecond;
    do {
      unit /= 10;
      value += unit * (take_digit() - '0');
    } while (ok_ && !at_end() && is_digit(rest_.front()) && unit > 1);
    return value;
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  char take_digit() { return !at_end() && is_digit(rest_.front()) ? take() : miss('0'); }
  char miss(char instead) {
    ok_ = false;
    return instead;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// Days since 1970.
std::optional<std::int64_t> read_date(Reader& in) {
  const year y(in.digits(4));
  in.one_of("-");
  const month m(static_cast<unsigned>(in.digits(2)));
  in.one_of("-");
  const day d(static_cast<unsigned>(in.digits(2)));
  const year_month_day date(y, m, d);
  if (!in.ok() || !date.ok()) return std::nullopt;
  return sys_days(date).time_since_epoch().count();
}

// Microseconds since midnight.
std::optional<std::int64_t> read_clock(Reader& in) {
  const int hour = in.digits(2);
  in.one_of(":");
  const int minute = in.digits(2);
  in.one_of(":");
  const int second = in.digits(2);
  const std::int64_t fraction = in.next_is('.') ? in.fraction() : 0;
  if (!in.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return (hour * 3600 + minute * 60 + second) * kSecond + fraction;
}

// Microseconds to the east of UTC.
std::optional<std::int64_t> read_offset(Reader& in) {
  const char sign = in.one_of("Zz+-");
  if (sign == 'Z' || sign == 'z') return 0;
  const int hour = in.digits(2);
  in.one_of(":");
  const int minute = in.digits(2);
  if (!in.ok() || hour > 23 || minute > 59) return std::nullopt;
  return (sign == '-' ? -1 : 1) * (hour * 3600 + minute * 60) * kSecond;
}

std::string year_text(int year) {
  return year >= 0 && year <= 9999 ? fmt::format("{:04}", year) : fmt::format("{:+07}", year);
}

}  // namespace

std::string rfc3339(std::int64_t unix_us) {
  const std::int64_t fraction = (unix_us % kSecond + kSecond) % kSecond;
  const sys_seconds time{seconds(unix_us / kSecond - (unix_us % kSecond < 0))};
  const auto midnight = floor<days>(time);
  const year_month_day date(midnight);
  const hh_mm_ss clock(time - midnight);
  return fmt::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", year_text(int(date.year())),
                     unsigned(date.month()), unsigned(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), fraction);
}

std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
  Reader in(text);
  const auto date = read_date(in);
  if (!date) return std::nullopt;
  const std::int64_t midnight = *date * 86'400 * kSecond;
  if (in.at_end()) return midnight;
  in.one_of("Tt");
  const auto clock = read_clock(in);
  if (!clock) return std::nullopt;
  const auto offset = read_offset(in);
  if (!offset || !in.ok() || !in.at_end()) return std::nullopt;
  const std::int64_t time = midnight + *clock - *offset;
  if (time < kTimeMin || time > kTimeMax) return std::nullopt;
  return time;
}

}  // namespace qualog
