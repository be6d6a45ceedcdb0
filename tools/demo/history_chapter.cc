// SPDX-License-Identifier: Apache-2.0
// Chapter 5: a code is merged into another and the merge is taken back; then everything that ever
// happened to it, who and when.
#include "projector/query/codes.h"
#include "projector/query/history.h"
#include "schema/actions.h"
#include "tools/demo/chapters.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace qualog::demo {

namespace {

struct Words {
  fb::Action action;
  std::string_view words;
};
constexpr Words kWords[] = {{fb::Action::CodeCreated, "brought it in with the import"},
                            {fb::Action::MemoLinked, "linked a memo to it"},
                            {fb::Action::CodePropsChanged, "defined it anew"},
                            {fb::Action::CodeMerged, "merged it into \"Worn out\""},
                            {fb::Action::CodeUnmerged, "took the merge back"}};

// Who is expected to have done what, in this order.
struct Deed {
  std::string_view account;
  fb::Action action;
};
constexpr Deed kDeeds[] = {{kAda, fb::Action::CodeCreated},
                           {kAda, fb::Action::MemoLinked},
                           {kBo, fb::Action::CodePropsChanged},
                           {kDag, fb::Action::CodeMerged},
                           {kAda, fb::Action::CodeUnmerged}};

std::string_view in_words(fb::Action action) {
  for (const auto& row : kWords)
    if (row.action == action) return row.words;
  return action_name(action);
}

// Codings on a code; nothing when it is merged away.
Result<std::optional<std::uint64_t>> count_on(const Stage& stage, const ItemId& code) {
  QUALOG_ASSIGN(const auto state, stage.read());
  for (const auto& entry : projector::codes(*state))
    if (entry.id == code) return std::optional(entry.codings);
  return std::optional<std::uint64_t>();
}

Result<void> merge_and_take_back(Stage& stage, const ItemId& from, const ItemId& into) {
  QUALOG_ASSIGN(const auto from_before, count_on(stage, from));
  QUALOG_ASSIGN(const auto into_before, count_on(stage, into));
  QUALOG_TRY(expect(from_before && into_before, "both codes are there"));
  fb::CodeMergedT merge;
  merge.from = {from};
  merge.into = into;
  QUALOG_TRY(stage.act(kDag, action_of(std::move(merge))));
  QUALOG_ASSIGN(const auto gone, count_on(stage, from));
  QUALOG_ASSIGN(const auto both, count_on(stage, into));
  QUALOG_TRY(expect(!gone && both && *both == *from_before + *into_before,
                    "a merged code's passages count on its target"));
  fb::CodeUnmergedT unmerge;
  unmerge.codes = {from};
  QUALOG_TRY(stage.act(kAda, action_of(std::move(unmerge))));
  QUALOG_ASSIGN(const auto from_after, count_on(stage, from));
  QUALOG_ASSIGN(const auto into_after, count_on(stage, into));
  return expect(from_after == from_before && into_after == into_before,
                "un-merging gives both codes back as they were");
}

bool as_played(const std::vector<projector::ItemChange>& changes) {
  return std::equal(changes.begin(), changes.end(), std::begin(kDeeds), std::end(kDeeds),
                    [](const auto& change, const Deed& deed) {
                      return change.by.principal == deed.account &&
                             change.action == static_cast<std::uint8_t>(deed.action);
                    });
}

}  // namespace

Result<void> history_chapter(Stage& stage, Teller& teller) {
  teller.chapter("history", "The history of one code");
  QUALOG_ASSIGN(const auto code, stage.code(kDisputed));
  QUALOG_ASSIGN(const auto into, stage.code("Worn out"));
  QUALOG_TRY(merge_and_take_back(stage, code, into));
  QUALOG_ASSIGN(const auto state, stage.read());
  const auto changes = projector::item_history(*state, code);
  QUALOG_TRY(expect(as_played(changes), "the history of the code is what happened to it"));

  teller.say(fmt::format(
      "Dag merges \"{}\" into \"Worn out\"; Ada takes it back, and each code has its own passages "
      "again. What has happened to \"{}\":",
      kDisputed, kDisputed));
  boost::json::array rows;
  for (const auto& change : changes) {
    const auto action = static_cast<fb::Action>(change.action);
    teller.line(fmt::format("{:>5}  {}  {} {}", change.sequence.value, time_of_day(change.time),
                            called(change.by.principal), in_words(action)));
    rows.push_back({{"sequence", change.sequence.value},
                    {"actor", change.by.principal},
                    {"action", action_name(action)}});
  }
  teller.fact("code", kDisputed);
  teller.fact("changes", std::move(rows));
  return {};
}

}  // namespace qualog::demo
