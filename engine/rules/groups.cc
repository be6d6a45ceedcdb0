// SPDX-License-Identifier: Apache-2.0
// Groups: acts with more than one effect. The intent comes first as it was sent; what is computed
// here follows it and passes every check by itself.
#include "engine/rules/coding/living.h"
#include "engine/rules/references.h"
#include "engine/rules/specials.h"
#include "engine/rules/versions.h"
#include "schema/commands.h"

#include <algorithm>

namespace qualog::engine {

using projector::Facet;
using projector::Kind;
using projector::Place;
using projector::Props;
using projector::Table;

namespace {

using Actions = std::vector<fb::ActionUnion>;

std::unique_ptr<fb::TextT> copied(const fb::Text* text) { return text_to(text_from(text)); }

fb::CodeCreatedT code_like(const projector::ItemRow& row) {
  const auto props = projector::value_of<Props>(row, Facet::Props);
  fb::CodeCreatedT code;
  if (!props.description.plain.empty() || props.description.seal)
    code.description = text_to(props.description);
  if (!props.nickname.plain.empty() || props.nickname.seal) code.nickname = text_to(props.nickname);
  code.color = props.color;
  code.kind = static_cast<fb::CodeKind>(props.subkind);
  code.codable = props.codable;
  code.aggregate = props.aggregate;
  code.parent = projector::value_of<projector::Parent>(row, Facet::Parent).parent;
  return code;
}

}  // namespace

// ---- split --------------------------------------------------------------------------------------

namespace {

Verdict check_part(const Question& question, const ItemId& coding) {
  const auto row = projector::item(question.state, coding);
  const bool is_of_code =
      row && row->kind == Kind::Coding &&
      projector::value_of<Place>(*row, Facet::Place).code == question.id("code");
  if (!is_of_code) return refuse(fb::RefusalCode::BadRef, "codings: one of another code");
  return check_facet_seen(question, coding, Facet::Place);
}

}  // namespace

Verdict split_is_sound(const Question& question) {
  if (auto verdict = check_seen_given(question)) return verdict;
  const auto* parts = question.as<fb::CodeSplit>().parts();
  if (parts == nullptr || parts->size() == 0) return refuse(fb::RefusalCode::Invalid, "parts");
  for (const auto* part : *parts)
    if (part->codings() != nullptr)
      for (const auto* coding : *part->codings())
        if (auto verdict = check_part(question, flatbuffers::UnPack(*coding))) return verdict;
  return {};
}

Actions split_apart(const Question& question) {
  const auto row = projector::item(question.state, question.id("code"));
  Actions actions;
  for (const auto* part : *question.as<fb::CodeSplit>().parts()) {
    auto code = code_like(*row);
    code.id = flatbuffers::UnPack(*part->id());
    code.name = copied(part->name());
    const ItemId id = code.id;
    actions.push_back(action_of(std::move(code)));
    if (part->codings() == nullptr) continue;
    for (const auto* coding : *part->codings()) {
      fb::CodingMovedT moved;
      moved.coding = flatbuffers::UnPack(*coding);
      moved.code = id;
      actions.push_back(action_of(std::move(moved)));
    }
  }
  return actions;
}

// ---- copy ---------------------------------------------------------------------------------------

namespace {

// With those of what is merged into the code: whoever looks sees them as its own.
void add_copies_of_codings(const Question& question, const ItemId& code, Actions& actions) {
  for (const auto& id : projector::ends_of_keys(question.state, Table::Coded, code.view())) {
    const auto coding = living_coding(question.state, id);
    if (!coding || coding->range.range.detached) continue;
    auto copy = coding->derived_as(derived_id(question, "qualog.copy.v1", coding->id));
    copy.code = question.id("id");
    const auto& at = coding->range.range;
    if (!coding->range.whole) copy.begin = at.begin, copy.end = at.end;
    actions.push_back(action_of(std::move(copy)));
  }
  for (const auto& merged : projector::ends_of_keys(question.state, Table::Merged, code.view()))
    add_copies_of_codings(question, merged, actions);
}

}  // namespace

// Copies of codings keep coder, time and notes, as pieces do.
Actions code_copies(const Question& question) {
  const auto& copy = question.as<fb::CodeCopied>();
  auto code = code_like(*projector::item(question.state, question.id("code")));
  code.id = question.id("id");
  code.name = copied(copy.name());
  code.parent = question.id("parent");
  Actions actions;
  actions.push_back(action_of(std::move(code)));
  if (copy.with_codings()) add_copies_of_codings(question, question.id("code"), actions);
  return actions;
}

// ---- batches ------------------------------------------------------------------------------------

namespace {

using Batch = flatbuffers::Vector<flatbuffers::Offset<fb::BatchCoding>>;

// `code`: what all of them are of; zero: each says it itself.
void add_batch(const Batch* batch, const ItemId& code, Actions& actions) {
  if (batch == nullptr) return;
  for (const auto* one : *batch) {
    fb::CodingAddedT coding;
    coding.id = flatbuffers::UnPack(*one->id());
    coding.code = code ? code : flatbuffers::UnPack(*one->code());
    coding.source = flatbuffers::UnPack(*one->source());
    coding.begin = one->begin(), coding.end = one->end();
    if (one->area() != nullptr) coding.area.reset(one->area()->UnPack());
    actions.push_back(action_of(std::move(coding)));
  }
}

}  // namespace

Verdict batch_is_sound(const Question& question) {
  const auto* codings = question.as<fb::CodingBatchAdded>().codings();
  if (codings == nullptr || codings->size() == 0)
    return refuse(fb::RefusalCode::Invalid, "codings");
  for (const auto* coding : *codings)
    if (auto verdict = check_not_merged(question.state, flatbuffers::UnPack(*coding->code())))
      return verdict;
  return {};
}

Actions batch_codings(const Question& question) {
  Actions actions;
  add_batch(question.as<fb::CodingBatchAdded>().codings(), {}, actions);
  return actions;
}

Actions result_codings(const Question& question) {
  const auto& result = question.as<fb::QueryResultSaved>();
  fb::CodeCreatedT code;
  code.id = question.id("id");
  code.name = copied(result.name());
  code.parent = question.id("parent");
  Actions actions;
  actions.push_back(action_of(std::move(code)));
  add_batch(result.codings(), question.id("id"), actions);
  return actions;
}

// ---- summaries ----------------------------------------------------------------------------------

Verdict cells_are_sound(const Question& question) {
  const auto* cells = question.as<fb::SummaryAutoFilled>().cells();
  if (cells == nullptr || cells->size() == 0) return refuse(fb::RefusalCode::Invalid, "cells");
  for (const auto* cell : *cells)
    for (const auto* end : {cell->row(), cell->column()})
      if (auto verdict = check_not_merged(question.state, flatbuffers::UnPack(*end)))
        return verdict;
  return {};
}

namespace {

// Its text, or whether it is there at all.
bool is_stale(const Question& question, const fb::SummaryCellT& cell) {
  const auto summary = projector::summary_item(cell.row, cell.column);
  return check_facet_seen(question, summary, Facet::Text) ||
         check_facet_seen(question, summary, Facet::Life);
}

}  // namespace

// A cell that somebody else has written since is left as it is, and said so.
Verdict skip_stale_cells(const Question& question, fb::ActionUnion& action) {
  auto& filled = *action.AsSummaryAutoFilled();
  if (auto verdict = check_seen_given(question)) return verdict;
  filled.skipped.clear();
  for (std::size_t i = 0; i < filled.cells.size(); ++i)
    if (is_stale(question, *filled.cells[i]))
      filled.skipped.push_back(static_cast<std::uint32_t>(i));
  return {};
}

Actions filled_cells(const Question& question) {
  const auto& filled = question.as<fb::SummaryAutoFilled>();
  const auto* skipped = filled.skipped();
  Actions actions;
  for (std::uint32_t i = 0; i < filled.cells()->size(); ++i) {
    const bool skip =
        skipped != nullptr && std::find(skipped->begin(), skipped->end(), i) != skipped->end();
    if (skip) continue;
    const auto* cell = filled.cells()->Get(i);
    fb::SummarySetT summary;
    summary.row = flatbuffers::UnPack(*cell->row());
    summary.column = flatbuffers::UnPack(*cell->column());
    if (cell->text() != nullptr) summary.text = copied(cell->text());
    actions.push_back(action_of(std::move(summary)));
  }
  return actions;
}

}  // namespace qualog::engine
