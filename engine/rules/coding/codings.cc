// SPDX-License-Identifier: Apache-2.0
// Coding: one coder, one code, one passage (IDEM).
#include "engine/rules/media.h"
#include "engine/rules/specials.h"

namespace qualog::engine {

using projector::Facet;
using projector::Place;

namespace {

ItemId coder_in(const Question& question) {
  if (const ItemId named = question.id("coder")) return named;
  if (const auto whole = projector::item(question.state, question.id("piece_of")))
    return projector::value_of<Place>(*whole, Facet::Place).coder;
  return projector::profile_item(question.context.principal);
}

bool same_area(const projector::ItemSlice& row, const projector::Area& area) {
  return projector::value_of<projector::Area>(row, Facet::Area) == area;
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
  const auto& action = question.as<fb::CodingAdded>();
  const ItemId code = question.id("code");
  const ItemId coder = projector::merge_target(question.state, coder_in(question));
  const auto area = projector::area_from(action.area());
  bool found = false;
  projector::visit_anchored(
      question.state,
      projector::anchor_key(question.id("source"), action.begin().value_or(0),
                            action.end().value_or(0)),
      [&](const projector::Anchored& anchored) {
        if (anchored.range.detached) return true;
        const auto row = projector::item_slice(question.state, anchored.item);
        if (!row || row->kind != projector::Kind::Coding) return true;
        const auto place = projector::value_of<Place>(*row, Facet::Place);
        const auto life = projector::value_of<projector::Life>(*row, Facet::Life);
        found = place.code == code &&
                projector::merge_target(question.state, place.coder) == coder &&
                life.state == projector::LifeState::Alive && same_area(*row, area);
        return !found;
      });
  return found;
}

}  // namespace qualog::engine
