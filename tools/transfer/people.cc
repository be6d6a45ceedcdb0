// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/people.h"

#include "schema/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::transfer {

namespace {

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

Error wrong(std::size_t line, std::string_view what) {
  return fail(Code::invalid, fmt::format("line {}: {}", line, what));
}

Result<void> add_line(std::string_view text, std::size_t line, std::vector<PersonPair>& pairs) {
  if (trimmed(text).empty() || trimmed(text).front() == '#') return {};
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return wrong(line, "write it as THERE = HERE");
  PersonPair pair{trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1)), line};
  if (pair.there.empty() || pair.here.empty())
    return wrong(line, "somebody is missing; write it as THERE = HERE");
  const bool twice = std::any_of(pairs.begin(), pairs.end(), [&](const PersonPair& other) {
    return other.there == pair.there;
  });
  if (twice) return wrong(line, "this person is mapped above already; keep one of the lines");
  pairs.push_back(std::move(pair));
  return {};
}

}  // namespace

Result<std::vector<PersonPair>> parse_people(std::string_view table) {
  if (!is_text(table)) return fail(Code::invalid, "the table is no UTF-8 text; save it as such");
  std::vector<PersonPair> pairs;
  for (std::size_t line = 1; !table.empty(); ++line) {
    const auto end = std::min(table.find('\n'), table.size());
    QUALOG_TRY(add_line(table.substr(0, end), line, pairs));
    table.remove_prefix(std::min(end + 1, table.size()));
  }
  return pairs;
}

}  // namespace qualog::transfer
