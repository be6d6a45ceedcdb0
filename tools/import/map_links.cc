// SPDX-License-Identifier: Apache-2.0
// Mapper: what ties things together, and what of a file has no place here yet.
#include "tools/import/areas.h"
#include "tools/import/mapper.h"

namespace qualog::tools {

using interchange::Object;

// A selection that is no item of its own is its place. Nothing leads to a link.
Mapper::Place Mapper::end_of(const Object& object) const {
  if (object.kind == Kind::Link) return {};
  if (const ItemId item = item_of(object)) return {item, {}, {}, {}, {}, {}};
  return object.kind == Kind::Selection ? place_of(object.index) : Place{};
}

void Mapper::link(const ItemId& id, const Place& from, const Place& to, const std::string& name) {
  fb::SeealsoCreatedT action;
  action.id = id;
  action.from = from.item;
  action.from_begin = from.begin;
  action.from_end = from.end;
  action.from_area = boxed(from.area);
  action.to = to.item;
  action.to_begin = to.begin;
  action.to_end = to.end;
  action.to_area = boxed(to.area);
  if (!name.empty()) action.name = plain_text(fitting_name(name));
  add(std::move(action));
}

// ---- notes on things ----------------------------------------------------------------------------

void Mapper::map_note_references() {
  for (const auto& reference : project_.note_references) map_note_reference(reference);
}

// At most one memo an item, one item a memo; only sources, memos and codes can have one.
bool Mapper::take_as_memo(const interchange::NoteReference& reference, const ItemId& item,
                          const ItemId& memo) {
  const bool can_have_one = reference.on.kind == Kind::Source || reference.on.kind == Kind::Code ||
                            reference.on.kind == Kind::Note;
  const bool is_memo = !remarks_.contains(reference.note.index);
  if (!can_have_one || !is_memo || item == memo) return false;
  if (has_memo_.contains(item) || has_owner_.contains(memo)) {
    losses_.doubt("NoteRef", "an item has one memo and a memo one item: kept as see-also link");
    return false;
  }
  has_memo_.insert(item);
  has_owner_.insert(memo);
  fb::MemoLinkedT action;
  action.item = item;
  action.memo = memo;
  add(std::move(action));
  return true;
}

void Mapper::map_note_reference(const interchange::NoteReference& reference) {
  if (!reference.note.found()) return;  // the reader has told
  if (reference.on.kind == Kind::Project)
    return losses_.lost("NoteRef", "a note on the project as a whole: it is a memo by itself");
  const auto remark = remarks_.find(reference.note.index);
  if (remark != remarks_.end() && project_.selections[remark->second].owner == reference.on)
    return;  // it is the annotation
  const Place memo = end_of({Kind::Note, reference.note.index});
  const Place on = end_of(reference.on);
  if (!memo.item || !on.item) return losses_.lost("NoteRef", "on what is not served");
  if (take_as_memo(reference, on.item, memo.item)) return;
  const auto number = derived_++ | 0x8000'0000u;
  link(take_id(Kind::Link, number, {}), on, memo, "");
}

// ---- links --------------------------------------------------------------------------------------

void Mapper::map_links() {
  for (Index index = 0; index < project_.links.size(); ++index) map_link(index);
}

void Mapper::map_link(Index index) {
  const auto& foreign = project_.links[index];
  const Object note = foreign.origin.kind == Kind::Note ? foreign.origin : foreign.target;
  if (foreign.is_annotation && remarks_.contains(note.index)) {
    ++mapped_.imported.links;
    return;
  }
  const Place from = end_of(foreign.origin), to = end_of(foreign.target);
  if (!from.item || !to.item) {
    const bool dangling =
        foreign.origin.kind == Kind::Nothing || foreign.target.kind == Kind::Nothing;
    return losses_.lost("Link", dangling ? "an end of it is not in the file"
                                         : "between things of which one is not served");
  }
  link(take_id(Kind::Link, index, foreign), from, to, foreign.name);
  ++mapped_.imported.links;
  if (!foreign.colour.empty()) losses_.lost("Link@color", "links have no colour");
  if (foreign.direction == interchange::Direction::Associative ||
      foreign.direction == interchange::Direction::Bidirectional)
    losses_.lost("Link@direction", "a see-also link leads from one to the other");
}

// ---- what has no place yet ----------------------------------------------------------------------

void Mapper::report_unserved() {
  losses_.lost("Set", "not served yet", project_.sets.size());
  losses_.lost("Case", "not served yet", project_.cases.size());
  losses_.lost("Variable", "not served yet", project_.variables.size());
  std::size_t values = 0;
  for (const auto& item : project_.cases) values += item.values.size();
  for (const auto& source : project_.sources) values += source.values.size();
  losses_.lost("VariableValue", "not served yet", values);
}

}  // namespace qualog::tools
