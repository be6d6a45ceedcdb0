// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/tables/sheet_dates.h"

#include "schema/bytes.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace qualog::documents {

namespace {

struct Numbers {
  unsigned first, last;
};
constexpr Numbers kBuiltInDates[] = {{14, 22}, {27, 36}, {45, 47}, {50, 58}};
constexpr unsigned kFirstOwnFormat = 164;
constexpr double kSerialMax = 2'958'466;  // the year 10000

}  // namespace

bool is_date_format(unsigned number, std::string_view code) {
  for (const Numbers& row : kBuiltInDates)
    if (number >= row.first && number <= row.last) return true;
  if (number < kFirstOwnFormat) return false;
  bool quoted = false, bracketed = false;
  for (const char c : code) {
    if (c == '"') quoted = !quoted;
    if (c == '[' || c == ']') bracketed = c == '[';
    const bool letter = std::string_view("dmyhDMYH").find(c) != std::string_view::npos;
    if (letter && !quoted && !bracketed) return true;
  }
  return false;
}

std::string date_of_serial(std::string_view serial, bool from_1904) {
  using namespace std::chrono;
  const double days_since = parse_number<double>(serial).value_or(-1);
  if (!(days_since >= 0) || days_since >= kSerialMax) return std::string(serial);
  const auto second = static_cast<std::int64_t>(std::llround(days_since * 86'400));
  const sys_days epoch = from_1904 ? sys_days(1904y / 1 / 1) : sys_days(1899y / 12 / 30);
  const year_month_day day{epoch + days(second / 86'400)};
  const auto date =
      fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  const std::int64_t left = second % 86'400;
  if (left == 0) return date;
  return fmt::format("{}T{:02}:{:02}:{:02}", date, left / 3'600, left / 60 % 60, left % 60);
}

}  // namespace qualog::documents
