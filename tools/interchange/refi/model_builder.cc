// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/model_builder.h"

#include "schema/limits.h"
#include "tools/interchange/refi/attribute_values.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::interchange {

namespace {

// One bit for each element, in the order of the table.
enum Bit : std::uint64_t {
  kDocument = 1ULL << 0,
  kProject = 1ULL << 1,
  kUsers = 1ULL << 2,
  kCodeBook = 1ULL << 3,
  kCodes = 1ULL << 4,
  kCode = 1ULL << 5,
  kVariables = 1ULL << 6,
  kVariable = 1ULL << 7,
  kCases = 1ULL << 8,
  kCase = 1ULL << 9,
  kSources = 1ULL << 10,
  kTextSource = 1ULL << 11,
  kPictureSource = 1ULL << 12,
  kPdfSource = 1ULL << 13,
  kAudioSource = 1ULL << 14,
  kVideoSource = 1ULL << 15,
  kNotes = 1ULL << 16,
  kNote = 1ULL << 17,
  kLinks = 1ULL << 18,
  kLink = 1ULL << 19,
  kSets = 1ULL << 20,
  kSet = 1ULL << 21,
  kGraphs = 1ULL << 22,
  kGraph = 1ULL << 23,
  kRepresentation = 1ULL << 24,
  kTextDescription = 1ULL << 25,
  kTranscript = 1ULL << 26,
  kPlainTextSelection = 1ULL << 27,
  kPdfSelection = 1ULL << 28,
  kOtherSelection = 1ULL << 29,
  kCoding = 1ULL << 30,
  kVariableValue = 1ULL << 31,
  kLeaf = 1ULL << 32  // holds no elements
};

constexpr std::uint64_t kMedia = kPictureSource | kPdfSource | kAudioSource | kVideoSource;
constexpr std::uint64_t kTexts =
    kTextSource | kNote | kRepresentation | kTextDescription | kTranscript;
constexpr std::uint64_t kSelections = kPlainTextSelection | kPdfSelection | kOtherSelection;
constexpr std::uint64_t kDescribed =
    kProject | kCode | kVariable | kCase | kSet | kTexts | kMedia | kSelections;

constexpr std::string_view kNameSpace = "urn:QDA-XML:";

}  // namespace

// name, itself, where it may stand, open, close, whether its text counts. Sorted by family.
const ModelBuilder::ElementRow ModelBuilder::kRows[] = {
    {"Project", kProject, kDocument, &ModelBuilder::open_project, nullptr, false},
    {"Users", kUsers, kProject, nullptr, nullptr, false},
    {"User", kLeaf, kUsers, &ModelBuilder::open_user, nullptr, false},
    {"CodeBook", kCodeBook, kProject | kDocument, &ModelBuilder::open_codebook, nullptr, false},
    {"Codes", kCodes, kCodeBook, nullptr, nullptr, false},
    {"Code", kCode, kCodes | kCode, &ModelBuilder::open_code, nullptr, false},
    {"Variables", kVariables, kProject, nullptr, nullptr, false},
    {"Variable", kVariable, kVariables, &ModelBuilder::open_variable, nullptr, false},
    {"Cases", kCases, kProject, nullptr, nullptr, false},
    {"Case", kCase, kCases, &ModelBuilder::open_case, nullptr, false},
    {"Sources", kSources, kProject, nullptr, nullptr, false},
    {"TextSource", kTextSource, kSources, &ModelBuilder::open_source<SourceKind::Text>, nullptr,
     false},
    {"PictureSource", kPictureSource, kSources, &ModelBuilder::open_source<SourceKind::Picture>,
     nullptr, false},
    {"PDFSource", kPdfSource, kSources, &ModelBuilder::open_source<SourceKind::Pdf>, nullptr,
     false},
    {"AudioSource", kAudioSource, kSources, &ModelBuilder::open_source<SourceKind::Audio>, nullptr,
     false},
    {"VideoSource", kVideoSource, kSources, &ModelBuilder::open_source<SourceKind::Video>, nullptr,
     false},
    {"Representation", kRepresentation, kPdfSource | kPdfSelection,
     &ModelBuilder::open_form<TextRole::Representation>, nullptr, false},
    {"TextDescription", kTextDescription, kPictureSource,
     &ModelBuilder::open_form<TextRole::TextDescription>, nullptr, false},
    {"Transcript", kTranscript, kAudioSource | kVideoSource,
     &ModelBuilder::open_form<TextRole::Transcript>, nullptr, false},
    {"SyncPoint", kLeaf, kTranscript, &ModelBuilder::open_sync_point, nullptr, false},
    {"PlainTextContent", kLeaf, kTexts, nullptr, &ModelBuilder::close_content, true},
    {"PlainTextSelection", kPlainTextSelection, kTexts,
     &ModelBuilder::open_selection<SelectionKind::PlainText>, nullptr, false},
    {"TranscriptSelection", kOtherSelection, kTranscript,
     &ModelBuilder::open_selection<SelectionKind::Transcript>, nullptr, false},
    {"PictureSelection", kOtherSelection, kPictureSource,
     &ModelBuilder::open_selection<SelectionKind::Picture>, nullptr, false},
    {"PDFSelection", kPdfSelection, kPdfSource, &ModelBuilder::open_selection<SelectionKind::Pdf>,
     nullptr, false},
    {"AudioSelection", kOtherSelection, kAudioSource,
     &ModelBuilder::open_selection<SelectionKind::Audio>, nullptr, false},
    {"VideoSelection", kOtherSelection, kVideoSource,
     &ModelBuilder::open_selection<SelectionKind::Video>, nullptr, false},
    {"Coding", kCoding, kSelections | kTexts | kMedia, &ModelBuilder::open_coding, nullptr, false},
    {"Notes", kNotes, kProject, nullptr, nullptr, false},
    {"Note", kNote, kNotes, &ModelBuilder::open_note, nullptr, false},
    {"Links", kLinks, kProject, nullptr, nullptr, false},
    {"Link", kLink, kLinks, &ModelBuilder::open_link, nullptr, false},
    {"Sets", kSets, kProject | kCodeBook, nullptr, nullptr, false},
    {"Set", kSet, kSets, &ModelBuilder::open_set, nullptr, false},
    {"MemberCode", kLeaf, kSet, &ModelBuilder::open_member, &ModelBuilder::close_member, true},
    {"MemberSource", kLeaf, kSet, &ModelBuilder::open_member, &ModelBuilder::close_member, true},
    {"MemberNote", kLeaf, kSet, &ModelBuilder::open_member, &ModelBuilder::close_member, true},
    {"Graphs", kGraphs, kProject, nullptr, nullptr, false},
    {"Graph", kGraph, kGraphs, &ModelBuilder::open_graph, nullptr, false},
    {"Vertex", kLeaf, kGraph, &ModelBuilder::open_vertex, nullptr, false},
    {"Edge", kLeaf, kGraph, &ModelBuilder::open_edge, nullptr, false},
    {"Description", kLeaf, kDescribed, nullptr, &ModelBuilder::close_description, true},
    {"NoteRef", kLeaf, kProject | kCode | kTexts | kMedia | kSelections | kCoding | kLink,
     &ModelBuilder::open_note_reference, nullptr, false},
    {"CodeRef", kLeaf, kCoding | kCase, &ModelBuilder::open_code_reference, nullptr, false},
    {"SourceRef", kLeaf, kCase, &ModelBuilder::open_source_reference, nullptr, false},
    {"SelectionRef", kLeaf, kCase, &ModelBuilder::open_selection_reference, nullptr, false},
    {"VariableValue", kVariableValue, kCase | kTexts | kMedia, &ModelBuilder::open_value,
     &ModelBuilder::close_value, false},
    {"VariableRef", kLeaf, kVariableValue, &ModelBuilder::open_variable_reference, nullptr, false},
    {"TextValue", kLeaf, kVariableValue, nullptr,
     &ModelBuilder::close_typed_value<VariableType::Text>, true},
    {"BooleanValue", kLeaf, kVariableValue, nullptr,
     &ModelBuilder::close_typed_value<VariableType::Boolean>, true},
    {"IntegerValue", kLeaf, kVariableValue, nullptr,
     &ModelBuilder::close_typed_value<VariableType::Integer>, true},
    {"FloatValue", kLeaf, kVariableValue, nullptr,
     &ModelBuilder::close_typed_value<VariableType::Float>, true},
    {"DateValue", kLeaf, kVariableValue, nullptr,
     &ModelBuilder::close_typed_value<VariableType::Date>, true},
    {"DateTimeValue", kLeaf, kVariableValue, nullptr,
     &ModelBuilder::close_typed_value<VariableType::DateTime>, true},
};

const ModelBuilder::ElementRow* ModelBuilder::find_row(std::string_view name) {
  static const auto* const sorted = [] {
    auto* rows = new std::vector<const ElementRow*>;  // lives as long as the program
    for (const ElementRow& row : kRows) rows->push_back(&row);
    std::sort(rows->begin(), rows->end(),
              [](const ElementRow* a, const ElementRow* b) { return a->name < b->name; });
    return rows;
  }();
  const auto found = std::lower_bound(
      sorted->begin(), sorted->end(), name,
      [](const ElementRow* row, std::string_view wanted) { return row->name < wanted; });
  return found != sorted->end() && (*found)->name == name ? *found : nullptr;
}

Result<void> ModelBuilder::open(XmlStream& xml) {
  // Some programs leave the namespace out.
  if (frames_.empty()) bare_ = xml.name_space().empty();
  const bool known_space =
      bare_ ? xml.name_space().empty() : xml.name_space().starts_with(kNameSpace);
  if (skipped_ > 0) {
    ++skipped_;
    if (known_space) pass_over(xml.local_name(), "inside of an element that is not read");
    return {};
  }
  const ElementRow* row = known_space ? find_row(xml.local_name()) : nullptr;
  const std::uint64_t place = frames_.empty() ? kDocument : frames_.back().row->bit;
  if (row == nullptr || (row->parents & place) == 0) {
    if (frames_.empty()) return xml.error(Code::invalid, "this is no REFI-QDA project or codebook");
    if (row == nullptr)
      losses_.invented(shown_name(xml.local_name()), "an element beyond the standard");
    else if (!pass_over(row->name, "an element where the standard has none"))
      losses_.lost(row->name, "an element where the standard has none");
    skipped_ = 1;
    return {};
  }
  element_ = row->name;
  const Object object = row->open != nullptr ? (this->*row->open)(xml) : parent();
  ++elements_;
  if (objects_ > limits::kImportObjectsMax || elements_ > limits::kImportElementsMax ||
      nameless_ > limits::kImportNamelessMax) {
    return xml.error(Code::too_large, "the project has too many objects");
  }
  report_attributes(xml);
  frames_.push_back({row, object});
  if (row->has_text) text_.clear();
  return {};
}

// An element that is counted, but not read. False: it is not counted.
bool ModelBuilder::pass_over(std::string_view element, std::string_view reason) {
  const auto place = counted_as(element);
  if (place == nullptr) return false;
  ++(project_.passed_over.*place);
  losses_.lost(element, reason);
  return true;
}

Result<void> ModelBuilder::text(XmlStream& xml) {
  if (skipped_ > 0 || frames_.empty()) return {};
  if (frames_.back().row->has_text) {
    if (text_.size() + xml.text().size() > limits::kSourceTextBytesMax) {
      return xml.error(Code::too_large, "a text is too long");
    }
    text_ += xml.text();
  } else if (!trimmed_value(xml.text()).empty()) {
    losses_.lost(frames_.back().row->name, "text where the standard has none");
  }
  return {};
}

void ModelBuilder::close() {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  const ElementRow& row = *frames_.back().row;
  frames_.pop_back();
  element_ = row.name;
  if (row.close != nullptr) (this->*row.close)();
}

void ModelBuilder::report_attributes(const XmlStream& xml) {
  for (const XmlAttribute& attribute : xml.attributes()) {
    if (attribute.taken) continue;
    losses_.invented(fmt::format("{}@{}", element_, shown_name(attribute.name)),
                     "an attribute beyond the standard");
  }
}

Object ModelBuilder::open_project(XmlStream& xml) {
  project_.name = read_text(xml, "name");
  project_.origin = read_text(xml, "origin");
  read_claims(xml, project_);
  if (const Guid creator = read_guid(xml, "creatingUserGUID")) project_.creator = creator;
  if (const Guid modifier = read_guid(xml, "modifyingUserGUID")) project_.modifier = modifier;
  if (xml.take("basePath")) losses_.lost("Project@basePath", "a path of another machine");
  return {Kind::Project, 0};
}

Object ModelBuilder::open_codebook(XmlStream& xml) {
  if (!frames_.empty()) return parent();
  project_.format = FileFormat::CodebookXml;
  project_.origin = read_text(xml, "origin");
  return {Kind::Project, 0};
}

}  // namespace qualog::interchange
