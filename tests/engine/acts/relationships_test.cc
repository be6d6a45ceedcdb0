// SPDX-License-Identifier: Apache-2.0
// Relationships: one of a type between two items, whichever way round unless the type has a
// direction; they can be coded to, and go with either end.
// Rows: D-09.
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Relationships : World {
  Person bo = join("bo");
  ItemId kari = a_case("Kari"), ola = a_case("Ola");
  ItemId knows = a_type("knows", "associative"), married = a_type("married to", "symmetrical"),
         hires = a_type("hires", "one_way");

  ItemId a_case(const char* name) {
    return made(*this, "code.created", {{"name", name}, {"kind", "case"}});
  }
  ItemId a_type(const char* name, const char* direction) {
    return made(*this, "reltype.created", {{"name", name}, {"direction", direction}});
  }
  Action related(const ItemId& from, const ItemId& to, const ItemId& type = {}) {
    return related(new_item(), from, to, type);
  }
  static Action related(const ItemId& id, const ItemId& from, const ItemId& to,
                        const ItemId& type) {
    boost::json::object body = {{"id", word(id)}, {"from", word(from)}, {"to", word(to)}};
    if (type) body["reltype"] = word(type);
    return said("relationship.created", body);
  }
  Action gone(const ItemId& relationship) {
    return said("relationship.deleted", {{"relationship", word(relationship)}});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(relationships, Relationships)

BOOST_AUTO_TEST_CASE(D_09_one_of_a_type_between_two_items) {
  for (const auto& type : {ItemId{}, knows, married, hires}) {
    BOOST_TEST(result(does(ann, related(kari, ola, type))) == "accepted");
    BOOST_TEST(result(does(bo, related(kari, ola, type))) == "NAME_TAKEN");
  }
}

BOOST_AUTO_TEST_CASE(D_09_only_one_way_types_tell_there_from_back) {
  for (const auto& type : {ItemId{}, knows, married}) {
    did(ann, related(kari, ola, type));
    BOOST_TEST(result(does(bo, related(ola, kari, type))) == "NAME_TAKEN");
  }
  did(ann, related(kari, ola, hires));
  BOOST_TEST(result(does(bo, related(ola, kari, hires))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_09_two_at_the_same_time_make_one) {
  const auto look = head();
  did(ann, related(kari, ola, knows));
  BOOST_TEST(result(does(bo.seeing(look), related(ola, kari, knows))) == "NAME_TAKEN");
}

BOOST_AUTO_TEST_CASE(D_09_its_ends_are_sources_codes_cases_and_sets) {
  const auto text = a_source("interview 1", "There was nobody."), code = a_code("absence");
  const auto set = named(*this, "set.created", "a set"), folder = a_folder("spring");
  for (const auto& end : {text, code, set})
    BOOST_TEST(result(does(ann, related(kari, end))) == "accepted");
  BOOST_TEST(result(does(ann, related(kari, folder))) == "BAD_REF");
  BOOST_TEST(result(does(ann, related(kari, kari))) == "BAD_REF");
}

BOOST_AUTO_TEST_CASE(D_09_it_can_be_coded_to) {
  const auto text = a_source("interview 1", "Kari hires Ola.");
  const auto hiring = new_item(), coding = new_item();
  did(ann, related(hiring, kari, ola, hires));
  did(bo, coded(coding, hiring, text, 0, 14));
  BOOST_TEST(alive(coding));
  BOOST_TEST(result(does(bo, coded(new_item(), hiring, text, 0, 14))) == "noop");
  did(ann, gone(hiring));
  BOOST_TEST(!alive(coding));
}

BOOST_AUTO_TEST_CASE(D_09_it_goes_with_either_end_and_with_its_type) {
  const auto one = new_item(), other = new_item(), third = new_item();
  const auto per = a_case("Per");
  did(ann, {related(one, kari, ola, hires), related(other, ola, kari, hires),
            related(third, ola, per, knows)});
  const auto deletion = did(ann, code_deleted(per));
  BOOST_TEST(!alive(third));
  BOOST_TEST(alive(one));
  did(ann, undone(deletion));
  BOOST_TEST(alive(third));
  did(ann, said("reltype.deleted", {{"reltype", word(hires)}}));
  for (const auto& item : {one, other}) BOOST_TEST(!alive(item));
  BOOST_TEST(alive(third));
}

BOOST_AUTO_TEST_CASE(D_09_once_it_is_gone_it_can_be_made_again_and_does_not_come_back_beside) {
  const auto one = new_item();
  did(ann, related(one, kari, ola, knows));
  const auto deletion = did(ann, gone(one));
  did(ann, related(ola, kari, knows));
  BOOST_TEST(result(does(ann, undone(deletion))) == "NAME_TAKEN");
}

BOOST_AUTO_TEST_CASE(D_09_a_type_in_use_keeps_its_direction) {
  const auto turned = said("reltype.changed", {{"reltype", word(knows)}, {"direction", "one_way"}});
  BOOST_TEST(result(does(ann, turned)) == "accepted");
  did(ann, related(kari, ola, knows));
  const auto back =
      said("reltype.changed", {{"reltype", word(knows)}, {"direction", "symmetrical"}});
  BOOST_TEST(result(does(ann, back)) == "POLICY");
}

BOOST_AUTO_TEST_CASE(D_09_a_type_is_not_turned_by_undo_while_it_is_used) {
  const auto turned =
      did(ann, said("reltype.changed", {{"reltype", word(knows)}, {"direction", "one_way"}}));
  did(ann, {related(kari, ola, knows), related(ola, kari, knows)});
  BOOST_TEST(result(does(ann, undone(turned))) == "POLICY");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
