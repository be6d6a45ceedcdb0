// SPDX-License-Identifier: Apache-2.0
// Chapter 3: the program is killed while Dag codes. What he was told is there, once; what he was
// not told about he sends again with the same ids, and it is there once, too.
#include "projector/query/codings.h"
#include "tools/demo/chapters.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace qualog::demo {

namespace {

constexpr std::size_t kMarks = 80;
constexpr std::size_t kReportsBeforeKill = 24;
constexpr std::string_view kMark = "To discuss on Friday";

Result<Orders> marks_of_dag(Stage& stage) {
  Orders orders{stage.project_id(), stage.session(kDag), std::string(kDag), {}};
  QUALOG_ASSIGN(const auto code, stage.code(kMark));
  for (std::size_t at = 0; at < kMarks; ++at) {
    QUALOG_ASSIGN(const auto coding, stage.coding({at * 2, 0, 3}));
    orders.orders.push_back(
        {stage.new_id<CommandId>(), coding.id, code, coding.source, *coding.begin, *coding.end});
  }
  return orders;
}

// The marks that stand, each once: the ids of Dag's codings.
Result<std::set<ItemId>> marks_there(const Stage& stage) {
  QUALOG_ASSIGN(const auto state, stage.read());
  projector::CodingFilter filter;
  QUALOG_ASSIGN(filter.code, stage.code(kMark));
  filter.with_text = false;
  std::set<ItemId> ids;
  std::set<std::pair<ItemId, std::uint32_t>> passages;
  for (const auto& coding : projector::codings(*state, filter)) {
    ids.insert(coding.id);
    QUALOG_TRY(expect(passages.emplace(coding.source.id, coding.begin).second,
                      "no passage is marked twice"));
  }
  return ids;
}

struct Reopened {
  std::size_t told = 0;          // Dag was told, and all of it is there
  std::size_t there_untold = 0;  // there, and he was not told
};

Result<Reopened> compare(const Orders& orders, const std::vector<CommandId>& told,
                         const std::set<ItemId>& there) {
  const std::set<CommandId> known(told.begin(), told.end());
  QUALOG_TRY(expect(known.size() == told.size(), "no answer was given twice"));
  Reopened found{told.size(), 0};
  std::size_t expected = 0;
  for (const auto& order : orders.orders) {
    const bool is_there = there.contains(order.coding);
    expected += is_there ? 1 : 0;
    if (!known.contains(order.command))
      found.there_untold += is_there ? 1 : 0;
    else
      QUALOG_TRY(expect(is_there, "what Dag was told is there"));
  }
  QUALOG_TRY(expect(expected == there.size(), "nothing is there that nobody sent"));
  return found;
}

// Sends again whatever Dag was not told about; how many answers were the first one given again.
Result<std::size_t> send_again(Stage& stage, const Orders& orders,
                               const std::vector<CommandId>& told) {
  QUALOG_ASSIGN(const auto before, stage.head());
  std::size_t known = 0;
  for (const auto& order : orders.orders) {
    if (std::find(told.begin(), told.end(), order.command) != told.end()) continue;
    const auto answer = stage.owner().ask(coding_command(order, orders.session), orders.account);
    QUALOG_TRY(expect(answer.outcome == engine::Outcome::accepted,
                      "what is sent again with the same id is accepted"));
    known += answer.sequence <= before ? 1 : 0;
  }
  return known;
}

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

}  // namespace

Result<void> crash_chapter(Stage& stage, Teller& teller, CrashWorker& worker) {
  teller.chapter("crash", "The program is killed in the middle");
  QUALOG_ASSIGN(const auto orders, marks_of_dag(stage));
  QUALOG_TRY(stage.close());
  QUALOG_ASSIGN(const auto told, worker.work_and_die(orders, kReportsBeforeKill));
  const std::size_t untold = orders.orders.size() - told.size();
  QUALOG_TRY(expect(untold > 0, "it was killed in the middle"));
  const auto begin = std::chrono::steady_clock::now();
  QUALOG_TRY(stage.open());
  const double reopened_ms = milliseconds_since(begin);
  QUALOG_ASSIGN(const auto there, marks_there(stage));
  QUALOG_ASSIGN(const auto found, compare(orders, told, there));
  QUALOG_ASSIGN(const auto known, send_again(stage, orders, told));
  QUALOG_TRY(expect(known == found.there_untold, "what was there already is not written again"));
  QUALOG_ASSIGN(const auto all, marks_there(stage));
  QUALOG_TRY(expect(all.size() == orders.orders.size(), "every mark is there exactly once"));

  teller.say(
      fmt::format("Dag marks {} passages \"{}\". While he works, the program is killed and can "
                  "finish nothing. He had been told of {} that they are safe.",
                  orders.orders.size(), kMark, told.size()));
  teller.say(fmt::format(
      "Opened again in {:.0f} ms: all {} are there, each once. Of the other {} he knows nothing. "
      "He sends them again as they were: {} had arrived just before the end and are not doubled, "
      "{} go in now. All {} are there, each exactly once.",
      reopened_ms, found.told, untold, known, untold - known, all.size()));
  teller.fact("told", told.size());
  teller.fact("told_and_there_once", found.told);
  teller.fact("sent_again", untold);
  teller.fact("sent_again_known", known);
  teller.fact("there_once", all.size());
  teller.fact("reopened_ms", reopened_ms);
  return {};
}

}  // namespace qualog::demo
