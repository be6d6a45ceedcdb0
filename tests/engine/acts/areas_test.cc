// SPDX-License-Identifier: Apache-2.0
// Areas: places of a picture that stay where they are when it is turned, places on a page beside
// its words.
#include "projector/query/codings.h"
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

  ItemId pdf = made(*this, "source.imported",
                    {{"kind", "pdf"},
                     {"name", "a letter"},
                     {"blob", blob_called("a.pdf")},
                     {"text", "Good morning.\n"}});
  const boost::json::object on_page{{"kind", "page"}, {"right", 500}, {"bottom", 700}};

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

// A PDF's words have a rectangle on its page beside them.
BOOST_AUTO_TEST_CASE(a_changed_range_says_all_of_the_place) {
  const auto id = new_item();
  did(ann, said("coding.added", {{"id", word(id)},
                                 {"code", word(code)},
                                 {"source", word(pdf)},
                                 {"begin", 0},
                                 {"end", 14},
                                 {"area", on_page}}));
  did(ann, uncoded_range(code, pdf, 6, 8));
  BOOST_TEST((range_of(id) == "[0,6)" && area_of(id).right == 500));
  std::size_t pieces = 0;
  projector::CodingFilter on_pdf;
  on_pdf.source = pdf;
  for (const auto& piece : projector::codings(state(), on_pdf))
    pieces += area_of(piece.id).right == 500U;
  BOOST_TEST(pieces == 2U);
  const auto act = did(ann, coding_range_changed(id, 0, 5));
  BOOST_TEST((area_of(id) == projector::Area{}));
  did(ann, undone(act));
  BOOST_TEST((range_of(id) == "[0,6)" && area_of(id).right == 500));
  did(ann, said("coding.range_changed", {{"coding", word(id)}, {"area", on_page}}));
  BOOST_TEST(area_of(id).right == 500U);
  did(ann, coding_range_changed(id, 0, 5));
  const auto copy = new_item();
  did(ann,
      said("code.copied",
           {{"code", word(code)}, {"id", word(copy)}, {"name", "copy"}, {"with_codings", true}}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
