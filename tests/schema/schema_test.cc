// SPDX-License-Identifier: Apache-2.0
// What the schema promises of itself: free text is always a Text, so that it can be sealed and
// forgotten; bare strings are few, marked and known; every action can be named.
#include "schema/actions.h"
#include "schema/layout.h"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace qualog;

BOOST_AUTO_TEST_SUITE(schema_itself)

BOOST_AUTO_TEST_CASE(every_string_is_a_text_or_a_known_machine_string) {
  const std::set<std::string> known = {
      "AdminOwnerAdded.principal",
      "Aside.actor",
      "Blob.mime",
      "Claim.time",
      "CodeCreated.color",
      "CodePropsChanged.color",
      "CodingRemoved.coders",
      "ConflictRefused.detail",
      "ConflictRefused.facets",
      "Event.actor",
      "Event.on_behalf_of",
      "FacetState.facet",
      "ImportCount.kind",
      "ImportStarted.origin",
      "MemberAdded.principal",
      "MemberMoved.principal",
      "MemberRemoved.principal",
      "ProjectCreated.language",
      "ProjectCreated.registry_id",
      "ProjectPropsChanged.language",
      "ProjectPropsChanged.registry_id",
      "ProjectRestored.actor",
      "QuerySaved.type",
      "RelationshipChanged.color",
      "RelationshipCreated.color",
      "SetCreated.color",
      "SetPropsChanged.color",
      "Setting.key",
      "SourcePropsChanged.color",
      "StyledRange.style",
      "UndoApplied.actor",
      "UserProfileCreated.color",
      "UserProfileCreated.principal",
      "UserPropsChanged.color",
      "Winner.action",
      "Winner.actor",
  };
  std::set<std::string> found;
  for (const auto* table : *schema().objects())
    for (const Slot& slot : layout_of(*table).slots) {
      const std::string name = std::string(short_name(*table)) + "." + slot.name;
      if (slot.element != Shape::String || name == "Text.plain") continue;
      BOOST_TEST(slot.machine, name << " is a bare string, but not marked `machine`");
      found.insert(name);
    }
  BOOST_TEST(found == known, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_action_is_found_by_its_name) {
  BOOST_TEST(all_actions().size() > 100u);
  for (const fb::Action action : all_actions()) {
    const auto found = action_by_name(action_name(action));
    BOOST_TEST((found == action), action_name(action));
    BOOST_TEST((layout_of(action) != nullptr), action_name(action));
  }
}

BOOST_AUTO_TEST_CASE(only_an_action_with_fields_is_served_but_for_two) {
  BOOST_TEST(layout_of(fb::Action::ProjectDeleted)->served());
  BOOST_TEST(layout_of(fb::Action::ProjectUndeleted)->served());
  BOOST_TEST(layout_of(fb::Action::CodingAdded)->served());
  BOOST_TEST(!layout_of(fb::Action::ErasurePerformed)->served());
}

BOOST_AUTO_TEST_SUITE_END()
