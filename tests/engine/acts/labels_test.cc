// SPDX-License-Identifier: Apache-2.0
// What the project says of itself: the labels of what is not given, which no value may have as its
// name, whatever comes back by undo; and settings that only some programs know.
// Rows.
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

namespace json = boost::json;

struct Labels : World {
  Person bo = join("bo", fb::Group::Owner);
  ItemId person = named(*this, "classification.created", "Person");
  ItemId town =
      made(*this, "attribute.created", {{"classification", word(person)}, {"name", "Town"}});

  Action unassigned(const char* label) {
    return said("project.props_changed", {{"unassigned", label}});
  }
  Action not_applicable(const char* label) {
    return said("project.props_changed", {{"not_applicable", label}});
  }
  ItemId a_value(const char* name) {
    return made(*this, "attrvalue.created", {{"attribute", word(town)}, {"name", name}});
  }
  Action value_created(const char* name) {
    return said("attrvalue.created",
                {{"id", word(new_item())}, {"attribute", word(town)}, {"name", name}});
  }
  Action value_renamed(const ItemId& value, const char* name) {
    return said("attrvalue.renamed", {{"value", word(value)}, {"name", name}});
  }
  Action value_deleted(const ItemId& value) {
    return said("attrvalue.deleted", {{"value", word(value)}});
  }
  Action settings(const char* key, const char* text) {
    return said("project.props_changed",
                {{"settings", json::array{{{"key", key}, {"value", text}}}}});
  }
  projector::Settings now() const {
    return value<projector::Settings>(projector::kProjectItem, projector::Facet::Settings);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(labels, Labels)

BOOST_AUTO_TEST_CASE(X_32_no_value_has_a_label_for_its_name) {
  did(ann, {unassigned("none"), not_applicable("does not matter")});
  const auto value = a_value("Oslo");
  for (const auto* label : {"none", "NONE", "does not matter"}) {
    BOOST_TEST(result(does(ann, value_created(label))) == "NAME_TAKEN");
    BOOST_TEST(result(does(ann, value_renamed(value, label))) == "NAME_TAKEN");
  }
}

BOOST_AUTO_TEST_CASE(X_32_no_label_is_the_name_of_a_value_or_of_the_other_label) {
  a_value("Oslo");
  BOOST_TEST(result(does(ann, unassigned("oslo"))) == "NAME_TAKEN");
  BOOST_TEST(result(does(ann, not_applicable("Oslo"))) == "NAME_TAKEN");
  did(ann, unassigned("none"));
  BOOST_TEST(result(does(ann, not_applicable("None"))) == "NAME_TAKEN");
  BOOST_TEST(result(does(ann, not_applicable("does not matter"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_32_a_name_is_free_for_a_label_once_its_value_is_gone) {
  const auto value = a_value("Oslo");
  did(ann, value_deleted(value));
  BOOST_TEST(result(does(ann, unassigned("Oslo"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_32_a_value_does_not_come_back_under_a_label) {
  const auto value = a_value("Oslo");
  const auto deleted = did(ann, value_deleted(value));
  did(ann, unassigned("Oslo"));
  BOOST_TEST(result(does(ann, undone(deleted))) == "NAME_TAKEN");
  BOOST_TEST(result(does(ann, undone_as(deleted, "Oslo"))) == "NAME_TAKEN");
  BOOST_TEST(result(does(ann, undone_as(deleted, "Bergen"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_32_a_value_does_not_get_a_labels_name_back) {
  const auto value = a_value("Oslo");
  const auto renamed = did(ann, value_renamed(value, "Bergen"));
  did(ann, not_applicable("Oslo"));
  BOOST_TEST(result(does(ann, undone(renamed))) == "NAME_TAKEN");
}

BOOST_AUTO_TEST_CASE(X_32_a_label_does_not_come_back_over_a_value_or_the_other_label) {
  did(ann, unassigned("none"));
  const auto changed = did(ann, unassigned("unknown"));
  const auto value = a_value("None");
  BOOST_TEST(result(does(ann, undone(changed))) == "NAME_TAKEN");
  did(ann, value_deleted(value));
  BOOST_TEST(result(does(ann, undone(changed))) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_31_properties_are_one_for_everybody_and_the_first_writer_wins) {
  const auto look = head();
  did(ann, project_titled("Gym in spring"));
  BOOST_TEST(result(does(bo.seeing(look), unassigned("none"))) == "STALE");
  BOOST_TEST(result(does(bo.seeing(look), settings("theme", "dark"))) == "STALE");
  BOOST_TEST(result(does(bo, settings("theme", "dark"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(X_31_X_37_what_only_some_programs_know_is_kept_as_it_came) {
  did(bo, settings("vendor.of.the.future/tab", "{\"rows\": [1, 2]}"));
  did(ann, {project_titled("Gym in spring"), unassigned("none")});
  BOOST_REQUIRE(now().settings.size() == 1u);
  BOOST_TEST(now().settings[0].key == "vendor.of.the.future/tab");
  BOOST_TEST(now().settings[0].value.plain == "{\"rows\": [1, 2]}");
  BOOST_TEST((replayed() == digests()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
