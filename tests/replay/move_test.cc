// SPDX-License-Identifier: Apache-2.0
// Moving between two data directories with logs in files.
#include "tests/replay/moving.h"

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

}  // namespace qualog::test
