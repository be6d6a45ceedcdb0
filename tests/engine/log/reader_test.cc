// SPDX-License-Identifier: Apache-2.0
// Method: readers work beside an owner, in one thread at every step and in threads on the real file
// system; what they get must be a prefix that never shrinks, all that was acknowledged, and nothing
// that may vanish.
#include "engine/log/little_endian.h"
#include "engine/log/witness.h"
#include "tests/engine/log/file_backend.h"
#include "tests/engine/log/log_conformance.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

namespace qualog::test {

namespace {

Texts read_beside(FileBackend& backend) {
  RecordingSink sink;
  const auto summary = backend.read(sink);
  BOOST_REQUIRE_MESSAGE(summary, summary.error().message);
  BOOST_TEST(summary->owned);
  BOOST_TEST(summary->damage.empty());
  BOOST_TEST(sink.nothing_open());
  return sink.texts();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_reader_beside_an_owner_gets_all_that_was_acknowledged) {
  for_seeds(30, [](Rng& rng, std::uint64_t seed) {
    SimBackend backend;
    RecordingSink first;
    auto log = opened(backend, first);
    Texts settled;
    for (int n = 0; n < 30; ++n) {
      const auto text = std::to_string(n) + std::string(below(rng, 500), '.');
      if (below(rng, 5) == 0) {
        durable(log->append(batch_of({"a" + text}, {}, true)));
        BOOST_TEST((read_beside(backend) == settled), "an open group is not read, seed " << seed);
        if (below(rng, 3) == 0) {
          BOOST_TEST(!log->abandon_group().has_error());
          continue;
        }
        durable(log->append(batch_of({text})));
        settled.push_back("a" + text);
        settled.push_back(text);
      } else {
        if (below(rng, 6) == 0) backend.disk.fail_sync(1);
        const auto appended = log->append(batch_of({text}));
        backend.disk.heal();
        if (appended.outcome == log::Outcome::durable) settled.push_back(text);
      }
      if (below(rng, 4) == 0) log->maintain();
      BOOST_TEST((read_beside(backend) == settled), "seed " << seed);
    }
  });
}

BOOST_AUTO_TEST_CASE(a_reader_without_an_owner_reads_to_the_last_valid_record) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  const auto older_witness = backend.disk.content("/log/witness");
  durable(log->append(batch_of({"one"})));
  log.reset();
  backend.disk.overwrite("/log/witness", older_witness);
  RecordingSink sink;
  const auto summary = backend.read(sink);
  BOOST_REQUIRE(summary);
  BOOST_TEST(!summary->owned);
  BOOST_TEST(sink.texts() == Texts{"one"}, boost::test_tools::per_element());
  BOOST_TEST(summary->events == 1U);
  BOOST_TEST((summary->ids == test_ids()));
}

BOOST_AUTO_TEST_CASE(a_reader_stops_at_the_witness_while_somebody_owns_the_log) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one"})));
  const auto older_witness = backend.disk.content("/log/witness");
  durable(log->append(batch_of({"two"})));
  backend.disk.overwrite("/log/witness", older_witness);
  BOOST_TEST(read_beside(backend) == Texts{"one"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_reader_writes_nothing) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one"})));
  log.reset();
  const auto operations = backend.disk.operations();
  RecordingSink sink;
  BOOST_TEST(!backend.read(sink).has_error());
  BOOST_TEST(backend.disk.operations() == operations);
}

BOOST_AUTO_TEST_CASE(a_reader_goes_on_from_where_it_stood) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  log::Place from;
  Texts followed, expected;
  for (int n = 0; n < 40; ++n) {
    expected.push_back(std::to_string(n) + std::string(300, '.'));
    durable(log->append(batch_of({expected.back()})));
    if (n % 3 != 0) continue;
    RecordingSink sink;
    const auto summary = backend.read(sink, from);
    BOOST_REQUIRE(summary);
    BOOST_TEST(summary->damage.empty());
    for (const auto& item : sink.events) followed.push_back(item.text);
    from = summary->settled_place;
  }
  BOOST_TEST(followed == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_reader_from_a_place_where_nothing_ends_is_told) {
  SimBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  const auto one = log->append(batch_of({"one"}));
  durable(log->append(batch_of({"two"})));
  RecordingSink sink;
  const auto inside = backend.read(sink, {one.place.segment, one.place.offset + 8});
  BOOST_TEST((inside.has_error() || !inside->damage.empty()));
  BOOST_TEST(sink.events.empty());
}

BOOST_AUTO_TEST_CASE(readers_in_other_threads_see_prefixes_that_never_shrink) {
  PosixBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  std::atomic<bool> done = false;
  std::atomic<int> acknowledged = 0;
  std::thread background([&] {
    while (!done) log->maintain();
  });
  std::thread writer([&] {
    for (int n = 0; n < 600; ++n) {
      const auto appended = log->append(batch_of({std::to_string(n) + std::string(100, '.')}));
      if (appended.outcome == log::Outcome::durable) ++acknowledged;
    }
    done = true;
  });
  std::size_t last = 0;
  int reads = 0;
  while (!done) {
    const auto texts = read_beside(backend);
    BOOST_TEST(texts.size() >= last);
    last = texts.size();
    for (std::size_t n = 0; n < texts.size(); ++n) {
      BOOST_REQUIRE(texts[n].starts_with(std::to_string(n) + "."));
    }
    ++reads;
  }
  writer.join();
  background.join();
  BOOST_TEST(acknowledged == 600);
  BOOST_TEST(reads > 0);
  log->maintain();
  BOOST_TEST(read_beside(backend).size() == 600U);
}

BOOST_AUTO_TEST_CASE(a_slot_of_the_witness_has_its_golden_bytes) {
  log::Mark mark{.place = {2, 0x1234},
                 .head = {Sequence{3}, AsideNumber{4}, {}, {}},
                 .identity = {7, 8, 9},
                 .closed = true};
  mark.head.chain.fill(0xA1);
  mark.head.aside_chain.fill(0xA2);
  const auto slot = log::encode_mark(mark);
  std::string chain, aside;
  for (int n = 0; n < 32; ++n) chain += "a1", aside += "a2";
  BOOST_TEST(hex(slot) ==
             "ff514c57"
             "0100"
             "0100" +
                 hex(ByteView(slot).subspan(8, 4)) + "00000000" +
                 "0200000000000000"
                 "3412000000000000"
                 "0300000000000000"
                 "0400000000000000" +
                 chain + aside +
                 "0700000000000000"
                 "0800000000000000"
                 "09000000"
                 "00000000");
  BOOST_TEST((log::decode_mark(slot) == mark));
  for (std::size_t bit = 0; bit < slot.size() * 8; ++bit) {
    auto flipped = slot;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    BOOST_REQUIRE(!log::decode_mark(flipped));
  }
}

}  // namespace qualog::test
