// SPDX-License-Identifier: Apache-2.0
// Chapter 6: one command with many effects is one act. A code is split, and the whole of it is
// undone, done again and undone; two codes are merged into a third and come apart again, while what
// was coded with the third in between stays there.
#include "projector/digest.h"
#include "projector/query/codings.h"
#include "tools/demo/chapters.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::demo {

namespace {

constexpr std::string_view kSplit = "Helping each other";
constexpr std::string_view kMerged[] = {"Humour", "New people"};
constexpr std::string_view kInto = "Handover";

Result<std::vector<ItemId>> codings_on(const Stage& stage, const ItemId& code) {
  QUALOG_ASSIGN(const auto state, stage.read());
  projector::CodingFilter filter;
  filter.code = code;
  filter.with_text = false;
  std::vector<ItemId> found;
  for (const auto& coding : projector::codings(*state, filter)) found.push_back(coding.id);
  std::sort(found.begin(), found.end());
  return found;
}

Result<Digest> content_now(const Stage& stage) {
  QUALOG_ASSIGN(const auto state, stage.read());
  return projector::content_digest(*state);
}

// ---- a group, undone as one

struct Split {
  std::size_t codings = 0;
  Sequence first;  // of the group
  Sequence last;
};

std::unique_ptr<fb::SplitPartT> part_of(const Stage& stage, std::string_view name,
                                        std::vector<ItemId> codings) {
  auto part = std::make_unique<fb::SplitPartT>();
  part->id = stage.new_id<ItemId>();
  part->name = name_text(stage.names(), name);
  part->codings = std::move(codings);
  return part;
}

Result<Split> split_in_two(Stage& stage) {
  QUALOG_ASSIGN(const auto code, stage.code(kSplit));
  QUALOG_ASSIGN(const auto codings, codings_on(stage, code));
  QUALOG_ASSIGN(const auto before, stage.head());
  const auto half = codings.begin() + static_cast<std::ptrdiff_t>(codings.size() / 2);
  fb::CodeSplitT split;
  split.code = code;
  split.parts.push_back(part_of(stage, "Help that was asked for", {codings.begin(), half}));
  split.parts.push_back(part_of(stage, "Help that just came", {half, codings.end()}));
  QUALOG_ASSIGN(const auto last, stage.act(kCleo, action_of(std::move(split))));
  QUALOG_ASSIGN(const auto left, codings_on(stage, code));
  QUALOG_TRY(expect(left.empty() && last.value > before.value + codings.size(),
                    "a split moves every passage"));
  return Split{codings.size(), before.next(), last};
}

// The sequence from which the undo, or the redo, can itself be taken back.
template <class Action>
Result<Sequence> take_back(Stage& stage, Sequence group) {
  QUALOG_ASSIGN(const auto before, stage.head());
  Action action;
  action.sequences = {group.value};
  QUALOG_TRY(stage.act(kAda, action_of(std::move(action))));
  return before.next();
}

Result<Split> undo_and_redo_a_group(Stage& stage) {
  QUALOG_ASSIGN(const auto before, content_now(stage));
  QUALOG_ASSIGN(const auto split, split_in_two(stage));
  QUALOG_ASSIGN(const auto parted, content_now(stage));
  QUALOG_ASSIGN(const auto undo, take_back<fb::UndoAppliedT>(stage, split.first));
  QUALOG_ASSIGN(const auto undone, content_now(stage));
  QUALOG_TRY(expect(undone == before && parted != before, "a group is undone as one"));
  QUALOG_ASSIGN(const auto redo, take_back<fb::RedoAppliedT>(stage, undo));
  QUALOG_ASSIGN(const auto redone, content_now(stage));
  QUALOG_TRY(expect(redone == parted, "and done again as one"));
  QUALOG_TRY(take_back<fb::UndoAppliedT>(stage, redo));
  QUALOG_ASSIGN(const auto after, content_now(stage));
  QUALOG_TRY(expect(after == before, "and undone again"));
  return split;
}

// ---- two codes that come apart again

struct Merge {
  std::vector<ItemId> from;
  ItemId into;
  std::vector<std::vector<ItemId>> own;  // codings of each of `from`
  std::vector<ItemId> of_target;
};

Result<Merge> merge_two(Stage& stage) {
  Merge merge;
  QUALOG_ASSIGN(merge.into, stage.code(kInto));
  QUALOG_ASSIGN(merge.of_target, codings_on(stage, merge.into));
  std::size_t all = merge.of_target.size();
  for (const auto name : kMerged) {
    QUALOG_ASSIGN(const auto code, stage.code(name));
    QUALOG_ASSIGN(const auto codings, codings_on(stage, code));
    merge.from.push_back(code);
    merge.own.push_back(codings);
    all += codings.size();
  }
  fb::CodeMergedT action;
  action.from = merge.from;
  action.into = merge.into;
  QUALOG_TRY(stage.act(kDag, action_of(std::move(action))));
  QUALOG_ASSIGN(const auto together, codings_on(stage, merge.into));
  QUALOG_TRY(expect(together.size() == all, "what is merged counts on the target"));
  return merge;
}

// A passage gets the target's code while the others are merged into it.
Result<void> code_meanwhile(Stage& stage, Merge& merge) {
  fb::CodingAddedT coding;
  coding.id = stage.new_id<ItemId>();
  coding.code = merge.into;
  QUALOG_ASSIGN(coding.source, stage.source(0));
  merge.of_target.push_back(coding.id);
  std::sort(merge.of_target.begin(), merge.of_target.end());
  QUALOG_TRY(stage.act(kBo, action_of(std::move(coding))));
  return {};
}

Result<void> unmerge_two(Stage& stage, const Merge& merge) {
  fb::CodeUnmergedT action;
  action.codes = merge.from;
  QUALOG_TRY(stage.act(kAda, action_of(std::move(action))));
  for (std::size_t i = 0; i < merge.from.size(); ++i) {
    QUALOG_ASSIGN(const auto own, codings_on(stage, merge.from[i]));
    QUALOG_TRY(expect(own == merge.own[i], "each code has its own passages again"));
  }
  QUALOG_ASSIGN(const auto stayed, codings_on(stage, merge.into));
  return expect(stayed == merge.of_target, "what was coded in between stays with the target");
}

void tell(Teller& teller, const Split& split, const Merge& merge) {
  const auto events = split.last.value - split.first.value + 1;
  teller.say(fmt::format(
      "Cleo splits \"{}\" in two: two new codes, {} passages moved, {} events, one act. Ada undoes "
      "it, does it again and undoes it, each time by one command: all of it is gone, is there, is "
      "gone, and the content has the same digest as before.",
      kSplit, split.codings, events));
  teller.say(fmt::format(
      "Dag merges \"{}\" and \"{}\" into \"{}\", and Bo codes an interview with it. Ada lets the "
      "two come apart again: {} and {} passages are theirs as before, and Bo's stays where he has "
      "put it.",
      kMerged[0], kMerged[1], kInto, merge.own[0].size(), merge.own[1].size()));
  teller.fact("split", kSplit);
  teller.fact("moved", split.codings);
  teller.fact("first", split.first.value);
  teller.fact("events", events);
  teller.fact("unmerged", merge.from.size());
  teller.fact("kept_by_target", merge.of_target.size());
}

}  // namespace

Result<void> groups_chapter(Stage& stage, Teller& teller) {
  teller.chapter("groups", "One act of many parts");
  QUALOG_ASSIGN(const auto split, undo_and_redo_a_group(stage));
  QUALOG_ASSIGN(auto merge, merge_two(stage));
  QUALOG_TRY(code_meanwhile(stage, merge));
  QUALOG_TRY(unmerge_two(stage, merge));
  tell(teller, split, merge);
  return {};
}

}  // namespace qualog::demo
