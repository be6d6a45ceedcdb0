// SPDX-License-Identifier: Apache-2.0
// What the operating system refuses is told with its path, the act and the next step; only what is
// not there is told as that. What cannot be read is, also for root, a directory in the place of a
// file, a file in the place of a directory, or a name that leads back to itself.
#include "projector/state/durable_file.h"

#include "schema/file_error.h"
#include "tests/engine/log/temporary_directory.h"

#include <boost/test/unit_test.hpp>

#include <array>

namespace qualog::test {

namespace {

namespace fs = std::filesystem;

class DurableFilePlace {
 public:
  fs::path operator/(const char* name) const { return fs::path(scratch_.path()) / name; }

 private:
  TemporaryDirectory scratch_;
};

bool says(const Error& error, const std::string& words) {
  return error.message.find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_errno_has_one_code_and_one_next_step) {
  struct Row {
    int number;
    Code code;
    const char* step;
  };
  constexpr std::array<Row, 6> kRows = {{{ENOSPC, Code::no_space, "make room"},
                                         {EDQUOT, Code::no_space, "make room"},
                                         {EACCES, Code::io, "the account that owns it"},
                                         {EROFS, Code::io, "mount it"},
                                         {EIO, Code::io, "see what lies there"},
                                         {ENOENT, Code::not_found, "No such file"}}};
  for (const auto& row : kRows) {
    const auto error = file_error("cannot read", "a/b", row.number);
    BOOST_TEST((error.code == row.code), error.message);
    BOOST_TEST(says(error, "a/b: cannot read: "), error.message);
    BOOST_TEST(says(error, row.step), error.message);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_removed_or_renamed_is_told_with_the_act) {
  const DurableFilePlace place;
  BOOST_TEST(projector::remove_file(place / "nothing").has_value());
  BOOST_TEST(projector::remove_tree(place / "nothing").has_value());
  fs::create_directory(place / "directory");
  const auto removed = projector::remove_file(place / "directory");
  BOOST_REQUIRE(!removed);
  BOOST_TEST(says(removed.error(), (place / "directory").string() + ": cannot remove: "));
  const auto renamed = projector::rename_to(place / "directory", place / "nothing" / "below");
  BOOST_REQUIRE(!renamed);
  BOOST_TEST(says(renamed.error(), ": cannot rename to "), renamed.error().message);
  const auto missing = projector::rename_to(place / "nothing", place / "other");
  BOOST_REQUIRE(!missing);
  BOOST_TEST((missing.error().code == Code::not_found));
}

BOOST_AUTO_TEST_CASE(only_what_is_not_there_is_not_found) {
  const DurableFilePlace place;
  fs::create_directory(place / "directory");
  fs::create_symlink("loop", place / "loop");
  BOOST_REQUIRE(projector::write_durably(place / "file", "content"));
  BOOST_TEST(projector::read_small(place / "file").value() == "content");
  const auto missing = projector::read_small(place / "nothing");
  BOOST_REQUIRE(!missing);
  BOOST_TEST((missing.error().code == Code::not_found));
  for (const auto& path : {place / "directory", place / "loop", place / "file" / "below"}) {
    const auto read = projector::read_small(path);
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().code == Code::io), read.error().message);
    BOOST_TEST(says(read.error(), path.string()), read.error().message);
    BOOST_TEST(says(read.error(), "see what lies there"), read.error().message);
  }
}

BOOST_AUTO_TEST_CASE(only_a_directory_that_is_not_there_has_nothing_in_it) {
  const DurableFilePlace place;
  fs::create_symlink("loop", place / "loop");
  BOOST_REQUIRE(projector::write_durably(place / "file", "content"));
  BOOST_TEST(projector::entries_of(place / "nothing").value().empty());
  BOOST_TEST(projector::entries_of(place / "").value().size() == 2U);
  BOOST_TEST(!projector::is_there(place / "nothing").value());
  BOOST_TEST(projector::is_there(place / "file").value());
  for (const auto& path : {place / "loop", place / "file"}) {
    const auto listed = projector::entries_of(path);
    BOOST_REQUIRE(!listed);
    BOOST_TEST((listed.error().code == Code::io), listed.error().message);
    BOOST_TEST(says(listed.error(), path.string() + ": cannot list: "), listed.error().message);
  }
  const auto unknown = projector::is_there(place / "loop");
  BOOST_REQUIRE(!unknown);
  BOOST_TEST((unknown.error().code == Code::io), unknown.error().message);
}

}  // namespace qualog::test
