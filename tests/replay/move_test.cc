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
  fs::path projects() const { return pair.to().path() / "projects"; }
  fs::path arriving() const { return projects() / (id.text() + engine::kUnfinished); }
  Result<void> publish() {
    QUALOG_ASSIGN(const auto lock, pair.to().lock_arrival(id));
    const auto head = head_in(pair.from(), id);
    return pair.to().finish_arrival(id, {pair.to().address(), head.sequence(), head.chain},
                                    pair.effects());
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
