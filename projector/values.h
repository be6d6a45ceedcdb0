// SPDX-License-Identifier: Apache-2.0
// The words of the state: kinds of items, facets, and the value that each facet holds. A facet is
// the unit of conflict; its value is one of these rows, encoded by projector/row_codec.h and shown
// as JSON from the same description. Numbers are stored and digested: frozen, never reused.
#pragma once

#include "projector/media_values.h"
#include "projector/row_codec.h"
#include "projector/set_values.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::projector {

enum class Kind : std::uint8_t {
  None = 0,
  Project = 1,
  Member = 2,
  Profile = 3,
  Folder = 4,
  Source = 5,
  Code = 6,
  Coding = 7,
  Annotation = 8,
  Seealso = 9,
  Case = 10,
  Classification = 11,
  Attribute = 12,
  Attrvalue = 13,  // one of the values that an attribute offers
  Value = 14,      // what an item has of an attribute
  Reltype = 15,
  Relationship = 16,
  Set = 17,
  Setmember = 18,
  Searchfolder = 19,
  Query = 20,
  Fmatrix = 21,
  Summary = 22,
  Summarylink = 23,
  Map = 24,
  Report = 25,
  Extract = 26,
  Comment = 27,
  Hyperlink = 28,
  Row = 29,  // of a transcript or a picture's log
  Milestone = 30,
  Mapping = 31,  // what an item of another project or file became
};

enum class Facet : std::uint8_t {
  None = 0,
  Life = 1,
  Props = 2,
  Parent = 3,
  Place = 4,    // of a coding: code, source, coder
  Range = 5,    // of what stands on a text, the `from` of a see-also link
  RangeTo = 6,  // of the `to` of a see-also link
  Text = 7,     // of an annotation, a summary, a comment
  Note = 8,     // of a coding: weight and comment
  Content = 9,  // of a source: its text
  Memo = 10,    // of an item: the memo linked to it
  Owner = 11,   // of a memo: the item it is linked to
  Lease = 12,
  Guest = 13,
  Role = 14,
  Ends = 15,            // of a link, and of all else that stands between two items
  Below = 16,           // whatever is put on the item: not stored, found by walking (items.h)
  Exclusive = 17,       // of the project
  Horizon = 18,         // of the project: where the log that people see begins
  Settings = 19,        // of the project: labels, and what only some programs know
  Order = 20,           // of a code, a set, a classification: its children; of the project: the top
  Area = 21,            // of what stands on a place without text
  AreaTo = 22,          // of the `to` of a see-also link
  Media = 23,           // of a source: its file
  View = 24,            // of a picture: how it is shown
  Format = 25,          // of a source
  Classification = 26,  // of a source or case
  Type = 27,            // of an attribute
  Definition = 28,      // of a query, search folder, map, report, extract
  Value = 29,           // of an item's value
  On = 30,              // of a set's member: whether it is one; of a comment: whether resolved
  Fields = 31,          // of a row: its speaker and what else it says
  Freeze = 32,          // of a milestone
  Waiting = 33,         // of an item: who waits for its lease
  Grid = 34,            // of a framework matrix
};

// Who edits an item and who waits for it: that somebody does is no work on it, so it makes no look
// at the item old and blocks no undo.
constexpr bool is_of_edit_mode(Facet facet) {
  return facet == Facet::Lease || facet == Facet::Waiting;
}

// "source", "life".
std::string_view name(Kind kind);
std::string_view name(Facet facet);

enum class LifeState : std::uint8_t { Alive = 0, Deleted = 1, Merged = 2, Undone = 3 };

struct Life {
  LifeState state = LifeState::Alive;
  ItemId into;  // of Merged
};
template <class Visitor>
void describe(Visitor& visit, Life& row) {
  visit("state", row.state);
  visit("into", row.into);
}

// Of the project: name is its title. Of a see-also link: description is its external target.
struct Props {
  Text name;
  Text description;
  Text nickname;  // of a profile: its initials
  std::string color;
  std::string language;
  std::string registry_id;
  std::uint8_t subkind = 0;  // fb::SourceKind, FolderKind, CodeKind or ProfileKind
  bool codable = true;
  bool aggregate = false;
};
template <class Visitor>
void describe(Visitor& visit, Props& row) {
  visit("name", row.name);
  visit("description", row.description);
  visit("nickname", row.nickname);
  visit("color", row.color);
  visit("language", row.language);
  visit("registry_id", row.registry_id);
  visit("subkind", row.subkind);
  visit("codable", row.codable);
  visit("aggregate", row.aggregate);
}
// Of a source's.
bool is_memo(const Props& source);

struct Parent {
  ItemId parent;  // zero: the root
  std::uint32_t position = 0;
};
template <class Visitor>
void describe(Visitor& visit, Parent& row) {
  visit("parent", row.parent);
  visit("position", row.position);
}

struct Place {
  ItemId code;    // zero for an annotation
  ItemId source;  // what it stands on
  ItemId coder;   // a profile
  std::int64_t coded_at = 0;
  std::string claimed_time;
};
template <class Visitor>
void describe(Visitor& visit, Place& row) {
  visit("code", row.code);
  visit("source", row.source);
  visit("coder", row.coder);
  visit("coded_at", row.coded_at);
  visit("claimed_time", row.claimed_time);
}

struct TextValue {
  Text text;
};
template <class Visitor>
void describe(Visitor& visit, TextValue& row) {
  visit("text", row.text);
}

struct Note {
  std::optional<std::int64_t> weight;
  Text comment;
};
template <class Visitor>
void describe(Visitor& visit, Note& row) {
  visit("weight", row.weight);
  visit("comment", row.comment);
}

// Of Memo and Owner: the other end; zero: none.
struct Linked {
  ItemId item;
};
template <class Visitor>
void describe(Visitor& visit, Linked& row) {
  visit("item", row.item);
}

struct Lease {
  std::uint64_t token = 0;  // the sequence of lease.acquired; 0: free
  SessionId session;
  ItemId holder;  // a profile
  std::int64_t since = 0;
};
template <class Visitor>
void describe(Visitor& visit, Lease& row) {
  visit("token", row.token);
  visit("session", row.session);
  visit("holder", row.holder);
  visit("since", row.since);
}

struct Guest {
  bool on = true;
};
template <class Visitor>
void describe(Visitor& visit, Guest& row) {
  visit("on", row.on);
}

struct Role {
  std::uint8_t group = 0;  // fb::Group; 0: no member
  std::string principal;
};
template <class Visitor>
void describe(Visitor& visit, Role& row) {
  visit("group", row.group);
  visit("principal", row.principal);
}

struct Ends {
  ItemId from;
  ItemId to;
};
template <class Visitor>
void describe(Visitor& visit, Ends& row) {
  visit("from", row.from);
  visit("to", row.to);
}

}  // namespace qualog::projector
