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

template <class Source>
std::vector<fb::ActionUnion> in_parts(Source source, const WholeText& text, std::size_t first_max) {
  const auto parts = text_chunks(text.utf8, first_max, kEventTextBytes);
  const ItemId id = source.id;
  source.length = text.length;
  source.text = plain_text(parts.front());
  const std::uint32_t position = source.text->length, length = source.length;
  std::vector<fb::ActionUnion> actions;
  actions.push_back(action_of(std::move(source)));  // a list would copy its text
  add_parts(actions, id, std::span(parts).subspan(1), position, length);
  return actions;
}

WholeText whole(const interchange::SourceText& text) {
  return {text.utf8, static_cast<std::uint32_t>(text.code_points)};
}

// Beside `spent` bytes that the rest of the first action has.
std::size_t room_beside(std::size_t spent) {
  return kEventTextBytes - std::min(spent, kEventTextBytes);
}

}  // namespace

std::vector<fb::ActionUnion> with_text(fb::SourceCreatedT source, const WholeText& text,
                                       std::size_t first_max) {
  return in_parts(std::move(source), text, first_max);
}

std::vector<fb::ActionUnion> with_text(fb::SourceImportedT source, const WholeText& text,
                                       std::size_t first_max) {
  return in_parts(std::move(source), text, first_max);
}

std::vector<fb::ActionUnion> source_actions(fb::SourceCreatedT source,
                                            const interchange::SourceText& text,
                                            std::size_t spent) {
  return with_text(std::move(source), whole(text), room_beside(spent));
}

std::size_t head_bytes(const fb::SourceImportedT& source) {
  return packed(action_of(source)).size();
}

std::vector<fb::ActionUnion> file_actions(fb::SourceImportedT source,
                                          const interchange::SourceText* text) {
  const auto spent = head_bytes(source);
  if (text != nullptr) return with_text(std::move(source), whole(*text), room_beside(spent));
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
