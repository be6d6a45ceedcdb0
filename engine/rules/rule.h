// SPDX-License-Identifier: Apache-2.0
// Rule: one row an action, the only place that says who may act, what must hold, what is written
// and how it is checked, and how it is undone. decide walks the row; docs/rules.md and the tests'
// matrices of roles and of conflicts are read from the same rows. An action without a row does not
// compile. Fields are named as in the schema and found by reflection; a row that names a field
// which is not there fails when the table is built.
#pragma once

#include "engine/rules/refusal.h"
#include "engine/rules/rows/columns.h"
#include "schema/fbs/command_generated.h"
#include "schema/reflection.h"

#include <span>
#include <string_view>
#include <vector>

namespace qualog::engine {

struct Question;

enum class Need : std::uint8_t {
  Contributor,
  Owner,
  Self,     // the profile's own principal, or an Owner
  Engine,   // never from a client: comes by itself
  Import,   // comes by itself, or from an Owner inside an import
  Creator,  // whoever may create projects; there is none yet
  Server,   // a server administrator: comes with a server
  Nobody,   // kept for a later version
};

// How the write of a facet is checked against `seen`.
enum class Check : std::uint8_t {
  None,     // nothing to collide with
  Version,  // VER: nobody else has written it since
};

enum class LeaseRule : std::uint8_t {
  None,
  Holds,   // LEASE: the session holds the item's lease
  FreeOf,  // FREE-OF-LEASE: nobody else holds it
};

// What the exclusive session of somebody else does to it.
enum class ExclusiveRule : std::uint8_t {
  Stops,  // LOCKED_EXCLUSIVE
  Needs,  // EXCL: only inside one's own (NEED_EXCLUSIVE)
  Passes,
};

// What a milestone can freeze.
enum class Layer : std::uint8_t { None, Codebook, Content };

// An item that the action names.
struct Reference {
  std::string_view field;
  KindSet kinds;              // any of these
  bool any_standing = false;  // deleted ones too
};

// The item whose facet is written where no field names it: one that stands for a pair.
using ItemOf = ItemId (*)(const Question&);

struct Write {
  std::string_view field;  // whose facet; "": the project's
  projector::Facet facet = projector::Facet::None;
  Check check = Check::Version;
  ItemOf item = nullptr;
};

enum class UndoRule : std::uint8_t {
  Restore,  // the facets get back what they held
  Never,    // cannot be undone alone
};

using CheckFunction = Verdict (*)(const Question&);
// A check that the columns cannot say. `refuses`: each code, and what must hold, for docs/rules.md.
struct Special {
  CheckFunction check = nullptr;
  Cells<std::string_view, 6> refuses = {};
};
// Fills in what the server computes, in the action itself.
using Adjust = Verdict (*)(const Question&, fb::ActionUnion&);
// The computed actions of a group, after the intent.
using Compute = std::vector<fb::ActionUnion> (*)(const Question&);
// Of an undo: the event it takes back.
using UndoneBy = Sequence (*)(const fb::ActionUnion&);
// True when the action would change nothing (IDEM).
using Repeats = bool (*)(const Question&);

struct Rule {
  fb::Action action = fb::Action::NONE;
  Need need = Need::Contributor;
  ExclusiveRule exclusive = ExclusiveRule::Stops;
  Layer layer = Layer::None;
  std::string_view creates = {};  // the field of the new item's id
  projector::Kind kind = projector::Kind::None;
  Cells<Reference, 5> references = {};
  Cells<Write, 3> writes = {};
  std::string_view deletes = {};  // VER on all that goes with this item
  LeaseRule lease = LeaseRule::None;
  Cells<std::string_view, 2> leased = {};  // the items whose lease matters
  std::string_view named = {};             // NAME: the item whose name or place changes
  std::string_view parent = {};            // TREE: its new parent
  UndoRule undo = UndoRule::Restore;
  Special special = {};
  Adjust adjust = nullptr;
  Compute compute = nullptr;
  Repeats repeats = nullptr;
  UndoneBy undone = nullptr;
  std::string_view completes = {};  // a source whose text must be whole when the command ends
};

// The row of an action; nullptr: none that this version knows (UNSUPPORTED).
const Rule* rule_of(fb::Action action);
// In the order of the actions' numbers.
std::span<const Rule> all_rules();

// The rows as rules.cc has them.
std::span<const Rule> written_rules();

// Fails where the row names a field that its action does not have.
void check_fields(const Rule& rule);
// A field of an action; it fails where there is none.
const reflection::Field& field_in(fb::Action action, std::string_view name);

}  // namespace qualog::engine
