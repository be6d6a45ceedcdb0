// SPDX-License-Identifier: Apache-2.0
// Blobs from one area into another: what is good comes along, what is not is told and keeps nothing
// back.
// Rows: ST-3.
#include "engine/blobs/copy_blobs.h"

#include "tests/engine/blobs/uploading.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>

#include <filesystem>

namespace qualog::test {

namespace {

using engine::BlobInfo;

struct Areas {
  TemporaryDirectory directory;
  std::shared_ptr<engine::BlobStore> from = engine::blobs_in(directory.path() + "/from");
  std::shared_ptr<engine::BlobStore> to = engine::blobs_in(directory.path() + "/to");
  Rng rng{3};

  Bytes put_one(engine::BlobStore& store, std::size_t size) {
    auto bytes = random_bytes(rng, size);
    BOOST_TEST(!put(store, bytes, engine::kBlobPieceBytesMax).has_error());
    return bytes;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(copied_blobs)

BOOST_FIXTURE_TEST_CASE(ST_3_what_is_named_comes_along_and_nothing_else, Areas) {
  const auto one = put_one(*from, 10), large = put_one(*from, 2'500'000);
  put_one(*from, 20);
  BOOST_TEST(copy_blobs(*from, *to, {blob_of(one), blob_of(large), blob_of(one)})->empty());
  BOOST_TEST(*got(*to, sha256(one)) == one);
  BOOST_TEST(*got(*to, sha256(large)) == large);
  BOOST_TEST(to->complete()->size() == 2U);
  BOOST_TEST(copy_blobs(*from, *to, {blob_of(one)})->empty());
}

BOOST_FIXTURE_TEST_CASE(an_upload_that_was_cut_goes_on, Areas) {
  const auto large = put_one(*from, 3'500'000);
  {
    const auto upload = *to->begin(blob_of(large));
    BOOST_TEST(!send(*upload, large, engine::kBlobPieceBytesMax, 2'500'000).has_error());
  }
  BOOST_TEST(copy_blobs(*from, *to, {blob_of(large)})->empty());
  BOOST_TEST(*got(*to, sha256(large)) == large);
}

BOOST_FIXTURE_TEST_CASE(what_is_missing_or_changed_is_told_and_leaves_nothing, Areas) {
  const auto good = put_one(*from, 10), changed = put_one(*from, 1000);
  std::filesystem::resize_file(from->name_of(sha256(changed)), 0);
  std::filesystem::resize_file(from->name_of(sha256(changed)), 1000);
  const BlobInfo absent{{}, 5};
  const auto missing = *copy_blobs(*from, *to, {blob_of(good), blob_of(changed), absent});
  BOOST_TEST((missing == std::vector<BlobInfo>{absent, blob_of(changed)}));
  BOOST_TEST(to->complete()->size() == 1U);
  BOOST_TEST(to->unfinished()->empty());
}

BOOST_FIXTURE_TEST_CASE(an_area_is_not_copied_into_itself, Areas) {
  BOOST_TEST(copy_blobs(*from, *from, {BlobInfo{{}, 5}})->empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
