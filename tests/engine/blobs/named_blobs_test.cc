// SPDX-License-Identifier: Apache-2.0
// Which blobs a table names, and which of them count as complete. The schema is one of the test's
// own, so that a blob stands in it at every depth.
// Rows: ST-3.
#include "engine/blobs/named_blobs.h"

#include "tests/engine/blobs/uploading.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>
#include <flatbuffers/idl.h>

namespace qualog::test {

namespace {

using engine::BlobInfo;

constexpr const char* kSchema = R"(
namespace test;
struct Digest { bytes:[ubyte:32]; }
table Blob { hash:Digest; size:ulong; mime:string; }
table Page { number:int; picture:Blob; next:Page; }
table Book { name:string; cover:Blob; pages:[Page]; sheets:[Blob]; }
table Word { text:string; digest:Digest; lines:[string]; below:Word; }
root_type Book;
)";

// A digest as JSON, all of one byte.
std::string digest(int byte) {
  std::string text = "{bytes:[" + std::to_string(byte);
  for (int n = 1; n < 32; ++n) text += "," + std::to_string(byte);
  return text + "]}";
}

std::string blob(int byte, int size) {
  return "{hash:" + digest(byte) + ",size:" + std::to_string(size) + "}";
}

BlobInfo named(std::uint8_t byte, std::uint64_t size) {
  BlobInfo info{{}, size};
  info.hash.fill(byte);
  return info;
}

struct Parsed {
  flatbuffers::Parser parser;
  std::vector<std::uint8_t> binary;

  Parsed() {
    BOOST_REQUIRE(parser.Parse(kSchema));
    parser.Serialize();
    binary.assign(parser.builder_.GetBufferPointer(),
                  parser.builder_.GetBufferPointer() + parser.builder_.GetSize());
  }
  const reflection::Schema& schema() const { return *reflection::GetSchema(binary.data()); }
  const reflection::Object& object(const char* name) const {
    return *schema().objects()->LookupByKey(name);
  }
  std::vector<BlobInfo> blobs_in(const std::string& book) {
    BOOST_REQUIRE_MESSAGE(parser.Parse(book.c_str()), parser.error_);
    std::vector<BlobInfo> found;
    const auto* table =
        flatbuffers::GetRoot<flatbuffers::Table>(parser.builder_.GetBufferPointer());
    engine::add_blobs_in(*table, object("test.Book"), schema(), found);
    std::sort(found.begin(), found.end());
    return found;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(named_blobs)

BOOST_FIXTURE_TEST_CASE(a_blob_is_found_at_any_depth, Parsed) {
  BOOST_TEST(blobs_in(R"({name:"empty"})").empty());
  const auto found = blobs_in(
      "{cover:" + blob(1, 10) + ",pages:[{number:1},{picture:" + blob(2, 20) +
      ",next:{picture:" + blob(3, 30) + "}}],sheets:[" + blob(4, 0) + "," + blob(1, 11) + "]}");
  const std::vector<BlobInfo> expected = {named(1, 10), named(1, 11), named(2, 20), named(3, 30),
                                          named(4, 0)};
  BOOST_TEST((found == expected));
}

BOOST_FIXTURE_TEST_CASE(tables_without_a_blob_are_not_looked_at, Parsed) {
  BOOST_TEST(engine::may_name_blobs(object("test.Book"), schema()));
  BOOST_TEST(engine::may_name_blobs(object("test.Page"), schema()));
  BOOST_TEST(!engine::may_name_blobs(object("test.Word"), schema()));
}

BOOST_AUTO_TEST_CASE(ST_3_complete_is_a_blob_under_every_size_that_is_said) {
  const TemporaryDirectory directory;
  const auto store = engine::blobs_in(directory.path() + "/blobs");
  Rng rng(1);
  const auto one = random_bytes(rng, 100), two = random_bytes(rng, 200);
  BOOST_TEST(!put(*store, one, 64).has_error());
  BOOST_TEST(!put(*store, two, 64).has_error());
  const auto good = blob_of(one);
  const BlobInfo shorter{blob_of(two).hash, 199};
  const std::vector<Digest> only_one = {good.hash};
  BOOST_TEST((*engine::complete_among(*store, {good, good, named(9, 1)}) == only_one));
  BOOST_TEST((*engine::complete_among(*store, {good, blob_of(two), shorter}) == only_one));
  BOOST_TEST(engine::complete_among(*store, {blob_of(two), good})->size() == 2U);
  BOOST_TEST(engine::complete_among(*store, {})->empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
