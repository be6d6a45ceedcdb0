// SPDX-License-Identifier: Apache-2.0
// Planner: makes a Plan, one item after the other, in the order in which they can be made. The
// parts: plan.cc what holds for every kind, pairs.cc what stands for a pair or is a facet,
// obstacles.cc what a project would refuse. One use; one thread.
#pragma once

#include "tools/import/names.h"
#include "tools/transfer/likeness.h"
#include "tools/transfer/origins.h"
#include "tools/transfer/otherwise.h"
#include "tools/transfer/plan.h"

namespace qualog::transfer {

// Why an item stays behind, where more than one part says so.
inline constexpr std::string_view kGroundStays = "what it stands on does not come";
inline constexpr std::string_view kSealed = "its words are sealed with a key of the other project";
inline constexpr std::string_view kNotChosen = "not chosen";
inline constexpr std::string_view kOtherText = "the text of its source differs here";

class Planner {
 public:
  Planner(const Side& source, const Side& target, const Choice& choice, HasFile has_file);

  Plan plan();

 private:
  using Kind = projector::Kind;
  using Facet = projector::Facet;
  using ItemRow = projector::ItemRow;
  struct Foreign {
    ItemId id;
    ItemRow row;
  };
  // Why an item cannot be made here; empty: it can.
  using Obstacle = std::string_view (Planner::*)(const Foreign&) const;
  struct ObstacleRow {
    Kind kind;
    Obstacle obstacle;
  };

  // plan.cc
  void plan_kind(Kind kind);
  void consider(const Foreign& item);
  void take_known(const Foreign& item, const ItemId& here, bool chosen);
  void take_new(const Foreign& item);
  void tell_what_differs();
  void tell_difference(const Foreign& item, const Side& side, const ItemId& now);
  void tell_name(const Foreign& item, const ItemId& known);
  void leave_milestones();
  void make(const Foreign& item);
  void find_needed_folders();
  bool is_chosen(const Foreign& item) const;
  std::string_view why_not_chosen(const Foreign& item) const;
  bool stands_here(const ItemRow& row) const;
  ItemId twin_of(const Foreign& item);
  void index_target(Kind kind);
  std::string name_for(const Foreign& item, const ItemId& parent);
  void take_names(Kind kind);
  // What an item is here; a person always is somebody.
  ItemId here(const ItemId& item) const;
  ItemId here_in_target(const ItemId& item) const { return target_.standing_for(item); }
  ItemId person_here(const ItemId& profile) const;
  void bring_person(const ItemId& profile);
  Tally& tally(std::string_view kind) { return plan_.report.kinds[std::string(kind)]; }
  Tally& tally(Kind kind) { return tally(name(kind)); }
  void leave(std::string_view what, std::string_view why);
  void leave(const Foreign& item, std::string_view why);

  // pairs.cc
  void plan_pairs(Kind kind);
  void plan_value(const Foreign& item);
  void plan_member(const Foreign& item);
  void plan_summary(const Foreign& item);
  bool is_ready(const Foreign& item);
  void add_pair(const Foreign& item, const ItemId& pair);
  std::string_view value_obstacle(const Foreign& item) const;
  void plan_classified();
  void plan_one_classified(const Foreign& item, const ItemId& wanted);
  ItemId classification_here(const ItemId& item) const;
  void plan_memos();
  void plan_memo(const ItemId& item, const ItemId& memo);
  void plan_formatting();
  void plan_formatted(const ItemId& source, const std::vector<projector::Styled>& formatting);
  void plan_settings();
  void leave_labels(const projector::Settings& there, const projector::Settings& now);

  // obstacles.cc
  static const std::vector<ObstacleRow>& obstacles();
  std::string_view obstacle_to(const Foreign& item) const;
  std::string_view source_obstacle(const Foreign& item) const;
  std::string_view coding_obstacle(const Foreign& item) const;
  std::string_view place_obstacle(const Foreign& item) const;
  std::string_view row_obstacle(const Foreign& item) const;
  std::string_view link_obstacle(const Foreign& item) const;
  std::string_view relationship_obstacle(const Foreign& item) const;
  std::string_view matrix_obstacle(const Foreign& item) const;
  std::string_view attribute_obstacle(const Foreign& item) const;
  std::string_view offered_obstacle(const Foreign& item) const;
  std::string_view range_obstacle(const ItemId& item, Facet range, Facet area,
                                  bool may_be_empty) const;
  struct Ground {
    bool text = true;   // positions in the text mean the same here
    bool frame = true;  // and places beside it
  };
  Ground ground_of(const ItemId& source) const;
  bool can_be_applied(const ItemId& code) const;
  void note_what_stays(const Foreign& item);

  const Side& source_;
  const Side& target_;
  const Choice& choice_;
  HasFile has_file_;
  Origins origins_;
  Plan plan_;
  std::set<ItemId> needed_;                     // folders that chosen sources lie in
  std::set<ItemId> people_;                     // who was brought
  std::multimap<Digest, ItemId> twins_;         // of the kind at hand
  std::vector<std::pair<ItemId, ItemId>> met_;  // what is chosen -> what it is here already
  tools::NameBook book_;
  std::set<ItemId> pairs_;               // that are made
  std::map<ItemId, ItemId> classified_;  // by id here
  std::set<ItemId> with_memo_;           // both ends of links that are made, by id here
  std::set<ItemId> with_formatting_;     // sources that get it, by id here
  mutable std::map<ItemId, Ground> grounds_;
};

}  // namespace qualog::transfer
