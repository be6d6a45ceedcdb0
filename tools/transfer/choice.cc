// SPDX-License-Identifier: Apache-2.0
#include "tools/transfer/choice.h"

#include <algorithm>
#include <array>

namespace qualog::transfer {

using projector::Facet;
using projector::Kind;

namespace {

constexpr std::array kTypes = {
    ItemTypeRow{ItemType::Folders, "folders"},
    ItemTypeRow{ItemType::Classifications, "classifications", true},
    ItemTypeRow{ItemType::Codes, "codes", true},
    ItemTypeRow{ItemType::Cases, "cases", true},
    ItemTypeRow{ItemType::Sources, "sources"},
    ItemTypeRow{ItemType::Memos, "memos"},
    ItemTypeRow{ItemType::Sets, "sets"},
    ItemTypeRow{ItemType::Relationships, "relationships"},
    ItemTypeRow{ItemType::Values, "values"},
    ItemTypeRow{ItemType::Codings, "codings"},
    ItemTypeRow{ItemType::Annotations, "annotations"},
    ItemTypeRow{ItemType::Links, "links"},
    ItemTypeRow{ItemType::Queries, "queries"},
    ItemTypeRow{ItemType::Matrices, "matrices"},
    ItemTypeRow{ItemType::Maps, "maps"},
    ItemTypeRow{ItemType::Reports, "reports"},
    ItemTypeRow{ItemType::Settings, "settings"},
};

struct KindRow {
  Kind kind;
  ItemType type;
  std::string_view stays = {};
};

constexpr std::array kKinds = {
    KindRow{Kind::Folder, ItemType::Folders},
    KindRow{Kind::Source, ItemType::Sources},
    KindRow{Kind::Code, ItemType::Codes},
    KindRow{Kind::Case, ItemType::Cases},
    KindRow{Kind::Classification, ItemType::Classifications},
    KindRow{Kind::Attribute, ItemType::Classifications},
    KindRow{Kind::Attrvalue, ItemType::Classifications},
    KindRow{Kind::Value, ItemType::Values},
    KindRow{Kind::Coding, ItemType::Codings},
    KindRow{Kind::Annotation, ItemType::Annotations},
    KindRow{Kind::Seealso, ItemType::Links},
    KindRow{Kind::Reltype, ItemType::Relationships},
    KindRow{Kind::Relationship, ItemType::Relationships},
    KindRow{Kind::Set, ItemType::Sets},
    KindRow{Kind::Setmember, ItemType::Sets},
    KindRow{Kind::Query, ItemType::Queries},
    KindRow{Kind::Searchfolder, ItemType::Queries},
    KindRow{Kind::Fmatrix, ItemType::Matrices},
    KindRow{Kind::Summary, ItemType::Matrices},
    KindRow{Kind::Summarylink, ItemType::Matrices},
    KindRow{Kind::Map, ItemType::Maps},
    KindRow{Kind::Report, ItemType::Reports},
    KindRow{Kind::Extract, ItemType::Reports},
    KindRow{Kind::Comment, ItemType::None, "the talk of a team stays with its project"},
    KindRow{Kind::Hyperlink, ItemType::Links},
    KindRow{Kind::Row, ItemType::Sources},
};

const KindRow* row_of(Kind kind) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const KindRow& row) { return row.kind == kind; });
  return found == kKinds.end() ? nullptr : &*found;
}

const ItemTypeRow* row_of(ItemType type) {
  const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const ItemTypeRow& row) { return row.type == type; });
  return found == kTypes.end() ? nullptr : &*found;
}

Error unknown(std::string_view word) {
  std::string words;
  for (const auto& row : kTypes) words += (words.empty() ? "" : ", ") + std::string(row.word);
  return fail(Code::invalid,
              "no type of items is called \"" + std::string(word) + "\"; there are " + words);
}

}  // namespace

std::span<const ItemTypeRow> item_types() { return kTypes; }

ItemType type_of(const projector::ItemRow& item) {
  const auto* row = row_of(item.kind);
  const bool memo = item.kind == Kind::Source &&
                    projector::is_memo(projector::value_of<projector::Props>(item, Facet::Props));
  if (memo) return ItemType::Memos;
  return row != nullptr ? row->type : ItemType::None;
}

std::string_view why_it_stays(Kind kind) {
  const auto* row = row_of(kind);
  return row != nullptr ? row->stays : std::string_view{};
}

bool Choice::has(ItemType type) const {
  const auto* row = row_of(type);
  if (row == nullptr || (structure_only && !row->structure)) return false;
  return types.empty() || types.contains(type);
}

Result<std::set<ItemType>> parse_types(std::string_view words) {
  std::set<ItemType> types;
  while (true) {
    const auto comma = words.find(',');
    const auto word = words.substr(0, comma);
    const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                    [&](const ItemTypeRow& row) { return row.word == word; });
    if (found == kTypes.end()) return unknown(word);
    types.insert(found->type);
    if (comma == std::string_view::npos) return types;
    words.remove_prefix(comma + 1);
  }
}

}  // namespace qualog::transfer
