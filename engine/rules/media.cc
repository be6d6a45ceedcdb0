// SPDX-License-Identifier: Apache-2.0
// Sources that are files: places without text, the rows of transcripts and picture logs, pictures
// that are turned.
#include "engine/rules/media.h"

#include "engine/rules/blobs.h"
#include "engine/rules/specials.h"
#include "engine/rules/texts.h"
#include "engine/rules/versions.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::Kind;
using projector::Media;

namespace {

struct Source {
  fb::SourceKind kind = fb::SourceKind::Document;
  Media media;
  std::uint32_t length = 0;  // code points
};

std::optional<Source> source_at(const projector::Reader& state, const ItemId& id) {
  const auto row = projector::item_slice(state, id);
  if (!row || row->kind != Kind::Source) return std::nullopt;
  const auto content = projector::content_row(state, id);
  return Source{static_cast<fb::SourceKind>(
                    projector::value_of<projector::Props>(*row, Facet::Props).subkind),
                projector::value_of<Media>(*row, Facet::Media), content ? content->length : 0};
}

// What a kind of source has places of, and how far they go; 0: nobody has said.
struct Bounds {
  fb::AreaKind area;
  std::uint32_t right = 0;
  std::uint32_t bottom = 0;
};

std::optional<Bounds> bounds_of(const Source& source, std::uint32_t page) {
  const auto& media = source.media;
  switch (source.kind) {
    case fb::SourceKind::Picture:
      return Bounds{fb::AreaKind::Region, media.width, media.height};
    case fb::SourceKind::Audio:
    case fb::SourceKind::Video:
      return Bounds{fb::AreaKind::Span, media.duration_ms, 0};
    case fb::SourceKind::Dataset:
      return Bounds{fb::AreaKind::Cells, static_cast<std::uint32_t>(media.columns.size()),
                    media.rows};
    case fb::SourceKind::Pdf:
      if (page >= media.pages.size()) return Bounds{fb::AreaKind::Page, 0, 0};
      return Bounds{fb::AreaKind::Page, media.pages[page].width, media.pages[page].height};
    default:
      return std::nullopt;
  }
}

bool fits(std::uint32_t from, std::uint32_t to, std::uint32_t most) {
  return from < to && (most == 0 || to <= most);
}

bool lies_inside(const fb::Area& area, const Bounds& bounds, const Source& source) {
  if (area.kind() != bounds.area) return false;
  if (!fits(area.left(), area.right(), bounds.right)) return false;
  if (area.kind() == fb::AreaKind::Span) return area.top() == 0 && area.bottom() == 0;
  const bool on_page = area.kind() != fb::AreaKind::Page || source.media.pages.empty() ||
                       area.page() < source.media.pages.size();
  return on_page && fits(area.top(), area.bottom(), bounds.bottom);
}

ItemId source_of_row(const Question& question) {
  const auto row = projector::item_slice(question.state, question.id("row"));
  return row ? projector::value_of<projector::Place>(*row, Facet::Place).source : ItemId{};
}

}  // namespace

Verdict check_area(const Question& question, const ItemId& source, const fb::Area* area) {
  if (area == nullptr) return {};
  const auto at = source_at(question.state, source);
  const auto bounds = at ? bounds_of(*at, area->page()) : std::nullopt;
  if (bounds && lies_inside(*area, *bounds, *at)) return {};
  return refuse(fb::RefusalCode::Invalid, "area: it lies not on this source");
}

Verdict media_fits(const Question& question) {
  return check_blob(question, question.as<fb::MediaEmbedded>().blob());
}

Verdict picture_turns(const Question& question) {
  const auto source = source_at(question.state, question.id("source"));
  if (source->kind != fb::SourceKind::Picture)
    return refuse(fb::RefusalCode::Policy, "only a picture is turned");
  const auto rotation = question.as<fb::ImageAdjusted>().rotation();
  if (rotation < 360 && rotation % 90 == 0) return {};
  return refuse(fb::RefusalCode::Invalid, "rotation");
}

Verdict formatting_fits(const Question& question) {
  const auto source = source_at(question.state, question.id("source"));
  const auto* ranges = question.as<fb::SourceFormattingChanged>().ranges();
  const bool fit = ranges == nullptr ||
                   std::all_of(ranges->begin(), ranges->end(), [&](const fb::StyledRange* range) {
                     return range->begin() < range->end() && range->end() <= source->length;
                   });
  if (!fit) return refuse(fb::RefusalCode::Invalid, "ranges");
  return check_facet_seen(question, question.id("source"), Facet::Content);
}

// ---- rows ---------------------------------------------------------------------------------------

namespace {

// Words that the row brings, or words that are there.
Verdict check_stretch(const Question& question, std::uint32_t whole) {
  const auto* text = question.text("text");
  const auto length = question.number("length");
  if (length > 0 && text != nullptr && text->length() > 0)
    return refuse(fb::RefusalCode::Invalid, "either text or length");
  if (question.number("position") + length > whole)
    return refuse(fb::RefusalCode::Invalid, length > 0 ? "position and length" : "position");
  return check_line_ends(text);
}

}  // namespace

Verdict row_fits(const Question& question) {
  const ItemId id = question.id("source");
  const auto source = source_at(question.state, id);
  const bool transcript = question.rule.action == fb::Action::TranscriptRowAdded;
  const bool recording =
      source->kind == fb::SourceKind::Audio || source->kind == fb::SourceKind::Video;
  if (transcript ? !recording : source->kind != fb::SourceKind::Picture)
    return refuse(fb::RefusalCode::Policy, "the source has no such rows");
  if (auto verdict = check_area(question, id, question.held<fb::Area>("area"))) return verdict;
  if (auto verdict = check_base(question, id)) return verdict;
  return check_stretch(question, source->length);
}

Verdict row_is_current(const Question& question) {
  return check_base(question, source_of_row(question));
}

Verdict row_area_fits(const Question& question) {
  const auto* area = question.held<fb::Area>("area");
  if (area == nullptr) return refuse(fb::RefusalCode::Invalid, "area");
  return check_area(question, source_of_row(question), area);
}

namespace {

Sequence version_of(const Question& question, const ItemId& source) {
  const auto content = projector::content_row(question.state, source);
  return content ? content->version : Sequence{};
}

template <class Action>
void stamp(const Question& question, Action* action, const ItemId& source) {
  if (action == nullptr) return;
  action->version = base_of(question, version_of(question, source)).value;
}

}  // namespace

Verdict stamp_row(const Question& question, fb::ActionUnion& action) {
  const bool added = !question.rule.creates.empty();
  const ItemId source = added ? question.id("source") : source_of_row(question);
  stamp(question, action.AsTranscriptRowAdded(), source);
  stamp(question, action.AsTranscriptRowDeleted(), source);
  stamp(question, action.AsPicturelogRowAdded(), source);
  stamp(question, action.AsPicturelogRowDeleted(), source);
  return {};
}

}  // namespace qualog::engine
