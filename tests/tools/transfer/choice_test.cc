// SPDX-License-Identifier: Apache-2.0
// What is chosen, and who is who: the words people write.
// Rows: M-07, M-08.
#include "projector/kinds.h"
#include "tests/tools/transfer/meeting.h"
#include "tools/transfer/people.h"

#include <boost/test/unit_test.hpp>

using namespace qualog;
using namespace qualog::transfer;

BOOST_AUTO_TEST_CASE(M_07_types_are_chosen_by_their_words) {
  const auto types = parse_types("codes,sources");
  BOOST_REQUIRE(types);
  BOOST_TEST((*types == std::set{ItemType::Codes, ItemType::Sources}));
  for (const char* wrong : {"", "codes,", ",codes", "Codes", "codes sources", "nodes"}) {
    const auto refused = parse_types(wrong);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message.find("codes, cases") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(M_07_every_type_has_a_word_of_its_own) {
  std::set<std::string_view> words;
  for (const auto& row : item_types()) {
    BOOST_TEST(words.insert(row.word).second);
    Choice choice;
    choice.types = *parse_types(row.word);
    for (const auto& other : item_types())
      BOOST_TEST(choice.has(other.type) == (other.type == row.type));
  }
}

BOOST_AUTO_TEST_CASE(M_07_every_kind_comes_or_says_why_not) {
  for (int number = 0; number <= 31; ++number) {
    projector::ItemRow row;
    row.kind = static_cast<projector::Kind>(number);
    const bool content = projector::traits_of(row.kind).content;
    const bool told = type_of(row) != ItemType::None || !why_it_stays(row.kind).empty();
    BOOST_TEST(content == told);
  }
}

BOOST_AUTO_TEST_CASE(M_08_structure_only_leaves_what_is_no_structure) {
  Choice choice;
  choice.structure_only = true;
  BOOST_TEST(choice.has(ItemType::Codes));
  BOOST_TEST(choice.has(ItemType::Cases));
  BOOST_TEST(choice.has(ItemType::Classifications));
  BOOST_TEST(!choice.has(ItemType::Sources));
  BOOST_TEST(!choice.has(ItemType::Codings));
  choice.types = {ItemType::Codes};
  BOOST_TEST(!choice.has(ItemType::Cases));
}

BOOST_AUTO_TEST_CASE(the_table_of_people_is_lines_of_there_and_here) {
  const auto pairs = parse_people("# who is who\n\n ann = bo \r\ncy=di = e\nx = y");
  BOOST_REQUIRE(pairs);
  BOOST_REQUIRE_EQUAL(pairs->size(), 3U);
  BOOST_TEST(pairs->at(0).there == "ann");
  BOOST_TEST(pairs->at(0).here == "bo");
  BOOST_TEST(pairs->at(0).line == 3U);
  BOOST_TEST(pairs->at(1).here == "di = e");
  BOOST_TEST(parse_people("")->empty());
}

BOOST_AUTO_TEST_CASE(a_wrong_table_of_people_names_its_line) {
  for (const char* wrong : {"\nann\n", "\n= bo\n", "\nann =\n"}) {
    const auto refused = parse_people(wrong);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message.starts_with("line 2: "));
  }
  BOOST_TEST(!parse_people("ann = bo\nann = cy\n"));
  BOOST_TEST(!parse_people("ann = \xFF\n"));
}
