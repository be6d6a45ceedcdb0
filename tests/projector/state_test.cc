// SPDX-License-Identifier: Apache-2.0
// The mark beside a state, and opening by it: each way in which an environment is not to be trusted
// ends in a fresh one, and none in reading what is there. A boot of the machine is played by
// writing another boot id into the mark.
// Rows: CR-1.
#include "projector/state/applied.h"
#include "projector/state/compact.h"
#include "projector/state/format.h"
#include "projector/state/open.h"
#include "projector/tables.h"
#include "tests/projector/story.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace qualog::test {

using namespace projector;

namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream content;
  content << in.rdbuf();
  return content.str();
}

void write(const std::filesystem::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

timespec changed_at(const std::filesystem::path& file) {
  struct stat status {};
  BOOST_REQUIRE(::stat(file.c_str(), &status) == 0);
  return status.st_ctim;
}

// As `cp` does onto a file that is there; until the clock of the file system has gone on.
void write_over(const std::filesystem::path& file, const std::string& content) {
  const auto before = changed_at(file);
  do write(file, content);
  while (changed_at(file).tv_sec == before.tv_sec && changed_at(file).tv_nsec == before.tv_nsec);
}

class StatePlace {
 public:
  std::filesystem::path directory() const { return scratch_.path() / "state"; }
  std::filesystem::path mark() const { return scratch_.path() / "state.mark"; }
  std::filesystem::path data() const { return directory() / "data.mdb"; }

  OpenedState open() const {
    auto opened = open_state(directory());
    BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
    return std::move(*opened);
  }
  Trust trust() const {
    const auto trust = read_mark(directory());
    BOOST_REQUIRE(trust);
    return *trust;
  }
  // A state with one row, open, then stopped cleanly or left.
  void make(bool clean) const {
    auto opened = open();
    put(*opened.environment);
    if (clean) {
      BOOST_REQUIRE(close_state(std::move(opened.environment), directory()));
    }
  }
  static void put(Environment& environment) {
    auto txn = WriteTransaction::begin(environment);
    BOOST_REQUIRE(txn);
    (*txn)->put(Table::Facts, view("kept"), view("yes"));
    BOOST_REQUIRE((*txn)->commit());
  }
  static bool has_row(const Environment& environment) {
    const auto txn = ReadTransaction::begin(environment);
    BOOST_REQUIRE(txn);
    return (*txn)->get(Table::Facts, view("kept")).has_value();
  }
  void change_mark(const std::string& from, const std::string& to) const {
    auto text = content_of(mark());
    const auto at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    write(mark(), text.replace(at, from.size(), to));
  }
  void reboot() const {
    const auto text = content_of(mark());
    const auto at = text.find("boot ") + 5;
    change_mark(text.substr(at, 8), "ffffffff");
  }
  void move_to_another_device() const {
    const auto text = content_of(mark());
    const auto end = text.find("\nfile ");
    const auto begin = text.rfind(' ', end);
    change_mark(text.substr(begin, end - begin), " 4095:1");
  }
  void check_rebuilt(Trust expected) const {
    const auto opened = open();
    BOOST_CHECK_EQUAL(name(opened.found), name(expected));
    BOOST_CHECK(opened.must_rebuild());
    BOOST_CHECK(!has_row(*opened.environment));
  }
  void check_kept() const {
    const auto opened = open();
    BOOST_CHECK_EQUAL(name(opened.found), name(Trust::Trusted));
    BOOST_CHECK(has_row(*opened.environment));
  }

 private:
  ScratchDirectory scratch_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(state)

BOOST_AUTO_TEST_CASE(a_state_that_is_absent_is_made) {
  StatePlace place;
  BOOST_CHECK(place.trust() == Trust::Absent);
  place.check_rebuilt(Trust::Absent);
  BOOST_CHECK(!std::filesystem::exists(place.directory().string() + ".new"));
}

BOOST_AUTO_TEST_CASE(a_clean_stop_is_trusted_also_after_a_boot) {
  StatePlace place;
  place.make(true);
  place.reboot();
  place.check_kept();
}

BOOST_AUTO_TEST_CASE(a_crash_of_the_process_is_trusted) {
  StatePlace place;
  const pid_t child = ::fork();
  BOOST_REQUIRE(child >= 0);
  if (child == 0) {
    auto opened = open_state(place.directory());
    if (!opened) ::_exit(1);
    StatePlace::put(*opened->environment);
    ::_exit(0);  // closes nothing
  }
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_REQUIRE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  place.check_kept();
}

BOOST_AUTO_TEST_CASE(a_crash_of_the_machine_is_not_trusted) {
  StatePlace place;
  place.make(false);
  place.reboot();
  place.check_rebuilt(Trust::Unclean);
}

// An image of a disk in use, such as a snapshot, has the inode and the birth of the original, but
// not the pages that were never synced.
BOOST_AUTO_TEST_CASE(a_state_in_use_is_not_trusted_on_another_device) {
  StatePlace place;
  place.make(false);
  place.move_to_another_device();
  place.check_rebuilt(Trust::Unclean);
}

// A device may have another number after every boot.
BOOST_AUTO_TEST_CASE(a_clean_stop_is_trusted_on_another_device) {
  StatePlace place;
  place.make(true);
  place.reboot();
  place.move_to_another_device();
  place.check_kept();
}

BOOST_AUTO_TEST_CASE(an_open_state_is_marked_dirty_before_its_first_commit) {
  StatePlace place;
  place.make(true);
  const auto opened = place.open();
  place.reboot();
  BOOST_CHECK(place.trust() == Trust::Unclean);
}

BOOST_AUTO_TEST_CASE(a_copy_is_not_trusted) {
  StatePlace place;
  place.make(true);
  const auto copy = place.directory().string() + ".copy";
  std::filesystem::copy(place.directory(), copy);
  std::filesystem::remove_all(place.directory());
  std::filesystem::rename(copy, place.directory());
  place.check_rebuilt(Trust::Foreign);
}

// A backup made while it was in use, copied back in place: inode, birth and boot are the same, and
// its pages may be of two moments.
BOOST_AUTO_TEST_CASE(a_copy_that_is_written_over_the_original_is_not_trusted) {
  StatePlace place;
  place.make(false);
  for (const auto& file : {place.data(), place.directory() / "untouched", place.mark()})
    write_over(file, content_of(file));
  place.check_rebuilt(Trust::Foreign);
}

BOOST_AUTO_TEST_CASE(a_state_without_its_untouched_file_is_not_trusted) {
  StatePlace place;
  place.make(true);
  std::filesystem::remove(place.directory() / "untouched");
  place.check_rebuilt(Trust::Absent);
}

BOOST_AUTO_TEST_CASE(a_state_without_its_mark_is_not_trusted) {
  StatePlace place;
  place.make(true);
  std::filesystem::remove(place.mark());
  place.check_rebuilt(Trust::Absent);
}

BOOST_AUTO_TEST_CASE(a_mark_of_another_format_is_not_trusted) {
  StatePlace place;
  place.make(true);
  const auto line = "qualog-state " + std::to_string(kStateFormat);
  place.change_mark(line, line + "0");
  place.check_rebuilt(Trust::OtherFormat);
}

// Its rows are what an older fold wrote.
BOOST_AUTO_TEST_CASE(a_state_of_the_release_before_is_made_anew) {
  StatePlace place;
  place.make(true);
  place.change_mark("qualog-state " + std::to_string(kStateFormat), "qualog-state 1");
  place.check_rebuilt(Trust::OtherFormat);
}

BOOST_AUTO_TEST_CASE(a_mark_that_is_cut_or_changed_is_not_trusted) {
  StatePlace place;
  place.make(true);
  const auto whole = content_of(place.mark());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write(place.mark(), whole.substr(0, size));
    BOOST_CHECK_MESSAGE(place.trust() != Trust::Trusted, "cut at byte " << size);
  }
  write(place.mark(), whole + " ");
  BOOST_CHECK(place.trust() == Trust::Unreadable);
  write(place.mark(), std::string(100'000, 'x'));
  BOOST_CHECK(place.trust() == Trust::Unreadable);
  place.check_rebuilt(Trust::Unreadable);
}

BOOST_AUTO_TEST_CASE(a_data_file_that_lost_its_end_is_not_trusted) {
  StatePlace place;
  place.make(true);
  std::filesystem::resize_file(place.data(), 4096);
  place.check_rebuilt(Trust::Unreadable);
}

BOOST_AUTO_TEST_CASE(a_garbage_data_file_is_rebuilt_not_read) {
  StatePlace place;
  place.make(true);
  const auto size = std::filesystem::file_size(place.data());
  std::fstream file(place.data(), std::ios::binary | std::ios::in | std::ios::out);
  file << std::string(size, 'g');
  file.close();
  BOOST_CHECK(place.trust() == Trust::Trusted);  // the mark cannot know
  const auto reading = open_state_for_reading(place.directory());
  BOOST_REQUIRE(reading);
  BOOST_CHECK(*reading == nullptr);
  place.check_rebuilt(Trust::Unreadable);
}

BOOST_AUTO_TEST_CASE(half_a_creation_is_begun_anew) {
  StatePlace place;
  std::filesystem::create_directory(place.directory().string() + ".new");
  write(place.directory().string() + ".new/data.mdb", "half");
  place.check_rebuilt(Trust::Absent);
}

BOOST_AUTO_TEST_CASE(reading_writes_nothing_and_sees_the_writer) {
  StatePlace place;
  auto none = open_state_for_reading(place.directory());
  BOOST_REQUIRE(none);
  BOOST_CHECK(*none == nullptr);
  BOOST_CHECK(!std::filesystem::exists(place.directory()));
  place.make(true);
  const auto mark = content_of(place.mark());
  const auto reading = open_state_for_reading(place.directory());
  BOOST_REQUIRE(reading);
  BOOST_REQUIRE(*reading != nullptr);
  BOOST_CHECK(StatePlace::has_row(**reading));
  BOOST_CHECK_EQUAL(content_of(place.mark()), mark);
}

BOOST_AUTO_TEST_CASE(a_state_in_no_directory_is_an_error) {
  BOOST_CHECK(!open_state("/nonexistent/qualog/state"));
}

BOOST_AUTO_TEST_CASE(applied_comes_back) {
  MemoryStore store;
  BOOST_CHECK(!applied(store));
  Applied row{3, 4096, 17, 5, sha256(view("a")), sha256(view("b"))};
  put_applied(store, row);
  BOOST_REQUIRE(applied(store));
  BOOST_CHECK(*applied(store) == row);
  store.put(Table::Meta, view("applied"), view("?"));
  BOOST_CHECK(!applied(store));
  BOOST_CHECK_NE(store.damage(), "");
}

BOOST_AUTO_TEST_CASE(CR_1_a_compact_copy_has_the_same_rows_in_less_room) {
  const StatePlace place;
  {
    auto opened = place.open();
    for (int n = 0; n < 2'000; ++n) {
      auto txn = WriteTransaction::begin(*opened.environment);
      BOOST_REQUIRE(txn);
      const auto key = std::to_string(n % 500);
      if (n < 1'000)
        (*txn)->put(Table::Facts, view(key), view(std::string(300, 'x')));
      else
        (*txn)->erase(Table::Facts, view(key));
      BOOST_REQUIRE((*txn)->commit());
    }
    StatePlace::put(*opened.environment);
    BOOST_REQUIRE(close_state(std::move(opened.environment), place.directory()));
  }
  const auto sizes = compact_state(place.directory());
  BOOST_REQUIRE_MESSAGE(sizes, sizes.error().message);
  BOOST_CHECK_GT(sizes->bytes_before, 10 * sizes->bytes_after);
  BOOST_CHECK_EQUAL(sizes->bytes_after, std::filesystem::file_size(place.data()));
  place.check_kept();
}

// A reader is another process: LMDB bears one opening in each.
BOOST_AUTO_TEST_CASE(CR_1_a_reader_goes_on_while_a_state_is_written_anew) {
  const StatePlace place;
  place.make(true);
  int begun[2], written[2];
  BOOST_REQUIRE(::pipe(begun) == 0 && ::pipe(written) == 0);
  const auto reader = ::fork();
  if (reader == 0) {
    const auto environment = open_state_for_reading(place.directory());
    const bool before = environment && *environment && StatePlace::has_row(**environment);
    char byte = before ? 'y' : 'n';
    const bool told = ::write(begun[1], &byte, 1) == 1 && ::read(written[0], &byte, 1) == 1;
    ::_exit(before && told && StatePlace::has_row(**environment) ? 0 : 1);
  }
  char byte = 'n';
  BOOST_REQUIRE(::read(begun[0], &byte, 1) == 1 && byte == 'y');
  BOOST_CHECK(compact_state(place.directory()));
  BOOST_REQUIRE(::write(written[1], &byte, 1) == 1);
  int status = 1;
  BOOST_REQUIRE(::waitpid(reader, &status, 0) == reader);
  BOOST_CHECK_EQUAL(status, 0);
  for (const int end : {begun[0], begun[1], written[0], written[1]}) ::close(end);
  place.check_kept();
}

BOOST_AUTO_TEST_CASE(CR_1_a_state_that_cannot_be_trusted_is_not_written_anew) {
  const StatePlace place;
  BOOST_CHECK(compact_state(place.directory()).error().code == Code::damaged);
  place.make(false);
  place.reboot();
  BOOST_CHECK(compact_state(place.directory()).error().code == Code::damaged);
  BOOST_CHECK(!std::filesystem::exists(place.directory().string() + ".new"));
  place.check_rebuilt(Trust::Unclean);
}

BOOST_AUTO_TEST_CASE(CR_1_what_a_crash_left_beside_a_state_does_not_matter) {
  const StatePlace place;
  place.make(true);
  const std::filesystem::path fresh = place.directory().string() + ".new";
  std::filesystem::create_directory(fresh);
  write(fresh / "data.mdb", "half");
  BOOST_REQUIRE(compact_state(place.directory()));
  BOOST_CHECK(!std::filesystem::exists(fresh));
  place.check_kept();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
