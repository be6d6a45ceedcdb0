// SPDX-License-Identifier: Apache-2.0
// Method: records with fixed numbers are compared with golden bytes, which never change; every byte
// of a record is flipped and every field bent with the check made right again, and decode() must
// say what is wrong without reading outside.
#include "engine/log/record.h"

#include "engine/log/little_endian.h"
#include "schema/limits.h"
#include "tests/engine/log/log_support.h"

#include <boost/test/unit_test.hpp>
#include <zlib.h>

#include <algorithm>
#include <string>
#include <vector>

namespace qualog::log {

namespace {

using test::batch_of;

Digest digest_of(std::uint8_t byte) {
  Digest digest;
  digest.fill(byte);
  return digest;
}

State golden_state() {
  const Head head{Sequence{3}, AsideNumber{2}, digest_of(0xA1), digest_of(0xA2)};
  const Head settled{Sequence{2}, AsideNumber{1}, digest_of(0xB1), digest_of(0xB2)};
  return {
      .epoch = Epoch{5}, .owner = 0x0102030405060708, .index = 7, .head = head, .settled = settled};
}

// 16 bytes a line, as docs/log-format.md prints them.
std::string dump(ByteView bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 16) {
    text += hex(bytes.subspan(at, std::min<std::size_t>(16, bytes.size() - at))) + "\n";
  }
  return text;
}

void make_check_right(Bytes& record) {
  store(record.data() + 12, std::uint32_t{0});
  store(record.data() + 12,
        static_cast<std::uint32_t>(crc32(0, record.data(), static_cast<uInt>(record.size()))));
}

const std::string kGoldenBatch =
    "ff514c4701000200a80000003acaa32f\n"
    "05000000000000000807060504030201\n"
    "07000000010000000200000001000000\n"
    "03000000000000000200000000000000\n"
    "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\n"
    "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\n"
    "a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2\n"
    "a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2\n"
    "03000000000000006f6e650000000000\n"
    "00000000000000000800000000000000\n"
    "616e206173696465\n";

const std::string kGoldenFence =
    "ff514c4701000100a0000000c5bac652\n"
    "06000000000000000900000000000000\n"
    "00000000000000000000000000000000\n"
    "02000000000000000100000000000000\n"
    "b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1\n"
    "b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1\n"
    "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2\n"
    "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2\n"
    "11111111111111111111111111111111\n"
    "22222222222222222222222222222222\n";

const std::string kGoldenSeal =
    "ff514c4701000300c00000005db4a2af\n"
    "05000000000000000807060504030201\n"
    "07000000000000000000000000000000\n"
    "03000000000000000200000000000000\n"
    "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\n"
    "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\n"
    "a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2\n"
    "a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2\n"
    "0200000000000000c1c1c1c1c1c1c1c1\n"
    "c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1\n"
    "c1c1c1c1c1c1c1c10b00000000000000\n"
    "6b61666b613a2f2f612f620000000000\n";

const std::string kGoldenHeader =
    "ff514c470100040000020000dfcc1ce3\n"
    "05000000000000000807060504030201\n"
    "07000000000000000000000000000000\n"
    "03000000000000000200000000000000\n"
    "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\n"
    "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\n"
    "a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2\n"
    "a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2\n"
    "11111111111111111111111111111111\n"
    "22222222222222222222222222222222\n"
    "02000000000000000010000000000000\n"
    "02000000000000000100000000000000\n"
    "b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1\n"
    "b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1\n"
    "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2\n"
    "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2\n";

Bytes batch_record() {
  Bytes buffer;
  encode_batch(golden_state(), batch_of({"one", ""}, {"an aside"}, true), buffer);
  return buffer;
}

Bytes fence_record() {
  Bytes buffer;
  encode_fence({Epoch{6}, 9}, golden_state().settled, test::test_ids(), buffer);
  return buffer;
}

Bytes seal_record() {
  Bytes buffer;
  encode_seal(golden_state(), {"kafka://a/b", Sequence{2}, digest_of(0xC1)}, buffer);
  return buffer;
}

Bytes header_record() {
  Bytes buffer;
  encode_segment_header({test::test_ids(), 2, 4096, golden_state()}, buffer);
  return buffer;
}

Decoded judge_bytes(const Bytes& bytes) {
  RecordView record;
  return decode(bytes, record);
}

// One bent field, the check made right again, and what decode() says of it.
struct Bent {
  const char* what;
  Bytes record;
  std::size_t at;
  std::uint8_t value;
  Decoded expected;
};

}  // namespace

BOOST_AUTO_TEST_CASE(records_have_their_golden_bytes) {
  BOOST_TEST(dump(batch_record()) == kGoldenBatch);
  BOOST_TEST(dump(fence_record()) == kGoldenFence);
  BOOST_TEST(dump(seal_record()) == kGoldenSeal);
  BOOST_TEST(dump(ByteView(header_record()).first(256)) == kGoldenHeader);
  BOOST_TEST(header_record().size() == kSegmentHeaderBytes);
}

BOOST_AUTO_TEST_CASE(decoding_gives_back_what_was_encoded) {
  const auto batch = batch_record();
  RecordView record;
  BOOST_REQUIRE(decode(batch, record) == Decoded::Valid);
  BOOST_TEST(record.front.more);
  BOOST_TEST(record.front.index == 7U);
  BOOST_TEST((record.front.before == golden_state().head));
  ItemCursor items(record);
  BOOST_TEST(text_of(items.next()) == "one");
  BOOST_TEST(text_of(items.next()) == "");
  BOOST_TEST(text_of(items.next()) == "an aside");

  const auto fence = fence_record();
  BOOST_REQUIRE(decode(fence, record) == Decoded::Valid);
  BOOST_TEST((ids_of(record) == test::test_ids()));
  const auto seal = seal_record();
  BOOST_REQUIRE(decode(seal, record) == Decoded::Valid);
  BOOST_TEST((seal_of(record) == Seal{"kafka://a/b", Sequence{2}, digest_of(0xC1)}));
  const auto header = header_record();
  BOOST_REQUIRE(decode(header, record) == Decoded::Valid);
  BOOST_TEST(
      (segment_header_of(record) == SegmentHeader{test::test_ids(), 2, 4096, golden_state()}));
}

BOOST_AUTO_TEST_CASE(a_flip_of_any_bit_leaves_no_record) {
  for (const auto& whole : {batch_record(), fence_record(), seal_record(), header_record()}) {
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
      auto flipped = whole;
      flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      BOOST_REQUIRE(judge_bytes(flipped) == Decoded::Nothing);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_shortened_record_is_no_record) {
  const auto whole = batch_record();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    // A buffer of exactly this size, so that a read outside is seen by a sanitizer.
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    BOOST_REQUIRE(judge_bytes(part) == Decoded::Nothing);
  }
}

BOOST_AUTO_TEST_CASE(fields_that_contradict_each_other_are_malformed) {
  const std::vector<Bent> table{
      {"version zero", batch_record(), 4, 0, Decoded::Malformed},
      {"a newer version", batch_record(), 4, 2, Decoded::TooNew},
      {"kind zero", batch_record(), 6, 0, Decoded::TooNew},
      {"an unknown kind", batch_record(), 6, 5, Decoded::TooNew},
      {"more is neither 0 nor 1", batch_record(), 36, 2, Decoded::Malformed},
      {"zeros in the front", batch_record(), 39, 1, Decoded::Malformed},
      {"an event too few", batch_record(), 40, 1, Decoded::Malformed},
      {"an event too many", batch_record(), 40, 3, Decoded::Malformed},
      {"events without end", batch_record(), 43, 255, Decoded::Malformed},
      {"an item goes past the end", batch_record(), 152, 9, Decoded::Malformed},
      {"an item is enormous", batch_record(), 131, 255, Decoded::Malformed},
      {"an item's zero", batch_record(), 132, 1, Decoded::Malformed},
      {"an item's padding", batch_record(), 143, 1, Decoded::Malformed},
      {"a fence with items", fence_record(), 40, 1, Decoded::Malformed},
      {"a fence of an unfinished log", fence_record(), 36, 1, Decoded::Valid},
      {"a batch that is a fence's bytes", fence_record(), 6, 2, Decoded::Malformed},
      {"a seal's place goes past the end", seal_record(), 168, 17, Decoded::Malformed},
      {"a seal's place too short", seal_record(), 168, 2, Decoded::Malformed},
      {"a seal's zero", seal_record(), 172, 1, Decoded::Malformed},
      {"a header's zeros", header_record(), 300, 1, Decoded::Malformed},
  };
  for (auto bent : table) {
    bent.record[bent.at] = bent.value;
    make_check_right(bent.record);
    BOOST_TEST((judge_bytes(bent.record) == bent.expected), bent.what);
  }
}

BOOST_AUTO_TEST_CASE(records_at_the_limits_decode_and_above_do_not) {
  Bytes buffer;
  Batch batch;
  batch.events.assign(1, Bytes(limits::kItemBytesMax, 7));
  encode_batch(golden_state(), batch, buffer);
  BOOST_TEST((judge_bytes(buffer) == Decoded::Valid));
  batch.events[0].push_back(7);
  encode_batch(golden_state(), batch, buffer);
  BOOST_TEST((judge_bytes(buffer) == Decoded::Malformed), "an item above its limit");

  batch.events.assign(13, Bytes(limits::kItemBytesMax, 7));
  batch.events.push_back({});
  batch.events.back().resize(limits::kRecordBytesMax - batch_bytes(batch));
  encode_batch(golden_state(), batch, buffer);
  BOOST_TEST(buffer.size() == limits::kRecordBytesMax);
  BOOST_TEST((judge_bytes(buffer) == Decoded::Valid));
}

BOOST_AUTO_TEST_CASE(random_bytes_are_read_within_their_bounds) {
  test::for_seeds(20'000, [](test::Rng& rng, std::uint64_t seed) {
    auto record = test::below(rng, 2) == 0 ? batch_record() : seal_record();
    for (auto n = 1 + test::below(rng, 4); n > 0; --n) {
      record[12 + test::below(rng, record.size() - 12)] = static_cast<std::uint8_t>(rng());
    }
    make_check_right(record);
    RecordView view;
    if (decode(record, view) != Decoded::Valid) return;
    std::size_t bytes = 0;
    ItemCursor items(view);
    for (auto n = view.front.events + view.front.asides; n > 0; --n) bytes += items.next().size();
    BOOST_TEST(bytes <= record.size(), "seed " << seed);
  });
}

}  // namespace qualog::log
