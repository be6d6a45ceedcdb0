// SPDX-License-Identifier: Apache-2.0
#include "tools/import/areas.h"

#include "tools/import/file_source.h"

#include <algorithm>
#include <limits>

namespace qualog::tools {

using documents::Material;
using interchange::Selection;
using interchange::SelectionKind;

namespace {

constexpr std::string_view kUnplaced = "its positions are missing";
constexpr std::string_view kEmpty = "its area is empty";
constexpr std::string_view kOutside = "it lies outside of its source";
constexpr std::string_view kOnNoPage = "it lies on no page of its file";
constexpr std::string_view kOfNoHeight =
    "it counts from the top of a page whose height is not known";
constexpr std::string_view kCut = "it reaches past the edge of its source: cut to it";
constexpr std::string_view kReversed = "its end lies before its start: exchanged";
constexpr std::string_view kUnverified =
    "how far its source goes is not known: its positions stand as written";

constexpr std::int64_t kFarthest = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t kThousandths = 1000;

// From one edge to the other, the second exclusive.
struct Reach {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

// What of a reach lies on its source.
struct Kept {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::string_view fault;
  bool cut = false;
  bool unverified = false;
};

std::string_view fault_of(const Reach& reach, std::int64_t most) {
  if (reach.from == reach.to && reach.from >= 0 && reach.to <= most) return kEmpty;
  return reach.to <= 0 || reach.from >= most ? kOutside : "";
}

// `known`: how far the source goes; 0: nobody has said.
Kept kept_of(const Reach& reach, std::int64_t known) {
  const auto most = known == 0 ? kFarthest : known;
  Kept kept;
  kept.unverified = known == 0;
  kept.cut = reach.from < 0 || reach.to > most;
  kept.fault = fault_of(reach, most);
  kept.from = static_cast<std::uint32_t>(std::clamp<std::int64_t>(reach.from, 0, most));
  kept.to = static_cast<std::uint32_t>(std::clamp<std::int64_t>(reach.to, 0, most));
  return kept;
}

AreaPlace nowhere(std::string_view why) { return {std::nullopt, why, {}}; }

AreaPlace place_of(fb::AreaT area, const Kept& across, const Kept& down) {
  if (!across.fault.empty()) return nowhere(across.fault);
  if (!down.fault.empty()) return nowhere(down.fault);
  area.left = across.from, area.right = across.to;
  area.top = down.from, area.bottom = down.to;
  AreaPlace place{area, {}, {}};
  if (across.cut || down.cut) place.doubts.push_back(kCut);
  if (across.unverified || down.unverified) place.doubts.push_back(kUnverified);
  return place;
}

// ---- pictures

AreaPlace region_of(const interchange::Area& area, const Material& file) {
  fb::AreaT made;
  made.kind = fb::AreaKind::Region;
  return place_of(made, kept_of({area.left, area.right}, file.width),
                  kept_of({area.low, area.high}, file.height));
}

// ---- pages

// What is farther than any place stays so.
std::int64_t in_thousandths(std::int64_t points) {
  return std::clamp<std::int64_t>(points, -1, kFarthest / kThousandths + 1) * kThousandths;
}

Reach in_thousandths(std::int64_t from, std::int64_t to) {
  return {in_thousandths(from), in_thousandths(to)};
}

bool has_page(const Material& file, std::int64_t page) {
  const auto pages =
      file.pages.empty() ? kFarthest + 1 : static_cast<std::int64_t>(file.pages.size());
  return page >= 0 && page < pages;
}

AreaPlace page_area_of(const interchange::Area& area, const Material& file) {
  if (!has_page(file, area.page)) return nowhere(kOnNoPage);
  fb::AreaT made;
  made.kind = fb::AreaKind::Page;
  made.page = static_cast<std::uint32_t>(area.page);
  const auto page = file.pages.empty() ? documents::Page{} : file.pages[made.page];
  const std::int64_t height = page_side(page.height);
  if (area.from_top && height == 0) return nowhere(kOfNoHeight);
  Reach up = in_thousandths(area.low, area.high);
  if (area.from_top) up = {height - up.to, height - up.from};
  return place_of(made, kept_of(in_thousandths(area.left, area.right), page_side(page.width)),
                  kept_of(up, height));
}

// ---- recordings

AreaPlace span_of(const Selection& selection, const Material& file) {
  if (!selection.begin_ms || !selection.end_ms) return nowhere(kUnplaced);
  const auto [from, to] = std::minmax(*selection.begin_ms, *selection.end_ms);
  fb::AreaT made;
  made.kind = fb::AreaKind::Span;
  auto place =
      place_of(made, kept_of({from, to}, static_cast<std::int64_t>(file.duration_ms)), Kept{});
  const bool reversed = *selection.end_ms < *selection.begin_ms;
  if (place.area && reversed) place.doubts.push_back(kReversed);
  return place;
}

}  // namespace

AreaPlace area_of(const Selection& selection, const Material* file) {
  static const Material unknown;
  const Material& known = file != nullptr ? *file : unknown;
  if (selection.kind == SelectionKind::Audio || selection.kind == SelectionKind::Video)
    return span_of(selection, known);
  if (!selection.area) return nowhere(kUnplaced);
  if (selection.kind == SelectionKind::Pdf) return page_area_of(*selection.area, known);
  return region_of(*selection.area, known);
}

std::unique_ptr<fb::AreaT> boxed(const std::optional<fb::AreaT>& area) {
  return area ? std::make_unique<fb::AreaT>(*area) : nullptr;
}

}  // namespace qualog::tools
