// SPDX-License-Identifier: Apache-2.0
// Method: read_log.py, which was written from docs/log-format.md alone, reads logs that this code
// wrote, and must come to the same numbers and chains; and must see damage that is put in. The
// worked example of the page is decoded too.
#include "tests/engine/log/file_backend.h"
#include "tests/engine/log/log_conformance.h"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <fstream>

namespace qualog::test {

namespace {

const std::string kSources = QUALOG_SOURCE_DIR;

boost::json::object read_by_script(const std::string& directory) {
  const auto command =
      "python3 '" + kSources + "/tests/engine/log/read_log.py' '" + directory + "'";
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  BOOST_REQUIRE(pipe);
  std::string output;
  std::array<char, 4096> block{};
  while (const auto got = std::fread(block.data(), 1, block.size(), pipe.get())) {
    output.append(block.data(), got);
  }
  boost::system::error_code error;
  const auto value = boost::json::parse(output, error);
  BOOST_REQUIRE_MESSAGE(!error && value.is_object(), output);
  return value.as_object();
}

void check_same(const boost::json::object& read, const log::Head& head) {
  BOOST_REQUIRE_MESSAGE(!read.contains("damage"), boost::json::serialize(read));
  BOOST_TEST(read.at("sequence").to_number<std::uint64_t>() == head.sequence().value);
  BOOST_TEST(read.at("aside").to_number<std::uint64_t>() == head.next_aside.value - 1);
  BOOST_TEST(std::string(read.at("chain").as_string()) == hex(head.chain));
  BOOST_TEST(std::string(read.at("aside_chain").as_string()) == hex(head.aside_chain));
}

void flip(const std::string& path, std::streamoff at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  const auto byte = file.get();
  file.seekp(at);
  file.put(static_cast<char>(byte ^ 1));
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_independent_reader_comes_to_the_same_chains) {
  PosixBackend backend;
  RecordingSink sink;
  auto log = opened(backend, sink);
  check_same(read_by_script(backend.directory()), log->settled());
  Rng rng(5);
  for (int n = 0; n < 60; ++n) {
    durable(log->append(random_batch(rng)));
    if (n == 30) BOOST_TEST(!log->abandon_group().has_error());
  }
  durable(log->append(batch_of({"last of its group"})));
  const auto settled = log->settled();
  durable(log->append(batch_of({"open"}, {}, true)));
  check_same(read_by_script(backend.directory()), settled);  // beside its owner
  log.reset();
  check_same(read_by_script(backend.directory()), settled);  // after a crash
  log = opened(backend, sink);
  durable(log->seal({"kafka://elsewhere", Sequence{1}, {}}));
  BOOST_TEST(!log->close().has_error());
  const auto sealed = read_by_script(backend.directory());
  check_same(sealed, settled);
  BOOST_TEST(std::string(sealed.at("moved").as_string()) == "kafka://elsewhere");
  BOOST_TEST(sealed.at("fences").to_number<int>() >= 2);
}

BOOST_AUTO_TEST_CASE(the_independent_reader_sees_damage) {
  PosixBackend backend;
  RecordingSink sink;
  auto log = opened(backend, sink);
  for (int n = 0; n < 20; ++n) durable(log->append(batch_of({std::string(200, 'x')})));
  BOOST_TEST(!log->close().has_error());
  const auto path = backend.directory() + "/" + log::segment_name(1);
  for (const std::streamoff at : {20, 600, 900, 1500}) {
    flip(path, at);
    BOOST_TEST(read_by_script(backend.directory()).contains("damage"), "byte " << at);
    flip(path, at);
  }
  check_same(read_by_script(backend.directory()), log->settled());
}

BOOST_AUTO_TEST_CASE(the_worked_example_of_the_page_is_a_record) {
  std::ifstream page(kSources + "/docs/log-format.md");
  std::string line, digits;
  while (std::getline(page, line)) {
    const auto word = line.substr(0, line.find(' '));
    if (word.size() % 2 == 0 && word.size() >= 16 && !from_hex(word).empty()) digits += word;
  }
  const auto bytes = from_hex(digits);
  log::RecordView record;
  BOOST_REQUIRE((log::decode(bytes, record) == log::Decoded::Valid));
  log::ItemCursor items(record);
  BOOST_TEST(text_of(items.next()) == "one");
  BOOST_TEST(text_of(items.next()) == "");
  BOOST_TEST(text_of(items.next()) == "an aside");
}

}  // namespace qualog::test
