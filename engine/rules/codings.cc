// SPDX-License-Identifier: Apache-2.0
// Coding: one coder, one code, one passage (IDEM); taking it off a range leaves the pieces outside
// with their coder and time.
#include "engine/rules/specials.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::ItemRow;
using projector::Place;
using projector::RangeRow;
using projector::Standing;
using projector::Table;

namespace {

ItemId coder_in(const Question& question) {
  if (const ItemId named = question.id("coder")) return named;
  if (const auto whole = projector::item(question.state, question.id("piece_of")))
    return projector::value_of<Place>(*whole, Facet::Place).coder;
  return projector::profile_item(question.context.principal);
}

// Two profiles of one person are one coder.
ItemId coder_of(const Question& question, const ItemId& profile) {
  return projector::merge_target(question.state, profile);
}

projector::Area area_in(const fb::Area* area) {
  if (area == nullptr) return {};
  return {static_cast<std::uint8_t>(area->kind()),
          area->page(),
          area->left(),
          area->top(),
          area->right(),
          area->bottom()};
}

bool same_area(const projector::ItemSlice& row, const projector::Area& area) {
  return projector::value_of<projector::Area>(row, Facet::Area) == area;
}

std::optional<std::uint32_t> number_in(const Question& question, std::string_view name) {
  const auto& field = field_in(question.rule.action, name);
  const auto value = question.action.GetOptional<std::uint32_t, std::uint32_t>(field.offset());
  return value ? std::optional<std::uint32_t>(*value) : std::nullopt;
}

struct LivingCoding {
  ItemId id;
  Place place;
  RangeRow range;
};

std::optional<LivingCoding> living_coding(const projector::Reader& state, const ItemId& id) {
  const auto row = projector::item(state, id);
  if (!row || row->kind != projector::Kind::Coding) return std::nullopt;
  if (projector::standing(state, id) != Standing::Alive) return std::nullopt;
  const auto range =
      projector::row_of<RangeRow>(state, Table::Ranges, projector::key_of(id, Facet::Range));
  return LivingCoding{id, projector::value_of<Place>(*row, Facet::Place),
                      range.value_or(RangeRow{})};
}

}  // namespace

Verdict coding_is_allowed(const Question& question) {
  if (question.id("coder") && !question.in_import)
    return refuse(fb::RefusalCode::Invalid, "coder is for imports");
  const auto* area = question.as<fb::CodingAdded>().area();
  if (auto verdict = check_area(question, question.id("source"), area)) return verdict;
  return code_is_codable(question);
}

Verdict code_is_codable(const Question& question) {
  const auto code = projector::item_slice(question.state, question.id("code"));
  const auto props = projector::value_of<projector::Props>(*code, Facet::Props);
  const bool is_matrix = code->kind == projector::Kind::Code &&
                         props.subkind == static_cast<std::uint8_t>(fb::CodeKind::MatrixResult);
  if (is_matrix) return refuse(fb::RefusalCode::Policy, "the result of a matrix cannot be coded");
  if (props.codable) return {};
  return refuse(fb::RefusalCode::Policy, "this code is a folder and cannot be applied");
}

bool coded_already(const Question& question) {
  const auto begin = number_in(question, "begin"), end = number_in(question, "end");
  const ItemId code = question.id("code"), coder = coder_of(question, coder_in(question));
  const auto area = area_in(question.as<fb::CodingAdded>().area());
  bool found = false;
  projector::visit_anchored(
      question.state,
      projector::anchor_key(question.id("source"), begin.value_or(0), end.value_or(0)),
      [&](const projector::Anchored& anchored) {
        if (anchored.range.detached) return true;
        const auto row = projector::item_slice(question.state, anchored.item);
        if (!row || row->kind != projector::Kind::Coding) return true;
        const auto place = projector::value_of<Place>(*row, Facet::Place);
        const auto life = projector::value_of<projector::Life>(*row, Facet::Life);
        found = place.code == code && coder_of(question, place.coder) == coder &&
                life.state == projector::LifeState::Alive && same_area(*row, area);
        return !found;
      });
  return found;
}

bool codings_gone(const Question& question) {
  if (question.id("source")) return uncoded_pieces(question).empty();
  const auto ids = question.ids("codings");
  return std::all_of(ids.begin(), ids.end(), [&](const ItemId& id) {
    return projector::standing(question.state, id) == Standing::Gone;
  });
}

// ---- uncoding by range --------------------------------------------------------------------------

namespace {

bool is_chosen(const Question& question, const ItemId& coder) {
  const auto is_of = [&](std::string_view principal) {
    return coder_of(question, coder) == coder_of(question, projector::profile_item(principal));
  };
  const auto* coders = question.as<fb::CodingRemoved>().coders();
  if (coders == nullptr || coders->size() == 0) return is_of(question.context.principal);
  return std::any_of(coders->begin(), coders->end(), [&](const flatbuffers::String* principal) {
    return principal->string_view() == "*" || is_of(principal->string_view());
  });
}

std::vector<LivingCoding> codings_in_range(const Question& question) {
  const auto begin = number_in(question, "begin"), end = number_in(question, "end");
  const ItemId code = question.id("code");
  std::vector<ItemId> ids;
  projector::visit_anchored(question.state, question.id("source").view(),
                            [&](const projector::Anchored& anchored) {
                              ids.push_back(anchored.item);
                              return true;
                            });
  std::vector<LivingCoding> chosen;
  for (const auto& id : ids) {
    const auto coding = living_coding(question.state, id);
    if (!coding || (code && coding->place.code != code)) continue;
    const auto& range = coding->range.range;
    const bool overlaps = !begin || (!coding->range.whole && !range.detached &&
                                     range.begin < *end && *begin < range.end);
    if (overlaps && is_chosen(question, coding->place.coder) && !has_unseen_work(question, id))
      chosen.push_back(*coding);
  }
  return chosen;
}

fb::ActionUnion removal(const std::vector<ItemId>& codings) {
  fb::CodingRemovedT action;
  action.codings = codings;
  fb::ActionUnion made;
  made.Set(std::move(action));
  return made;
}

std::unique_ptr<fb::AreaT> area_of(const Question& question, const ItemId& coding) {
  const auto row = projector::item_slice(question.state, coding);
  return projector::area_to(projector::value_of<projector::Area>(*row, projector::Facet::Area));
}

// With what stands beside its words: the area is no part of what was cut.
fb::ActionUnion shrunk(const Question& question, const ItemId& coding, std::uint32_t begin,
                       std::uint32_t end) {
  fb::CodingRangeChangedT action;
  action.coding = coding;
  action.area = area_of(question, coding);
  action.begin = begin;
  action.end = end;
  fb::ActionUnion made;
  made.Set(std::move(action));
  return made;
}

fb::ActionUnion piece(const Question& question, const LivingCoding& of, std::uint32_t begin,
                      std::uint32_t end) {
  fb::CodingAddedT action;
  action.id = derived_id(question, "qualog.piece.v1", of.id);
  action.code = of.place.code;
  action.source = of.place.source;
  action.begin = begin;
  action.end = end;
  action.piece_of = of.id;
  action.area = area_of(question, of.id);
  fb::ActionUnion made;
  made.Set(std::move(action));
  return made;
}

}  // namespace

std::vector<fb::ActionUnion> uncoded_pieces(const Question& question) {
  std::vector<fb::ActionUnion> actions;
  if (!question.id("source")) return actions;
  const auto begin = number_in(question, "begin"), end = number_in(question, "end");
  std::vector<ItemId> removed;
  for (const auto& coding : codings_in_range(question)) {
    const auto& range = coding.range.range;
    const bool left = begin && range.begin < *begin, right = begin && *end < range.end;
    if (!left && !right) removed.push_back(coding.id);
    if (left) actions.push_back(shrunk(question, coding.id, range.begin, *begin));
    if (right && !left) actions.push_back(shrunk(question, coding.id, *end, range.end));
    if (right && left) actions.push_back(piece(question, coding, *end, range.end));
  }
  if (!removed.empty()) actions.push_back(removal(removed));
  return actions;
}

}  // namespace qualog::engine
