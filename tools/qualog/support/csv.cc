// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/csv.h"

namespace qualog::tools {

namespace {

constexpr std::string_view kBeginsFormula = "=+-@\t\r";
constexpr std::string_view kNeedsQuotes = ",\"\r\n";

std::string in_quotes(std::string_view text) {
  std::string cell = "\"";
  for (const char character : text) {
    if (character == '"') cell += '"';
    cell += character;
  }
  return cell + '"';
}

}  // namespace

std::string csv_cell(std::string_view text) {
  const bool is_formula = !text.empty() && kBeginsFormula.find(text.front()) != text.npos;
  const auto harmless = (is_formula ? "'" : "") + std::string(text);
  return harmless.find_first_of(kNeedsQuotes) == harmless.npos ? harmless : in_quotes(harmless);
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const auto& cell : cells) line += (&cell == &cells.front() ? "" : ",") + csv_cell(cell);
  return line + "\r\n";
}

}  // namespace qualog::tools
