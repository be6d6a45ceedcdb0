// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/tables/csv.h"

#include "tools/documents/tables/table_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace qualog::documents {

namespace {

constexpr char kDelimiters[] = {',', ';', '\t', '|'};
constexpr std::size_t kSampleBytes = 64 * 1024;

// Fields one by one. After an error it is done.
class Fields {
 public:
  Fields(std::string_view text, char delimiter) : rest_(text), delimiter_(delimiter) {}

  bool at_end() const { return rest_.empty() && !owes_field_; }
  std::uint64_t line() const { return line_; }
  bool odd() const { return odd_; }        // words stood behind a closing quote
  bool closed() const { return closed_; }  // every quote so far was closed

  // The next field; `last` says whether it ends its record.
  std::string next(bool& last) {
    std::string field;
    owes_field_ = false;
    if (rest_.starts_with('"')) quoted(field);
    const std::size_t end = std::min(rest_.find_first_of(ends()), rest_.size());
    if (end > 0 && !field.empty()) odd_ = true;
    field += rest_.substr(0, end);
    last = end == rest_.size() || rest_[end] == '\n';
    owes_field_ = !last;
    if (end < rest_.size() && last) ++line_;
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return field;
  }

 private:
  std::string_view ends() {
    ends_[0] = delimiter_;
    ends_[1] = '\n';
    return {ends_, 2};
  }

  void quoted(std::string& field) {
    rest_.remove_prefix(1);
    while (true) {
      const std::size_t quote = rest_.find('"');
      const auto part = rest_.substr(0, quote);
      field += part;
      line_ += static_cast<std::uint64_t>(std::ranges::count(part, '\n'));
      if (quote == rest_.npos) closed_ = false;
      rest_.remove_prefix(std::min(quote, rest_.size() - 1) + 1);
      if (!closed_ || !rest_.starts_with('"')) return;
      field += '"';
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  char delimiter_;
  char ends_[2] = {};
  std::uint64_t line_ = 1;
  bool owes_field_ = false;  // a delimiter at the end of the text is followed by an empty field
  bool odd_ = false;
  bool closed_ = true;
};

// How many records have the commonest number of fields, and that number.
struct Fit {
  std::size_t fields = 0;
  std::size_t records = 0;
};

Fit fit_of(std::string_view sample, char delimiter) {
  std::map<std::size_t, std::size_t> records;
  Fields fields(sample, delimiter);
  std::size_t count = 0;
  Fit fit;
  while (!fields.at_end()) {
    bool last = false;
    fields.next(last);
    ++count;
    if (!last) continue;
    ++records[std::exchange(count, 0)];
  }
  for (const auto& [number, times] : records)
    if (times >= fit.records) fit = {number, times};
  return fit;
}

// Whole lines from the start; the names of a survey's columns alone can be longer than a sample.
std::string_view sample_of(std::string_view text) {
  return text.substr(0, text.find('\n', kSampleBytes));
}

char best_delimiter(std::string_view text) {
  const std::string_view sample = sample_of(text);
  char chosen = ',';
  Fit best;
  for (const char delimiter : kDelimiters) {
    const Fit fit = fit_of(sample, delimiter);
    const auto rank = [](const Fit& f) {
      return std::pair(f.fields > 1 ? f.records : 0, f.fields);
    };
    if (rank(fit) <= rank(best)) continue;
    best = fit;
    chosen = delimiter;
  }
  return chosen;
}

// "sep=;" as spreadsheets write it.
std::optional<char> said_delimiter(std::string_view& text) {
  constexpr std::string_view kSays = "sep=";
  if (!text.starts_with(kSays) || text.size() < 6 || text[5] != '\n') return std::nullopt;
  const char delimiter = text[4];
  text.remove_prefix(6);
  return delimiter;
}

bool needs_quotes(std::string_view value) { return value.find_first_of(",\"\n\r") != value.npos; }

void write_row(std::string& csv, const auto& values, auto&& text_of) {
  bool first = true;
  for (const auto& item : values) {
    const std::string& value = text_of(item);
    if (!std::exchange(first, false)) csv += ',';
    if (!needs_quotes(value)) {
      csv += value;
      continue;
    }
    csv += '"';
    for (const char c : value) csv.append(c == '"' ? 2 : 1, c);
    csv += '"';
  }
  csv += '\n';
}

}  // namespace

Result<CsvTable> read_csv(std::string_view utf8, interchange::LossList& losses) {
  CsvTable read;
  const auto said = said_delimiter(utf8);
  read.delimiter = said ? *said : best_delimiter(utf8);
  Fields fields(utf8, read.delimiter);
  TableBuilder builder;
  std::size_t column = 0;
  while (!fields.at_end()) {
    bool last = false;
    const std::uint64_t line = fields.line();
    auto field = fields.next(last);
    if (!fields.closed())
      return fail(Code::invalid,
                  fmt::format("line {}: a quote is not closed; save the table again", line));
    QUALOG_TRY(builder.add(column++, std::move(field)));
    if (!last) continue;
    QUALOG_TRY(builder.end_row());
    column = 0;
  }
  if (fields.odd()) losses.doubt("quote", "words stand behind a closing quote: kept as they are");
  QUALOG_ASSIGN(read.table, builder.finish(losses));
  return read;
}

std::string canonical_csv(const Table& table) {
  std::string csv;
  write_row(csv, table.columns,
            [](const Column& column) -> const std::string& { return column.name; });
  for (const auto& row : table.rows)
    write_row(csv, row, [](const std::string& value) -> const std::string& { return value; });
  return csv;
}

}  // namespace qualog::documents
