// SPDX-License-Identifier: Apache-2.0
#include "engine/owner/refusals.h"

#include "engine/decide.h"
#include "engine/rules/imports.h"
#include "projector/query/text.h"
#include "projector/query/values_then.h"
#include "projector/value_json.h"
#include "schema/actions.h"
#include "schema/commands.h"
#include "schema/json.h"
#include "schema/limits.h"

#include <boost/json/serialize.hpp>

namespace qualog::engine {

using projector::EffectRow;
using projector::Facet;
using projector::Kind;

namespace {

std::string principal_of(const projector::Reader& state, const ItemId& profile) {
  const auto row = projector::item(state, profile);
  return row ? projector::value_of<projector::Role>(*row, Facet::Role).principal : std::string{};
}

std::unique_ptr<fb::WinnerT> winner_of(const projector::Reader& state, Sequence sequence) {
  const auto effect = projector::effect_at(state, sequence);
  if (!sequence || !effect) return nullptr;
  auto winner = std::make_unique<fb::WinnerT>();
  winner->actor = principal_of(state, effect->profile);
  winner->sequence = sequence.value;
  winner->time = effect->time;
  winner->action = action_name(static_cast<fb::Action>(effect->action));
  return winner;
}

Bytes content_bytes_at(const projector::Reader& state, const ItemId& source, Sequence seen) {
  const auto content = projector::content_at(state, source, seen);
  return content ? projector::encode(*content) : Bytes{};
}

// The value that the facet had at `seen`.
Bytes value_at(const projector::Reader& state, const projector::ItemRow& row, const FacetRef& ref,
               Sequence seen) {
  if (ref.facet == Facet::Content) return content_bytes_at(state, ref.item, seen);
  return projector::value_after(state, row, ref.item, ref.facet, seen);
}

std::unique_ptr<fb::FacetStateT> state_of(const projector::Reader& state, const FacetRef& ref,
                                          Sequence version, const Bytes& value) {
  auto facet = std::make_unique<fb::FacetStateT>();
  facet->facet = projector::facet_name(ref.kind, ref.item, ref.facet);
  facet->version = version.value;
  const auto json =
      boost::json::serialize(projector::facet_json(state, ref.item, ref.facet, value));
  facet->size = static_cast<std::uint32_t>(json.size());
  if (json.size() <= limits::kRefusalSideBytesMax) facet->value = plain_text(json);
  return facet;
}

bool says_nothing_of_content(fb::RefusalCode code) {
  return code == fb::RefusalCode::Denied || code == fb::RefusalCode::UnknownPrincipal ||
         code == fb::RefusalCode::GuestReadonly || code == fb::RefusalCode::LockedExclusive;
}

// A refusal names so many facets at most; a deletion may collide with thousands.
constexpr std::size_t kFacetsMax = 100;
// How many of them come with their states, and what the values of all may hold together: one facet
// at its largest fits, and the aside stays one item.
constexpr std::size_t kStatesMax = 20;
constexpr std::size_t kSidesBytesMax = 2 * limits::kRefusalSideBytesMax;

void add_side(std::unique_ptr<fb::FacetStateT> side, std::size_t& bytes,
              std::vector<std::unique_ptr<fb::FacetStateT>>& sides) {
  if (bytes + side->size > kSidesBytesMax) side->value.reset();
  if (side->value) bytes += side->size;
  sides.push_back(std::move(side));
}

void add_sides(const projector::Reader& state, const Refusal& refusal, Sequence seen,
               fb::ConflictRefusedT& body) {
  std::size_t bytes = 0;
  for (const auto& ref : refusal.facets) {
    if (body.facets.size() >= kFacetsMax) return;
    body.facets.push_back(projector::facet_name(ref.kind, ref.item, ref.facet));
    const auto row = projector::item(state, ref.item);
    if (!row || ref.facet == Facet::Below || body.latest.size() >= kStatesMax) continue;
    const auto version = row->version(ref.facet).sequence;
    add_side(state_of(state, ref, version,
                      projector::value_after(state, *row, ref.item, ref.facet, version)),
             bytes, body.latest);
    add_side(state_of(state, ref, seen, value_at(state, *row, ref, seen)), bytes, body.base);
  }
}

// Cuts UTF-8 text into parts, never inside a code point.
std::vector<std::string> parts_of(const std::string& text, std::size_t first_max,
                                  std::size_t part_max) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  do {
    const std::size_t max = parts.empty() ? first_max : part_max;
    std::size_t end = std::min(text.size(), begin + max);
    while (end < text.size() && (text[end] & 0xC0) == 0x80) --end;
    parts.push_back(text.substr(begin, end - begin));
    begin = end;
  } while (begin < text.size());
  return parts;
}

fb::AsideBodyUnion draft_part(std::uint32_t index, const std::string& text) {
  fb::ConflictDraftPartT part;
  part.index = index;
  part.draft = plain_text(text);
  fb::AsideBodyUnion body;
  body.Set(std::move(part));
  return body;
}

// Beside the values of both sides there is room for the reason and the beginning of the draft.
std::size_t first_part_max(const fb::CommandT& command) {
  if (!command.reason) return limits::kRefusalSideBytesMax;
  const auto& seal = command.reason->seal;
  const std::size_t bytes = command.reason->plain.size() + (seal ? seal->bytes.size() : 0);
  return limits::kRefusalSideBytesMax - std::min(bytes, limits::kRefusalSideBytesMax);
}

// A refused import keeps its report only: the file is still where it was.
std::string draft_of(const fb::CommandT& command) {
  if (!is_import(command)) return boost::json::serialize(actions_json(command.actions));
  std::vector<std::unique_ptr<fb::ProposalT>> intent;
  intent.push_back(proposal_of(command.actions.front()->action));
  return boost::json::serialize(actions_json(intent));
}

}  // namespace

std::vector<fb::AsideBodyUnion> refusal_asides(const projector::Reader& state,
                                               const fb::CommandT& command, Sequence head,
                                               const Refusal& refusal) {
  const bool latest = !command.seen || *command.seen == kLatest;
  const Sequence seen = latest ? head : Sequence{*command.seen};
  fb::ConflictRefusedT body;
  body.code = refusal.code;
  body.detail = refusal.detail;
  body.seen = seen.value;
  body.target = refusal.target;
  body.depends_on = refusal.depends_on;
  if (!says_nothing_of_content(refusal.code)) {
    body.winner = winner_of(state, refusal.winner);
    add_sides(state, refusal, seen, body);
  }
  if (command.reason) body.reason = std::make_unique<fb::TextT>(*command.reason);
  const auto parts =
      parts_of(draft_of(command), first_part_max(command), limits::kTextChunkBytesMax);
  body.draft = plain_text(parts.front());
  body.draft_parts = static_cast<std::uint32_t>(parts.size());
  std::vector<fb::AsideBodyUnion> asides(1);
  asides.front().Set(std::move(body));
  for (std::size_t index = 1; index < parts.size(); ++index)
    asides.push_back(draft_part(static_cast<std::uint32_t>(index), parts[index]));
  return asides;
}

}  // namespace qualog::engine
