// SPDX-License-Identifier: Apache-2.0
// Meeting: two projects in memory, and what goes from one into the other. `ann` owns both; bo and
// cy may work in both. One thread.
#pragma once

#include "tests/engine/world.h"
#include "tools/transfer/actions.h"

#include <boost/json/object.hpp>

namespace qualog::test {

// An action and its body; `who` speaks. What edits a source is said in edit mode, on its text of
// now.
struct Line {
  std::string action;
  boost::json::object body;
  std::string who = "ann";
};

// A fixed id as text, the same in both projects; the ids of the Worlds are none of these.
std::string id_text(std::uint64_t number);
ItemId id_of_number(std::uint64_t number);

class Meeting {
 public:
  // `source_lineage` as the target's: the projects are forks.
  explicit Meeting(std::uint8_t source_lineage = 0x23);

  void there(const Line& line) { say(source, line); }
  void here(const Line& line) { say(target, line); }
  void there(const std::vector<Line>& lines);
  void here(const std::vector<Line>& lines);

  transfer::Plan plan(const transfer::Choice& choice = {});
  // All of it, in an exclusive session of ann's; the answer must be accepted.
  transfer::Plan bring(const transfer::Choice& choice = {});

  World source;
  World target;
  bool files = true;  // whether the files of the source project are there

 private:
  static void say(World& world, const Line& line);
};

const transfer::Tally& tally(const transfer::Plan& plan, const std::string& kind);
// How many of a kind stay for this reason.
std::uint64_t left_out(const transfer::Plan& plan, const std::string& kind,
                       const std::string& reason);
// The item here; zero: none.
ItemId came(const transfer::Plan& plan, std::uint64_t number);

}  // namespace qualog::test
