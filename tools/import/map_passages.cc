// SPDX-License-Identifier: Apache-2.0
// Mapper: what lies on texts, and on areas of what is no text. A selection is no item here: it
// stands as its codings, and with words of its own, or without a coding, as an annotation.
#include "schema/limits.h"
#include "tools/import/areas.h"
#include "tools/import/mapper.h"
#include "tools/interchange/refi/element_names.h"
#include "tools/interchange/refi/reconcile.h"

#include <algorithm>

namespace qualog::tools {

using interchange::kNowhere;
using interchange::Placement;

namespace {

constexpr std::string_view kKeptOnce = "the same coder, code and passage again: kept once";
constexpr std::string_view kByNobody =
    "names no author: it is an unknown user's, not the importer's";
constexpr std::string_view kOnAnnotation = "in a note that is an annotation";

// Also where the file names neither author nor time, it was not made at the time of the import.
std::unique_ptr<fb::ClaimT> foreign_claim(std::unique_ptr<fb::ClaimT> claim) {
  return claim ? std::move(claim) : std::make_unique<fb::ClaimT>();
}

interchange::Guid either(const interchange::Guid& one, const interchange::Guid& other) {
  return one ? one : other;
}

template <class Action, class Place>
void put_on(Action& action, const Place& place) {
  action.source = place.item;
  action.begin = place.begin;
  action.end = place.end;
  action.area = boxed(place.area);
}

}  // namespace

Mapper::Place Mapper::nowhere(std::string_view why) {
  Place place;
  place.fault = why;
  return place;
}

Mapper::Place Mapper::place_of(Index index) const {
  const auto& selection = project_.selections[index];
  if (!interchange::has_place(project_, selection)) return nowhere("not a place in a text");
  auto place =
      interchange::is_on_text(selection.kind) ? passage_of(selection) : area_place_of(selection);
  if (place.fault.empty() && !place.item) place.fault = kOnAnnotation;
  return place;
}

Mapper::Place Mapper::area_place_of(const interchange::Selection& selection) const {
  const auto file = files_.find(selection.owner.index);
  auto found = area_of(selection, file == files_.end() ? nullptr : file->second.get());
  if (!found.area) return nowhere(found.fault);
  return {item_of(selection.owner), {}, {}, found.area, {}, std::move(found.doubts)};
}

Mapper::Place Mapper::passage_of(const interchange::Selection& selection) const {
  if (selection.placement == Placement::Unplaced) return nowhere("its positions are missing");
  const auto& form = project_.forms[selection.form];
  const bool served =
      form.owner.kind == Kind::Note || (form.owner.kind == Kind::Source &&
                                        project_.sources[form.owner.index].text == selection.form);
  if (!served) return nowhere("in a second text of one source");
  if (selection.end > limits::kSourceCodePointsMax)
    return nowhere("its positions are past any text");
  return {item_of(form.owner),
          static_cast<std::uint32_t>(selection.start),
          static_cast<std::uint32_t>(selection.end),
          {},
          {},
          {}};
}

// ---- codings ------------------------------------------------------------------------------------

void Mapper::map_codings() {
  for (Index index = 0; index < project_.codings.size(); ++index) map_coding(index);
}

// Says what is lost where it has no place.
bool Mapper::place_coding(const interchange::Coding& coding, fb::CodingAddedT& action) {
  const auto lost = [this](std::string_view why) {
    losses_.lost("Coding", why);
    return false;
  };
  if (coding.target.kind != Kind::Selection) {
    action.source = item_of(coding.target);
    return action.source ? true : lost("on a source that is not served");
  }
  const auto place = place_of(coding.target.index);
  if (!place.fault.empty()) return lost(place.fault);
  if (place.begin && place.begin == place.end) return lost("on an empty passage");
  put_on(action, place);
  return true;
}

bool Mapper::is_repeated(const fb::CodingAddedT& action) {
  std::string place;
  for (const ItemId& id : {action.coder, action.code, action.source})
    place.append(text_of(id.view()));
  const auto area = action.area ? *action.area : fb::AreaT{};
  for (const std::uint32_t number : {action.begin.value_or(0), action.end.value_or(0), area.page,
                                     area.left, area.top, area.right, area.bottom})
    place += "-" + std::to_string(number);
  return !coded_.insert(std::move(place)).second;
}

// Who coded and when is said on the coding, or else on its selection.
void Mapper::map_coding(Index index) {
  const auto& coding = project_.codings[index];
  if (coding.same_as != kNowhere)
    return losses_.lost("Coding", "the same quotation is there as text: its coding is kept once");
  if (!coding.code.found()) return losses_.lost("Coding", "its code is not in the file");
  fb::CodingAddedT action;
  if (!place_coding(coding, action)) return;
  const bool on_selection = coding.target.kind == Kind::Selection;
  const interchange::Claims none;
  const interchange::Claims& claims =
      on_selection ? project_.selections[coding.target.index] : none;
  action.code = item_of({Kind::Code, coding.code.index});
  const auto author = either(coding.creator, claims.creator);
  action.coder = author_of(author);
  action.claim =
      foreign_claim(claim_of({}, coding.created.empty() ? claims.created : coding.created));
  if (on_selection) represented_.insert(coding.target.index);
  if (is_repeated(action)) return losses_.lost("Coding", kKeptOnce);
  if (!author) losses_.doubt("Coding", kByNobody);
  action.id = take_id(Kind::Coding, index, coding);
  add(std::move(action));
  ++mapped_.imported.codings;
}

// ---- annotations --------------------------------------------------------------------------------

// Notes that stand on a place as annotations; the others are memos.
void Mapper::find_remarks() {
  for (Index index = 0; index < project_.selections.size(); ++index) {
    const auto& selection = project_.selections[index];
    if (selection.note == kNowhere || !selection.description.empty()) continue;
    const auto* text = project_.forms[project_.notes[selection.note].text].text.get();
    const bool fits = text != nullptr && text->utf8.size() <= limits::kTextChunkBytesMax;
    if (fits && place_of(index).fault.empty()) remarks_.emplace(selection.note, index);
  }
}

bool Mapper::annotate(Index index, std::string_view text, const interchange::Claims& said) {
  const auto& selection = project_.selections[index];
  const auto place = place_of(index);
  if (!place.fault.empty()) {
    losses_.lost(interchange::element_name(selection.kind), place.fault);
    return false;
  }
  fb::AnnotationCreatedT action;
  action.id = take_id(Kind::Selection, index, selection);
  put_on(action, place);
  const auto element = std::string(interchange::element_name(selection.kind));
  action.text = text_cut(text, limits::kTextChunkBytesMax, element + "/Description");
  if (!action.text) action.text = plain_text("");
  const auto author = either(said.creator, selection.creator);
  action.claim =
      foreign_claim(claim_of({}, said.created.empty() ? selection.created : said.created));
  action.claim->author = author_of(author);
  if (!author) losses_.doubt(element, kByNobody);
  add(std::move(action));
  return true;
}

void Mapper::map_selection(Index index) {
  const auto& selection = project_.selections[index];
  const auto remark = selection.note != kNowhere ? remarks_.find(selection.note) : remarks_.end();
  const bool is_remark = remark != remarks_.end() && remark->second == index;
  const bool stands = represented_.contains(index);
  std::string_view text = selection.description;
  const interchange::Claims* said = &selection;
  if (is_remark) {
    const auto& form = project_.forms[project_.notes[selection.note].text];
    text = form.text->utf8;
    said = &form;
  }
  if (stands && text.empty()) return;
  if (!annotate(index, text, *said)) return;
  represented_.insert(index);
  if (is_remark) items_[{Kind::Note, selection.note}] = item_of({Kind::Selection, index});
}

void Mapper::report_selection(Index index) {
  const auto& selection = project_.selections[index];
  const auto element = std::string(interchange::element_name(selection.kind));
  for (const auto doubt : place_of(index).doubts) losses_.doubt(element, doubt);
  if (selection.titled) losses_.lost(element + "@name", "a quotation has no name of its own");
  report_claims(element, selection);
}

void Mapper::map_selections() {
  for (Index index = 0; index < project_.selections.size(); ++index) {
    if (!interchange::has_place(project_, project_.selections[index])) continue;  // it was told
    map_selection(index);
    report_selection(index);
  }
  mapped_.imported.selections = represented_.size();
}

}  // namespace qualog::tools
