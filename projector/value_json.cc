// SPDX-License-Identifier: Apache-2.0
#include "projector/value_json.h"

#include "projector/items.h"
#include "projector/query/people.h"
#include "projector/query/text.h"
#include "schema/actions.h"
#include "schema/fbs/action_generated.h"
#include "schema/json/number.h"
#include "schema/limits.h"
#include "schema/time.h"

#include <algorithm>
#include <array>

namespace qualog::projector {

namespace json = boost::json;

namespace {

using SubkindName = const char* (*)(std::uint8_t);

template <class Enum, const char* (*enum_name)(Enum)>
const char* subkind_name(std::uint8_t subkind) {
  return enum_name(static_cast<Enum>(subkind));
}

// One member of Props as JSON shows it for one kind of item.
struct ShownProp {
  Kind kind;
  const char* member;
  const char* shown;
};
constexpr ShownProp kShownProps[] = {
    {Kind::Project, "name", "title"},
    {Kind::Project, "description", "description"},
    {Kind::Project, "language", "language"},
    {Kind::Project, "registry_id", "registry_id"},
    {Kind::Profile, "name", "name"},
    {Kind::Profile, "nickname", "initials"},
    {Kind::Profile, "color", "color"},
    {Kind::Folder, "name", "name"},
    {Kind::Source, "name", "name"},
    {Kind::Source, "description", "description"},
    {Kind::Source, "color", "color"},
    {Kind::Code, "name", "name"},
    {Kind::Code, "description", "description"},
    {Kind::Code, "nickname", "nickname"},
    {Kind::Code, "color", "color"},
    {Kind::Code, "codable", "codable"},
    {Kind::Code, "aggregate", "aggregate"},
    {Kind::Seealso, "name", "name"},
    {Kind::Seealso, "description", "external"},
    {Kind::None, "name", "name"},  // of every kind that has no lines here
    {Kind::None, "description", "description"},
    {Kind::None, "nickname", "nickname"},
    {Kind::None, "color", "color"},
};

struct Subkinds {
  Kind kind;
  SubkindName name;
  const char* shown = "kind";
};
constexpr Subkinds kSubkinds[] = {
    {Kind::Profile, &subkind_name<fb::ProfileKind, &fb::EnumNameProfileKind>},
    {Kind::Folder, &subkind_name<fb::FolderKind, &fb::EnumNameFolderKind>},
    {Kind::Source, &subkind_name<fb::SourceKind, &fb::EnumNameSourceKind>},
    {Kind::Code, &subkind_name<fb::CodeKind, &fb::EnumNameCodeKind>},
    {Kind::Classification, &subkind_name<fb::ClassificationKind, &fb::EnumNameClassificationKind>},
    {Kind::Reltype, &subkind_name<fb::Direction, &fb::EnumNameDirection>, "direction"},
    {Kind::Map, &subkind_name<fb::MapKind, &fb::EnumNameMapKind>},
};

Kind shown_as(Kind kind) {
  const bool has_lines = std::any_of(std::begin(kShownProps), std::end(kShownProps),
                                     [&](const auto& prop) { return prop.kind == kind; });
  return has_lines ? kind : Kind::None;
}

json::value enum_json(const char* name) { return string_json(snake_case(name)); }

json::object props_json(Kind kind, const Props& props) {
  const auto all = row_json(props);
  json::object shown;
  for (const auto& prop : kShownProps)
    if (prop.kind == shown_as(kind) && all.contains(prop.member))
      shown[prop.shown] = all.at(prop.member);
  for (const auto& subkinds : kSubkinds)
    if (subkinds.kind == kind) shown[subkinds.shown] = enum_json(subkinds.name(props.subkind));
  return shown;
}

json::value id_json(const ItemId& id) { return id ? json::value(string_json(id.text())) : nullptr; }

// The principal of the session stands in where the holder has no profile.
std::string holder_of(const Reader& reader, const Lease& lease) {
  const auto holder = actor(reader, lease.holder);
  if (!holder.principal.empty()) return holder.principal;
  const auto session = row_of<SessionRow>(reader, Table::Sessions, lease.session.view());
  return session ? session->principal : holder.text();
}

json::value lease_json(const Reader& reader, const Lease& lease) {
  if (lease.token == 0) return nullptr;
  return json::object{{"holder", string_json(holder_of(reader, lease))},
                      {"since", time_json(lease.since)},
                      {"token", count_json(lease.token)}};
}

json::value place_json(const Reader& reader, const Place& place) {
  auto shown = row_json(place);
  if (place.coder) shown["coder"] = string_json(person(reader, place.coder).text());
  return shown;
}

json::value range_json(const RangeRow& row) {
  if (row.whole) return json::object{{"whole", true}};
  return json::object{
      {"begin", row.range.begin}, {"end", row.range.end}, {"detached", row.range.detached}};
}

json::value content_json(const Reader& reader, const ContentRow& row) {
  json::object shown{{"version", count_json(row.version.value)}, {"length", row.length}};
  if (row.state != ContentState::Complete) shown["state"] = string_json(name(row.state));
  if (row.length > limits::kRefusalSideBytesMax) return shown;
  const auto text = SourceText::of(reader, row);
  if (text && text->has_sealed()) shown["sealed"] = true;
  if (text && !text->has_sealed() && text->utf8().size() <= limits::kRefusalSideBytesMax)
    shown["text"] = string_json(text->utf8());
  return shown;
}

// One facet's value: what it is of, and its bytes.
struct Asked {
  const Reader& reader;
  ItemId item;
  Facet facet;
  ByteView value;

  template <class Value>
  Value as() const {
    if (value.empty()) return {};
    auto decoded = decode<Value>(value);
    if (!decoded) reader.report_damage("the state: a value cannot be read; run verify --rebuild");
    return decoded.value_or(Value{});
  }
};

json::value show_life(const Asked& asked) { return row_json(asked.as<Life>()); }
json::value show_props(const Asked& asked) {
  return props_json(kind_of(asked.reader, asked.item), asked.as<Props>());
}
json::value show_parent(const Asked& asked) {
  const auto value = asked.as<Parent>();
  return json::object{{"parent", id_json(value.parent)}, {"position", value.position}};
}
json::value show_place(const Asked& asked) { return place_json(asked.reader, asked.as<Place>()); }
json::value show_range(const Asked& asked) {
  if (!asked.value.empty()) return range_json(asked.as<RangeRow>());
  const auto row = range_row(asked.reader, asked.item, asked.facet);
  return row ? range_json(*row) : json::value(nullptr);
}
json::value show_text(const Asked& asked) { return text_json(asked.as<TextValue>().text); }
json::value show_note(const Asked& asked) { return row_json(asked.as<Note>()); }
json::value show_content(const Asked& asked) {
  if (!asked.value.empty()) return content_json(asked.reader, asked.as<ContentRow>());
  const auto row = content_row(asked.reader, asked.item);
  return row ? content_json(asked.reader, *row) : json::value(nullptr);
}
json::value show_memo(const Asked& asked) {
  return json::object{{"memo", id_json(asked.as<Linked>().item)}};
}
json::value show_owner(const Asked& asked) {
  return json::object{{"item", id_json(asked.as<Linked>().item)}};
}
json::value show_lease(const Asked& asked) { return lease_json(asked.reader, asked.as<Lease>()); }
json::value show_guest(const Asked& asked) { return row_json(asked.as<Guest>()); }
json::value show_role(const Asked& asked) {
  const auto value = asked.as<Role>();
  return json::object{{"principal", string_json(value.principal)},
                      {"group", enum_json(fb::EnumNameGroup(static_cast<fb::Group>(value.group)))}};
}
json::value show_ends(const Asked& asked) { return row_json(asked.as<Ends>()); }

// ---- sets, attributes, definitions, milestones

// The row with one of its numbers as the word that it stands for.
template <class Row>
json::object named_json(const Row& row, const char* member, const char* word) {
  auto shown = row_json(row);
  shown[member] = enum_json(word);
  return shown;
}

template <class Row>
json::value show_row(const Asked& asked) {
  return row_json(asked.as<Row>());
}
json::value show_exclusive(const Asked& asked) {
  const auto value = asked.as<Exclusive>();
  return lease_json(asked.reader, {value.token, value.session, value.holder, value.since});
}
json::value show_classification(const Asked& asked) {
  return json::object{{"classification", id_json(asked.as<Linked>().item)}};
}
json::value show_type(const Asked& asked) {
  const auto value = asked.as<AttributeType>();
  const auto type = static_cast<fb::AttributeType>(value.type);
  return named_json(value, "type", fb::EnumNameAttributeType(type));
}
json::value show_freeze(const Asked& asked) {
  const auto value = asked.as<Freeze>();
  const auto frozen = static_cast<fb::Frozen>(value.frozen);
  auto shown = named_json(value, "frozen", fb::EnumNameFrozen(frozen));
  if (value.digest == Digest{}) shown.erase("digest");
  return shown;
}
json::value show_waiting(const Asked& asked) {
  json::array people;
  for (const auto& waiter : asked.as<Waiting>().waiters)
    people.push_back(json::object{
        {"holder", string_json(holder_of(asked.reader, {0, waiter.session, waiter.holder, 0}))},
        {"since", time_json(waiter.since)}});
  return people.empty() ? json::value(nullptr) : json::value(std::move(people));
}

// ---- files and places without text

json::value show_area(const Asked& asked) {
  return asked.value.empty() ? json::value() : area_json(asked.as<Area>());
}
json::value show_media(const Asked& asked) {
  const auto value = asked.as<Media>();
  auto shown = row_json(value);
  if (value.hash == Digest{}) shown.erase("hash");
  json::array columns;
  for (const auto& column : value.columns)
    columns.push_back(named_json(column, "type",
                                 fb::EnumNameColumnType(static_cast<fb::ColumnType>(column.type))));
  if (!columns.empty()) shown["columns"] = std::move(columns);
  return shown;
}

struct FacetShown {
  Facet facet;
  json::value (*show)(const Asked&);
};
constexpr FacetShown kFacetsShown[] = {
    {Facet::Life, &show_life},
    {Facet::Props, &show_props},
    {Facet::Parent, &show_parent},
    {Facet::Place, &show_place},
    {Facet::Range, &show_range},
    {Facet::RangeTo, &show_range},
    {Facet::Text, &show_text},
    {Facet::Note, &show_note},
    {Facet::Content, &show_content},
    {Facet::Memo, &show_memo},
    {Facet::Owner, &show_owner},
    {Facet::Lease, &show_lease},
    {Facet::Guest, &show_guest},
    {Facet::Role, &show_role},
    {Facet::Ends, &show_ends},
    {Facet::Exclusive, &show_exclusive},
    {Facet::Horizon, &show_row<Horizon>},
    {Facet::Settings, &show_row<Settings>},
    {Facet::Order, &show_row<Order>},
    {Facet::Area, &show_area},
    {Facet::AreaTo, &show_area},
    {Facet::Media, &show_media},
    {Facet::View, &show_row<View>},
    {Facet::Format, &show_row<Format>},
    {Facet::Classification, &show_classification},
    {Facet::Type, &show_type},
    {Facet::Definition, &show_row<Definition>},
    {Facet::Value, &show_row<ItemValue>},
    {Facet::On, &show_row<On>},
    {Facet::Fields, &show_row<Fields>},
    {Facet::Freeze, &show_freeze},
    {Facet::Waiting, &show_waiting},
    {Facet::Grid, &show_row<Grid>},
};

}  // namespace

json::object area_json(const Area& area) {
  return named_json(area, "kind", fb::EnumNameAreaKind(static_cast<fb::AreaKind>(area.kind)));
}

std::string_view name(LifeState state) {
  static constexpr std::array<std::string_view, 4> kNames = {"alive", "deleted", "merged",
                                                             "undone"};
  const auto number = static_cast<std::size_t>(state);
  return number < kNames.size() ? kNames[number] : "unknown";
}

std::string_view name(ContentState state) {
  static constexpr std::array<std::string_view, 3> kNames = {"complete", "missing", "growing"};
  const auto number = static_cast<std::size_t>(state);
  return number < kNames.size() ? kNames[number] : "unknown";
}

json::value text_json(const Text& text) {
  if (text.seal) return json::object{{"sealed", true}, {"length", text.length}};
  return string_json(text.plain);
}

json::value count_json(std::uint64_t value) {
  return number_json(static_cast<std::int64_t>(value), reflection::ULong);
}

json::string time_json(std::int64_t unix_us) { return string_json(rfc3339(unix_us)); }

json::string string_json(std::string_view utf8) { return json::string(utf8.data(), utf8.size()); }

json::value facet_json(const Reader& reader, const ItemId& item, Facet facet, ByteView value) {
  for (const auto& row : kFacetsShown)
    if (row.facet == facet) return row.show({reader, item, facet, value});
  return nullptr;
}

}  // namespace qualog::projector
