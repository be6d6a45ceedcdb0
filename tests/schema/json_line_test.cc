// SPDX-License-Identifier: Apache-2.0
// The strict line parser: each thing that a lenient parser lets pass is refused, with its column.
#include "schema/json.h"
#include "schema/limits.h"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace qualog;

namespace {

std::string refusal(std::string_view line) {
  const auto parsed = parse_json_line(line);
  return parsed ? "" : parsed.error().message;
}

std::string nested(std::size_t depth) {
  return "{\"a\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_line)

BOOST_AUTO_TEST_CASE(an_object_is_read_as_it_is) {
  const std::string line =
      R"({"a":[1,-2,18446744073709551615,1.5,true,null,"\u00e6\ud83d\ude00"],"b":{"a":{}}})";
  const auto parsed = parse_json_line(" " + line + "\r\n");
  BOOST_REQUIRE(parsed);
  BOOST_TEST(boost::json::serialize(*parsed) ==
             R"({"a":[1,-2,18446744073709551615,1.5E0,true,null,"æ😀"],"b":{"a":{}}})");
}

BOOST_AUTO_TEST_CASE(long_keys_and_strings_come_through_whole) {
  const std::string text(100'000, 'x');
  const auto parsed = parse_json_line("{\"" + text + "\":\"" + text + "\\n\"}");
  BOOST_REQUIRE(parsed);
  BOOST_TEST(parsed->at(text).as_string().size() == text.size() + 1);
}

BOOST_AUTO_TEST_CASE(a_refusal_names_the_column) {
  const std::pair<std::string, const char*> examples[] = {
      {R"({"a":1,"a":2})", "column 10: a key is given twice"},
      {R"({"b":{"a":1,"a":2}})", "a key is given twice"},
      {R"({"\u0061":1,"a":2})", "a key is given twice"},
      {R"({"a":1} {})", "column 9: more text follows"},
      {R"({"a":1}x)", "column 8: more text follows"},
      {R"({"a":"\u0000"})", "a text holds U+0000"},
      {R"({"\u0000":1})", "a text holds U+0000"},
      {std::string("{\"a\":\"\0\"}", 9), "column 7: "},
      {std::string("{\"a\":1}\0", 8), "column 8: more text follows"},
      {"{\"æ\":\"\xC3\x28\"}", "column "},
      {"{\"a\":\"\xED\xA0\x80\"}", "column "},
      {R"({"a":"\ud800"})", "column "},
      {R"({"a":1,})", "column 8: "},
      {R"({"a":01})", "column "},
      {R"({a:1})", "column 2: "},
      {R"({"a":NaN})", "column "},
      {R"(/**/{})", "column 1: "},
      {R"([{}])", "the line must hold an object"},
      {R"("a")", "the line must hold an object"},
      {R"(7)", "the line must hold an object"},
      {R"(null)", "the line must hold an object"},
      {R"({"a":1)", "column 7: "},
      {"", "column 1: "},
      {"\xEF\xBB\xBF{}", "column 1: "},
  };
  for (const auto& [line, wanted] : examples)
    BOOST_TEST((refusal(line).find(wanted) != std::string::npos), line << " -> " << refusal(line));
}

BOOST_AUTO_TEST_CASE(depth_is_limited) {
  BOOST_TEST(refusal(nested(limits::kJsonDepthMax)) == "");
  BOOST_TEST(refusal(nested(limits::kJsonDepthMax + 1)) != "");
}

BOOST_AUTO_TEST_CASE(length_is_limited) {
  std::string line = "{}";
  line.resize(limits::kJsonLineBytesMax, ' ');
  BOOST_TEST(refusal(line) == "");
  line += ' ';
  BOOST_REQUIRE(!parse_json_line(line));
  BOOST_TEST((parse_json_line(line).error().code == Code::too_large));
}

BOOST_AUTO_TEST_SUITE_END()
