// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/senses.h"

#include "projector/items.h"
#include "projector/kinds.h"
#include "schema/fbs/command_generated.h"

#include <algorithm>
#include <array>

namespace qualog::simulation {

using projector::Facet;
using projector::Kind;
using projector::Standing;
using projector::Table;

ItemId Chosen::of(std::string_view field) const {
  for (const auto& [name, id] : all_)
    if (name == field) return id;
  return {};
}

bool Chosen::has(const ItemId& id) const {
  return std::ranges::any_of(all_, [&](const auto& one) { return one.second == id; });
}

ItemId edited_with(const Candidate& candidate) {
  if (!projector::traits_of(candidate.row.kind).on_place) return candidate.id;
  return projector::value_of<projector::Place>(candidate.row, Facet::Place).source;
}

namespace {

template <class Value>
Value value_in(const projector::Reader& state, const ItemId& id, Facet facet) {
  const auto row = projector::item_slice(state, id);
  return row ? projector::value_of<Value>(*row, facet) : Value{};
}

projector::Props props_of(const Candidate& candidate) {
  return projector::value_of<projector::Props>(candidate.row, Facet::Props);
}

ItemId parent_of(const Candidate& candidate) {
  return projector::value_of<projector::Parent>(candidate.row, Facet::Parent).parent;
}

ItemId classification_of(const Sight& sight, const ItemId& item) {
  return value_in<projector::Linked>(sight.state, item, Facet::Classification).item;
}

fb::SourceKind source_kind(const Sight& sight, const ItemId& source) {
  return static_cast<fb::SourceKind>(
      value_in<projector::Props>(sight.state, source, Facet::Props).subkind);
}

// ---- sources ------------------------------------------------------------------------------------

bool is_recording(const Sight& sight, const Candidate& item) {
  const auto kind = source_kind(sight, edited_with(item));
  return kind == fb::SourceKind::Audio || kind == fb::SourceKind::Video;
}

bool is_picture(const Sight& sight, const Candidate& item) {
  return source_kind(sight, edited_with(item)) == fb::SourceKind::Picture;
}

bool lacks_text(const Sight& sight, const Candidate& source) {
  const auto content = projector::content_row(sight.state, source.id);
  return !content || content->state != projector::ContentState::Complete;
}

// ---- edit modes ---------------------------------------------------------------------------------

bool is_held(const Sight& sight, const Candidate& item) {
  return sight.known.leases().contains(item.id);
}

bool is_held_here(const Sight& sight, const Candidate& item) {
  const auto lease = sight.known.leases().find(item.id);
  return lease != sight.known.leases().end() && lease->second.session == sight.session;
}

bool can_be_edited(const Sight& sight, const Candidate& item) {
  if (item.row.kind != Kind::Source) return !is_held(sight, item);
  const auto kind = source_kind(sight, item.id);
  return kind != fb::SourceKind::Pdf && kind != fb::SourceKind::Dataset && !is_held(sight, item) &&
         !lacks_text(sight, item);
}

// ---- the codebook -------------------------------------------------------------------------------

bool is_merged(const Sight& sight, const Candidate& item) {
  return projector::standing(sight.state, item.row) == Standing::Merged;
}

bool is_codable(const Sight&, const Candidate& code) {
  return code.row.kind != Kind::Code || props_of(code).codable;
}

bool is_of_code(const Sight& sight, const Candidate& coding) {
  const auto code = sight.chosen.of("code");
  return !code || projector::value_of<projector::Place>(coding.row, Facet::Place).code == code;
}

bool is_child(const Sight& sight, const Candidate& item) {
  return parent_of(item) == sight.chosen.of("parent");
}

// Only like goes into like.
bool is_alike(const Sight& sight, const Candidate& into) {
  const auto from = sight.chosen.of("from");
  const auto row = projector::item_slice(sight.state, from);
  if (!row || row->kind != into.row.kind) return !row;
  const Candidate other{from, *row};
  const bool by_parent = row->kind == Kind::Attrvalue;
  const bool by_subkind = row->kind == Kind::Classification;
  return (!by_parent || parent_of(other) == parent_of(into)) &&
         (!by_subkind || props_of(other).subkind == props_of(into).subkind);
}

// ---- classifications ----------------------------------------------------------------------------

bool is_for_item(const Sight& sight, const Candidate& classification) {
  const bool of_cases =
      props_of(classification).subkind == static_cast<int>(fb::ClassificationKind::Case);
  return of_cases == (projector::kind_of(sight.state, sight.chosen.of("item")) == Kind::Case);
}

bool has_attributes(const Sight& sight, const Candidate& classification) {
  bool found = false;
  sight.state.scan(Table::Children, projector::key_of(classification.id, Kind::Attribute),
                   [&](ByteView, ByteView) { return !(found = true); });
  return found;
}

bool is_classified(const Sight& sight, const Candidate& item) {
  return static_cast<bool>(classification_of(sight, item.id));
}

bool is_of_classification(const Sight& sight, const Candidate& attribute) {
  const auto item = sight.chosen.of("item");
  const auto meant = item ? classification_of(sight, item) : sight.chosen.of("classification");
  return !meant || parent_of(attribute) == meant;
}

bool is_of_attribute(const Sight& sight, const Candidate& value) {
  const auto attribute = sight.chosen.of("attribute");
  return !attribute || parent_of(value) == attribute;
}

// ---- memos and sets -----------------------------------------------------------------------------

bool is_memo(const Sight& sight, const Candidate& source) {
  return source_kind(sight, source.id) == fb::SourceKind::Memo;
}

bool is_free_memo(const Sight& sight, const Candidate& source) {
  return is_memo(sight, source) && !projector::item_of_memo(sight.state, source.id);
}

bool has_memo(const Sight& sight, const Candidate& item) {
  return static_cast<bool>(projector::memo_of(sight.state, item.id));
}

bool has_no_memo(const Sight& sight, const Candidate& item) { return !has_memo(sight, item); }

bool is_memo_of_item(const Sight& sight, const Candidate& source) {
  return projector::memo_of(sight.state, sight.chosen.of("item")) == source.id;
}

bool is_in_set(const Sight& sight, const Candidate& item) {
  const auto row = projector::item_slice(
      sight.state, projector::setmember_item(sight.chosen.of("set"), item.id));
  return row && projector::value_of<projector::On>(*row, Facet::On).on;
}

// ---- people -------------------------------------------------------------------------------------

bool is_own(const Sight& sight, const Candidate& profile) {
  return projector::profile_item(sight.principal) == profile.id;
}

struct Sense {
  std::string_view table;  // "": any
  std::string_view field;
  bool (*fits)(const Sight&, const Candidate&);
};

constexpr std::array kSenses = {
    Sense{"UserPropsChanged", "profile", is_own},
    Sense{"TranscriptRowAdded", "source", is_recording},
    Sense{"TranscriptRowChanged", "row", is_recording},
    Sense{"TranscriptRowDeleted", "row", is_recording},
    Sense{"TranscriptRowMoved", "row", is_recording},
    Sense{"PicturelogRowAdded", "source", is_picture},
    Sense{"PicturelogRowChanged", "row", is_picture},
    Sense{"PicturelogRowDeleted", "row", is_picture},
    Sense{"ImageAdjusted", "source", is_picture},
    Sense{"SourceTextSupplied", "source", lacks_text},
    Sense{"LeaseAcquired", "item", can_be_edited},
    Sense{"LeaseAwaited", "item", is_held},
    Sense{"LeaseReleased", "item", is_held_here},
    Sense{"LeaseBroken", "item", is_held},
    Sense{"CodeUnmerged", "codes", is_merged},
    Sense{"UserProfileSplit", "profile", is_merged},
    Sense{"CodingAdded", "code", is_codable},
    Sense{"CodingMoved", "code", is_codable},
    Sense{"BatchCoding", "code", is_codable},
    Sense{"", "codings", is_of_code},
    Sense{"CodebookReordered", "order", is_child},
    Sense{"", "into", is_alike},
    Sense{"ItemClassified", "classification", is_for_item},
    Sense{"ItemClassified", "classification", has_attributes},
    Sense{"AttributeValueSet", "item", is_classified},
    Sense{"AttributeValueSet", "attribute", is_of_classification},
    Sense{"AttributeReordered", "order", is_of_classification},
    Sense{"", "value", is_of_attribute},
    Sense{"MemoLinked", "item", has_no_memo},
    Sense{"MemoLinked", "memo", is_free_memo},
    Sense{"MemoUnlinked", "item", has_memo},
    Sense{"MemoUnlinked", "memo", is_memo_of_item},
    Sense{"SetMemberRemoved", "item", is_in_set},
};

}  // namespace

bool makes_sense(std::string_view table, std::string_view field, const Sight& sight,
                 const Candidate& candidate) {
  return std::ranges::all_of(kSenses, [&](const Sense& sense) {
    const bool is_meant = sense.field == field && (sense.table.empty() || sense.table == table);
    return !is_meant || sense.fits(sight, candidate);
  });
}

}  // namespace qualog::simulation
