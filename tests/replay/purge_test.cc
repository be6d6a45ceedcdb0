// SPDX-License-Identifier: Apache-2.0
// Purging projects whose logs lie in files.
#include "tests/replay/purging.h"

namespace qualog::test {

class InFiles {
 public:
  static PurgeStep decided() { return PurgeStep::decided; }
  const engine::DataDirectory& data() const { return shop_.data(); }
  engine::Effects effects() { return shop_.effects(); }
  void let_go() {}

 private:
  Workshop shop_;
};

QUALOG_PURGES(a_purge_in_files, InFiles)

BOOST_AUTO_TEST_CASE(what_a_project_left_when_it_moved_away_and_back_goes_too) {
  InFiles place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  const auto aside = place.data().place_of(id).directory.string() + ".moved-1";
  fs::create_directory(aside);
  BOOST_REQUIRE(purge_in(place, id));
  BOOST_TEST(!is_anything_left(place, id, lineage));
}

BOOST_AUTO_TEST_CASE(keys_stay_while_a_project_cannot_be_read) {
  InFiles place;
  const auto id = deleted_project(place);
  const auto other = made_project(place, "Other");
  const auto segment = place.data().place_of(other).directory / "log" / "00000001.segment";
  fs::resize_file(segment, 100);
  const auto kept = good(purge_in(place, id));
  BOOST_TEST(!kept.removed);
  BOOST_TEST(kept.needed_by.find(other.text()) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keys_stay_while_another_namespace_shares_their_store) {
  InFiles place;
  const auto id = deleted_project(place);
  const auto keys = place.data().place_of(id).keys;
  BOOST_REQUIRE(engine::note_namespace({keys, "identity"}, "lab"));
  const auto kept = good(purge_in(place, id));
  BOOST_TEST(!kept.removed);
  BOOST_TEST(kept.needed_by.find("lab") != std::string::npos);
}

}  // namespace qualog::test
