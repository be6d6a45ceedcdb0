// SPDX-License-Identifier: Apache-2.0
// Files on their way into the blob area: one that changes on the way, before its first byte or
// behind any piece, is never there as what it was; nor is one that comes from an archive.
// Rows: ST-3.
#include "tools/import/bring.h"

#include "engine/blobs/directory_blobs.h"
#include "engine/log/posix_files.h"
#include "tests/engine/blobs/uploading.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace qualog;
using namespace qualog::test;
using engine::BlobInfo;

namespace {

constexpr std::size_t kPiece = engine::kBlobPieceBytesMax;

struct Place {
  TemporaryDirectory directory;
  log::PosixFiles files;
  engine::DirectoryBlobs store{directory.path() + "/blobs", files};
  std::string path = directory.path() + "/walk.wav";
  Rng rng{11};
  Bytes bytes = random_bytes(rng, 2 * kPiece + 100);
  BlobInfo blob = blob_of(bytes);

  Place() { write(bytes); }

  void write(const Bytes& content) const {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(content.data()),
               static_cast<std::streamsize>(content.size()));
  }
  void flip_last() const {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-1, std::ios::end).put(static_cast<char>(bytes.back() ^ 1));
  }
  std::size_t blobs() { return store.complete()->size(); }
  std::string_view brings(const tools::BytesDone& done = {}) {
    const auto brought = tools::bring_as_read(store, path, blob, done);
    return brought ? "brought" : name(brought.error().code);
  }
};

// Pieces of `bytes` as an archive gives them.
interchange::ByteSource pieces_of(const Bytes& bytes, std::size_t size = 1000) {
  return [&bytes, size, at = std::size_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
    const auto count = std::min({size, into.size(), bytes.size() - at});
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
    at += count;
    return count;
  };
}

std::string_view brings_bytes(Place& place, const Bytes& bytes) {
  const auto brought = tools::bring_bytes(place.store, place.blob, pieces_of(bytes));
  return brought ? "brought" : name(brought.error().code);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bring)

BOOST_AUTO_TEST_CASE(ST_3_a_file_is_there_as_it_was_read) {
  Place place;
  BOOST_TEST(place.brings() == "brought");
  BOOST_TEST((*got(place.store, place.blob.hash) == place.bytes));
  BOOST_TEST(place.brings() == "brought");
  BOOST_TEST(place.blobs() == 1u);
}

BOOST_AUTO_TEST_CASE(ST_3_a_file_that_changed_since_it_was_read_is_refused) {
  Place place;
  place.flip_last();
  BOOST_TEST(place.brings() == "invalid");
  place.write(Bytes(place.bytes.begin(), place.bytes.end() - 1));
  BOOST_TEST(place.brings() == "invalid");
  std::filesystem::remove(place.path);
  BOOST_TEST(place.brings() == "not_found");
  BOOST_TEST(place.blobs() == 0u);
}

BOOST_AUTO_TEST_CASE(ST_3_a_file_that_changes_on_its_way_is_refused) {
  Place place;
  BOOST_TEST(place.brings([&](auto, auto) { place.flip_last(); }) == "invalid");
  BOOST_TEST(place.blobs() == 0u);
  place.write(place.bytes);
  BOOST_TEST(place.brings([&](auto, auto) { std::filesystem::resize_file(place.path, kPiece); }) ==
             "invalid");
  BOOST_TEST(place.blobs() == 0u);
}

BOOST_AUTO_TEST_CASE(ST_3_what_is_appended_meanwhile_is_left_out) {
  Place place;
  const auto append = [&](auto, auto) {
    std::ofstream(place.path, std::ios::binary | std::ios::app) << "more";
  };
  BOOST_TEST(place.brings(append) == "brought");
  BOOST_TEST((*got(place.store, place.blob.hash) == place.bytes));
}

BOOST_AUTO_TEST_CASE(ST_3_a_cut_on_the_way_goes_on) {
  Place place;
  {
    const auto upload = place.store.begin(place.blob);
    BOOST_REQUIRE(upload.has_value());
    BOOST_TEST(!send(**upload, place.bytes, kPiece, 2 * kPiece).has_error());
  }
  BOOST_TEST(place.blobs() == 0u);
  std::vector<std::uint64_t> done;
  BOOST_TEST(place.brings([&](std::uint64_t at, auto) { done.push_back(at); }) == "brought");
  BOOST_TEST((done == std::vector<std::uint64_t>{2 * kPiece, place.bytes.size()}));
  BOOST_TEST((*got(place.store, place.blob.hash) == place.bytes));
}

BOOST_AUTO_TEST_CASE(ST_3_bytes_of_an_archive_are_there_as_they_were_read) {
  Place place;
  auto longer = place.bytes, other = place.bytes;
  longer.push_back(1);
  other.front() ^= 1;
  const Bytes shorter(place.bytes.begin(), place.bytes.end() - 1);
  for (const Bytes& bytes : {longer, shorter, other})
    BOOST_TEST(brings_bytes(place, bytes) == "invalid");
  BOOST_TEST(place.blobs() == 0u);
  BOOST_TEST(brings_bytes(place, place.bytes) == "brought");
  BOOST_TEST(brings_bytes(place, place.bytes) == "brought");
  BOOST_TEST((*got(place.store, place.blob.hash) == place.bytes));
}

BOOST_AUTO_TEST_CASE(a_file_without_a_byte) {
  Place place;
  place.bytes.clear();
  place.blob = blob_of(place.bytes);
  place.write(place.bytes);
  BOOST_TEST(place.brings() == "brought");
  BOOST_TEST(place.blobs() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
