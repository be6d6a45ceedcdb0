// SPDX-License-Identifier: Apache-2.0
// Method: a small log over several segments is damaged at rest, a byte at a time: flipped, cut off.
// Whatever lies below the end must be noticed by readers and by an opening owner; the only bytes
// that may change unnoticed are those without a meaning, and the only record that may look torn is
// the last one, and only while the witness does not know it.
#include "engine/log/little_endian.h"
#include "engine/log/witness.h"
#include "tests/engine/log/file_backend.h"
#include "tests/engine/log/log_conformance.h"

#include <boost/test/unit_test.hpp>
#include <zlib.h>

#include <map>

namespace qualog::test {

namespace {

constexpr const char* kWitness = "/log/witness";

std::string segment_path(std::uint64_t number) { return "/log/" + log::segment_name(number); }

// A log of three segments; where the records of each end, and what it holds.
struct Sample {
  SimBackend backend;
  Texts texts;
  std::map<std::uint64_t, std::uint64_t> ends;
  log::Place last_begin;  // of the last record
  Bytes older_witness;    // as it was before the last record

  explicit Sample(bool closed) {
    RecordingSink sink;
    auto log = opened(backend, sink);
    // The place of a Fence is nobody's answer: it ends where the first append begins.
    for (int n = 0; n < 30; ++n) {
      last_begin = log->settled_place();
      older_witness = backend.disk.content(kWitness);
      const auto text =
          std::to_string(n) + std::string(static_cast<std::size_t>(n * 31 % 330), 'x');
      const auto appended = log->append(batch_of({text}, {"aside"}));
      BOOST_REQUIRE((appended.outcome == log::Outcome::durable));
      texts.push_back(text);
      ends[appended.place.segment] = appended.place.offset;
    }
    if (closed) BOOST_REQUIRE(!log->close().has_error());
  }

  bool reader_notices() {
    RecordingSink sink;
    const auto summary = backend.read(sink);
    if (!summary) return true;
    const auto read = sink.texts();
    // Damaged or not, nothing false is delivered.
    BOOST_TEST(std::equal(read.begin(), read.end(), texts.begin()));
    if (!summary->damage.empty()) {
      BOOST_TEST(!summary->damage[0].file.empty());
      BOOST_TEST(summary->damage[0].sequence.value == read.size());
      return true;
    }
    return read.size() != texts.size();
  }

  bool owner_notices() {
    RecordingSink sink;
    const auto result = backend.open_from(sink, {}, {});
    if (!result) return result.error().code == Code::damaged;
    return sink.texts() != texts;
  }
};

// Flips one bit, asks, and puts everything back: opening writes.
template <class Ask>
auto with_flip(SimDisk& disk, const std::string& path, std::size_t at, Ask ask) {
  std::map<std::string, Bytes> kept;
  const auto names = disk.list("/log");
  for (const auto& name : *names) kept["/log/" + name] = disk.content("/log/" + name);
  auto bytes = kept.at(path);
  bytes[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
  disk.overwrite(path, bytes);
  const auto answer = ask();
  for (const auto& [name, content] : kept) disk.overwrite(name, content);
  return answer;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_flipped_byte_below_the_end_is_noticed) {
  Sample sample(true);
  BOOST_REQUIRE(sample.ends.size() >= 3U);
  BOOST_TEST(!sample.reader_notices());
  for (const auto& [number, end] : sample.ends) {
    const auto path = segment_path(number);
    const auto size = sample.backend.disk.content(path).size();
    for (std::size_t at = 0; at < size; ++at) {
      const bool noticed =
          with_flip(sample.backend.disk, path, at, [&] { return sample.reader_notices(); });
      BOOST_REQUIRE_MESSAGE(noticed == (at < end), path << ", byte " << at);
      if (at % 7 != 0) continue;
      const bool refused =
          with_flip(sample.backend.disk, path, at, [&] { return sample.owner_notices(); });
      BOOST_REQUIRE_MESSAGE(refused == (at < end), path << " as owner, byte " << at);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_flip_in_the_witness_changes_nothing_that_is_read) {
  Sample sample(true);
  for (std::size_t at = 0; at < log::kWitnessFileBytes; ++at) {
    if (at % 4096 > 200 && at % 97 != 0) continue;
    BOOST_REQUIRE(
        !with_flip(sample.backend.disk, kWitness, at, [&] { return sample.reader_notices(); }));
    BOOST_REQUIRE(
        !with_flip(sample.backend.disk, kWitness, at, [&] { return sample.owner_notices(); }));
  }
}

BOOST_AUTO_TEST_CASE(without_a_valid_slot_the_witness_is_damage) {
  Sample sample(true);
  auto bytes = sample.backend.disk.content(kWitness);
  bytes[20] ^= 1;
  bytes[4096 + 20] ^= 1;
  sample.backend.disk.overwrite(kWitness, bytes);
  BOOST_TEST(sample.reader_notices());
  BOOST_TEST(sample.owner_notices());
}

// What a power cut leaves when the witness's last write is lost: the last record is durable, and
// nobody but itself knows it.
BOOST_AUTO_TEST_CASE(only_the_last_unwitnessed_record_can_pass_for_a_torn_end) {
  Sample sample(false);
  sample.backend.disk.overwrite(kWitness, sample.older_witness);
  BOOST_TEST(!sample.reader_notices());
  int torn = 0;
  for (const auto& [number, end] : sample.ends) {
    const auto path = segment_path(number);
    for (std::size_t at = 0; at < end; ++at) {
      const bool last = log::Place{number, at} >= sample.last_begin;
      RecordingSink sink;
      const auto [damaged, tail] = with_flip(sample.backend.disk, path, at, [&] {
        const auto summary = sample.backend.read(sink);
        return std::pair(!summary || !summary->damage.empty(), summary ? summary->tail_bytes : 0);
      });
      BOOST_REQUIRE_MESSAGE(damaged == !last, path << ", byte " << at);
      if (!last) continue;
      ++torn;
      BOOST_REQUIRE(tail > 0U);
      BOOST_REQUIRE(sink.texts().size() == sample.texts.size() - 1);
    }
  }
  BOOST_TEST(torn > 128);
}

BOOST_AUTO_TEST_CASE(a_segment_cut_off_anywhere_below_its_end_is_noticed) {
  Sample sample(true);
  for (const auto& [number, end] : sample.ends) {
    const auto path = segment_path(number);
    const auto whole = sample.backend.disk.content(path);
    for (std::size_t size = 0; size < whole.size(); size += 3) {
      sample.backend.disk.overwrite(
          path, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
      BOOST_REQUIRE_MESSAGE(sample.reader_notices() == (size < end), path << " of " << size);
    }
    sample.backend.disk.overwrite(path, whole);
  }
}

BOOST_AUTO_TEST_CASE(a_reader_goes_on_behind_damage_and_reports_each_place) {
  Sample sample(true);
  for (std::uint64_t number = 1; number <= 3; ++number) {
    auto bytes = sample.backend.disk.content(segment_path(number));
    bytes[700] ^= 0x10;
    sample.backend.disk.overwrite(segment_path(number), bytes);
  }
  RecordingSink sink;
  const auto summary = sample.backend.read(sink);
  BOOST_REQUIRE(summary);
  BOOST_REQUIRE(summary->damage.size() == 3U);
  for (std::size_t n = 0; n < 3; ++n) {
    BOOST_TEST(summary->damage[n].file == segment_path(n + 1));
    BOOST_TEST(summary->damage[n].offset <= 700U);
  }
  BOOST_TEST(summary->damage[0].sequence.value < summary->damage[1].sequence.value);
}

BOOST_AUTO_TEST_CASE(old_bytes_swapped_sectors_and_foreign_segments_are_noticed) {
  Sample sample(true);
  auto& disk = sample.backend.disk;
  const auto whole = disk.content(segment_path(1));
  auto swapped = whole;
  std::swap_ranges(swapped.begin() + 512, swapped.begin() + 1024, swapped.begin() + 1024);
  disk.overwrite(segment_path(1), swapped);
  BOOST_TEST(sample.reader_notices());
  auto zeroed = whole;
  std::fill_n(zeroed.begin() + 512, 512, std::uint8_t{0});
  disk.overwrite(segment_path(1), zeroed);
  BOOST_TEST(sample.reader_notices());
  disk.overwrite(segment_path(1), disk.content(segment_path(2)));
  BOOST_TEST(sample.reader_notices());
  disk.overwrite(segment_path(1), whole);
  BOOST_TEST(!sample.reader_notices());
}

BOOST_AUTO_TEST_CASE(a_torn_end_is_zeroed_before_the_next_append) {
  Sample sample(false);
  auto& disk = sample.backend.disk;
  const auto [number, end] = *sample.ends.rbegin();
  auto bytes = disk.content(segment_path(number));
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(end), 300, std::uint8_t{0xFF});
  disk.overwrite(segment_path(number), bytes);
  RecordingSink sink;
  auto opened = sample.backend.open_from(sink, {}, {});
  BOOST_REQUIRE(opened);
  BOOST_TEST(opened->summary.tail_bytes == 300U);
  BOOST_TEST(sink.texts() == sample.texts, boost::test_tools::per_element());
  const auto after = disk.content(segment_path(number));
  const auto fence_end = static_cast<std::ptrdiff_t>(opened->log->settled_place().offset);
  BOOST_TEST(std::all_of(after.begin() + fence_end, after.end(), [](auto b) { return b == 0; }));
}

BOOST_AUTO_TEST_CASE(a_newer_version_stops_everybody) {
  Sample sample(true);
  auto& disk = sample.backend.disk;
  auto bytes = disk.content(segment_path(1));
  Bytes record;
  // A whole fence of version 2 where the first one was.
  log::encode_fence({Epoch{1}, 5}, {}, test_ids(), record);
  record[4] = 2;
  log::RecordView view;
  BOOST_REQUIRE((log::decode(record, view) == log::Decoded::Nothing));
  const auto crc = [&] {
    for (std::size_t n = 12; n < 16; ++n) record[n] = 0;
    const auto value =
        static_cast<std::uint32_t>(crc32(0, record.data(), static_cast<uInt>(record.size())));
    log::store(record.data() + 12, value);
  };
  crc();
  std::copy(record.begin(), record.end(), bytes.begin() + 512);
  disk.overwrite(segment_path(1), bytes);
  RecordingSink sink;
  BOOST_TEST((sample.backend.read(sink).error().code == Code::too_new));
  BOOST_TEST((sample.backend.open_from(sink, {}, {}).error().code == Code::too_new));
}

}  // namespace qualog::test
