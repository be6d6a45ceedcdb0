// SPDX-License-Identifier: Apache-2.0
// What a project file of another program says, as plain data that knows nothing of events. Objects
// lie in one vector per kind and refer to each other by index; nothing that the file holds is
// dropped in silence: what is no part of this model is in `losses`. GUIDs of a file are not unique:
// only (kind, index) names an object here. Authors and times are claims, kept as they were written.
// Elements: REFI-QDA 1.5 (Project.xsd 1.0); the reading of doubtful ones is in README.md.
#pragma once

#include "schema/ids.h"
#include "tools/interchange/loss.h"
#include "tools/interchange/refi/counts.h"
#include "tools/interchange/refi/dialect.h"
#include "tools/interchange/source_text.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace qualog::interchange {

using Guid = Id<struct ForeignGuidTag>;  // as normalised: braces and case are gone; zero is "none"

using Index = std::uint32_t;
inline constexpr Index kNowhere = 0xFFFF'FFFF;

// A reference as the file gives it, and what it was found to mean.
struct Reference {
  Guid guid;
  Index index = kNowhere;

  bool found() const { return index != kNowhere; }
};

enum class Kind : std::uint8_t {
  Nothing,
  Project,
  User,
  Code,
  Variable,
  Case,
  Source,
  TextForm,
  SyncPoint,
  Note,
  Selection,
  Coding,
  Link,
  Set,
  Graph
};

struct Object {
  Kind kind = Kind::Nothing;
  Index index = kNowhere;

  bool operator==(const Object&) const = default;
};

// Part of every object with a GUID. `guid_repeated`: an earlier object of the same kind has this
// GUID too, so it must not be used as an identity.
struct Identity {
  Guid guid;
  bool guid_repeated = false;
};

struct Claims {
  Guid creator;
  Guid modifier;
  std::string created;  // the attribute's own characters; a missing zone is unknown
  std::string modified;
};

struct User : Identity {
  std::string name;
  std::string id;
};

struct CodeNode : Identity {
  std::string name;
  std::string description;
  std::string colour;  // "#RRGGBB", or empty
  Index parent = kNowhere;
  Index same_as_case = kNowhere;  // its codings mean membership of that case
  bool codable = true;
};

enum class VariableType : std::uint8_t { Text, Boolean, Integer, Float, Date, DateTime };

struct Variable : Identity {
  std::string name;
  std::string description;
  VariableType type = VariableType::Text;
};

struct VariableValue {
  Reference variable;
  VariableType type = VariableType::Text;
  bool present = false;
  std::string value;  // the element's own characters
};

enum class SourceKind : std::uint8_t { Text, Picture, Pdf, Audio, Video };

struct Source : Identity, Claims {
  SourceKind kind = SourceKind::Text;
  std::string name;
  std::string description;
  std::string path;  // of what is no text: where its file is, as written
  std::vector<VariableValue> values;
  Index text = kNowhere;  // the text form by which a text-based project can serve it
};

enum class TextRole : std::uint8_t {
  Own,              // of a TextSource, or of a Note
  Representation,   // of a PDFSource
  TextDescription,  // of a PictureSource
  Transcript,       // of an AudioSource or VideoSource
  SelectionText     // of a PDFSelection: a copy of its words, never a place for selections
};

enum class TextState : std::uint8_t { Present, Missing, Unreadable };

// A text and where selections lie: of a source, of a note, or standing in for what is no text.
struct TextForm : Identity, Claims {
  TextRole role = TextRole::Own;
  Object owner;  // Source, Note, or Selection
  TextState state = TextState::Missing;
  std::string name;
  std::string description;
  std::string plain_path;  // as written; followed inside of the archive only
  std::string rich_path;
  std::string inline_text;  // emptied when `text` is there
  bool has_inline_text = false;
  Index same_text_as = kNowhere;           // an earlier form on the same path of the archive
  std::shared_ptr<const SourceText> text;  // null unless Present; shared between forms
};

struct SyncPoint : Identity {
  Index form = kNowhere;
  std::optional<std::int64_t> foreign_position;  // in the file's units
  std::optional<std::int64_t> time_ms;
  std::uint64_t position = 0;  // in code points, if the form's text is there
};

enum class SelectionKind : std::uint8_t { PlainText, Transcript, Picture, Pdf, Audio, Video };

constexpr bool is_on_text(SelectionKind kind) {
  return kind == SelectionKind::PlainText || kind == SelectionKind::Transcript;
}

struct Area {
  std::int64_t page = 0;  // from 0
  std::int64_t left = 0;
  std::int64_t low = 0;  // the lesser of both Y, wherever they are counted from
  std::int64_t right = 0;
  std::int64_t high = 0;
  bool from_top = false;  // of PDF: heights count from the top of the page (page_frame.h)
};

struct Selection : Identity, Claims {
  SelectionKind kind = SelectionKind::PlainText;
  Placement placement = Placement::Unplaced;
  Object owner;              // the Source or Note whose element it is
  Index form = kNowhere;     // of text and transcript selections
  Index same_as = kNowhere;  // the same quotation as that text selection: use that one
  Index note = kNowhere;     // an annotation: the note's own text is a remark on this range
  bool titled = false;       // its name is no preview of its words
  std::string name;
  std::string description;
  std::optional<std::int64_t> foreign_start;  // in the file's units
  std::optional<std::int64_t> foreign_end;
  std::uint64_t start = 0;  // code points over `form`'s text; valid as `placement` says
  std::uint64_t end = 0;    // exclusive
  Reference from;           // SyncPoints of a transcript selection
  Reference to;
  std::optional<std::int64_t> begin_ms;  // of audio, video, transcript
  std::optional<std::int64_t> end_ms;
  std::unique_ptr<Area> area;  // of pictures and PDF
};

struct Coding : Identity {
  Guid creator;
  std::string created;
  Reference code;
  Object target;             // Selection, Source (as a whole) or Note (as a whole)
  Index same_as = kNowhere;  // a second copy of that coding, written on the rectangle
};

struct Note : Identity {
  std::string name;
  Index text = kNowhere;  // its form; description and claims are there
};

struct NoteReference {
  Object on;
  Reference note;
};

enum class Direction : std::uint8_t { Unsaid, Associative, OneWay, Bidirectional };

struct Link : Identity {
  std::string name;
  std::string colour;
  Direction direction = Direction::Unsaid;
  Guid origin_guid;
  Guid target_guid;
  Object origin;  // Nothing if no object has the GUID
  Object target;
  bool is_annotation = false;  // ties a note to the passage on which it is a remark
};

struct Set : Identity {
  std::string name;
  std::string description;
  std::vector<Reference> codes;
  std::vector<Reference> sources;
  std::vector<Reference> notes;
};

struct Case : Identity {
  std::string name;
  std::string description;
  std::vector<Reference> codes;
  std::vector<Reference> sources;
  std::vector<Reference> selections;
  std::vector<VariableValue> values;
  Index values_of_source = kNowhere;  // no case at all: its values are that source's
};

struct Graph : Identity {
  std::string name;
  std::uint64_t vertices = 0;
  std::uint64_t edges = 0;
};

// How the positions of one text were read.
struct SourceDialect {
  Index form = kNowhere;
  DialectChoice choice;
};

enum class FileFormat : std::uint8_t {
  ProjectArchive,
  ProjectXml,
  CodebookXml,
  PlainText,
  Document
};

// One text and nothing else: the project has one source and one form.
constexpr bool is_one_text(FileFormat format) {
  return format == FileFormat::PlainText || format == FileFormat::Document;
}

struct Project : Claims {
  FileFormat format = FileFormat::ProjectXml;
  std::string name;
  std::string origin;
  std::string description;
  std::vector<User> users;
  std::vector<CodeNode> codes;  // a parent before its children
  std::vector<Variable> variables;
  std::vector<Case> cases;
  std::vector<Source> sources;
  std::vector<TextForm> forms;
  std::vector<SyncPoint> sync_points;
  std::vector<Selection> selections;
  std::vector<Coding> codings;
  std::vector<Note> notes;
  std::vector<NoteReference> note_references;
  std::vector<Link> links;
  std::vector<Set> sets;
  std::vector<Graph> graphs;
  Counts passed_over;  // elements where the standard has none: counted, not read
  std::vector<SourceDialect> dialects;
  std::vector<Loss> losses;
};

}  // namespace qualog::interchange
