// SPDX-License-Identifier: Apache-2.0
// The text of a source: chunks that fit behind each other, and edits that stand on the current
// version (LEASE, STALE).
#include "engine/rules/texts.h"

#include "engine/rules/blobs.h"
#include "engine/rules/specials.h"
#include "projector/text/splice.h"
#include "projector/text/utf8_index.h"

namespace qualog::engine {

using projector::ContentRow;
using projector::ContentState;
using projector::Facet;
using projector::Kind;
using projector::Table;

namespace {

ContentRow content_of(const Question& question, const ItemId& source) {
  return projector::content_row(question.state, source).value_or(ContentRow{});
}

std::vector<text::Splice> splices_in(const fb::SourceTextEdited& edit) {
  std::vector<text::Splice> splices;
  if (edit.splices() != nullptr)
    for (const auto* splice : *edit.splices())
      splices.push_back({splice->position(), splice->delete_length(),
                         splice->insert() != nullptr ? splice->insert()->length() : 0});
  return splices;
}

// The text of a new source, or its first chunk.
template <class Action>
Verdict check_beginning(const Action& source) {
  const std::uint32_t length = source.text() != nullptr ? source.text()->length() : 0;
  if (source.text_state() == fb::TextState::Missing && length > 0)
    return refuse(fb::RefusalCode::Invalid, "text: it is said to be missing");
  if (source.length() != 0 && length > source.length())
    return refuse(fb::RefusalCode::Invalid, "length: the text is longer");
  return check_line_ends(source.text());
}

}  // namespace

// What the positions stand on: a version, or an own earlier edit by the id of its command, which
// may have done more than that. In an import that names none, what it has made of the text.
Sequence base_of(const Question& question, Sequence current) {
  const CommandId own{question.id("version_command").bytes};
  if (!own) {
    const Sequence given{question.number("version")};
    return given || !question.in_import ? given : current;
  }
  const auto row =
      projector::row_of<projector::CommandRow>(question.state, Table::Commands, own.view());
  if (!row || row->principal != question.context.principal) return {};
  return row->first <= current && current <= row->last ? current : Sequence{};
}

Verdict check_base(const Question& question, const ItemId& source) {
  const auto content = content_of(question, source);
  if (content.state != ContentState::Complete)
    return refuse(fb::RefusalCode::Policy, "the text is missing");
  if (base_of(question, content.version) == content.version) return {};
  auto refusal = refuse(fb::RefusalCode::Stale, "version");
  refusal.facets = {{Kind::Source, source, Facet::Content}};
  refusal.winner = content.version;
  return refusal;
}

// Positions are counted over text with LF line ends; who has others converts them before counting.
Verdict check_line_ends(const fb::Text* text) {
  const bool is_plain = text != nullptr && text->plain() != nullptr;
  if (!is_plain || text::has_lf_ends(text->plain()->string_view())) return {};
  return refuse(fb::RefusalCode::Invalid, "text: it holds carriage returns; line ends are LF");
}

Verdict text_begins(const Question& question) {
  return check_beginning(question.as<fb::SourceCreated>());
}

// A file has its bytes in the blob area, and its text, if it has one, as any source.
Verdict file_fits(const Question& question) {
  const auto& source = question.as<fb::SourceImported>();
  if (auto verdict = check_blob(question, source.blob())) return verdict;
  return check_beginning(source);
}

Verdict text_fits(const Question& question) {
  const auto& chunk = question.as<fb::SourceTextSupplied>();
  const auto content = content_of(question, question.id("source"));
  if (content.state == ContentState::Complete)
    return refuse(fb::RefusalCode::Policy, "the text is there already; edit it instead");
  const bool first = content.state == ContentState::Missing;
  const std::uint64_t end = std::uint64_t{content.length} + chunk.text()->length();
  const bool fits = chunk.position() == content.length && end <= chunk.length() &&
                    (first || chunk.length() == content.declared_length);
  if (!fits) return refuse(fb::RefusalCode::Invalid, "position and length");
  return check_line_ends(chunk.text());
}

Verdict edit_fits(const Question& question) {
  const auto& edit = question.as<fb::SourceTextEdited>();
  const ItemId source = question.id("source");
  const auto content = content_of(question, source);
  if (auto verdict = check_base(question, source)) return verdict;
  const auto sound = text::check(splices_in(edit), content.length);
  if (!sound || splices_in(edit).empty()) return refuse(fb::RefusalCode::Invalid, "splices");
  for (const auto* splice : *edit.splices())
    if (auto verdict = check_line_ends(splice->insert())) return verdict;
  return {};
}

Verdict stamp_edit(const Question& question, fb::ActionUnion& action) {
  auto& edit = *action.AsSourceTextEdited();
  const auto current = content_of(question, edit.source).version;
  edit.version = base_of(question, current).value;
  return {};
}

}  // namespace qualog::engine
