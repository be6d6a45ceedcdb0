// SPDX-License-Identifier: Apache-2.0
// Cases and what is known of them: classifications, attributes, and one value of each.
// Rows: CF-2, D-06, D-07, D-08.
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Cases : World {
  Person bo = join("bo");
  ItemId person = named(*this, "classification.created", "Person");
  ItemId town = an_attribute(person, "Town"), age = an_attribute(person, "Age", "integer");
  ItemId kari = a_case("Kari"), ola = a_case("Ola");

  ItemId an_attribute(const ItemId& of, const char* name, const char* type = "text") {
    return made(*this, "attribute.created",
                {{"classification", word(of)}, {"name", name}, {"type", type}});
  }
  ItemId a_value(const ItemId& attribute, const char* name) {
    return made(*this, "attrvalue.created", {{"attribute", word(attribute)}, {"name", name}});
  }
  ItemId a_case(const char* name) {
    return made(*this, "code.created", {{"name", name}, {"kind", "case"}});
  }
  Action classified(const ItemId& item, const ItemId& as) {
    return said("item.classified", {{"item", word(item)}, {"classification", word(as)}});
  }
  Action set_to(const ItemId& item, const ItemId& attribute, const char* text) {
    return said("attribute.value_set",
                {{"item", word(item)}, {"attribute", word(attribute)}, {"text", text}});
  }
  Action set_to(const ItemId& item, const ItemId& attribute, const ItemId& value) {
    return said("attribute.value_set",
                {{"item", word(item)}, {"attribute", word(attribute)}, {"value", word(value)}});
  }
  std::string text_of(const ItemId& item, const ItemId& attribute) const {
    return value<projector::ItemValue>(projector::value_item(item, attribute),
                                       projector::Facet::Value)
        .text.plain;
  }
  Action value_created(const ItemId& attribute, const char* name) {
    return said("attrvalue.created",
                {{"id", word(new_item())}, {"attribute", word(attribute)}, {"name", name}});
  }
};

struct Typed {
  const char* type;
  const char* good;
  const char* bad;
};

constexpr Typed kTyped[] = {
    {"integer", "-42", "4.2"},       {"decimal", "4.25", "four"},
    {"date", "2026-02-25", "25.2."}, {"date_time", "2026-02-25T09:30", "2026-02-30T09:30"},
    {"time", "09:30", "25:00"},      {"boolean", "true", "yes"},
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cases, Cases)

BOOST_AUTO_TEST_CASE(D_06_a_case_has_one_value_of_each_attribute) {
  did(ann, classified(kari, person));
  did(ann, set_to(kari, town, "Oslo"));
  did(ann, set_to(kari, town, "Bergen"));
  BOOST_TEST(text_of(kari, town) == "Bergen");
  BOOST_TEST(result(does(ann, set_to(kari, town, "Bergen"))) == "noop");
  BOOST_TEST(result(does(ann, set_to(ola, town, "Oslo"))) == "BAD_REF");
}

// What somebody said of a case with it is not hidden unseen, though it would stay in the log.
BOOST_AUTO_TEST_CASE(D_06_what_others_use_since_the_look_is_not_ended_unseen) {
  did(ann, classified(kari, person));
  const auto oslo = a_value(town, "Oslo"), other = named(*this, "classification.created", "Other");
  const auto look = head();
  did(bo, {set_to(kari, town, oslo), classified(ola, other)});
  const auto blind = ann.seeing(look);
  BOOST_TEST(result(does(blind, said("attrvalue.deleted", {{"value", word(oslo)}}))) == "STALE");
  BOOST_TEST(result(does(blind, said("classification.deleted",
                                     {{"classification", word(other)}}))) == "STALE");
  BOOST_TEST(result(does(blind, classified(kari, other))) == "STALE");
  BOOST_TEST(result(does(ann, classified(kari, other))) == "accepted");
  BOOST_TEST(result(does(ann, said("attrvalue.deleted", {{"value", word(oslo)}}))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_06_UN_1_what_others_use_holds_what_made_it) {
  const auto one = new_item(), other = new_item();
  const auto made_value = did(
      ann,
      said("attrvalue.created", {{"id", word(one)}, {"attribute", word(town)}, {"name", "Oslo"}}));
  const auto made_class =
      did(ann, said("classification.created", {{"id", word(other)}, {"name", "Other"}}));
  const auto as_person = did(ann, classified(kari, person));
  did(bo, {set_to(kari, town, one), classified(ola, other)});
  for (const auto act : {made_value, made_class, as_person})
    BOOST_TEST(result(does(ann, undone(act))) == "UNDO_BLOCKED");
}

BOOST_AUTO_TEST_CASE(D_07_UN_1_a_value_of_the_merged_classification_holds_the_merge) {
  const auto from = named(*this, "classification.created", "People");
  did(ann, classified(kari, from));
  const auto merge =
      did(ann, said("classification.merged", {{"from", word(from)}, {"into", word(person)}}));
  const auto undo = did(ann, undone(merge));
  did(ann, undone(undo));
  did(bo, set_to(kari, town, "Oslo"));
  BOOST_TEST(result(does(ann, undone(merge))) != "accepted");
  BOOST_TEST(text_of(kari, town) == "Oslo");
}

BOOST_AUTO_TEST_CASE(D_06_two_who_set_one_value_collide_and_others_do_not) {
  did(ann, {classified(kari, person), classified(ola, person)});
  const auto look = head();
  did(ann, set_to(kari, town, "Oslo"));
  const auto late = does(bo.seeing(look), set_to(kari, town, "Bergen"));
  BOOST_TEST(result(late) == "STALE");
  BOOST_TEST(facets(late) == "value.value");
  BOOST_TEST(result(does(bo.seeing(look), set_to(kari, age, "42"))) == "accepted");
  BOOST_TEST(result(does(bo.seeing(look), set_to(ola, town, "Bergen"))) == "accepted");
  BOOST_TEST(text_of(kari, town) == "Oslo");
}

BOOST_AUTO_TEST_CASE(D_06_a_value_is_taken_back_by_undo) {
  did(ann, classified(kari, person));
  did(ann, set_to(kari, town, "Oslo"));
  const auto moved = did(bo, set_to(kari, town, "Bergen"));
  did(bo, undone(moved));
  BOOST_TEST(text_of(kari, town) == "Oslo");
}

BOOST_AUTO_TEST_CASE(D_06_CF_2_who_has_not_seen_that_a_value_was_taken_back_sets_none) {
  did(ann, classified(kari, person));
  const auto act = did(ann, set_to(kari, age, "41"));
  const auto undo = did(bo, undone(act));
  const auto late = does(ann.seeing(act), set_to(kari, age, "42"));
  BOOST_TEST(result(late) == "STALE");
  BOOST_TEST(facets(late) == "value.life");
  BOOST_TEST(late.refusal->winner->sequence == undo.value);
  BOOST_TEST(result(does(ann, set_to(kari, age, "42"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_06_what_classifies_sources_classifies_no_cases) {
  const auto of_sources =
      made(*this, "classification.created", {{"name", "Reference"}, {"kind", "source"}});
  const auto text = a_source("interview 1", "There was nobody.");
  BOOST_TEST(result(does(ann, classified(kari, of_sources))) == "BAD_REF");
  BOOST_TEST(result(does(ann, classified(text, person))) == "BAD_REF");
  BOOST_TEST(result(does(ann, classified(text, of_sources))) == "accepted");
  BOOST_TEST(result(does(ann, classified(a_code("a code"), person))) == "BAD_REF");
}

BOOST_AUTO_TEST_CASE(D_07_of_merged_classifications_one_has_the_attributes_of_both) {
  const auto other = named(*this, "classification.created", "Participant");
  const auto job = an_attribute(other, "Job");
  did(ann, {classified(kari, person), classified(ola, other)});
  did(ann, set_to(ola, job, "nurse"));
  did(ann, said("classification.merged", {{"from", word(other)}, {"into", word(person)}}));
  BOOST_TEST(result(does(ann, set_to(ola, town, "Oslo"))) == "accepted");
  BOOST_TEST(result(does(ann, set_to(kari, job, "teacher"))) == "accepted");
  BOOST_TEST(text_of(ola, job) == "nurse");
  BOOST_TEST(result(does(ann, classified(a_case("Per"), other))) == "MERGED");
}

BOOST_AUTO_TEST_CASE(D_07_a_merge_is_undone_with_all_that_it_brought_together) {
  const auto other = named(*this, "classification.created", "Participant");
  did(ann, classified(ola, other));
  const auto merge =
      did(ann, said("classification.merged", {{"from", word(other)}, {"into", word(person)}}));
  did(ann, undone(merge));
  BOOST_TEST(result(does(ann, set_to(ola, town, "Oslo"))) == "BAD_REF");
  BOOST_TEST(alive(other));
}

BOOST_AUTO_TEST_CASE(D_07_attributes_and_values_have_names_of_their_own) {
  const auto twice = [&](const char* action, boost::json::object body) {
    body["id"] = word(new_item());
    return result(does(bo, said(action, body)));
  };
  BOOST_TEST(twice("classification.created", {{"name", "Person"}}) == "NAME_TAKEN");
  BOOST_TEST(twice("attribute.created", {{"classification", word(person)}, {"name", "Town"}}) ==
             "NAME_TAKEN");
  a_value(town, "Oslo");
  BOOST_TEST(twice("attrvalue.created", {{"attribute", word(town)}, {"name", "Oslo"}}) ==
             "NAME_TAKEN");
}

BOOST_AUTO_TEST_CASE(D_08_what_is_not_of_the_attributes_type_is_refused) {
  did(ann, classified(kari, person));
  for (const auto& [type, good, bad] : kTyped) BOOST_TEST_CONTEXT(type) {
      const auto attribute = an_attribute(person, type, type);
      BOOST_TEST(result(does(ann, set_to(kari, attribute, bad))) == "INVALID");
      BOOST_TEST(result(does(ann, set_to(kari, attribute, good))) == "accepted");
      BOOST_TEST(result(does(ann, set_to(kari, attribute, ""))) == "accepted");
    }
}

BOOST_AUTO_TEST_CASE(D_08_nor_may_an_attribute_offer_it) {
  for (const auto& [type, good, bad] : kTyped) BOOST_TEST_CONTEXT(type) {
      const auto attribute = an_attribute(person, type, type);
      BOOST_TEST(result(does(ann, value_created(attribute, bad))) == "INVALID");
      const auto offered = a_value(attribute, good);
      const auto renamed = said("attrvalue.renamed", {{"value", word(offered)}, {"name", bad}});
      BOOST_TEST(result(does(ann, renamed)) == "INVALID");
    }
}

BOOST_AUTO_TEST_CASE(D_08_nor_have_it_as_its_default) {
  const auto created = [&](const char* value) {
    return said("attribute.created", {{"id", word(new_item())},
                                      {"classification", word(person)},
                                      {"name", "Year"},
                                      {"type", "integer"},
                                      {"default_value", value}});
  };
  BOOST_TEST(result(does(ann, created("last year"))) == "INVALID");
  BOOST_TEST(result(does(ann, created("1999"))) == "accepted");
  const auto changed = [&](const char* value) {
    return said("attribute.props_changed", {{"attribute", word(age)}, {"default_value", value}});
  };
  BOOST_TEST(result(does(ann, changed("old"))) == "INVALID");
  BOOST_TEST(result(does(ann, changed("7"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(D_08_a_change_of_type_tells_whose_value_does_not_convert) {
  did(ann, {classified(kari, person), classified(ola, person)});
  did(ann, set_to(kari, town, "12"));
  did(ann, set_to(ola, town, a_value(town, "Oslo")));
  const auto changed =
      did(ann, said("attribute.type_changed", {{"attribute", word(town)}, {"type", "integer"}}));
  const auto made_event = event(changed);
  const auto& unconverted = made_event->action.AsAttributeTypeChanged()->unconverted;
  BOOST_REQUIRE(unconverted.size() == 1u);
  BOOST_TEST((unconverted.front() == ola));
  BOOST_TEST(text_of(kari, town) == "12");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
