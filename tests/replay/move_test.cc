// SPDX-License-Identifier: Apache-2.0
// Moving between two data directories with logs in files.
#include "engine/log/file_store.h"
#include "tests/replay/moving.h"

#include <fcntl.h>

namespace qualog::test {

class TwoDirectories {
 public:
  TwoDirectories() {
    BOOST_REQUIRE(engine::DataDirectory::init(from_path()));
    BOOST_REQUIRE(engine::DataDirectory::init(to_path()));
    from_ = good(engine::DataDirectory::open(from_path()));
    to_ = good(engine::DataDirectory::open(to_path()));
  }
  const engine::DataDirectory& from() const { return *from_; }
  const engine::DataDirectory& to() const { return *to_; }
  engine::Effects effects() { return shop_.effects(); }
  void let_go() {}
  void after_fork() {}

 private:
  fs::path from_path() const { return shop_.path() / "from"; }
  fs::path to_path() const { return shop_.path() / "to"; }

  Workshop shop_;
  std::optional<engine::DataDirectory> from_;
  std::optional<engine::DataDirectory> to_;
};

QUALOG_MOVES(a_move_between_files, TwoDirectories)

namespace {

// A project whose move was cut behind the seal.
struct Cut {
  Cut() : id(busy_project(pair, pair.effects())) {
    move_and_die(pair, id, replay::MoveStep::sealed);
  }
  std::size_t finish() { return pair.to().finish_cut_arrivals(pair.effects()).size(); }
  // Why what lies in the directory is not finished; one reason.
  std::string reason_in(const engine::DataDirectory& data) {
    const auto failed = data.finish_cut_arrivals(pair.effects());
    BOOST_REQUIRE(failed.size() == 1U);
    return failed.front().message;
  }
  fs::path projects() const { return pair.to().path() / "projects"; }
  fs::path arriving() const { return projects() / (id.text() + engine::kUnfinished); }
  Result<void> publish() {
    QUALOG_ASSIGN(const auto lock, pair.to().lock_arrival(id));
    const auto head = head_in(pair.from(), id);
    return pair.to().finish_arrival(
        pair.from(), id, {pair.to().address(), head.sequence(), head.chain}, pair.effects());
  }

  TwoDirectories pair;
  ProjectId id;
};

// From here on every write and sync of this process to the file fails. Gives whether it had it
// open.
bool break_writing_to(const fs::path& file) {
  bool found = false;
  const int broken = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    if (fs::read_symlink(entry.path(), gone) != file) continue;
    found = ::dup2(broken, std::stoi(entry.path().filename())) >= 0;
  }
  ::close(broken);
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_move_that_meets_failures)

// What is durable has happened: what fails behind it takes nothing away.
BOOST_AUTO_TEST_CASE(that_the_sealed_log_does_not_close_undoes_nothing) {
  TwoDirectories pair;
  const auto id = busy_project(pair, pair.effects());
  const auto head = head_in(pair.from(), id);
  bool is_broken = false;
  const auto break_witness = [&](replay::MoveStep step) {
    if (step == replay::MoveStep::copied)
      is_broken = break_writing_to(pair.from().place_of(id).directory / "log" / "witness");
  };
  const auto moved =
      replay::move(moving(pair.from(), id, pair.to()), pair.effects(), {}, break_witness);
  BOOST_TEST(is_broken);
  BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
  BOOST_TEST((head_in(pair.to(), id) == head));
  BOOST_TEST(is_open(pair.to(), id, pair.effects()));
  BOOST_TEST(!is_open(pair.from(), id, pair.effects()));
}

// The old place was put back from a backup since: the copy alone holds what came after it.
BOOST_AUTO_TEST_CASE(a_whole_copy_of_an_earlier_move_is_set_aside) {
  TwoDirectories pair;
  const auto id = busy_project(pair, pair.effects());
  const auto old = pair.from().place_of(id).directory;
  const auto backup = old.parent_path() / "backup";
  fs::copy(old, backup, fs::copy_options::recursive);
  Working(pair.from().place_of(id), pair.effects(), nullptr)
      .must("anna", {code_created(9000, "Behind the backup")});
  const auto head = head_in(pair.from(), id);
  move_and_die(pair, id, replay::MoveStep::sealed);
  fs::remove_all(old);
  fs::rename(backup, old);
  const auto moved = replay::move(moving(pair.from(), id, pair.to()), pair.effects());
  BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
  BOOST_TEST(is_open(pair.to(), id, pair.effects()));
  BOOST_REQUIRE(!moved->set_aside.empty());
  log::NoSink nothing;
  log::FileStore aside(moved->set_aside + "/log", id);
  BOOST_TEST((good(aside.read({}, nothing)).settled == head));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_move_that_was_cut)

engine::DataDirectory renamed(const engine::DataDirectory& data) {
  const fs::path path = data.path().string() + "-renamed";
  fs::rename(data.path(), path);
  return good(engine::DataDirectory::open(path));
}

void check_finished(Cut& cut, const engine::DataDirectory& from, const engine::DataDirectory& to) {
  const auto head = head_in(from, cut.id);
  const auto moved = replay::move(moving(from, cut.id, to), cut.pair.effects());
  BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
  BOOST_TEST(moved->address == to.address());
  BOOST_TEST((head_in(to, cut.id) == head));
  BOOST_TEST(is_open(to, cut.id, cut.pair.effects()));
  BOOST_TEST(to.finish_cut_arrivals(cut.pair.effects()).empty());
}

BOOST_AUTO_TEST_CASE(is_finished_from_where_the_old_place_lies_now) {
  Cut cut;
  const auto from = renamed(cut.pair.from());
  const auto reason = cut.reason_in(cut.pair.to());
  BOOST_TEST(reason.find(cut.pair.from().path().string() + ",") != std::string::npos);
  BOOST_TEST(reason.find("project move " + cut.id.text()) != std::string::npos);
  check_finished(cut, from, cut.pair.to());
}

// It may be a copy: only whoever moves again says that it is where the project goes on.
BOOST_AUTO_TEST_CASE(is_finished_in_the_new_place_under_another_name) {
  Cut cut;
  const auto to = renamed(cut.pair.to());
  const auto reason = cut.reason_in(to);
  BOOST_TEST(reason.find(cut.pair.to().address()) != std::string::npos);
  BOOST_TEST(reason.find("project move " + cut.id.text()) != std::string::npos);
  check_finished(cut, cut.pair.from(), to);
}

// As docs/restore.md says.
BOOST_AUTO_TEST_CASE(is_finished_by_hand_where_the_old_place_is_lost) {
  Cut cut;
  const auto head = head_in(cut.pair.from(), cut.id);
  fs::remove_all(cut.pair.from().path());
  fs::rename(cut.arriving(), cut.projects() / cut.id.text());
  BOOST_TEST((head_in(cut.pair.to(), cut.id) == head));
  BOOST_TEST(is_open(cut.pair.to(), cut.id, cut.pair.effects()));
}

// What was copied to a third place is as whole, and stays nobody's.
BOOST_AUTO_TEST_CASE(is_not_finished_in_a_place_that_the_seal_does_not_name) {
  TwoDirectories pair;
  const auto id = busy_project(pair, pair.effects());
  move_and_die(pair, id, replay::MoveStep::copied);
  const auto third_path = pair.to().path().parent_path() / "third";
  BOOST_REQUIRE(engine::DataDirectory::init(third_path));
  const auto third = good(engine::DataDirectory::open(third_path));
  BOOST_REQUIRE(replay::move(moving(pair.from(), id, third), pair.effects()));
  const auto refused = replay::move(moving(pair.from(), id, pair.to()), pair.effects());
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().code == Code::moved));
  BOOST_TEST(pair.to().finish_cut_arrivals(pair.effects()).size() == 1U);
  BOOST_TEST(!is_open(pair.to(), id, pair.effects()));
  BOOST_TEST(is_open(third, id, pair.effects()));
}

BOOST_AUTO_TEST_CASE(before_the_seal_is_told_unless_somebody_is_at_it) {
  TwoDirectories pair;
  const auto id = busy_project(pair, pair.effects());
  move_and_die(pair, id, replay::MoveStep::copied);
  BOOST_TEST(pair.to().finish_cut_arrivals(pair.effects()).size() == 1U);
  const auto lock = good(pair.to().lock_arrival(id));
  BOOST_TEST(pair.to().finish_cut_arrivals(pair.effects()).empty());
  BOOST_TEST(is_open(pair.from(), id, pair.effects()));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_move_that_two_finish)

BOOST_AUTO_TEST_CASE(whoever_comes_second_is_told_and_changes_nothing) {
  Cut cut;
  auto lock = good(cut.pair.to().lock_arrival(cut.id));
  const auto refused = cut.publish();
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().code == Code::held));
  BOOST_TEST(cut.finish() == 1U);
  BOOST_TEST(!is_open(cut.pair.to(), cut.id, cut.pair.effects()));
  lock.reset();
  BOOST_TEST(cut.finish() == 0U);
  BOOST_TEST(is_open(cut.pair.to(), cut.id, cut.pair.effects()));
  BOOST_TEST(cut.publish().has_value());
  for (const auto& entry : fs::directory_iterator(cut.projects()))
    BOOST_TEST(entry.path().extension() == "", entry.path() << " is left");
}

// As from two machines of one cluster: each has a directory of its own of the old project.
BOOST_AUTO_TEST_CASE(two_that_bring_it_do_not_take_each_others_copy) {
  TwoDirectories pair;
  const auto id = busy_project(pair, pair.effects());
  const auto second_path = pair.from().path().parent_path() / "second";
  fs::copy(pair.from().path(), second_path, fs::copy_options::recursive);
  const auto second = good(engine::DataDirectory::open(second_path));
  std::optional<Result<replay::Moved>> late;
  const auto move_late = [&](replay::MoveStep step) {
    if (step == replay::MoveStep::copied)
      late = replay::move(moving(second, id, pair.to()), pair.effects());
  };
  const auto moved =
      replay::move(moving(pair.from(), id, pair.to()), pair.effects(), {}, move_late);
  BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
  BOOST_REQUIRE(late.has_value());
  BOOST_REQUIRE(!late->has_value());
  BOOST_TEST((late->error().code == Code::held));
  BOOST_TEST(is_open(second, id, pair.effects()));
  BOOST_TEST(is_open(pair.to(), id, pair.effects()));
}

// As where what is on its way was copied back from a backup.
BOOST_AUTO_TEST_CASE(a_project_that_lives_is_never_moved_aside) {
  Cut cut;
  const auto copy = cut.pair.to().path() / "copy";
  fs::copy(cut.arriving(), copy, fs::copy_options::recursive);
  BOOST_TEST(cut.finish() == 0U);
  fs::rename(copy, cut.arriving());
  const auto refused = cut.publish();
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().code == Code::invalid));
  BOOST_TEST(is_open(cut.pair.to(), cut.id, cut.pair.effects()));
  BOOST_TEST(!fs::exists(cut.projects() / (cut.id.text() + ".moved-1")));
}

// Each in a process of its own, begun together.
BOOST_AUTO_TEST_CASE(however_many_finish_at_once_the_project_is_there) {
  for (int round = 0; round < 5; ++round) {
    Cut cut;
    std::vector<pid_t> children;
    for (int n = 0; n < 4; ++n) {
      const auto child = ::fork();
      BOOST_REQUIRE(child >= 0);
      if (child == 0) ::_exit(cut.publish() ? 0 : 1);
      children.push_back(child);
    }
    for (const auto child : children) BOOST_REQUIRE(::waitpid(child, nullptr, 0) == child);
    BOOST_TEST(is_open(cut.pair.to(), cut.id, cut.pair.effects()));
    BOOST_TEST(!fs::exists(cut.projects() / (cut.id.text() + ".moved-1")));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
