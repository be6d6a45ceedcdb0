// SPDX-License-Identifier: Apache-2.0
// Tables have one form as text, and come back from it whatever their values hold.
#include "schema/limits.h"
#include "tests/support/seed.h"
#include "tools/documents/tables/csv.h"
#include "tools/documents/tables/table_builder.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace qualog;
using namespace qualog::documents;
using interchange::LossList;

namespace {

Table table_of(std::string_view text) {
  LossList losses;
  auto read = read_csv(text, losses);
  BOOST_REQUIRE(read.has_value());
  return std::move(read->table);
}

std::string fault_of(std::string_view text) {
  LossList losses;
  const auto read = read_csv(text, losses);
  BOOST_REQUIRE(!read.has_value());
  return read.error().message;
}

Table random_table(auto& rng) {
  constexpr std::string_view kParts[] = {"a",  ",",   "\"", "\n", ";", " ", "ø", "1",
                                         "07", "1.5", "|",  "\t", "",  "",  "-", "true"};
  Table table;
  table.columns.resize(2 + rng() % 5);
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    table.columns[i].name = fmt::format("c{}", i);
  table.rows.resize(1 + rng() % 8);
  for (auto& row : table.rows) {
    row.resize(table.columns.size());
    for (auto& value : row)
      for (auto n = rng() % 4; n > 0; --n) value += kParts[rng() % std::size(kParts)];
    row.front() += "x";  // a row without anything would be left out
  }
  return table;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_table_comes_back_from_its_one_form) {
  test::for_seeds(500, [](test::Rng& rng, std::uint64_t) {
    const Table table = random_table(rng);
    const std::string csv = canonical_csv(table);
    LossList losses;
    const auto read = read_csv("sep=,\n" + csv, losses);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->table.rows == table.rows));
    BOOST_TEST(canonical_csv(read->table) == csv);
    BOOST_TEST(losses.take().empty());
  });
}

BOOST_AUTO_TEST_CASE(the_one_form_quotes_what_it_must) {
  const Table table = table_of("a;b;c\n1,5;\"x\"\"y\";\"two\nlines\"\n");
  BOOST_TEST(canonical_csv(table) == "a,b,c\n\"1,5\",\"x\"\"y\",\"two\nlines\"\n");
}

BOOST_AUTO_TEST_CASE(short_and_long_rows_make_one_width) {
  const Table table = table_of("a,b\n1\n1,2,3\n");
  BOOST_TEST(canonical_csv(table) == "a,b,Column 3\n1,,\n1,2,3\n");
}

BOOST_AUTO_TEST_CASE(the_delimiter_is_the_one_that_divides_alike) {
  LossList losses;
  for (const auto& [text, delimiter] :
       {std::pair("a;b\n1,5;2\n3,5;4\n", ';'), std::pair("a\tb\n1\t2\n", '\t'),
        std::pair("a,b|c\n1,2|3\n", ','), std::pair("word\nI swim, often\n", ',')}) {
    const auto read = read_csv(text, losses);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->delimiter == delimiter, text);
  }
}

BOOST_AUTO_TEST_CASE(the_delimiter_is_found_behind_long_names) {
  const std::string name(40'000, 'x');
  BOOST_TEST(table_of(name + "1;" + name + "2\n1;2\n").columns.size() == 2U);
}

BOOST_AUTO_TEST_CASE(values_have_the_type_they_are_written_in) {
  using enum ColumnType;
  for (const auto& [value, type] :
       {std::pair("0", Integer), std::pair("-12", Integer), std::pair("007", Text),
        std::pair("1.50", Decimal), std::pair("1.", Text), std::pair(".5", Text),
        std::pair("1e5", Text), std::pair("1234567890123456789", Text), std::pair("TRUE", Boolean),
        std::pair("yes", Text), std::pair("2024-05-01", Date), std::pair("2024-5-1", Text),
        std::pair("2024-05-01T10:00", DateTime), std::pair("2024-05-01 10:00:00", DateTime)})
    BOOST_TEST((type_of_value(value) == type), value);
}

BOOST_AUTO_TEST_CASE(whole_and_decimal_numbers_are_decimal_together) {
  BOOST_TEST((table_of("a\n1\n2.5\n").columns[0].type == ColumnType::Decimal));
  BOOST_TEST((table_of("a\n1\n2024-05-01\n").columns[0].type == ColumnType::Text));
  BOOST_TEST((table_of("a,b\nx,\ny,\n").columns[1].type == ColumnType::Text));
}

// A spreadsheet can say one long value for every column of a row.
BOOST_AUTO_TEST_CASE(a_row_is_within_the_limit_before_it_ends) {
  const std::string value(10'000'000, 'x');
  TableBuilder builder;
  std::size_t taken = 0;
  while (taken < limits::kTableColumnsMax && builder.add(taken, value)) ++taken;
  BOOST_TEST(taken == limits::kSourceTextBytesMax / value.size());
  TableBuilder one_place;
  for (int i = 0; i < 20; ++i) BOOST_TEST(one_place.add(0, value).has_value());
}

BOOST_AUTO_TEST_CASE(endless_empty_rows_are_counted_within_the_limit) {
  LossList losses;
  TableBuilder builder;
  for (const char* value : {"a", "1"}) {
    BOOST_REQUIRE(builder.add(0, value).has_value());
    BOOST_REQUIRE(builder.end_row().has_value());
    BOOST_REQUIRE(builder.end_row(~std::size_t{0}).has_value());
    BOOST_REQUIRE(builder.end_row(2).has_value());
  }
  BOOST_REQUIRE(builder.finish(losses).has_value());
  const auto rows = losses.take();
  BOOST_REQUIRE(rows.size() == 1U);
  BOOST_TEST(rows[0].count == limits::kTableCellsMax + 2);
}

BOOST_AUTO_TEST_CASE(what_is_no_table_is_named) {
  BOOST_TEST(fault_of("").find("empty") != std::string::npos);
  BOOST_TEST(fault_of("\n\n,,\n").find("empty") != std::string::npos);
  BOOST_TEST(fault_of("a\n\"b\n").find("line 2: a quote") != std::string::npos);
}
