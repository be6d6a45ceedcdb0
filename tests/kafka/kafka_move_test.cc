// SPDX-License-Identifier: Apache-2.0
// Moving between a data directory with logs in files and one with logs on a real cluster, that of
// $QUALOG_KAFKA_BOOTSTRAP (brokers.py): either way, and to the next generation of a topic.
#include "engine/kafka_init.h"
#include "tests/replay/moving.h"

#include <cstdlib>

namespace qualog::test {

// Opens its directories when they are asked for: across a fork nobody may have a connection.
class FilesAndKafka {
 public:
  FilesAndKafka() {
    BOOST_REQUIRE(engine::DataDirectory::init(files_path()));
    const std::string bootstrap = std::getenv("QUALOG_KAFKA_BOOTSTRAP");
    const engine::KafkaRequest request{{bootstrap, "m" + std::to_string(++made_) + unique()},
                                       {},
                                       store("keys"),
                                       store("blobs"),
                                       1};
    const auto layout = engine::init_on_kafka(kafka_path(), request, effects());
    BOOST_REQUIRE_MESSAGE(layout, layout.error().message);
  }

  const engine::DataDirectory& on_files() { return opened(files_, files_path()); }
  const engine::DataDirectory& on_kafka() { return opened(kafka_, kafka_path()); }
  engine::Effects effects() { return {clock_, random_}; }
  void let_go() {
    files_.reset();
    kafka_.reset();
  }
  void after_fork() {}

 private:
  static const engine::DataDirectory& opened(std::optional<engine::DataDirectory>& data,
                                             const fs::path& path) {
    if (!data) data = good(engine::DataDirectory::open(path));
    return *data;
  }
  static std::string unique() { return std::to_string(::getpid()); }
  fs::path files_path() const { return shop_.path() / "files"; }
  fs::path kafka_path() const { return shop_.path() / "kafka"; }
  fs::path store(const char* name) const {
    const auto path = shop_.path() / name;
    fs::create_directory(path);
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }

  static inline int made_ = 0;
  Workshop shop_;
  SystemClock clock_;
  SystemRandom random_;
  std::optional<engine::DataDirectory> files_;
  std::optional<engine::DataDirectory> kafka_;
};

struct ToKafka : FilesAndKafka {
  const engine::DataDirectory& from() { return on_files(); }
  const engine::DataDirectory& to() { return on_kafka(); }
};

struct FromKafka : FilesAndKafka {
  const engine::DataDirectory& from() { return on_kafka(); }
  const engine::DataDirectory& to() { return on_files(); }
};

QUALOG_MOVES(a_move_to_kafka, ToKafka)
QUALOG_MOVES(a_move_from_kafka, FromKafka)

BOOST_AUTO_TEST_CASE(a_project_goes_on_in_the_next_generation_of_its_topic) {
  FromKafka pair;
  const auto effects = pair.effects();
  const auto id = busy_project(pair, effects);
  const auto head = head_in(pair.from(), id);
  const auto before = pair.from().place_of(id).log;
  BOOST_REQUIRE(log::seal_in(*before));
  BOOST_TEST(before->name().ends_with(".g1"));
  const auto moved = replay::move(moving(pair.from(), id, pair.from()), effects);
  BOOST_REQUIRE_MESSAGE(moved, moved.error().message);
  const auto after = pair.from().place_of(id).log;
  BOOST_REQUIRE(log::seal_in(*after));
  BOOST_TEST(after->name().ends_with(".g2"));
  BOOST_TEST((head_in(pair.from(), id) == head));
  BOOST_TEST(is_open(pair.from(), id, effects));
  BOOST_TEST(!log::seal_in(*before), "the old topic is gone");
}

}  // namespace qualog::test
