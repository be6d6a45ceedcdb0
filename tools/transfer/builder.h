// SPDX-License-Identifier: Apache-2.0
// Builder: makes the actions of a plan. The parts: actions.cc the group and the order, items.cc
// what has a name, passages.cc what stands on places and pairs. One use; one thread.
#pragma once

#include "schema/commands.h"
#include "tools/transfer/actions.h"

#include <unordered_set>

namespace qualog::transfer {

// An event holds more than its action: who, when, the command.
inline constexpr std::size_t kHeaderBytes = 2 * 1024;

class Builder {
 public:
  Builder(const Plan& plan, const Side& source, const Side& target, const NameKey& names)
      : plan_(plan), source_(source), target_(target), names_(names) {}

  std::vector<fb::ActionUnion> build(const Choice& choice, const Origin& origin);

 private:
  using Facet = projector::Facet;
  using ItemRow = projector::ItemRow;
  using Words = std::unique_ptr<fb::TextT>;
  using Claim = std::unique_ptr<fb::ClaimT>;
  using Position = flatbuffers::Optional<std::uint32_t>;
  struct Made {
    const Step& step;
    ItemRow row;
    projector::Props props;
  };
  using Make = void (Builder::*)(const Made&);
  struct MakeRow {
    projector::Kind kind;
    Make make;
    bool is_pair = false;  // it stands for its ends: there is no id to remember
  };
  // Where something stands.
  struct Spot {
    Position begin;
    Position end;
    std::unique_ptr<fb::AreaT> area;
  };

  // actions.cc
  static const std::vector<MakeRow>& makes();
  void add_intent(const Choice& choice, const Origin& origin);
  void add_people();
  void add_step(const Step& step);
  void add_mapping(const Step& step);
  void add_classified();
  void add_memos();
  void add_formatting();
  void add_settings();
  void add_orders();
  void add_order(const Step& step);
  void add_counts();

  // items.cc
  void make_folder(const Made& made);
  void make_classification(const Made& made);
  void make_attribute(const Made& made);
  void make_attrvalue(const Made& made);
  void make_code(const Made& made);
  void make_source(const Made& made);
  void make_reltype(const Made& made);
  void make_relationship(const Made& made);
  void make_set(const Made& made);
  void make_query(const Made& made);
  void make_searchfolder(const Made& made);
  void make_fmatrix(const Made& made);
  void make_map(const Made& made);
  void make_report(const Made& made);
  void make_extract(const Made& made);
  template <class Action>
  void make_defined(const Made& made, Action action);
  template <class Action>
  void make_text(const Made& made, const SourceContent& content, Action action);
  void add_source_props(const Made& made, const projector::Media& media, bool has_file);

  // passages.cc
  void make_row(const Made& made);
  template <class Action>
  void make_row_as(const Made& made, Action action);
  void make_coding(const Made& made);
  void make_annotation(const Made& made);
  void make_link(const Made& made);
  void make_hyperlink(const Made& made);
  void make_summary_link(const Made& made);
  void make_value(const Made& made);
  void make_member(const Made& made);
  void make_summary(const Made& made);
  void add_note(const Made& made);
  Spot spot_of(const Made& made, Facet range, Facet area) const;

  // What an item of the source project is here; a person who came along too.
  ItemId here(const ItemId& item) const { return plan_.here(source_, item); }
  // Those of a list that are here by now.
  std::vector<ItemId> here_now(const std::vector<ItemId>& items) const;
  Words name(const Made& made) const { return name_text(names_, made.step.name); }
  // Nothing for an empty text.
  static Words words(const Text& text);
  Claim claim_of(const Made& made, const ItemId& author) const;

  template <class Value>
  static Value value(const Made& made, Facet facet) {
    return projector::value_of<Value>(made.row, facet);
  }
  template <class Action>
  void add(Action action) {
    actions_.push_back(action_of(std::move(action)));
  }

  const Plan& plan_;
  const Side& source_;
  const Side& target_;
  const NameKey& names_;
  std::vector<fb::ActionUnion> actions_;
  std::unordered_set<ItemId> there_;  // made by now, by id here
};

}  // namespace qualog::transfer
