// SPDX-License-Identifier: Apache-2.0
// What a blob area promises, on the real file system: whole or absent, resumable, checked, private.
// Rows: CR-1, ST-3.
#include "engine/log/posix_files.h"
#include "tests/engine/blobs/uploading.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <latch>
#include <thread>
#include <vector>

namespace qualog::test {

namespace {

namespace fs = std::filesystem;
using engine::BlobInfo;

constexpr std::size_t kPiece = 1024;

struct Area {
  TemporaryDirectory directory;
  log::PosixFiles files;
  std::string root = directory.path() + "/blobs";
  engine::DirectoryBlobs store{root, files, kPiece};
  Rng rng{7};

  // A process that comes later.
  engine::DirectoryBlobs again() { return {root, files, kPiece}; }
  Bytes put_one(std::size_t size) {
    auto bytes = random_bytes(rng, size);
    BOOST_TEST(!put(store, bytes, kPiece).has_error());
    return bytes;
  }
};

template <class T>
std::string_view code_of(const Result<T>& result) {
  return result ? "no error" : name(result.error().code);
}

void flip_a_byte(const std::string& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto byte = static_cast<char>(file.get() ^ 1);
  file.seekp(0).put(byte);
}

const auto yes = []() -> Result<void> { return {}; };

}  // namespace

BOOST_AUTO_TEST_SUITE(directory_blobs)

// Whoever has a lock removes its file, as the end of an upload does; others may have it open.
BOOST_AUTO_TEST_CASE(however_often_its_file_is_removed_one_alone_has_a_lock) {
  Area area;
  const auto path = area.directory.path() + "/a.lock";
  std::atomic<int> inside = 0, taken = 0, doubled = 0;
  std::latch all_there(4);
  const auto take_and_remove = [&] {
    log::PosixFiles files;
    all_there.arrive_and_wait();
    for (int n = 0; n < 50'000; ++n) {
      const auto lock = files.lock(path);
      if (!lock) continue;
      ++inside;
      ++taken;
      for (int look = 0; look < 500; ++look) doubled += inside > 1;
      --inside;
      (void)files.remove(path);
    }
  };
  std::vector<std::thread> threads;
  for (int n = 0; n < 4; ++n) threads.emplace_back(take_and_remove);
  for (auto& thread : threads) thread.join();
  BOOST_TEST(taken > 0);
  BOOST_TEST(doubled == 0);
}

BOOST_AUTO_TEST_CASE(what_is_removed_is_gone_and_can_come_again) {
  Area area;
  const auto one = area.put_one(3 * kPiece), other = area.put_one(10);
  BOOST_TEST(!area.store.remove(sha256(one), yes).has_error());
  BOOST_TEST(code_of(area.store.remove(sha256(one), yes)) == "not_found");
  BOOST_TEST(code_of(area.store.read(sha256(one), [](ByteView) -> Result<void> { return {}; })) ==
             "not_found");
  BOOST_TEST(area.store.complete()->size() == 1u);
  BOOST_TEST(!put(area.store, one, kPiece).has_error());
  BOOST_TEST((*got(area.store, sha256(one)) == one));
  BOOST_TEST((*got(area.store, sha256(other)) == other));
}

BOOST_AUTO_TEST_CASE(what_somebody_brings_is_not_removed) {
  Area area;
  const auto bytes = area.put_one(3 * kPiece);
  flip_a_byte(area.store.name_of(sha256(bytes)));  // so that it is brought anew
  auto other = area.again();
  const auto upload = other.begin(blob_of(bytes));
  BOOST_REQUIRE(upload.has_value());
  BOOST_TEST(code_of(area.store.remove(sha256(bytes), yes)) == "held");
}

BOOST_FIXTURE_TEST_CASE(ST_3_what_is_being_removed_is_not_complete_and_gets_its_place_back, Area) {
  const auto bytes = put_one(3 * kPiece);
  auto other = again();
  const auto refuse = [&]() -> Result<void> {
    BOOST_TEST(!*other.is_complete(blob_of(bytes)));
    BOOST_TEST((*got(other, sha256(bytes)) == bytes));
    BOOST_TEST(other.complete()->size() == 1u);
    BOOST_TEST(code_of(other.begin(blob_of(bytes))) == "held");
    return fail(Code::conflict, "it is named");
  };
  BOOST_TEST(code_of(store.remove(sha256(bytes), refuse)) == "conflict");
  BOOST_TEST(*other.is_complete(blob_of(bytes)));
  BOOST_TEST((*got(other, sha256(bytes)) == bytes));
}

// As a crash leaves it: nobody has its lock.
BOOST_FIXTURE_TEST_CASE(ST_3_what_was_left_aside_is_not_lost, Area) {
  const auto bytes = put_one(3 * kPiece);
  const auto path = store.name_of(sha256(bytes));
  fs::rename(path, path + ".aside");
  BOOST_TEST((*got(store, sha256(bytes)) == bytes));
  BOOST_TEST(store.complete()->size() == 1u);
  BOOST_TEST(*store.is_complete(blob_of(bytes)));
  BOOST_TEST(fs::exists(path));
  fs::rename(path, path + ".aside");
  BOOST_TEST((*store.begin(blob_of(bytes)) == nullptr));
  fs::rename(path, path + ".aside");
  BOOST_TEST(!store.remove(sha256(bytes), yes).has_error());
  BOOST_TEST(store.complete()->empty());
  BOOST_TEST(code_of(store.remove(sha256(bytes), yes)) == "not_found");
}

BOOST_FIXTURE_TEST_CASE(ST_3_what_was_put_is_read_back, Area) {
  for (const std::size_t size : {0UL, 1UL, kPiece, kPiece + 1, 5 * kPiece + 7}) {
    const auto bytes = put_one(size);
    BOOST_TEST(*got(store, sha256(bytes)) == bytes);
    BOOST_TEST(*again().is_complete(blob_of(bytes)));
  }
  BOOST_TEST(store.complete()->size() == 5U);
  BOOST_TEST(store.unfinished()->empty());
}

BOOST_FIXTURE_TEST_CASE(the_second_upload_of_the_same_bytes_does_nothing, Area) {
  const auto bytes = put_one(3000);
  BOOST_TEST((*store.begin(blob_of(bytes)) == nullptr));
  BOOST_TEST(store.complete()->size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(ST_3_a_half_upload_survives_and_is_no_blob, Area) {
  const auto bytes = random_bytes(rng, 5 * kPiece);
  {
    const auto upload = *store.begin(blob_of(bytes));
    BOOST_TEST(!send(*upload, bytes, kPiece, 3 * kPiece).has_error());
    BOOST_TEST(code_of(upload->finish()) == "invalid");
  }
  auto later = again();
  BOOST_TEST(!*later.is_complete(blob_of(bytes)));
  BOOST_TEST(later.complete()->empty());
  BOOST_TEST(code_of(got(later, sha256(bytes))) == "not_found");
  BOOST_TEST(later.unfinished()->front().there == 3 * kPiece);
  const auto upload = *later.begin(blob_of(bytes));
  BOOST_TEST(upload->there() == 2 * kPiece);
  BOOST_TEST(!send(*upload, bytes, kPiece).has_error());
  BOOST_TEST(!upload->finish().has_error());
  BOOST_TEST(*got(later, sha256(bytes)) == bytes);
  BOOST_TEST(later.unfinished()->empty());
}

BOOST_FIXTURE_TEST_CASE(an_upload_that_cannot_be_read_is_not_finished, Area) {
  const auto name = hex(sha256(random_bytes(rng, kPiece))) + ".1024";
  fs::create_directories(root + "/uploads");
  fs::create_symlink(name, root + "/uploads/" + name);
  BOOST_TEST(code_of(store.unfinished()) == "io");
  BOOST_TEST(code_of(store.begin({{}, kPiece})) == "io");
}

BOOST_FIXTURE_TEST_CASE(bytes_that_are_not_those_of_the_hash_are_gone, Area) {
  const auto bytes = random_bytes(rng, 2000);
  auto other = bytes;
  other[1500] ^= 1;
  const auto upload = *store.begin(blob_of(bytes));
  BOOST_TEST(!send(*upload, other, kPiece).has_error());
  BOOST_TEST(code_of(upload->finish()) == "damaged");
  BOOST_TEST(code_of(upload->finish()) == "invalid");
  BOOST_TEST(store.unfinished()->empty());
  BOOST_TEST(store.complete()->empty());
}

BOOST_FIXTURE_TEST_CASE(a_piece_must_fit, Area) {
  const auto bytes = random_bytes(rng, 2 * kPiece);
  const auto upload = *store.begin(blob_of(bytes));
  BOOST_TEST(code_of(upload->append(1, ByteView(bytes).first(1))) == "invalid");
  BOOST_TEST(code_of(upload->append(0, ByteView(bytes).first(kPiece + 1))) == "too_large");
  BOOST_TEST(!send(*upload, bytes, kPiece).has_error());
  BOOST_TEST(code_of(upload->append(2 * kPiece, ByteView(bytes).first(1))) == "invalid");
  BOOST_TEST(code_of(upload->append(2 * kPiece + 1, {})) == "invalid");
}

BOOST_FIXTURE_TEST_CASE(nobody_else_brings_the_same_at_the_same_time, Area) {
  const auto bytes = random_bytes(rng, 2000);
  auto other = again();
  {
    const auto upload = *store.begin(blob_of(bytes));
    BOOST_TEST(code_of(other.begin(blob_of(bytes))) == "held");
    BOOST_TEST(code_of(other.discard(sha256(bytes))) == "held");
  }
  BOOST_TEST(!put(other, bytes, kPiece).has_error());
}

BOOST_FIXTURE_TEST_CASE(what_is_unfinished_can_be_discarded, Area) {
  const auto bytes = random_bytes(rng, 2000);
  { BOOST_TEST(!send(**store.begin(blob_of(bytes)), bytes, kPiece, kPiece).has_error()); }
  BOOST_TEST(!store.discard(sha256(bytes)).has_error());
  BOOST_TEST(store.unfinished()->empty());
  BOOST_TEST(code_of(store.discard(sha256(bytes))) == "not_found");
  BOOST_TEST(fs::is_empty(root + "/uploads"));
}

BOOST_FIXTURE_TEST_CASE(too_large_and_too_many_are_refused, Area) {
  BOOST_TEST(code_of(store.begin({{}, engine::kBlobBytesMax + 1})) == "too_large");
  for (std::size_t n = 1; n <= engine::kBlobUploadsMax; ++n)
    BOOST_TEST(!store.begin({sha256(random_bytes(rng, 8)), 10}).has_error());
  BOOST_TEST(code_of(store.begin({{}, 10})) == "too_large");
  BOOST_TEST(!store.begin(store.unfinished()->front().blob).has_error());
}

BOOST_FIXTURE_TEST_CASE(CR_1_bytes_that_have_changed_are_noticed_and_replaced, Area) {
  const auto bytes = put_one(3000);
  flip_a_byte(store.name_of(sha256(bytes)));
  BOOST_TEST(code_of(got(store, sha256(bytes))) == "damaged");
  BOOST_TEST(!put(store, bytes, kPiece).has_error());
  BOOST_TEST(*got(store, sha256(bytes)) == bytes);
  fs::resize_file(store.name_of(sha256(bytes)), 2999);
  BOOST_TEST(!*store.is_complete(blob_of(bytes)));
  BOOST_TEST(!put(store, bytes, kPiece).has_error());
  BOOST_TEST(*got(store, sha256(bytes)) == bytes);
}

BOOST_FIXTURE_TEST_CASE(nobody_else_may_read_it, Area) {
  put_one(100);
  { (void)store.begin({{}, 10}); }
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto mode = entry.status().permissions() & fs::perms::mask;
    BOOST_TEST((mode == (entry.is_directory() ? fs::perms::owner_all
                                              : fs::perms::owner_read | fs::perms::owner_write)));
  }
}

BOOST_FIXTURE_TEST_CASE(an_area_without_a_blob_is_no_directory_and_can_go, Area) {
  BOOST_TEST(store.complete()->empty());
  BOOST_TEST(store.unfinished()->empty());
  BOOST_TEST(!*store.is_complete({{}, 0}));
  BOOST_TEST(!fs::exists(root));
  put_one(10);
  BOOST_TEST(!store.destroy().has_error());
  BOOST_TEST(!fs::exists(root));
  BOOST_TEST(!store.destroy().has_error());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
