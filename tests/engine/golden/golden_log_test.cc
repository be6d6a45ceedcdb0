// SPDX-License-Identifier: Apache-2.0
// Method: the committed log is read and folded as it lies there, without any key, and must come to
// the facts that were recorded when it was written (I6, P14). A log that differs in one word must
// come to other facts, every one of them that the word is part of.
#include "tests/engine/golden/golden_log.h"

#include "engine/project.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

namespace qualog::test {

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, std::string> facts_in(const std::string& text) {
  std::map<std::string, std::string> facts;
  std::istringstream lines(text);
  for (std::string name, value; lines >> name >> value;) facts[name] = value;
  return facts;
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             ::pclose);
  std::string output;
  std::array<char, 4096> block{};
  while (const auto got = std::fread(block.data(), 1, block.size(), pipe.get()))
    output.append(block.data(), got);
  return output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden_log)

BOOST_AUTO_TEST_CASE(P14_the_log_of_the_first_release_folds_without_a_key_to_its_facts) {
  const auto facts = facts_of_log(golden_directory());
  BOOST_REQUIRE_MESSAGE(facts, facts.error().message);
  BOOST_TEST(*facts == content_of(golden_facts()));
  BOOST_TEST(facts_in(*facts).size() == 7u);
}

BOOST_AUTO_TEST_CASE(P14_the_reader_that_knows_only_the_page_comes_to_the_same_chains) {
  const auto facts = facts_in(content_of(golden_facts()));
  const auto read = output_of("python3 '" QUALOG_SOURCE_DIR "/tests/engine/log/read_log.py' '" +
                              golden_directory().string() + "'");
  for (const auto* name : {"chain", "aside_chain"})
    BOOST_TEST(read.find(facts.at(name)) != std::string::npos, read);
}

BOOST_AUTO_TEST_CASE(control_one_other_word_gives_other_facts_and_the_same_words_the_same) {
  std::vector<std::map<std::string, std::string>> facts;
  for (const auto word : {kGoldenWord, kGoldenWord, std::string_view("noone.")}) {
    const TemporaryDirectory directory;
    const auto written = write_golden_log(directory.path(), word);
    BOOST_REQUIRE_MESSAGE(written, written.error().message);
    const auto found = facts_of_log(directory.path());
    BOOST_REQUIRE_MESSAGE(found, found.error().message);
    facts.push_back(facts_in(*found));
  }
  BOOST_TEST((facts[0] == facts[1]));
  for (const auto* name : {"chain", "digest", "state_digest"})
    BOOST_TEST(facts[0].at(name) != facts[2].at(name), name);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
