// SPDX-License-Identifier: Apache-2.0
// Numbers of days become dates as spreadsheets mean them, and what is no date stays a number.
#include "tools/documents/tables/sheet_dates.h"

#include <boost/test/unit_test.hpp>

using namespace qualog::documents;

BOOST_AUTO_TEST_CASE(serials_are_days_since_the_epoch_of_the_workbook) {
  BOOST_TEST(date_of_serial("45413", false) == "2024-05-01");
  BOOST_TEST(date_of_serial("61", false) == "1900-03-01");
  BOOST_TEST(date_of_serial("0", true) == "1904-01-01");
  BOOST_TEST(date_of_serial("43951", true) == "2024-05-01");
}

BOOST_AUTO_TEST_CASE(a_part_of_a_day_is_a_time) {
  BOOST_TEST(date_of_serial("45413.4375", false) == "2024-05-01T10:30:00");
  BOOST_TEST(date_of_serial("45413.999999999", false) == "2024-05-02");
  BOOST_TEST(date_of_serial("0.5", false) == "1899-12-30T12:00:00");
}

BOOST_AUTO_TEST_CASE(what_is_no_date_stays_as_it_is) {
  for (const char* odd : {"", "-1", "x", "45413x", "1e300", "nan", "inf", "2958466"})
    BOOST_TEST(date_of_serial(odd, false) == odd);
  BOOST_TEST(date_of_serial("2958465", false) == "9999-12-31");
}

BOOST_AUTO_TEST_CASE(formats_are_dates_by_number_or_by_their_letters) {
  for (const unsigned number : {14u, 22u, 45u, 47u}) BOOST_TEST(is_date_format(number, ""));
  for (const unsigned number : {0u, 1u, 9u, 13u, 49u}) BOOST_TEST(!is_date_format(number, "yyyy"));
  for (const char* code : {"dd/mm/yyyy", "h:mm", "[$-409]d mmm", "\"on\" yyyy"})
    BOOST_TEST(is_date_format(164, code));
  for (const char* code : {"0.00", "0 \"days\"", "[Red]0", "#,##0", ""})
    BOOST_TEST(!is_date_format(164, code));
}
