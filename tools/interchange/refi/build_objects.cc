// SPDX-License-Identifier: Apache-2.0
// ModelBuilder: users, codes, cases, sets, links, graphs, values and references, and how attributes
// are read.
#include "tools/interchange/refi/attribute_values.h"
#include "tools/interchange/refi/model_builder.h"
#include "tools/interchange/refi/page_frame.h"

#include <fmt/format.h>

namespace qualog::interchange {

namespace {

template <class Item>
Object append(Kind kind, std::vector<Item>& items, Item&& item) {
  items.push_back(std::move(item));
  return {kind, static_cast<Index>(items.size() - 1)};
}

}  // namespace

template <class Value>
std::optional<Value> ModelBuilder::read(XmlStream& xml, std::string_view name,
                                        std::optional<Value> (*parse)(std::string_view)) {
  const auto text = xml.take(name);
  if (!text || trimmed_value(*text).empty()) return std::nullopt;
  const std::optional<Value> value = parse(*text);
  if (!value) losses_.lost(fmt::format("{}@{}", element_, name), "a value of another type");
  return value;
}

std::string ModelBuilder::read_text(XmlStream& xml, std::string_view name) {
  return std::string(xml.take(name).value_or(""));
}

Guid ModelBuilder::read_guid(XmlStream& xml, std::string_view name) {
  const auto text = xml.take(name);
  if (!text || trimmed_value(*text).empty()) return {};
  if (const auto guid = parse_guid(*text)) return *guid;
  losses_.doubt(fmt::format("{}@{}", element_, name), "it is no GUID: taken as a name");
  return named_guid(*text);
}

void ModelBuilder::read_identity(XmlStream& xml, Identity& identity) {
  ++objects_;
  identity.guid = read_guid(xml, "guid");
  if (identity.guid) return;
  ++nameless_;
  losses_.doubt(element_, "it has no GUID, so nothing can refer to it");
}

template <class Item>
Item ModelBuilder::read_named(XmlStream& xml) {
  Item item;
  read_identity(xml, item);
  item.name = read_text(xml, "name");
  return item;
}

void ModelBuilder::read_claims(XmlStream& xml, Claims& claims) {
  claims.creator = read_guid(xml, "creatingUser");
  claims.modifier = read_guid(xml, "modifyingUser");
  claims.created = read_text(xml, "creationDateTime");
  claims.modified = read_text(xml, "modifiedDateTime");
}

void ModelBuilder::read_positions(XmlStream& xml, Selection& selection) {
  selection.foreign_start = read(xml, "startPosition", &parse_integer);
  selection.foreign_end = read(xml, "endPosition", &parse_integer);
  selection.begin_ms = read(xml, "begin", &parse_integer);
  selection.end_ms = read(xml, "end", &parse_integer);
  selection.from.guid = read_guid(xml, "fromSyncPoint");
  selection.to.guid = read_guid(xml, "toSyncPoint");
}

// Corners come in any order.
void ModelBuilder::read_area(XmlStream& xml, Selection& selection) {
  const auto first_x = read(xml, "firstX", &parse_integer);
  const auto first_y = read(xml, "firstY", &parse_integer);
  const auto second_x = read(xml, "secondX", &parse_integer);
  const auto second_y = read(xml, "secondY", &parse_integer);
  const std::int64_t page = read(xml, "page", &parse_integer).value_or(0);
  if (!first_x || !first_y || !second_x || !second_y) return;
  selection.area = std::make_unique<Area>(
      Area{page, std::min(*first_x, *second_x), std::min(*first_y, *second_y),
           std::max(*first_x, *second_x), std::max(*first_y, *second_y)});
  if (selection.kind != SelectionKind::Pdf) return;
  const PageFrame frame = page_frame(project_.origin);
  selection.area->from_top = frame.from_top;
  if (!frame.known) losses_.doubt(element_, "heights are taken from the bottom of the page");
}

Object ModelBuilder::open_user(XmlStream& xml) {
  auto user = read_named<User>(xml);
  user.id = read_text(xml, "id");
  return append(Kind::User, project_.users, std::move(user));
}

Object ModelBuilder::open_code(XmlStream& xml) {
  auto code = read_named<CodeNode>(xml);
  code.codable = read(xml, "isCodable", &parse_boolean).value_or(true);
  code.colour = read(xml, "color", &parse_colour).value_or("");
  if (parent().kind == Kind::Code) code.parent = parent().index;
  return append(Kind::Code, project_.codes, std::move(code));
}

Object ModelBuilder::open_variable(XmlStream& xml) {
  auto variable = read_named<Variable>(xml);
  variable.type = read(xml, "typeOfVariable", &parse_variable_type).value_or(VariableType::Text);
  return append(Kind::Variable, project_.variables, std::move(variable));
}

Object ModelBuilder::open_case(XmlStream& xml) {
  return append(Kind::Case, project_.cases, read_named<Case>(xml));
}

Object ModelBuilder::open_link(XmlStream& xml) {
  auto link = read_named<Link>(xml);
  link.colour = read(xml, "color", &parse_colour).value_or("");
  link.direction = read(xml, "direction", &parse_direction).value_or(Direction::Unsaid);
  link.origin_guid = read_guid(xml, "originGUID");
  link.target_guid = read_guid(xml, "targetGUID");
  return append(Kind::Link, project_.links, std::move(link));
}

Object ModelBuilder::open_set(XmlStream& xml) {
  return append(Kind::Set, project_.sets, read_named<Set>(xml));
}

Object ModelBuilder::open_graph(XmlStream& xml) {
  return append(Kind::Graph, project_.graphs, read_named<Graph>(xml));
}

namespace {

// Graphs are counted; what their parts say goes with them and is one row of the report.
void take_all(XmlStream& xml) {
  for (const XmlAttribute& attribute : xml.attributes()) xml.take(attribute.name);
}

}  // namespace

Object ModelBuilder::open_vertex(XmlStream& xml) {
  take_all(xml);
  ++project_.graphs[parent().index].vertices;
  losses_.lost("Vertex", "graphs are counted, not drawn");
  return parent();
}

Object ModelBuilder::open_edge(XmlStream& xml) {
  take_all(xml);
  ++project_.graphs[parent().index].edges;
  losses_.lost("Edge", "graphs are counted, not drawn");
  return parent();
}

// References that name nothing are not kept: a file of nothing else must not fill the memory.
void ModelBuilder::add_reference(XmlStream& xml, std::vector<Reference>& references) {
  const Guid guid = read_guid(xml, "targetGUID");
  if (!guid) return losses_.lost(element_, "a reference without a GUID");
  references.push_back({guid});
}

Object ModelBuilder::open_note_reference(XmlStream& xml) {
  const Object on = text_owner();
  std::vector<Reference> note;
  add_reference(xml, note);
  if (!note.empty()) project_.note_references.push_back({on, note.front()});
  return on;
}

Object ModelBuilder::open_code_reference(XmlStream& xml) {
  if (parent().kind == Kind::Case) {
    add_reference(xml, project_.cases[parent().index].codes);
    return parent();
  }
  const Guid guid = read_guid(xml, "targetGUID");
  Reference& code = project_.codings[parent().index].code;
  if (code.guid) losses_.lost("CodeRef", "a second code of one coding");
  if (!code.guid) code.guid = guid;
  return parent();
}

Object ModelBuilder::open_source_reference(XmlStream& xml) {
  add_reference(xml, project_.cases[parent().index].sources);
  return parent();
}

Object ModelBuilder::open_selection_reference(XmlStream& xml) {
  add_reference(xml, project_.cases[parent().index].selections);
  return parent();
}

Object ModelBuilder::open_variable_reference(XmlStream& xml) {
  value_.variable.guid = read_guid(xml, "targetGUID");
  return parent();
}

Object ModelBuilder::open_value(XmlStream&) {
  value_ = {};
  return parent();
}

void ModelBuilder::close_value() {
  const Object owner = text_owner();
  if (!value_.variable.guid) {
    losses_.lost("VariableValue", "a value of no variable");
  } else if (owner.kind == Kind::Case) {
    project_.cases[owner.index].values.push_back(std::move(value_));
  } else if (owner.kind == Kind::Source) {
    project_.sources[owner.index].values.push_back(std::move(value_));
  } else {
    losses_.lost("VariableValue", "a value of a note or of a part of a text");
  }
}

template <VariableType type>
void ModelBuilder::close_typed_value() {
  if (value_.present) losses_.lost("VariableValue", "a second value of one variable");
  if (value_.present) return;
  value_.type = type;
  value_.present = true;
  value_.value = text_;
}

template void ModelBuilder::close_typed_value<VariableType::Text>();
template void ModelBuilder::close_typed_value<VariableType::Boolean>();
template void ModelBuilder::close_typed_value<VariableType::Integer>();
template void ModelBuilder::close_typed_value<VariableType::Float>();
template void ModelBuilder::close_typed_value<VariableType::Date>();
template void ModelBuilder::close_typed_value<VariableType::DateTime>();

// @targetGUID in the standard, @guid in codebooks and old files, or the element's own text.
Object ModelBuilder::open_member(XmlStream& xml) {
  member_ = read_guid(xml, "targetGUID");
  if (const Guid guid = read_guid(xml, "guid"); !member_) member_ = guid;
  return parent();
}

void ModelBuilder::close_member() {
  if (!member_) member_ = parse_guid(text_).value_or(Guid{});
  if (!member_) return losses_.lost(element_, "a member without a GUID");
  Set& set = project_.sets[parent().index];
  auto& members = element_ == "MemberCode"     ? set.codes
                  : element_ == "MemberSource" ? set.sources
                                               : set.notes;
  members.push_back({member_});
}

std::string* ModelBuilder::description_of(Object object) {
  switch (object.kind) {
    case Kind::Project:
      return &project_.description;
    case Kind::Code:
      return &project_.codes[object.index].description;
    case Kind::Variable:
      return &project_.variables[object.index].description;
    case Kind::Case:
      return &project_.cases[object.index].description;
    case Kind::Set:
      return &project_.sets[object.index].description;
    case Kind::Source:
      return &project_.sources[object.index].description;
    case Kind::TextForm:
      return &project_.forms[object.index].description;
    case Kind::Note:
      return &project_.forms[project_.notes[object.index].text].description;
    case Kind::Selection:
      return &project_.selections[object.index].description;
    default:
      return nullptr;
  }
}

void ModelBuilder::close_description() {
  std::string* description = description_of(parent());
  if (description == nullptr) return;
  if (!description->empty()) return losses_.lost("Description", "a second description");
  *description = std::move(text_);
}

template std::optional<std::int64_t> ModelBuilder::read(
    XmlStream&, std::string_view, std::optional<std::int64_t> (*)(std::string_view));

}  // namespace qualog::interchange
