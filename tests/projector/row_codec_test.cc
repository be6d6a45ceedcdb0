// SPDX-License-Identifier: Apache-2.0
// The canonical encoding, version 1: golden bytes for each shape of value, the way back, and no row
// that is cut or has something behind it passes for a row.
#include "projector/query/living.h"
#include "projector/state/applied.h"
#include "projector/tables.h"
#include "tests/projector/story.h"

namespace qualog::test {

using namespace projector;

namespace {

template <class Row>
std::string encoded(const Row& row) {
  return hex(encode(row));
}

struct Numbers {
  std::uint64_t number = 0;
  std::int64_t time = 0;
};
template <class Visitor>
void describe(Visitor& visit, Numbers& row) {
  visit("number", row.number);
  visit("time", row.time);
}

const std::string kId = "01000000000000000000000000000005";

ItemRow sample_item() {
  ItemRow item;
  item.kind = Kind::Code;
  item.created = {Sequence{3}, -1, item_id(5), SessionId{}};
  item.slot(Facet::Life).value = encode(Life{LifeState::Merged, item_id(5)});
  item.slot(Facet::Props).version = Version{Sequence{300}, SessionId{}, Sequence{2}, Sequence{300}};
  return item;
}

// Every cut of the row, and the row with a byte behind it, is refused.
template <class Row>
void check_only_whole(const Row& row) {
  Bytes bytes = encode(row);
  BOOST_REQUIRE(decode<Row>(bytes));
  BOOST_CHECK_EQUAL(encoded(*decode<Row>(bytes)), hex(bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    BOOST_CHECK_MESSAGE(!decode<Row>(ByteView(bytes).first(size)), "cut at byte " << size);
  bytes.push_back(0);
  BOOST_CHECK(!decode<Row>(bytes));
}

Text sealed_text() {
  Text text;
  text.seal = SealedText{item_id(5), item_id(5), {1, 2}, {3}};
  text.length = 9;
  text.match = Bytes(16, 4);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(row_codec)

BOOST_AUTO_TEST_CASE(integers_are_leb128_and_times_zigzag) {
  BOOST_CHECK_EQUAL(encoded(Numbers{0, 0}), "0000");
  BOOST_CHECK_EQUAL(encoded(Numbers{127, -1}), "7f01");
  BOOST_CHECK_EQUAL(encoded(Numbers{128, 1}), "800102");
  BOOST_CHECK_EQUAL(encoded(Numbers{300, -64}), "ac027f");
  BOOST_CHECK_EQUAL(encoded(Numbers{UINT64_MAX, INT64_MIN}),
                    "ffffffffffffffffff01ffffffffffffffffff01");
}

BOOST_AUTO_TEST_CASE(extreme_integers_come_back) {
  for (const Numbers row : {Numbers{UINT64_MAX, INT64_MIN}, Numbers{1, INT64_MAX}}) {
    const auto back = decode<Numbers>(encode(row));
    BOOST_REQUIRE(back);
    BOOST_CHECK_EQUAL(back->number, row.number);
    BOOST_CHECK_EQUAL(back->time, row.time);
  }
}

BOOST_AUTO_TEST_CASE(a_number_longer_than_64_bits_is_damage) {
  Bytes bytes(10, 0x80);
  bytes.push_back(0);
  BOOST_CHECK(!decode<Numbers>(bytes));
}

BOOST_AUTO_TEST_CASE(rows_have_these_golden_bytes) {
  BOOST_CHECK_EQUAL(encoded(Life{LifeState::Merged, item_id(5)}), "02" + kId);
  BOOST_CHECK_EQUAL(encoded(Parent{item_id(5), 300}), kId + "ac02");
  BOOST_CHECK_EQUAL(encoded(Role{3, "kari"}),
                    "03"
                    "046b617269");
  BOOST_CHECK_EQUAL(encoded(Note{}),
                    "00"
                    "00000000");
  BOOST_CHECK_EQUAL(encoded(Note{std::int64_t{-2}, {}}),
                    "0103"
                    "00000000");
  BOOST_CHECK_EQUAL(encoded(RangeRow{item_id(5), false, {1, 2, true}}), kId +
                                                                            "00"
                                                                            "01"
                                                                            "02"
                                                                            "01");
  BOOST_CHECK_EQUAL(encoded(TextValue{{"hi", std::nullopt, 2, {9}}}),
                    "026869"
                    "00"
                    "02"
                    "0109");
  BOOST_CHECK_EQUAL(encoded(TextValue{sealed_text()}),
                    "00"
                    "01" +
                        kId + kId +
                        "020102"
                        "0103"
                        "09"
                        "10" +
                        std::string(32, '0').replace(0, 32, "04040404040404040404040404040404"));
  BOOST_CHECK_EQUAL(encoded(ContentRow{Sequence{7}, ContentState::Missing, 1, 2, {{65536, 0, 1}}}),
                    "07"
                    "01"
                    "01"
                    "02"
                    "01"
                    "808004"
                    "00"
                    "01");
  const std::string zero(32, '0');
  BOOST_CHECK_EQUAL(encoded(sample_item()),
                    "06"
                    "03"
                    "01" +
                        kId + zero +
                        "00"
                        "02"
                        "01"
                        "11"
                        "02" +
                        kId +
                        "00"
                        "02"
                        "00"
                        "01"
                        "ac02" +
                        zero +
                        "02"
                        "ac02");
}

BOOST_AUTO_TEST_CASE(a_cut_row_is_never_read) {
  check_only_whole(sample_item());
  check_only_whole(TextValue{sealed_text()});
  check_only_whole(
      ContentRow{Sequence{7}, ContentState::Missing, 1, 2, {{65536, 0, 1}, {1, 2, 3}}});
  EffectRow effect;
  effect.entries.push_back({item_id(5), Facet::Props, false, {1, 2}, {}, Sequence{4}});
  effect.edit = EditRow{item_id(5), {{1, 2, 3}}, {{1, 2, 3}}, {{item_id(5), Facet::Range, {}, {}}}};
  check_only_whole(effect);
  check_only_whole(SessionRow{"kari", Sequence{1}, 5, true});
  check_only_whole(CommandRow{Sequence{1}, Sequence{2}, "kari", Digest{}});
  check_only_whole(Applied{1, 2, 3, 4, {}, {}});
}

BOOST_AUTO_TEST_CASE(a_count_larger_than_the_row_ends_at_once) {
  Bytes bytes;
  RowWriter(bytes).number(UINT64_MAX);
  BOOST_CHECK(!decode<HistoryRow>(bytes));
}

BOOST_AUTO_TEST_CASE(a_row_read_in_place_is_the_row) {
  const Bytes bytes = encode(sample_item());
  const auto slice = decode<ItemSlice>(bytes);
  BOOST_REQUIRE(slice);
  BOOST_CHECK_EQUAL(encoded(*decode<ItemRow>(bytes)), hex(bytes));
  BOOST_CHECK(slice->kind == Kind::Code);
  BOOST_REQUIRE_EQUAL(slice->facets.size(), 2U);
  BOOST_CHECK_EQUAL(hex(slice->value(Facet::Life)), "02" + kId);
  BOOST_CHECK(slice->facets[1].version->sequence == Sequence{300});
  BOOST_CHECK(slice->value(Facet::Lease).empty());
}

BOOST_AUTO_TEST_CASE(keys_sort_as_their_numbers) {
  BOOST_CHECK(text_of(key_of(Sequence{255})) < text_of(key_of(Sequence{256})));
  BOOST_CHECK(text_of(anchor_key(item_id(1), 2, 300)) < text_of(anchor_key(item_id(1), 3, 4)));
  BOOST_CHECK(item_at_end(key_of(item_id(1), Kind::Code, item_id(2))) == item_id(2));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
