// SPDX-License-Identifier: Apache-2.0
// Every code point there is, each kind of malformed byte sequence (RFC 3629 section 4, Unicode
// table 3-7), and positions against a plain walk over texts whose length stands around the stride.
#include "projector/text/utf8_index.h"

#include "tests/support/seed.h"

#include <boost/test/unit_test.hpp>

#include <iterator>

namespace qualog::text {
namespace {

using namespace std::string_view_literals;

// The encoding as RFC 3629 section 3 draws it.
void encode(char32_t code_point, std::string& into) {
  const auto byte = [&into](char32_t bits) { into += static_cast<char>(bits); };
  const auto tail = [&](unsigned shift) { byte(0x80 | ((code_point >> shift) & 0x3F)); };
  if (code_point < 0x80) return byte(code_point);
  if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
    return tail(0);
  }
  if (code_point < 0x10000) {
    byte(0xE0 | (code_point >> 12));
    tail(6);
    return tail(0);
  }
  byte(0xF0 | (code_point >> 18));
  tail(12);
  tail(6);
  tail(0);
}

struct Malformed {
  std::string_view bytes;
  const char* place;
};

constexpr Malformed kMalformed[] = {
    {"ab\x80"sv, "byte 2 (code point 2)"},                // a tail alone
    {"\xC3"sv, "byte 0 (code point 0)"},                  // cut off
    {"\xC3\xA4\xC3"sv, "byte 2 (code point 1)"},          // cut off, later
    {"\xE2\x82"sv, "byte 0 (code point 0)"},              // three bytes, cut off
    {"\xF0\x9F\x98"sv, "byte 0 (code point 0)"},          // four bytes, cut off
    {"\xC0\xAF"sv, "byte 0 (code point 0)"},              // overlong
    {"\xE0\x80\xAF"sv, "byte 0 (code point 0)"},          // overlong
    {"\xF0\x80\x80\xAF"sv, "byte 0 (code point 0)"},      // overlong
    {"x\xED\xA0\x80"sv, "byte 1 (code point 1)"},         // surrogate U+D800
    {"x\xED\xBF\xBF"sv, "byte 1 (code point 1)"},         // surrogate U+DFFF
    {"\xF4\x90\x80\x80"sv, "byte 0 (code point 0)"},      // above U+10FFFF
    {"\xF8\x88\x80\x80\x80"sv, "byte 0 (code point 0)"},  // five bytes
    {"\xFF"sv, "byte 0 (code point 0)"},                  // never a byte of UTF-8
    {"\xC3\xA4z\0"sv, "byte 3 (code point 2)"},           // U+0000
};

BOOST_AUTO_TEST_SUITE(utf8_index)

BOOST_AUTO_TEST_CASE(every_code_point_counts_as_one) {
  std::uint32_t wrong = 0;
  for (char32_t code_point = 1; code_point <= 0x10FFFF; ++code_point) {
    std::string utf8;
    encode(code_point, utf8);
    const auto length = checked_length(utf8);
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (surrogate ? length.has_value() : !length.has_value() || *length != 1) ++wrong;
  }
  BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(malformed_text_is_refused_by_place_without_its_words) {
  for (const Malformed& malformed : kMalformed) {
    const auto result = checked_length(malformed.bytes);
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST((result.error().code == Code::invalid));
    BOOST_TEST(result.error().message.find(malformed.place) != std::string::npos,
               result.error().message);
    BOOST_TEST(!Utf8Index::make(malformed.bytes).has_value());
  }
}

BOOST_AUTO_TEST_CASE(line_ends_become_lf) {
  BOOST_TEST(has_lf_ends("a\nb"));
  BOOST_TEST(!has_lf_ends("a\r\nb"));
  BOOST_TEST(!has_lf_ends("a\r"));
}

BOOST_AUTO_TEST_CASE(positions_are_those_of_a_plain_walk) {
  test::for_seeds(300, [](test::Rng& rng, std::uint64_t seed) {
    static constexpr char32_t kAlphabet[] = {U'a', U'\n', U'\u00e4', U'\u4e2d', U'\U0001F600'};
    const bool ascii = test::below(rng, 4) == 0;
    const std::size_t length = test::below(rng, 3) * 256 + test::below(rng, 4);
    std::string utf8;
    std::vector<std::size_t> offsets{0};
    for (std::size_t i = 0; i < length; ++i) {
      encode(kAlphabet[test::below(rng, ascii ? 2 : std::size(kAlphabet))], utf8);
      offsets.push_back(utf8.size());
    }
    const auto index = Utf8Index::make(utf8);
    BOOST_REQUIRE_MESSAGE(index.has_value(), "QUALOG_SEED=" << seed);
    BOOST_REQUIRE_EQUAL(index->length(), length);
    for (std::uint32_t i = 0; i <= length; ++i) {
      BOOST_REQUIRE_MESSAGE(index->byte_offset(i) == offsets[i], "QUALOG_SEED=" << seed);
    }
    const std::size_t begin = test::below(rng, length + 1);
    const std::size_t end = begin + test::below(rng, length - begin + 1);
    const std::string_view part =
        index->slice(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
    BOOST_REQUIRE_MESSAGE(part == utf8.substr(offsets[begin], offsets[end] - offsets[begin]),
                          "QUALOG_SEED=" << seed);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace qualog::text
