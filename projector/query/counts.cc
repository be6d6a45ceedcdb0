// SPDX-License-Identifier: Apache-2.0
#include "projector/query/counts.h"

#include "projector/query/living.h"
#include "projector/query/members.h"
#include "projector/query/persons.h"

namespace qualog::projector {

namespace {

// Of the kinds that are counted.
std::uint64_t* counter(Counts& counts, const ItemSlice& item, Standing standing) {
  switch (item.kind) {
    case Kind::Folder:
      return &counts.folders;
    case Kind::Source:
      return is_memo(value_of<Props>(item, Facet::Props)) ? &counts.memos : &counts.sources;
    case Kind::Code:
      return standing == Standing::Merged ? &counts.merged : &counts.codes;
    case Kind::Coding:
      return &counts.codings;
    case Kind::Annotation:
      return &counts.annotations;
    case Kind::Seealso:
      return &counts.seealso;
    default:
      return nullptr;
  }
}

}  // namespace

Counts counts(const Reader& reader) {
  Counts counts;
  Persons persons(reader);
  visit_living(reader, [&](const ItemId& id, const ItemSlice& item, Standing standing) {
    if (item.kind == Kind::Coding &&
        persons.has_counted(id, item, value_of<Place>(item, Facet::Place)))
      return;
    if (auto* counted = counter(counts, item, standing)) ++*counted;
  });
  counts.members = members(reader).size();
  return counts;
}

}  // namespace qualog::projector
