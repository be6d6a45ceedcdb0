// SPDX-License-Identifier: Apache-2.0
#include "tools/import/text_actions.h"

#include "schema/codec.h"
#include "schema/commands.h"
#include "schema/limits.h"
#include "schema/text.h"
#include "tools/import/text_chunks.h"

#include <algorithm>
#include <span>

namespace qualog::tools {

namespace {

// What the texts of one event may have together, so that it fits into kItemBytesMax.
constexpr std::size_t kEventTextBytes = limits::kTextChunkBytesMax;

// The parts from `position` on, of a text of `length` code points.
void add_parts(std::vector<fb::ActionUnion>& actions, const ItemId& source,
               std::span<const std::string_view> parts, std::uint32_t position,
               std::uint32_t length) {
  for (const auto part : parts) {
    fb::SourceTextSuppliedT supplied;
    supplied.source = source;
    supplied.position = position;
    supplied.length = length;
    supplied.text = plain_text(part);
    position += supplied.text->length;
    actions.push_back(action_of(std::move(supplied)));
  }
}

// A source of any kind with its text. `spent`: bytes that the rest of the first action has.
template <class Source>
std::vector<fb::ActionUnion> with_text(Source source, const interchange::SourceText& text,
                                       std::size_t spent) {
  const auto parts =
      text_chunks(text.utf8, kEventTextBytes - std::min(spent, kEventTextBytes), kEventTextBytes);
  const ItemId id = source.id;
  source.length = static_cast<std::uint32_t>(text.code_points);
  source.text = plain_text(parts.front());
  const std::uint32_t position = source.text->length, length = source.length;
  std::vector<fb::ActionUnion> actions;
  actions.push_back(action_of(std::move(source)));  // a list would copy its text
  add_parts(actions, id, std::span(parts).subspan(1), position, length);
  return actions;
}

}  // namespace

std::vector<fb::ActionUnion> source_actions(fb::SourceCreatedT source,
                                            const interchange::SourceText& text,
                                            std::size_t spent) {
  return with_text(std::move(source), text, spent);
}

std::size_t head_bytes(const fb::SourceImportedT& source) {
  return packed(action_of(source)).size();
}

std::vector<fb::ActionUnion> file_actions(fb::SourceImportedT source,
                                          const interchange::SourceText* text) {
  const auto spent = head_bytes(source);
  if (text != nullptr) return with_text(std::move(source), *text, spent);
  return {action_of(std::move(source))};
}

std::vector<fb::ActionUnion> supply_actions(const ItemId& source,
                                            const interchange::SourceText& text) {
  std::vector<fb::ActionUnion> actions;
  add_parts(actions, source, text_chunks(text.utf8, kEventTextBytes, kEventTextBytes), 0,
            static_cast<std::uint32_t>(text.code_points));
  return actions;
}

}  // namespace qualog::tools
