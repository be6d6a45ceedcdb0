// SPDX-License-Identifier: Apache-2.0
// Sets and their members; search folders, queries, maps, reports and extracts, which are all a name
// and a definition; framework matrices and summaries.
#include "projector/fold/shapes.h"

namespace qualog::projector {

namespace {

void set_member(Change& change, const fb::ItemId* set, const fb::ItemId* item, bool on) {
  const Ends ends{id_of(set), id_of(item)};
  const ItemId id = setmember_item(ends.from, ends.to);
  change.derive(id, Kind::Setmember, ends);
  change.set(id, Facet::On, On{on});
}

template <class Action>
void create_defined(Change& change, Kind kind, const Action& action) {
  set_definition(change, create_named(change, kind, action), action);
}

// Both facets are written, as its row says; what is left out keeps its value.
template <class Action>
void change_defined(Change& change, const fb::ItemId* item, const Action& action) {
  const ItemId id = id_of(item);
  change_props(change, id, action);
  set_definition(change, id, action);
}

template <class Action>
void set_grid(Change& change, const ItemId& id, const Action& action) {
  auto grid = value_of<Grid>(change.item(id), Facet::Grid);
  assign(grid.rows, action.rows());
  assign(grid.columns, action.columns());
  assign(grid.row_attributes, action.row_attributes());
  change.set(id, Facet::Grid, grid);
}

}  // namespace

// ---- sets

void fold_action(Change& change, const fb::SetCreated& action) {
  create_named(change, Kind::Set, action);
}

void fold_action(Change& change, const fb::SetPropsChanged& action) {
  change_props(change, id_of(action.set()), action);
}

void fold_action(Change& change, const fb::SetDeleted& action) { end_life(change, action.set()); }

void fold_action(Change& change, const fb::SetMemberAdded& action) {
  set_member(change, action.set(), action.item(), true);
}

void fold_action(Change& change, const fb::SetMemberRemoved& action) {
  set_member(change, action.set(), action.item(), false);
}

void fold_action(Change& change, const fb::SetOrdered& action) {
  Order order;
  assign(order.items, action.order());
  change.set(id_of(action.set()), Facet::Order, order);
}

// ---- definitions

void fold_action(Change& change, const fb::SearchfolderSaved& action) {
  create_defined(change, Kind::Searchfolder, action);
}
void fold_action(Change& change, const fb::SearchfolderChanged& action) {
  change_defined(change, action.searchfolder(), action);
}
void fold_action(Change& change, const fb::SearchfolderDeleted& action) {
  end_life(change, action.searchfolder());
}

void fold_action(Change& change, const fb::QuerySaved& action) {
  create_defined(change, Kind::Query, action);
}
void fold_action(Change& change, const fb::QueryChanged& action) {
  change_defined(change, action.query(), action);
}
void fold_action(Change& change, const fb::QueryDeleted& action) {
  end_life(change, action.query());
}
// The intent of a group: its computed events do the work.
void fold_action(Change&, const fb::QueryResultSaved&) {}

void fold_action(Change& change, const fb::MapCreated& action) {
  create_defined(change, Kind::Map, action);
}
void fold_action(Change& change, const fb::MapPropsChanged& action) {
  change_props(change, id_of(action.map()), action);
}
void fold_action(Change& change, const fb::MapMadeStatic& action) {
  const ItemId id = id_of(action.map());
  auto definition = value_of<Definition>(change.item(id), Facet::Definition);
  definition.fixed_at = action.sequence();
  change.set(id, Facet::Definition, definition);
}
void fold_action(Change& change, const fb::MapDeleted& action) { end_life(change, action.map()); }
void fold_action(Change& change, const fb::MapEdited& action) {
  set_definition(change, id_of(action.map()), action);
}

void fold_action(Change& change, const fb::ReportCreated& action) {
  create_defined(change, Kind::Report, action);
}
void fold_action(Change& change, const fb::ReportChanged& action) {
  change_defined(change, action.report(), action);
}
void fold_action(Change& change, const fb::ReportDeleted& action) {
  end_life(change, action.report());
}

void fold_action(Change& change, const fb::ExtractCreated& action) {
  create_defined(change, Kind::Extract, action);
}
void fold_action(Change& change, const fb::ExtractChanged& action) {
  change_defined(change, action.extract(), action);
}
void fold_action(Change& change, const fb::ExtractDeleted& action) {
  end_life(change, action.extract());
}

// ---- framework matrices

void fold_action(Change& change, const fb::FmatrixCreated& action) {
  set_grid(change, create_named(change, Kind::Fmatrix, action), action);
}

void fold_action(Change& change, const fb::FmatrixChanged& action) {
  const ItemId id = id_of(action.fmatrix());
  change_props(change, id, action);
  set_grid(change, id, action);
}

void fold_action(Change& change, const fb::FmatrixDeleted& action) {
  end_life(change, action.fmatrix());
}

void fold_action(Change& change, const fb::SummarySet& action) {
  const Ends ends{id_of(action.row()), id_of(action.column())};
  const ItemId id = summary_item(ends.from, ends.to);
  change.derive(id, Kind::Summary, ends);
  TextValue text;
  assign(text.text, action.text());
  change.set(id, Facet::Text, text);
}

void fold_action(Change& change, const fb::SummaryLinkAdded& action) {
  const ItemId id = id_of(action.id());
  const ItemId source = id_of(action.source());
  change.create(id, Kind::Summarylink);
  change.set(id, Facet::Place, Place{{}, source, change.act().profile, change.act().time, {}});
  change.set(id, Facet::Ends, Ends{id_of(action.row()), id_of(action.column())});
  set_place(change, id, source, action.begin(), action.end(), action.area());
}

void fold_action(Change& change, const fb::SummaryLinkRemoved& action) {
  end_life(change, action.link());
}

// The intent of a group: its computed events do the work.
void fold_action(Change&, const fb::SummaryAutoFilled&) {}

}  // namespace qualog::projector
