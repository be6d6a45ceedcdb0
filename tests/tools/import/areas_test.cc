// SPDX-License-Identifier: Apache-2.0
// What a selection of a project file says of a place on a picture, a page or a recording, as an
// area, or as the reason why it is none. decide_test.cc asks the rules whether they take it.
// Rows: D-15.
#include "tools/import/areas.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

using namespace qualog;
using documents::Material;
using interchange::Selection;
using interchange::SelectionKind;

namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMostMs = std::numeric_limits<std::uint32_t>::max();

// "1: 2 3 4 5" for the page and the sides; else the reason; behind it what is in doubt.
std::string said(const tools::AreaPlace& place) {
  if (!place.area) return std::string(place.fault);
  const auto& area = *place.area;
  const auto doubts = fmt::format("{}", fmt::join(place.doubts, "; "));
  return fmt::format("{}: {} {} {} {}{}{}", area.page, area.left, area.top, area.right, area.bottom,
                     doubts.empty() ? "" : " ", doubts);
}

std::string area_said(SelectionKind kind, const interchange::Area& area, const Material* file) {
  Selection selection;
  selection.kind = kind;
  selection.area = std::make_unique<interchange::Area>(area);
  return said(tools::area_of(selection, file));
}

std::string span_said(std::optional<std::int64_t> begin, std::optional<std::int64_t> end,
                      std::uint64_t duration_ms) {
  Selection selection;
  selection.kind = SelectionKind::Audio;
  selection.begin_ms = begin, selection.end_ms = end;
  Material file;
  file.duration_ms = duration_ms;
  return said(tools::area_of(selection, &file));
}

std::string on_picture(const interchange::Area& area) {
  Material file;
  file.width = 640, file.height = 480;
  return area_said(SelectionKind::Picture, area, &file);
}

std::string on_page(const interchange::Area& area) {
  Material file;
  file.pages = {{595.276, 841.89, 0, 0}, {0, 0, 0, 0}};
  return area_said(SelectionKind::Pdf, area, &file);
}

interchange::Area from_top(interchange::Area area) {
  area.from_top = true;
  return area;
}

constexpr auto kOutside = "it lies outside of its source";
constexpr auto kEmpty = "its area is empty";
constexpr auto kCut = " it reaches past the edge of its source: cut to it";
constexpr auto kUnknown = " how far its source goes is not known: its positions stand as written";

}  // namespace

BOOST_AUTO_TEST_SUITE(areas)

BOOST_AUTO_TEST_CASE(D_15_a_region_of_a_picture) {
  BOOST_TEST(on_picture({0, 10, 20, 110, 220}) == "0: 10 20 110 220");
  BOOST_TEST(on_picture({0, 0, 0, 640, 480}) == "0: 0 0 640 480");
  BOOST_TEST(on_picture({7, -3, 20, 700, 481}) == "0: 0 20 640 480" + std::string(kCut));
  BOOST_TEST(on_picture({0, kLeast, kLeast, kMost, kMost}) == "0: 0 0 640 480" + std::string(kCut));
  for (const auto& area :
       {interchange::Area{0, 640, 0, 700, 9}, interchange::Area{0, -9, 0, 0, 9},
        interchange::Area{0, 0, 480, 9, 481}, interchange::Area{0, kMost, 0, kMost, 9}})
    BOOST_TEST(on_picture(area) == kOutside);
  BOOST_TEST(on_picture({0, 5, 5, 5, 9}) == kEmpty);
  BOOST_TEST(on_picture({0, 0, 0, 0, 9}) == kEmpty);
}

BOOST_AUTO_TEST_CASE(D_15_a_rectangle_on_a_page_is_thousandths_from_below) {
  BOOST_TEST(on_page({0, 70, 640, 300, 700}) == "0: 70000 640000 300000 700000");
  BOOST_TEST(on_page({0, 0, 0, 596, 842}) == "0: 0 0 595276 841890" + std::string(kCut));
  BOOST_TEST(on_page({0, kLeast, -1, kMost, 9}) == "0: 0 0 595276 9000" + std::string(kCut));
  BOOST_TEST(on_page({0, 0, kMost - 1, 9, kMost}) == kOutside);
}

BOOST_AUTO_TEST_CASE(D_15_heights_from_the_top_are_turned_over) {
  BOOST_TEST(on_page(from_top({0, 70, 640, 300, 700})) == "0: 70000 141890 300000 201890");
  BOOST_TEST(on_page(from_top({0, 0, -5, 9, 842})) == "0: 0 0 9000 841890" + std::string(kCut));
  BOOST_TEST(on_page(from_top({0, 0, 842, 9, kMost})) == kOutside);
  BOOST_TEST(on_page(from_top({0, 0, kLeast, 9, -1})) == kOutside);
  constexpr auto kNoHeight = "it counts from the top of a page whose height is not known";
  BOOST_TEST(on_page(from_top({1, 0, 0, 9, 9})) == kNoHeight);
  BOOST_TEST(area_said(SelectionKind::Pdf, from_top({0, 0, 0, 9, 9}), nullptr) == kNoHeight);
}

BOOST_AUTO_TEST_CASE(D_15_a_page_that_is_not_there) {
  for (const std::int64_t page :
       {std::int64_t{-1}, std::int64_t{2}, std::int64_t{1'000'000'000}, kMost, kLeast})
    BOOST_TEST(on_page({page, 0, 0, 9, 9}) == "it lies on no page of its file");
  for (const std::int64_t page : {std::int64_t{-1}, kMostMs + 1, kMost})
    BOOST_TEST(area_said(SelectionKind::Pdf, {page, 0, 0, 9, 9}, nullptr) ==
               "it lies on no page of its file");
}

BOOST_AUTO_TEST_CASE(D_15_where_nobody_knows_how_far_the_source_goes) {
  const std::string unknown = kUnknown;
  BOOST_TEST(on_page({1, 0, 0, 9, 9}) == "1: 0 0 9000 9000" + unknown);
  BOOST_TEST(area_said(SelectionKind::Pdf, {1'000'000'000, 1, 2, 3, 4}, nullptr) ==
             "1000000000: 1000 2000 3000 4000" + unknown);
  BOOST_TEST(area_said(SelectionKind::Picture, {0, 1, 2, 3, kMost}, nullptr) ==
             fmt::format("0: 1 2 3 {}{};{}", kMostMs, kCut, kUnknown));
  BOOST_TEST(area_said(SelectionKind::Pdf, {0, 0, kMost - 1, 9, kMost}, nullptr) == kOutside);
  BOOST_TEST(span_said(5, 9, 0) == "0: 5 0 9 0" + unknown);
}

BOOST_AUTO_TEST_CASE(D_15_a_span_of_a_recording) {
  BOOST_TEST(span_said(0, 1500, 1500) == "0: 0 0 1500 0");
  BOOST_TEST(span_said(1400, 1501, 1500) == "0: 1400 0 1500 0" + std::string(kCut));
  BOOST_TEST(span_said(900, 100, 1500) ==
             "0: 100 0 900 0 its end lies before its start: exchanged");
  BOOST_TEST(span_said(kMost, kLeast, 1500) ==
             fmt::format("0: 0 0 1500 0{}; its end lies before its start: exchanged", kCut));
  BOOST_TEST(span_said(7, 7, 1500) == kEmpty);
  BOOST_TEST(span_said(1500, 1600, 1500) == kOutside);
  BOOST_TEST(span_said(kMostMs, kMost, 0) == kOutside);
  BOOST_TEST(span_said(-5, 0, 0) == kOutside);
}

BOOST_AUTO_TEST_CASE(a_place_that_is_not_said) {
  BOOST_TEST(span_said(std::nullopt, 7, 1500) == "its positions are missing");
  BOOST_TEST(said(tools::area_of(Selection{}, nullptr)) == "its positions are missing");
}

BOOST_AUTO_TEST_SUITE_END()
