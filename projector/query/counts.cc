// SPDX-License-Identifier: Apache-2.0
#include "projector/query/counts.h"

#include "projector/query/living.h"
#include "projector/query/members.h"
#include "schema/fbs/action_generated.h"

namespace qualog::projector {

namespace {

bool is_memo(const ItemSlice& source) {
  const auto memo = static_cast<std::uint8_t>(fb::SourceKind::Memo);
  return value_of<Props>(source, Facet::Props).subkind == memo;
}

// Of the kinds that are counted.
std::uint64_t* counter(Counts& counts, const ItemSlice& item, Standing standing) {
  switch (item.kind) {
    case Kind::Folder:
      return &counts.folders;
    case Kind::Source:
      return is_memo(item) ? &counts.memos : &counts.sources;
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
  visit_living(reader, [&](const ItemId&, const ItemSlice& item, Standing standing) {
    if (auto* counted = counter(counts, item, standing)) ++*counted;
  });
  counts.members = members(reader).size();
  return counts;
}

}  // namespace qualog::projector
