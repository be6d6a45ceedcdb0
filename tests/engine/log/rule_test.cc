// SPDX-License-Identifier: Apache-2.0
// Method: first a table of the rule's cases; then owners that keep their obligations run against an
// adversary who lands any record ever sent at any time, late, twice or never, under the product's
// rule, in random schedules. Broken variants of the rule run under the same schedules as controls
// and must be noticed.
#include "engine/log/rule.h"

#include "engine/log/little_endian.h"
#include "tests/engine/log/log_support.h"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace qualog::log {

namespace {

using test::below;
using test::Rng;

Head head_of(std::uint64_t next) { return {.next_event = Sequence{next}}; }

State state_of(std::uint64_t head, std::uint64_t settled) {
  return {.epoch = Epoch{4},
          .owner = 9,
          .index = 3,
          .head = head_of(head),
          .settled = head_of(settled)};
}

Front front_of(Kind kind, std::uint64_t epoch, std::uint64_t owner, std::uint32_t index,
               std::uint64_t before) {
  return {.kind = kind,
          .epoch = Epoch{epoch},
          .owner = owner,
          .index = index,
          .before = head_of(before)};
}

struct Case {
  const char* what;
  State state;
  Front front;
  Verdict expected;
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_rule_judges_every_case_of_its_table) {
  auto sealed = state_of(5, 5);
  sealed.sealed = true;
  const State empty{};
  const std::vector<Case> table{
      {"a greater epoch fences", state_of(5, 5), front_of(Kind::Fence, 5, 1, 0, 5),
       Verdict::Accepted},
      {"a much greater epoch fences", state_of(5, 5), front_of(Kind::Fence, 99, 1, 0, 5),
       Verdict::Accepted},
      {"a fence of the same epoch is late", state_of(5, 5), front_of(Kind::Fence, 4, 1, 0, 5),
       Verdict::Ignored},
      {"a fence of an older epoch is late", state_of(5, 5), front_of(Kind::Fence, 3, 1, 0, 5),
       Verdict::Ignored},
      {"a fence with old numbers fences", state_of(5, 5), front_of(Kind::Fence, 5, 1, 0, 2),
       Verdict::Accepted},
      {"the owner's next record counts", state_of(5, 5), front_of(Kind::Batch, 4, 9, 3, 5),
       Verdict::Accepted},
      {"an open group goes on", state_of(5, 2), front_of(Kind::Batch, 4, 9, 3, 5),
       Verdict::Accepted},
      {"a record again is ignored", state_of(5, 5), front_of(Kind::Batch, 4, 9, 2, 4),
       Verdict::Ignored},
      {"a record too early is ignored", state_of(5, 5), front_of(Kind::Batch, 4, 9, 4, 5),
       Verdict::Ignored},
      {"another owner of the epoch is ignored", state_of(5, 5), front_of(Kind::Batch, 4, 8, 3, 5),
       Verdict::Ignored},
      {"an old epoch is ignored", state_of(5, 5), front_of(Kind::Batch, 3, 9, 3, 5),
       Verdict::Ignored},
      {"a coming epoch is ignored", state_of(5, 5), front_of(Kind::Batch, 5, 9, 3, 5),
       Verdict::Ignored},
      {"wrong numbers of the owner stop", state_of(5, 5), front_of(Kind::Batch, 4, 9, 3, 6),
       Verdict::Corrupt},
      {"the settled numbers of an open group stop", state_of(5, 2),
       front_of(Kind::Batch, 4, 9, 3, 2), Verdict::Corrupt},
      {"a seal counts", state_of(5, 5), front_of(Kind::Seal, 4, 9, 3, 5), Verdict::Accepted},
      {"a seal in an open group stops", state_of(5, 2), front_of(Kind::Seal, 4, 9, 3, 5),
       Verdict::Corrupt},
      {"a stranger's seal is ignored", state_of(5, 5), front_of(Kind::Seal, 4, 8, 3, 5),
       Verdict::Ignored},
      {"nothing counts behind a seal", sealed, front_of(Kind::Batch, 4, 9, 3, 5), Verdict::Ignored},
      {"nobody fences behind a seal", sealed, front_of(Kind::Fence, 5, 1, 0, 5), Verdict::Ignored},
      {"a segment header is no record", state_of(5, 5), front_of(Kind::Segment, 4, 9, 3, 5),
       Verdict::Ignored},
      {"nothing counts before the first fence", empty, front_of(Kind::Batch, 0, 0, 0, 1),
       Verdict::Ignored},
      {"the first fence counts", empty, front_of(Kind::Fence, 1, 1, 0, 1), Verdict::Accepted},
  };
  for (const auto& row : table) {
    BOOST_TEST((judge(row.state, row.front) == row.expected), row.what);
  }
}

BOOST_AUTO_TEST_CASE(a_fence_takes_an_open_group_back) {
  auto state = state_of(5, 2);
  advance(state, front_of(Kind::Fence, 6, 77, 0, 2), state.head);
  BOOST_TEST(
      (state ==
       State{
           .epoch = Epoch{6}, .owner = 77, .index = 1, .head = head_of(2), .settled = head_of(2)}));
}

BOOST_AUTO_TEST_CASE(only_a_record_without_more_settles) {
  auto state = state_of(5, 5);
  auto front = front_of(Kind::Batch, 4, 9, 3, 5);
  front.more = true;
  advance(state, front, head_of(6));
  BOOST_TEST((state.head == head_of(6)));
  BOOST_TEST((state.settled == head_of(5)));
  front.more = false;
  advance(state, front, head_of(7));
  BOOST_TEST((state.settled == head_of(7)));
  BOOST_TEST(state.index == 5U);
}

namespace {

enum class Variant { Product, NoRollback, IgnoredFenceDiscards, NoOwner, NoIndex };

// What a record of the schedules is: a front, and the ids that stand for its events.
struct Sent {
  Front front;
  std::vector<int> ids;
};

// A fold of the log under one variant of the rule.
struct Fold {
  State state{};
  std::vector<int> ids;
  std::vector<int> settled_ids;
  std::size_t read = 0;
  bool corrupt = false;

  static Head chained(Head head, const std::vector<int>& ids) {
    for (const int id : ids) {
      const auto value =
          load<std::uint64_t>(head.chain.data()) * 1'000'003 + static_cast<std::uint64_t>(id) + 17;
      store(head.chain.data(), value);
      ++head.next_event.value;
    }
    return head;
  }

  Verdict judged(const Sent& sent, Variant variant) const {
    auto front = sent.front;
    if (front.kind == Kind::Batch && variant == Variant::NoOwner) front.owner = state.owner;
    if (front.kind == Kind::Batch && variant == Variant::NoIndex) front.index = state.index;
    return judge(state, front);
  }

  Verdict take(const Sent& sent, Variant variant) {
    ++read;
    const auto verdict = judged(sent, variant);
    const bool fence = sent.front.kind == Kind::Fence;
    if (verdict == Verdict::Corrupt) corrupt = true;
    if (fence && verdict == Verdict::Ignored && variant == Variant::IgnoredFenceDiscards) {
      state.head = state.settled;
      ids = settled_ids;
    }
    if (verdict != Verdict::Accepted) return verdict;
    if (fence && variant == Variant::NoRollback) state.settled = state.head;
    if (fence && variant != Variant::NoRollback) ids = settled_ids;
    ids.insert(ids.end(), sent.ids.begin(), sent.ids.end());
    advance(state, sent.front, chained(state.head, sent.ids));
    if (!sent.front.more) settled_ids = ids;
    return verdict;
  }
};

// One process that owns, or thinks so; it keeps the owner's obligations.
struct Owner {
  Fold fold;
  bool open = false;
  bool lost = false;  // a newer fence was read, or it crashed
  Epoch epoch{};
  std::uint64_t nonce = 0;
  int parts_left = 0;  // of the group that it is writing
  std::vector<int> group;
};

class Schedule {
 public:
  Schedule(std::uint64_t seed, Variant variant) : rng_(seed), variant_(variant) {}

  std::optional<std::string> run() {
    for (int step = 0; step < 60; ++step) {
      if (auto wrong = act(); wrong) return wrong;
      if (auto wrong = check(); wrong) return wrong;
    }
    return std::nullopt;
  }

 private:
  using Wrong = std::optional<std::string>;

  Wrong act() {
    auto& owner = owners_[below(rng_, owners_.size())];
    const auto choice = below(rng_, 10);
    if (choice < 2 && !sent_.empty()) return land(sent_[below(rng_, sent_.size())]), std::nullopt;
    if (choice == 2) return owner = Owner{}, std::nullopt;
    if (!owner.open) return fence(owner);
    return append(owner);
  }

  void land(const Sent& sent) { log_.push_back(sent); }

  // What the rule made of the last record read; all of the log is read.
  bool read(Owner& owner, const Sent* mine) {
    bool accepted = false;
    while (owner.fold.read < log_.size()) {
      const auto& sent = log_[owner.fold.read];
      const bool taken = owner.fold.take(sent, variant_) == Verdict::Accepted;
      accepted = accepted || (taken && mine != nullptr && same(sent, *mine));
    }
    return accepted;
  }

  static bool same(const Sent& a, const Sent& b) {
    return a.front.kind == b.front.kind && a.front.epoch == b.front.epoch &&
           a.front.owner == b.front.owner && a.front.index == b.front.index && a.ids == b.ids;
  }

  bool owns(const Owner& owner) const {
    const auto& state = owner.fold.state;
    return state.epoch == owner.epoch &&
           (variant_ == Variant::NoOwner || state.owner == owner.nonce);
  }

  // Reads to the end, sends a fence, reads back to it. Between reading and landing anything may
  // land, another owner's fence too.
  Wrong fence(Owner& owner) {
    read(owner, nullptr);
    owner.epoch = owner.fold.state.epoch.next();
    owner.nonce = rng_() | 1;
    const Sent fence{{.kind = Kind::Fence,
                      .epoch = owner.epoch,
                      .owner = owner.nonce,
                      .before = owner.fold.state.settled},
                     {}};
    sent_.push_back(fence);
    disturb();
    if (below(rng_, 4) == 0) return std::nullopt;  // never lands, or late: not open
    land(fence);
    read(owner, nullptr);
    owner.open = owns(owner);
    owner.parts_left = 0;
    owner.group.clear();
    return std::nullopt;
  }

  void disturb() {
    while (below(rng_, 3) == 0) {
      if (below(rng_, 2) == 0 || sent_.empty()) {
        auto& other = owners_[below(rng_, owners_.size())];
        if (other.open) (void)append(other);
      } else {
        land(sent_[below(rng_, sent_.size())]);
      }
    }
  }

  Sent next_record(Owner& owner) {
    if (owner.parts_left == 0) owner.parts_left = below(rng_, 3) == 0 ? 3 : 1;
    --owner.parts_left;
    const auto& state = owner.fold.state;
    const int id = ++last_id_;
    owner.group.push_back(id);
    groups_[id] = owner.group.front();
    return {{.kind = Kind::Batch,
             .epoch = owner.epoch,
             .owner = owner.nonce,
             .index = state.index,
             .more = owner.parts_left > 0,
             .events = 1,
             .before = state.head},
            {id}};
  }

  Wrong append(Owner& owner) {
    const auto sent = next_record(owner);
    sent_.push_back(sent);
    if (below(rng_, 4) == 0) disturb_one();
    const bool lands = below(rng_, 5) != 0;
    const bool answered = lands && below(rng_, 5) != 0;
    if (lands) land(sent);
    if (!answered) return doubt(owner, sent);
    return settle(owner, sent, read(owner, &sent));
  }

  void disturb_one() {
    if (!sent_.empty()) land(sent_[below(rng_, sent_.size())]);
  }

  // No answer: an own fence, read back, says what became of the record.
  Wrong doubt(Owner& owner, const Sent& sent) {
    const bool before = read(owner, &sent);
    owner.epoch = owner.fold.state.epoch.next();
    owner.nonce = rng_() | 1;
    const Sent fence{{.kind = Kind::Fence,
                      .epoch = owner.epoch,
                      .owner = owner.nonce,
                      .before = owner.fold.state.settled},
                     {}};
    sent_.push_back(fence);
    if (below(rng_, 3) == 0) {
      owner = Owner{};  // it gives up: unknown
      return std::nullopt;
    }
    disturb_one();
    land(fence);
    const bool accepted = read(owner, &sent) || before;
    return settle(owner, sent, accepted && !sent.front.more);
  }

  // Tells the client, as early as the rules allow.
  Wrong settle(Owner& owner, const Sent& sent, bool accepted) {
    const auto group = owner.group;
    if (!accepted) never_.insert(group.begin(), group.end());
    if (accepted && !sent.front.more) answered_.insert(group.begin(), group.end());
    if (!accepted || !sent.front.more) {
      owner.group.clear();
      owner.parts_left = 0;
    }
    if (owns(owner)) return std::nullopt;
    // A newer fence was read: an unfinished group is gone.
    if (accepted && sent.front.more) never_.insert(group.begin(), group.end());
    owner = Owner{};
    return std::nullopt;
  }

  Wrong check() {
    while (reader_.read < log_.size()) {
      const auto before = reader_.settled_ids;
      reader_.take(log_[reader_.read], variant_);
      const auto& now = reader_.settled_ids;
      if (now.size() < before.size() || !std::equal(before.begin(), before.end(), now.begin())) {
        return "what was settled changed";
      }
    }
    if (reader_.corrupt) return "a false stop";
    return check_ids(reader_.settled_ids);
  }

  Wrong check_ids(const std::vector<int>& settled) const {
    const std::set<int> there(settled.begin(), settled.end());
    if (there.size() != settled.size()) return "an id twice";
    for (const int id : answered_) {
      if (there.count(id) == 0) return "answered, not in the fold";
    }
    std::map<int, int> sizes, settled_sizes;
    for (const auto& [id, group] : groups_) ++sizes[group];
    for (const int id : settled) {
      if (never_.count(id) > 0) return "not applied, and there";
      ++settled_sizes[groups_.at(id)];
    }
    for (const auto& [group, size] : settled_sizes) {
      if (size != 1 && size != 3) return "half a group";
      if (size != sizes[group]) return "part of a group";
    }
    return std::nullopt;
  }

  Rng rng_;
  Variant variant_;
  std::vector<Owner> owners_{3};
  std::vector<Sent> sent_;
  std::vector<Sent> log_;
  Fold reader_;
  std::set<int> answered_;
  std::set<int> never_;
  std::map<int, int> groups_;  // id -> the first id of its group
  int last_id_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_rule_holds_in_random_schedules) {
  test::for_seeds(12'000, [](Rng&, std::uint64_t seed) {
    const auto wrong = Schedule(seed, Variant::Product).run();
    BOOST_TEST(!wrong, wrong.value_or("") << ", seed " << seed);
  });
}

BOOST_AUTO_TEST_CASE(broken_rules_are_noticed) {
  const std::vector<std::pair<const char*, Variant>> controls{
      {"a fence without rollback", Variant::NoRollback},
      {"an ignored fence discards too", Variant::IgnoredFenceDiscards},
      {"no owner, the epoch alone", Variant::NoOwner},
      {"no index", Variant::NoIndex},
  };
  for (const auto& [what, variant] : controls) {
    const auto noticed = test::first_noticed(10'000, [variant = variant](Rng&, std::uint64_t seed) {
      return Schedule(seed, variant).run().has_value();
    });
    BOOST_TEST(noticed.has_value(), what);
  }
}

}  // namespace qualog::log
