// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/likeness.h"

#include "projector/hash_input.h"

#include <algorithm>
#include <array>

namespace qualog::transfer {

using projector::Area;
using projector::Facet;
using projector::Kind;
using projector::RangeRow;

namespace {

class Key {
 public:
  explicit Key(const Looked& looked) : looked_(looked) {}

  Key& id(const ItemId& item) {
    input_.raw(looked_.here(item).view());
    return *this;
  }
  Key& text(std::string_view text) {
    input_.bytes(view(text));
    return *this;
  }
  Key& number(std::uint64_t value) {
    input_.number(value);
    return *this;
  }
  Key& name() { return text(normalised_name(value<projector::Props>(Facet::Props).name.plain)); }
  Key& parent() { return id(value<projector::Parent>(Facet::Parent).parent); }
  Key& subkind() { return number(value<projector::Props>(Facet::Props).subkind); }
  // Whoever lists the same items in another order means the same.
  Key& ids(const std::vector<ItemId>& items) {
    std::vector<ItemId> sorted;
    for (const auto& item : items) sorted.push_back(looked_.here(item));
    std::sort(sorted.begin(), sorted.end());
    number(sorted.size());
    for (const auto& item : sorted) input_.raw(item.view());
    return *this;
  }
  Key& place(const ItemId& source, Facet range_facet, Facet area_facet) {
    const auto range =
        projector::range_row(looked_.side.reader(), looked_.id, range_facet).value_or(RangeRow{});
    id(source).number(range.whole).number(range.range.begin).number(range.range.end);
    number(range.range.detached);
    const auto area = value<Area>(area_facet);
    number(area.kind).number(area.page).number(area.left).number(area.top);
    return number(area.right).number(area.bottom);
  }

  template <class Value>
  Value value(Facet facet) const {
    return projector::value_of<Value>(looked_.row, facet);
  }
  Digest finish() { return input_.finish(); }

 private:
  const Looked& looked_;
  projector::HashInput input_{"qualog.likeness.v1"};
};

// ---- what has a name

Digest by_name(const Looked& looked) { return Key(looked).parent().name().finish(); }

Digest by_name_and_kind(const Looked& looked) { return Key(looked).subkind().name().finish(); }

Digest by_name_and_type(const Looked& looked) {
  Key key(looked);
  return key.parent().name().number(key.value<projector::AttributeType>(Facet::Type).type).finish();
}

Digest by_name_and_time(const Looked& looked) {
  const auto& changed = looked.row.modified ? *looked.row.modified : looked.row.created;
  return Key(looked).name().number(static_cast<std::uint64_t>(changed.time)).finish();
}

Digest by_name_and_grid(const Looked& looked) {
  Key key(looked);
  const auto grid = key.value<projector::Grid>(Facet::Grid);
  return key.name().ids(grid.rows).ids(grid.columns).finish();
}

// ---- what has none

Digest by_ends(const Looked& looked) {
  Key key(looked);
  const auto ends = key.value<projector::Ends>(Facet::Ends);
  const ItemId type = key.value<projector::Parent>(Facet::Parent).parent;
  const auto one_way = static_cast<std::uint8_t>(fb::Direction::OneWay);
  const bool directed =
      type && looked.side.value<projector::Props>(type, Facet::Props).subkind == one_way;
  const auto match =
      projector::relationship_match(looked.here(ends.from), looked.here(ends.to), directed);
  return key.parent().text(text_of(ByteView(match))).finish();
}

Digest by_coder_and_place(const Looked& looked) {
  Key key(looked);
  const auto place = key.value<projector::Place>(Facet::Place);
  return key.id(place.coder).id(place.code).place(place.source, Facet::Range, Facet::Area).finish();
}

Digest by_place_and_words(const Looked& looked) {
  Key key(looked);
  const auto place = key.value<projector::Place>(Facet::Place);
  return key.text(key.value<projector::TextValue>(Facet::Text).text.plain)
      .place(place.source, Facet::Range, Facet::Area)
      .finish();
}

// A row of a transcript has a speaker and fields; one of a picture log has only its place.
Digest by_place_and_fields(const Looked& looked) {
  Key key(looked);
  const auto said = key.value<projector::Fields>(Facet::Fields);
  key.text(said.speaker.plain).number(said.fields.size());
  for (const auto& field : said.fields) key.text(field.name.plain).text(field.value.plain);
  return key.place(key.value<projector::Place>(Facet::Place).source, Facet::Range, Facet::Area)
      .finish();
}

Digest by_both_places(const Looked& looked) {
  Key key(looked);
  const auto ends = key.value<projector::Ends>(Facet::Ends);
  return key.place(ends.from, Facet::Range, Facet::Area)
      .place(ends.to, Facet::RangeTo, Facet::AreaTo)
      .text(key.value<projector::Props>(Facet::Props).description.plain)
      .finish();
}

Digest by_pair_and_place(const Looked& looked) {
  Key key(looked);
  const auto ends = key.value<projector::Ends>(Facet::Ends);
  const auto place = key.value<projector::Place>(Facet::Place);
  return key.id(ends.from).id(ends.to).place(place.source, Facet::Range, Facet::Area).finish();
}

constexpr std::array kLikenesses = {
    Likeness{Kind::Folder, Twice::Kept, &by_name},
    Likeness{Kind::Source, Twice::Numbered, &by_name, &are_alike},
    Likeness{Kind::Code, Twice::Numbered, &by_name},
    Likeness{Kind::Case, Twice::Numbered, &by_name},
    Likeness{Kind::Classification, Twice::Numbered, &by_name_and_kind},
    Likeness{Kind::Attribute, Twice::Numbered, &by_name_and_type},
    Likeness{Kind::Attrvalue, Twice::Kept, &by_name},
    Likeness{Kind::Reltype, Twice::Numbered, &by_name_and_kind},
    Likeness{Kind::Relationship, Twice::United, &by_ends},
    Likeness{Kind::Set, Twice::Numbered, &by_name},
    Likeness{Kind::Coding, Twice::United, &by_coder_and_place},
    Likeness{Kind::Annotation, Twice::United, &by_place_and_words},
    Likeness{Kind::Seealso, Twice::United, &by_both_places},
    Likeness{Kind::Hyperlink, Twice::United, &by_place_and_words},
    Likeness{Kind::Row, Twice::United, &by_place_and_fields},
    Likeness{Kind::Summarylink, Twice::United, &by_pair_and_place},
    Likeness{Kind::Query, Twice::Numbered, &by_name_and_time},
    Likeness{Kind::Searchfolder, Twice::Numbered, &by_name_and_time},
    Likeness{Kind::Fmatrix, Twice::Numbered, &by_name_and_grid},
    Likeness{Kind::Map, Twice::Numbered, &by_name_and_time},
    Likeness{Kind::Report, Twice::Numbered, &by_name_and_time},
    Likeness{Kind::Extract, Twice::Numbered, &by_name_and_time},
};

}  // namespace

const Likeness* likeness_of(Kind kind) {
  const auto found = std::find_if(kLikenesses.begin(), kLikenesses.end(),
                                  [&](const Likeness& row) { return row.kind == kind; });
  return found == kLikenesses.end() ? nullptr : &*found;
}

}  // namespace qualog::transfer
