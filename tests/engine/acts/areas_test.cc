// SPDX-License-Identifier: Apache-2.0
// Areas: places of a picture that stay where they are when it is turned.
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

struct Pictures : World {
  ItemId code = a_code("door");
  ItemId picture = made(*this, "source.imported",
                        {{"kind", "picture"},
                         {"name", "a photo"},
                         {"blob", blob_called("a.png")},
                         {"width", 200},
                         {"height", 100}});

  static boost::json::object region(unsigned left, unsigned top, unsigned right, unsigned bottom) {
    return {{"kind", "region"}, {"left", left}, {"top", top}, {"right", right}, {"bottom", bottom}};
  }
  Action coded_on(const ItemId& id, const boost::json::object& area) const {
    return said(
        "coding.added",
        {{"id", word(id)}, {"code", word(code)}, {"source", word(picture)}, {"area", area}});
  }
  Action turned(unsigned degrees) const {
    return said("image.adjusted", {{"source", word(picture)}, {"rotation", degrees}});
  }
  projector::Area area_of(const ItemId& id) const {
    return value<projector::Area>(id, projector::Facet::Area);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(areas, Pictures)

BOOST_AUTO_TEST_CASE(a_turn_leaves_them_and_their_bounds_as_the_file_has_them) {
  const auto id = new_item();
  did(ann, coded_on(id, region(150, 10, 190, 40)));
  const auto before = area_of(id);
  for (const unsigned degrees : {90U, 180U, 270U}) {
    did(ann, turned(degrees));
    BOOST_TEST((area_of(id) == before));
    BOOST_TEST(result(does(ann, coded_on(new_item(), region(0, 0, degrees / 2, 50)))) ==
               "accepted");
    BOOST_TEST(result(does(ann, coded_on(new_item(), region(10, 150, 40, 190)))) == "INVALID");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
