// SPDX-License-Identifier: Apache-2.0
// Anchors: a range is stated in the text as the author saw it, and is carried through the edits
// since, or refused when nothing of it is left (ANCHOR_STALE).
#include "engine/rules/anchors.h"

#include "engine/rules/media.h"
#include "engine/rules/specials.h"
#include "projector/fold/edit.h"

namespace qualog::engine {

using projector::ContentRow;
using projector::ContentState;
using projector::Facet;

namespace {

// The length of the text at `seen`.
std::uint64_t length_at(const projector::Reader& state, const ItemId& source,
                        const ContentRow& content, Sequence seen) {
  std::uint64_t length = content.length;
  projector::visit_edits_since(state, source, seen, [&](const projector::HistoryRow& edit) {
    for (const auto& splice : edit.splices)
      length = length + splice.delete_length - splice.insert_length;
  });
  return length;
}

Refusal stale_anchor(const ItemId& source, const ContentRow& content) {
  auto refusal = refuse(fb::RefusalCode::AnchorStale, "range");
  refusal.facets = {{projector::Kind::Source, source, Facet::Content}};
  refusal.winner = content.version;
  return refusal;
}

bool has_text(const Question& question, const ItemId& item) {
  return projector::kind_of(question.state, item) == projector::Kind::Source;
}

// Positions on something that has no text.
Verdict no_range(Position begin, Position end) {
  if (!begin && !end) return {};
  return refuse(fb::RefusalCode::Invalid, "a range on an item without text");
}

}  // namespace

Verdict carry(const Question& question, const ItemId& source, Position& begin, Position& end,
              bool may_be_empty) {
  if (!begin && !end) return {};
  if (!begin || !end || *begin > *end || (*begin == *end && !may_be_empty))
    return refuse(fb::RefusalCode::Invalid, "begin and end");
  const auto content = projector::content_row(question.state, source);
  if (!content) return refuse(fb::RefusalCode::BadRef, "source");
  if (content->state == ContentState::Missing) return {};
  const bool is_newest = content->version <= question.seen;
  const auto length =
      is_newest ? content->length : length_at(question.state, source, *content, question.seen);
  if (*end > length) return refuse(fb::RefusalCode::Invalid, "end is past the text");
  if (is_newest) return {};
  const auto range =
      projector::range_now(question.state, source, question.seen, {*begin, *end, false});
  if (range.detached) return stale_anchor(source, *content);
  begin = range.begin;
  end = range.end;
  return {};
}

Verdict anchor_coding(const Question& question, fb::ActionUnion& action) {
  auto& coding = *action.AsCodingAdded();
  return carry(question, coding.source, coding.begin, coding.end, false);
}

Verdict anchor_range(const Question& question, fb::ActionUnion& action) {
  auto& change = *action.AsCodingRangeChanged();
  const auto row = projector::item(question.state, change.coding);
  const auto place = projector::value_of<projector::Place>(*row, Facet::Place);
  const auto* area = question.as<fb::CodingRangeChanged>().area();
  if (auto verdict = check_area(question, place.source, area)) return verdict;
  return carry(question, place.source, change.begin, change.end, false);
}

Verdict anchor_annotation(const Question& question, fb::ActionUnion& action) {
  auto& note = *action.AsAnnotationCreated();
  const auto* area = question.as<fb::AnnotationCreated>().area();
  if (auto verdict = check_area(question, note.source, area)) return verdict;
  return carry(question, note.source, note.begin, note.end, true);
}

Verdict anchor_seealso(const Question& question, fb::ActionUnion& action) {
  auto& link = *action.AsSeealsoCreated();
  if (!link.to && link.external == nullptr)
    return refuse(fb::RefusalCode::Invalid, "to or external");
  const auto& asked = question.as<fb::SeealsoCreated>();
  if (auto wrong = check_area(question, link.from, asked.from_area())) return wrong;
  if (auto wrong = check_area(question, link.to, asked.to_area())) return wrong;
  auto verdict = has_text(question, link.from)
                     ? carry(question, link.from, link.from_begin, link.from_end, true)
                     : no_range(link.from_begin, link.from_end);
  if (verdict) return verdict;
  return has_text(question, link.to) ? carry(question, link.to, link.to_begin, link.to_end, true)
                                     : no_range(link.to_begin, link.to_end);
}

Verdict anchor_hyperlink(const Question& question, fb::ActionUnion& action) {
  auto& link = *action.AsHyperlinkCreated();
  return carry(question, link.source, link.begin, link.end, false);
}

Verdict anchor_summary_link(const Question& question, fb::ActionUnion& action) {
  auto& link = *action.AsSummaryLinkAdded();
  const auto* area = question.as<fb::SummaryLinkAdded>().area();
  if (auto verdict = check_area(question, link.source, area)) return verdict;
  return carry(question, link.source, link.begin, link.end, false);
}

namespace {

Verdict carry_all(const Question& question,
                  std::vector<std::unique_ptr<fb::BatchCodingT>>& codings) {
  for (auto& coding : codings)
    if (auto verdict = carry(question, coding->source, coding->begin, coding->end, false))
      return verdict;
  return {};
}

}  // namespace

// The ranges of a whole batch stand on what its command has seen.
Verdict anchor_batch(const Question& question, fb::ActionUnion& action) {
  return carry_all(question, action.AsCodingBatchAdded()->codings);
}

// What a query found stands on the text that it was asked of.
Verdict anchor_result(const Question& question, fb::ActionUnion& action) {
  auto& result = *action.AsQueryResultSaved();
  Question then = question;
  if (result.at_sequence != 0) then.seen = Sequence{result.at_sequence};
  return carry_all(then, result.codings);
}

}  // namespace qualog::engine
