// SPDX-License-Identifier: Apache-2.0
// Method: a directory is copied file by file while its owner appends between the files, and within
// one; the copy must open once leniently, to a prefix with all that was acknowledged before the
// copying began, and strictly ever after. Copies of a closed directory and originals stay strict.
#include "tests/engine/log/file_backend.h"
#include "tests/engine/log/log_conformance.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace qualog::test {

namespace {

struct Copying {
  SimDisk disk{1};
  FileBackend original{disk, "/log"};
  FileBackend copy{disk, "/copy"};
  std::unique_ptr<log::Log> log;
  Texts texts;

  Copying() {
    RecordingSink sink;
    log = opened(original, sink);
    for (int n = 0; n < 7; ++n) append();
  }

  void append() {
    texts.push_back(std::to_string(texts.size()) + std::string(150, '.'));
    durable(log->append(batch_of({texts.back()})));
  }

  void copy_file(const std::string& name) {
    const auto content = disk.content("/log/" + name);
    BOOST_REQUIRE(disk.create("/copy/" + name));
    disk.overwrite("/copy/" + name, content);
  }

  Result<log::OpenedLog> open_copy(RecordingSink& sink) { return copy.open_from(sink, {}, {}); }

  // A prefix with at least the first `least` events.
  void check_prefix(const Texts& read, std::size_t least) const {
    BOOST_TEST(read.size() >= least);
    BOOST_REQUIRE(read.size() <= texts.size());
    BOOST_TEST(std::equal(read.begin(), read.end(), texts.begin()));
  }
};

std::vector<std::string> names_in(SimDisk& disk) {
  auto names = *disk.list("/log");
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_copy_made_while_its_original_ran_opens_once_leniently) {
  auto order = [] {
    Copying world;
    return names_in(world.disk);
  }();
  do {
    Copying world;
    const auto before = world.texts.size();
    const auto segment = world.log->settled_place().segment;
    for (const auto& name : order) {
      world.copy_file(name);
      world.append();
    }
    BOOST_REQUIRE_EQUAL(world.log->settled_place().segment, segment);

    RecordingSink reader;
    const auto summary = world.copy.read(reader);
    BOOST_REQUIRE(summary);
    BOOST_TEST(summary->damage.empty());
    BOOST_REQUIRE(summary->copy_ends);
    BOOST_TEST(summary->copy_ends->value == reader.events.size());
    world.check_prefix(reader.texts(), before);

    RecordingSink first;
    auto opened = world.open_copy(first);
    BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
    BOOST_REQUIRE(opened->summary.copy_ends);
    BOOST_TEST((first.texts() == reader.texts()));
    durable(opened->log->append(batch_of({"of the copy"})));
    opened->log.reset();

    RecordingSink second;
    auto again = world.open_copy(second);
    BOOST_REQUIRE(again);
    BOOST_TEST(!again->summary.copied, "from now on it is an original");
    BOOST_TEST(!again->summary.copy_ends);
    BOOST_TEST(second.texts().back() == "of the copy");
    BOOST_TEST(second.events.size() == first.events.size() + 1);
  } while (std::next_permutation(order.begin(), order.end()));
}

BOOST_AUTO_TEST_CASE(a_copy_with_half_a_record_ends_before_it_and_keeps_its_bytes) {
  Copying whole;
  const auto number = whole.log->settled_place().segment;
  const auto path = "/copy/" + log::segment_name(number);
  const auto begin = whole.log->settled_place().offset;
  for (std::uint64_t cut = begin; cut <= begin + 400; cut += 8) {
    Copying world;
    world.append();
    for (const auto& name : names_in(world.disk)) world.copy_file(name);
    auto bytes = world.disk.content(path);
    // Half of the record had been written when it was read, and something else behind it.
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(cut), bytes.end(), std::uint8_t{0});
    bytes[bytes.size() - 20] = 0xFF;
    world.disk.overwrite(path, bytes);
    RecordingSink sink;
    auto opened = world.open_copy(sink);
    BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
    const bool lost = cut < world.log->settled_place().offset;
    BOOST_TEST(sink.events.size() == world.texts.size() - (lost ? 1U : 0U));
    BOOST_TEST(opened->log->settled_place().segment == number + 1);
    BOOST_TEST((world.disk.content(path) == bytes), "a copy's rest is never zeroed");
    opened->log.reset();
    BOOST_TEST(!world.open_copy(sink).has_error());
  }
}

BOOST_AUTO_TEST_CASE(a_copy_says_how_much_lies_behind_its_end_and_whether_records_do) {
  Copying world;
  const auto good = world.log->settled_place();
  const auto events = world.texts.size();
  for (int n = 0; n < 3; ++n) world.append();
  for (const auto& name : names_in(world.disk)) world.copy_file(name);
  const auto path = "/copy/" + log::segment_name(good.segment);
  auto bytes = world.disk.content(path);
  bytes[good.offset + 40] ^= 1;
  world.disk.overwrite(path, bytes);

  RecordingSink reader, owner;
  const auto read = world.copy.read(reader);
  const auto opened = world.open_copy(owner);
  BOOST_REQUIRE(read);
  BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
  for (const auto* summary : {&*read, &opened->summary}) {
    BOOST_TEST((summary->copy_ends == Sequence{events}));
    BOOST_TEST(summary->tail_bytes > 3 * 150U);
    BOOST_TEST(summary->tail_has_records);
  }
}

BOOST_AUTO_TEST_CASE(a_copy_with_nothing_behind_its_end_says_so) {
  Copying world;
  for (const auto& name : names_in(world.disk)) world.copy_file(name);
  RecordingSink sink;
  const auto opened = world.open_copy(sink);
  BOOST_REQUIRE(opened);
  BOOST_TEST(opened->summary.copy_ends.has_value());
  BOOST_TEST(opened->summary.tail_bytes == 0U);
  BOOST_TEST(!opened->summary.tail_has_records);
}

BOOST_AUTO_TEST_CASE(a_copy_is_strict_in_every_earlier_segment) {
  Copying world;
  while (world.log->settled_place().segment < 2) world.append();
  world.append();
  for (const auto& name : names_in(world.disk)) world.copy_file(name);
  auto bytes = world.disk.content("/copy/00000001.segment");
  bytes[600] ^= 1;
  world.disk.overwrite("/copy/00000001.segment", bytes);
  RecordingSink sink;
  const auto refused = world.open_copy(sink);
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().code == Code::damaged));
}

BOOST_AUTO_TEST_CASE(a_copy_of_a_closed_log_is_strict_and_whole) {
  Copying world;
  BOOST_TEST(!world.log->close().has_error());
  world.disk.copy_directory("/log", "/copy");
  RecordingSink sink;
  {
    auto opened = world.open_copy(sink);
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->summary.copied);
    BOOST_TEST(!opened->summary.copy_ends);
    BOOST_TEST(sink.texts() == world.texts, boost::test_tools::per_element());
  }
  world.disk.copy_directory("/log", "/lost");
  const auto path = "/lost/" + log::segment_name(1);
  auto bytes = world.disk.content(path);
  std::fill(bytes.begin() + 512 + 160, bytes.end(), std::uint8_t{0});
  world.disk.overwrite(path, bytes);
  FileBackend lost(world.disk, "/lost");
  const auto refused = lost.open_from(sink, {}, {});
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().code == Code::damaged));
}

BOOST_AUTO_TEST_CASE(a_copy_that_ends_before_its_state_asks_for_a_new_state) {
  Copying world;
  for (const auto& name : names_in(world.disk)) world.copy_file(name);
  world.append();
  const log::Applied applied{world.log->settled_place(), world.log->settled()};
  RecordingSink sink;
  const auto refused = world.copy.open_from(sink, applied.place, applied);
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().code == Code::not_found), refused.error().message);
  BOOST_TEST(!world.open_copy(sink).has_error());
}

BOOST_AUTO_TEST_CASE(a_moved_directory_is_no_copy_and_a_real_copy_is_told_by_its_identity) {
  PosixBackend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one"})));
  const auto path = backend.directory();
  std::filesystem::copy(path, path + "-copy");
  log.reset();
  std::filesystem::rename(path, path + "-moved");
  FileBackend copied(backend.files, path + "-copy"), moved(backend.files, path + "-moved");
  RecordingSink sink, other;
  {
    const auto of_copy = copied.open_from(sink, {}, {});
    BOOST_REQUIRE(of_copy);
    BOOST_TEST(of_copy->summary.copied);
    BOOST_TEST(of_copy->summary.copy_ends.has_value());
    const auto of_moved = moved.open_from(other, {}, {});
    BOOST_REQUIRE(of_moved);
    BOOST_TEST(!of_moved->summary.copied);
  }
  BOOST_TEST(sink.texts() == other.texts(), boost::test_tools::per_element());
  std::filesystem::remove_all(path + "-copy");
  std::filesystem::remove_all(path + "-moved");
}

}  // namespace qualog::test
