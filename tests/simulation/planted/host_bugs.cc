// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/planted/bugs.h"

#include <algorithm>

namespace qualog::simulation {

namespace {

using projector::Table;
using test::Weakness;

PlantedBug bug(std::string name, const std::function<void(HostBugs&)>& plant) {
  PlantedBug made;
  made.name = "host:" + std::move(name);
  plant(made.host);
  return made;
}

std::vector<PlantedBug> of_disks() {
  return {
      bug("never syncs", [](HostBugs& host) { host.disk = Weakness::NoSync; }),
      bug("never syncs names", [](HostBugs& host) { host.disk = Weakness::NoDirectorySync; }),
      bug("repeats a failed sync", [](HostBugs& host) { host.disk = Weakness::SyncAgain; }),
      bug("rewrites nothing", [](HostBugs& host) { host.disk = Weakness::NoRewrite; }),
  };
}

std::vector<PlantedBug> of_logs() {
  return {
      bug("reads nothing back", [](HostBugs& host) { host.obligations.read_back = false; }),
      bug("goes on without a fence",
          [](HostBugs& host) { host.obligations.fence_after_doubt = false; }),
      bug("denies without a fence",
          [](HostBugs& host) { host.obligations.fence_before_not_applied = false; }),
      bug("answers early", [](HostBugs& host) { host.answers_early = true; }),
      bug("denies the unknown", [](HostBugs& host) { host.denies_unknown = true; }),
      bug("affirms the unknown", [](HostBugs& host) { host.affirms_unknown = true; }),
      bug("splits groups", [](HostBugs& host) { host.splits_groups = true; }),
      bug("appends twice", [](HostBugs& host) { host.appends_twice = true; }),
      bug("skips a record", [](HostBugs& host) { host.skips_record = true; }),
  };
}

std::vector<PlantedBug> of_owners() {
  return {
      bug("forgets commands", [](HostBugs& host) { host.forgets_commands = true; }),
      bug("forgets answers", [](HostBugs& host) { host.forgets_answers = true; }),
      bug("swaps answers", [](HostBugs& host) { host.swaps_answers = true; }),
      bug("answers the head", [](HostBugs& host) { host.answers_head = true; }),
      bug("hides refusals", [](HostBugs& host) { host.hides_refusals = true; }),
      bug("publishes shifted", [](HostBugs& host) { host.publishes_shifted = true; }),
      bug("skips publishing", [](HostBugs& host) { host.skips_publishing = true; }),
      bug("trusts senders", [](HostBugs& host) { host.trusts_senders = true; }),
      bug("signs as the founder", [](HostBugs& host) { host.signs_as_founder = true; }),
      bug("forgets `after`", [](HostBugs& host) { host.forgets_after = true; }),
      bug("one session for all", [](HostBugs& host) { host.one_session = true; }),
      bug("leases never end", [](HostBugs& host) { host.leases_never_end = true; }),
      bug("leases end at once", [](HostBugs& host) { host.leases_end_at_once = true; }),
      bug("answers nobody twice", [](HostBugs& host) { host.answers_nobody_twice = true; }),
      bug("clock goes back", [](HostBugs& host) { host.clock_back = true; }),
      bug("opens from a stale state", [](HostBugs& host) { host.opens_from_stale = true; }),
      bug("another key", [](HostBugs& host) { host.changes_key = true; }),
  };
}

std::vector<PlantedBug> of_states() {
  std::vector<PlantedBug> made;
  for (const auto& [table, name] : std::initializer_list<std::pair<Table, const char*>>{
           {Table::Facts, "facts"},
           {Table::Items, "items"},
           {Table::Ranges, "ranges"},
           {Table::Anchors, "anchors"},
           {Table::Contents, "contents"},
           {Table::Texts, "texts"},
           {Table::History, "history"},
           {Table::Names, "names"},
           {Table::Children, "children"},
           {Table::Coded, "coded"},
           {Table::Links, "links"},
           {Table::Merged, "merged"},
           {Table::Sessions, "sessions"},
           {Table::Commands, "commands"},
           {Table::Effects, "effects"},
           {Table::Uses, "uses"},
           {Table::Answers, "answers"},
           {Table::Inbox, "inbox"},
           {Table::AsideSessions, "aside sessions"}}) {
    made.push_back(bug(std::string("loses ") + name,
                       [table = table](HostBugs& host) { host.loses_rows_of = table; }));
    const bool erased = table == Table::Names || table == Table::Children ||
                        table == Table::Anchors || table == Table::Coded || table == Table::Merged;
    if (erased)
      made.push_back(bug(std::string("keeps old ") + name,
                         [table = table](HostBugs& host) { host.keeps_rows_of = table; }));
  }
  return made;
}

}  // namespace

std::vector<PlantedBug> host_bugs() {
  std::vector<PlantedBug> all;
  for (const auto& part : {of_disks(), of_logs(), of_owners(), of_states()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

const std::vector<PlantedBug>& planted_bugs() {
  static const auto all = [] {
    auto made = host_bugs();
    for (auto& each : row_bugs()) made.push_back(std::move(each));
    return made;
  }();
  return all;
}

const PlantedBug* planted_bug(std::string_view name) {
  const auto found = std::ranges::find(planted_bugs(), name, &PlantedBug::name);
  return found == planted_bugs().end() ? nullptr : &*found;
}

}  // namespace qualog::simulation
