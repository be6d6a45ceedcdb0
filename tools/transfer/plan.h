// SPDX-License-Identifier: Apache-2.0
// Plan: what of a project comes into another, decided before anything is written: for every item
// what it is there already, what it is made as, or why it stays. Importing the same again gives an
// empty plan. Nothing that is there is changed: items are added, and added to. Pure.
#pragma once

#include "engine/blobs/blob_store.h"
#include "schema/function_ref.h"
#include "tools/transfer/choice.h"
#include "tools/transfer/side.h"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace qualog::transfer {

// One item that becomes something here; `made`: it is new. What is there by its origin is no step.
struct Step {
  projector::Kind kind = projector::Kind::None;
  ItemId from;
  ItemId to;
  bool made = false;
  std::string name;  // of what is made and has one
};

// A person without an account here, who is named by what comes.
struct NewPerson {
  ItemId from;
  ItemId to;
};

struct Tally {
  std::uint64_t made = 0;
  std::uint64_t numbered = 0;  // of `made`: with a number behind their name
  std::uint64_t along = 0;     // of `made`: not chosen, but needed
  std::uint64_t merged = 0;    // with what is here
  std::uint64_t same = 0;      // here already by their origin
};

struct Renamed {
  std::string kind;
  std::string name;
  std::string became;
};

struct LeftOut {
  std::uint64_t count = 0;
  std::vector<std::string> names;  // of the first kNamedMax that have one

  bool operator==(const LeftOut&) const = default;
};

inline constexpr std::size_t kNamedMax = 100;

struct Report {
  std::map<std::string, Tally> kinds;
  std::map<std::pair<std::string, std::string>, LeftOut> left_out;  // by kind and reason
  std::vector<Renamed> renamed;
};

struct Plan {
  std::vector<NewPerson> new_people;
  std::vector<Step> steps;            // in an order in which they can be made
  std::vector<ItemId> classified;     // items of the source project that get their classification,
  std::size_t classified_behind = 0;  // once so many steps are made
  std::vector<ItemId> memos;          // that get their memo
  std::vector<ItemId> formatted;      // that get their formatting
  std::vector<std::string> settings;  // keys of the project's settings
  std::unordered_map<ItemId, ItemId> ids;  // of the source project -> here
  std::vector<engine::BlobInfo> blobs;     // that must be here first
  Report report;

  bool empty() const {
    return steps.empty() && classified.empty() && memos.empty() && formatted.empty() &&
           settings.empty();
  }
  // What an item of the source project is here; zero: nothing.
  ItemId here(const Side& source, const ItemId& item) const;
};

// Whether the source project's blob area holds a file.
using HasFile = FunctionRef<bool(const engine::BlobInfo&)>;

Plan plan(const Side& source, const Side& target, const Choice& choice, HasFile has_file);

}  // namespace qualog::transfer
