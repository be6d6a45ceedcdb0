// SPDX-License-Identifier: Apache-2.0
// ModelBuilder: sources, their texts, and what lies on them.
#include "tools/interchange/refi/attribute_values.h"
#include "tools/interchange/refi/model_builder.h"

namespace qualog::interchange {

namespace {

Index last(const auto& items) { return static_cast<Index>(items.size() - 1); }

}  // namespace

Index ModelBuilder::add_form(XmlStream& xml, TextRole role, Object owner) {
  TextForm form;
  form.role = role;
  form.owner = owner;
  form.plain_path = read_text(xml, "plainTextPath");
  form.rich_path = read_text(xml, "richTextPath");
  project_.forms.push_back(std::move(form));
  return last(project_.forms);
}

template <SourceKind kind>
Object ModelBuilder::open_source(XmlStream& xml) {
  Source source;
  source.kind = kind;
  read_identity(xml, source);
  read_claims(xml, source);
  source.name = read_text(xml, "name");
  const Object object{Kind::Source, static_cast<Index>(project_.sources.size())};
  if (kind == SourceKind::Text) {
    source.text = add_form(xml, TextRole::Own, object);
  } else {
    source.path = read_text(xml, "path");
    if (xml.take("currentPath")) losses_.lost("currentPath", "a path of another machine");
  }
  project_.sources.push_back(std::move(source));
  return object;
}

template Object ModelBuilder::open_source<SourceKind::Text>(XmlStream&);
template Object ModelBuilder::open_source<SourceKind::Picture>(XmlStream&);
template Object ModelBuilder::open_source<SourceKind::Pdf>(XmlStream&);
template Object ModelBuilder::open_source<SourceKind::Audio>(XmlStream&);
template Object ModelBuilder::open_source<SourceKind::Video>(XmlStream&);

template <TextRole role>
Object ModelBuilder::open_form(XmlStream& xml) {
  const bool in_selection = parent().kind == Kind::Selection;
  const Index index = add_form(xml, in_selection ? TextRole::SelectionText : role, parent());
  TextForm& form = project_.forms[index];
  read_identity(xml, form);
  read_claims(xml, form);
  form.name = read_text(xml, "name");
  if (!in_selection) {
    Source& source = project_.sources[parent().index];
    if (source.text == kNowhere) source.text = index;
  }
  return {Kind::TextForm, index};
}

template Object ModelBuilder::open_form<TextRole::Representation>(XmlStream&);
template Object ModelBuilder::open_form<TextRole::TextDescription>(XmlStream&);
template Object ModelBuilder::open_form<TextRole::Transcript>(XmlStream&);

Object ModelBuilder::open_note(XmlStream& xml) {
  Note note;
  read_identity(xml, note);
  note.name = read_text(xml, "name");
  const Object object{Kind::Note, static_cast<Index>(project_.notes.size())};
  note.text = add_form(xml, TextRole::Own, object);
  read_claims(xml, project_.forms[note.text]);
  project_.notes.push_back(std::move(note));
  return object;
}

Object ModelBuilder::text_owner() const {
  return parent().kind == Kind::TextForm ? project_.forms[parent().index].owner : parent();
}

Index ModelBuilder::text_form() const {
  switch (parent().kind) {
    case Kind::Source:
      return project_.sources[parent().index].text;
    case Kind::Note:
      return project_.notes[parent().index].text;
    case Kind::TextForm:
      return parent().index;
    default:
      return kNowhere;
  }
}

template <SelectionKind kind>
Object ModelBuilder::open_selection(XmlStream& xml) {
  Selection selection;
  selection.kind = kind;
  read_identity(xml, selection);
  read_claims(xml, selection);
  selection.name = read_text(xml, "name");
  selection.owner = text_owner();
  if (is_on_text(kind)) selection.form = text_form();
  selection.titled = !is_on_text(kind) && !selection.name.empty();
  read_positions(xml, selection);
  if (kind == SelectionKind::Picture || kind == SelectionKind::Pdf) read_area(xml, selection);
  project_.selections.push_back(std::move(selection));
  return {Kind::Selection, last(project_.selections)};
}

template Object ModelBuilder::open_selection<SelectionKind::PlainText>(XmlStream&);
template Object ModelBuilder::open_selection<SelectionKind::Transcript>(XmlStream&);
template Object ModelBuilder::open_selection<SelectionKind::Picture>(XmlStream&);
template Object ModelBuilder::open_selection<SelectionKind::Pdf>(XmlStream&);
template Object ModelBuilder::open_selection<SelectionKind::Audio>(XmlStream&);
template Object ModelBuilder::open_selection<SelectionKind::Video>(XmlStream&);

Object ModelBuilder::open_sync_point(XmlStream& xml) {
  SyncPoint point;
  read_identity(xml, point);
  point.form = parent().index;
  point.foreign_position = read(xml, "position", &parse_integer);
  point.time_ms = read(xml, "timeStamp", &parse_integer);
  project_.sync_points.push_back(std::move(point));
  return {Kind::SyncPoint, last(project_.sync_points)};
}

Object ModelBuilder::open_coding(XmlStream& xml) {
  Coding coding;
  read_identity(xml, coding);
  coding.creator = read_guid(xml, "creatingUser");
  coding.created = read_text(xml, "creationDateTime");
  coding.target = text_owner();
  if (parent().kind == Kind::TextForm) {
    losses_.doubt("Coding", "on a whole text that stands for a source: read as on the source");
  }
  project_.codings.push_back(std::move(coding));
  return {Kind::Coding, last(project_.codings)};
}

void ModelBuilder::close_content() {
  const Index form = text_form();
  if (form == kNowhere) return;
  project_.forms[form].inline_text = std::move(text_);
  project_.forms[form].has_inline_text = true;
}

}  // namespace qualog::interchange
