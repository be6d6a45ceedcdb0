// SPDX-License-Identifier: Apache-2.0
// ModelBuilder: turns the events of one project.qde into the objects of project_model.h, as they
// come. It knows what may stand in what (a table in model_builder.cc), never in which order: order
// is binding in the schema and broken by programs. References are left as GUIDs (reconcile.h).
// Local names are matched in any namespace `urn:QDA-XML:*`. One thread an object.
#pragma once

#include "tools/interchange/loss.h"
#include "tools/interchange/refi/project_model.h"
#include "tools/interchange/xml_stream.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::interchange {

class ModelBuilder {
 public:
  ModelBuilder(Project& project, LossList& losses) : project_(project), losses_(losses) {}

  // Errors: invalid where the root is no REFI-QDA element; too_large past kImportObjectsMax or the
  // limit of one text.
  Result<void> open(XmlStream& xml);
  Result<void> text(XmlStream& xml);
  void close();

  // How an element is read; the table is in model_builder.cc.
  struct ElementRow {
    std::string_view name;
    std::uint64_t bit;
    std::uint64_t parents;
    Object (ModelBuilder::*open)(XmlStream&);
    void (ModelBuilder::*close)();
    bool has_text;
  };

 private:
  struct Frame {
    const ElementRow* row;
    Object object;  // what children speak about
  };
  static const ElementRow kRows[];
  static const ElementRow* find_row(std::string_view name);

  // Wrappers and root.
  Object open_project(XmlStream& xml);
  Object open_codebook(XmlStream& xml);
  // Objects (build_objects.cc).
  Object open_user(XmlStream& xml);
  Object open_code(XmlStream& xml);
  Object open_variable(XmlStream& xml);
  Object open_case(XmlStream& xml);
  Object open_link(XmlStream& xml);
  Object open_set(XmlStream& xml);
  Object open_graph(XmlStream& xml);
  Object open_vertex(XmlStream& xml);
  Object open_edge(XmlStream& xml);
  // Sources, texts and what lies on them (build_sources.cc).
  template <SourceKind kind>
  Object open_source(XmlStream& xml);
  template <TextRole role>
  Object open_form(XmlStream& xml);
  template <SelectionKind kind>
  Object open_selection(XmlStream& xml);
  Object open_note(XmlStream& xml);
  Object open_sync_point(XmlStream& xml);
  Object open_coding(XmlStream& xml);
  // References and values (build_objects.cc).
  Object open_note_reference(XmlStream& xml);
  Object open_code_reference(XmlStream& xml);
  Object open_source_reference(XmlStream& xml);
  Object open_selection_reference(XmlStream& xml);
  Object open_variable_reference(XmlStream& xml);
  Object open_value(XmlStream& xml);
  Object open_member(XmlStream& xml);
  void close_member();
  void close_value();
  template <VariableType type>
  void close_typed_value();
  void close_description();
  void close_content();

  // Attributes; each reports what it cannot read (build_objects.cc).
  template <class Value>
  std::optional<Value> read(XmlStream& xml, std::string_view name,
                            std::optional<Value> (*parse)(std::string_view));
  std::string read_text(XmlStream& xml, std::string_view name);
  Guid read_guid(XmlStream& xml, std::string_view name);
  void read_identity(XmlStream& xml, Identity& identity);
  // An object that has an identity and a name.
  template <class Item>
  Item read_named(XmlStream& xml);
  void add_reference(XmlStream& xml, std::vector<Reference>& references);
  void read_claims(XmlStream& xml, Claims& claims);
  void read_positions(XmlStream& xml, Selection& selection);
  void read_area(XmlStream& xml, Selection& selection);

  Object parent() const {
    return frames_.empty() ? Object{Kind::Project, 0} : frames_.back().object;
  }
  Object text_owner() const;  // the Source, Note or Selection that the parent belongs to
  Index text_form() const;    // where a text selection under the parent lies
  Index add_form(XmlStream& xml, TextRole role, Object owner);
  std::string* description_of(Object object);
  void report_attributes(const XmlStream& xml);
  bool pass_over(std::string_view element, std::string_view reason);

  Project& project_;
  LossList& losses_;
  std::vector<Frame> frames_;
  std::string text_;
  VariableValue value_;
  Guid member_;
  std::string_view element_;  // the name of the row at hand, for reports
  std::uint64_t objects_ = 0;
  std::uint64_t elements_ = 0;
  std::uint64_t nameless_ = 0;  // objects without a GUID
  std::uint32_t skipped_ = 0;   // open elements inside of what is not read
  bool bare_ = false;           // the document has no namespace
};

}  // namespace qualog::interchange
