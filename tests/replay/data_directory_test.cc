// SPDX-License-Identifier: Apache-2.0
// A project that was made is said to be made, whatever becomes of looking at it.
#include "tests/replay/workshop.h"

namespace qualog::test {

namespace {

Result<engine::ProjectInfo> made_with(Workshop& shop, engine::DataDirectory::Fill fill) {
  const auto session = engine::new_id<SessionId>(shop.effects());
  return shop.data().create("Gym", "anna", session, shop.effects(), fb::ProjectOrigin::Import,
                            fill);
}

// Its owner has the segment open already; whoever comes later finds a log without it.
Result<void> hide_log(const fs::path& projects) {
  for (const auto& project : fs::directory_iterator(projects))
    fs::remove(project.path() / "log" / log::segment_name(1));
  return {};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_project_that_cannot_be_looked_at_was_made_all_the_same) {
  Workshop shop;
  const auto made =
      made_with(shop, [&](engine::Project&) { return hide_log(shop.data().path() / "projects"); });
  BOOST_REQUIRE_MESSAGE(made, made.error().message);
  BOOST_TEST(made->sequence.value == 2U, "behind the first event lies its maker's profile");
  BOOST_TEST(fs::exists(shop.data().place_of(made->id).directory));
}

BOOST_AUTO_TEST_CASE(a_project_that_was_made_is_at_the_event_that_its_view_shows) {
  Workshop shop;
  const auto made = made_with(shop, [](engine::Project&) -> Result<void> { return {}; });
  BOOST_REQUIRE_MESSAGE(made, made.error().message);
  const auto view = good(engine::View::open(shop.data().place_of(made->id)));
  BOOST_TEST((made->sequence == view->head()));
}

}  // namespace qualog::test
