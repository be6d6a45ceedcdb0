// SPDX-License-Identifier: Apache-2.0
// What cannot be read is not taken for missing: nothing is written in its place, and nothing is
// judged by its absence. A name that leads back to itself cannot be read by root either.
#include "engine/kafka_settings.h"
#include "engine/keys.h"
#include "projector/state/durable_file.h"
#include "tests/replay/purging.h"

namespace qualog::test {

namespace {

// While this lives, a file or directory cannot be read.
class Unreadable {
 public:
  explicit Unreadable(fs::path path) : path_(std::move(path)) {
    fs::rename(path_, aside());
    fs::create_symlink(path_.filename(), path_);
  }
  ~Unreadable() {
    std::error_code ignored;
    fs::remove(path_, ignored);
    fs::rename(aside(), path_, ignored);
  }
  Unreadable(const Unreadable&) = delete;
  Unreadable& operator=(const Unreadable&) = delete;

 private:
  fs::path aside() const { return path_.string() + "-aside"; }
  fs::path path_;
};

template <class T>
bool cannot_read(const Result<T>& result, const fs::path& path) {
  BOOST_REQUIRE(!result);
  const auto& error = result.error();
  BOOST_TEST_INFO(error.message);
  return error.code == Code::io && error.message.find(path.string()) != std::string::npos &&
         error.message.find("; see what lies there") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_shared_store_that_cannot_be_read_keeps_its_identity) {
  const Workshop shop;
  const auto store = shop.path() / "store";
  fs::create_directory(store);
  const auto claimed = good(engine::claim_store(store, "one"));
  {
    const Unreadable identity(store / "qualog.store");
    BOOST_TEST(cannot_read(engine::claim_store(store, "two"), store / "qualog.store"));
    BOOST_TEST(cannot_read(engine::check_store(claimed), store / "qualog.store"));
    BOOST_TEST(fs::is_symlink(store / "qualog.store"), "nothing was written over it");
  }
  BOOST_TEST(good(engine::claim_store(store, "two")).identity == "one");
  BOOST_TEST(engine::check_store(claimed).has_value());
  fs::resize_file(store / "qualog.store", 0);
  const auto emptied = engine::claim_store(store, "two");
  BOOST_REQUIRE(!emptied);
  BOOST_TEST((emptied.error().code == Code::damaged));
  const Unreadable whole(store);
  BOOST_TEST(cannot_read(engine::claim_store(store, "two"), store));
}

BOOST_AUTO_TEST_CASE(keys_that_cannot_be_read_are_not_missing) {
  Workshop shop;
  const auto place = shop.create("Gym");
  const auto lineage = lineage_in(shop.data(), place.id);
  const auto file = place.keys / (lineage.text() + ".keys");
  {
    const Unreadable keys(file);
    BOOST_TEST(cannot_read(engine::load_keys(place.keys, lineage), file));
    BOOST_TEST(cannot_read(engine::Project::open(place, shop.effects()), file));
  }
  fs::remove(file);
  const auto missing = engine::load_keys(place.keys, lineage);
  BOOST_REQUIRE(!missing);
  BOOST_TEST((missing.error().code == Code::not_found));
}

BOOST_AUTO_TEST_CASE(a_layout_that_cannot_be_read_is_a_data_directory_all_the_same) {
  const Workshop shop;
  const auto path = shop.data().path();
  {
    const Unreadable format(path / "qualog.format");
    BOOST_TEST(cannot_read(engine::DataDirectory::open(path), path / "qualog.format"));
  }
  const Unreadable whole(path);
  BOOST_TEST(cannot_read(engine::DataDirectory::open(path), path / "qualog.format"));
}

BOOST_AUTO_TEST_CASE(PM_10_nothing_is_purged_by_a_list_that_cannot_be_read) {
  InFiles place;
  const auto id = deleted_project(place);
  const auto fork = good(replay::restore(
      place.data(), {place.data().place_of(id), "2", "Then", "anna"}, place.effects()));
  const auto lineage = lineage_in(place.data(), id);
  BOOST_REQUIRE(place.data().decide_purge(id, lineage));
  const auto projects = place.data().path() / "projects";
  {
    const Unreadable list(projects);
    BOOST_TEST(cannot_read(place.data().projects(), projects));
    BOOST_TEST(cannot_read(place.data().project_ids(), projects));
    BOOST_TEST(cannot_read(place.data().find(fork.id.text()), projects));
    BOOST_TEST(cannot_read(place.data().is_purged(id), projects));
    BOOST_TEST(cannot_read(place.data().finish_purge(id, {}), projects));
    const auto failed = place.data().finish_cut_arrivals(place.effects());
    BOOST_REQUIRE(failed.size() == 1U);
    BOOST_TEST(cannot_read(Result<void>(failed.front()), projects));
    place.data().finish_cut_purges();
  }
  BOOST_TEST(has_keys(place, fork.id, lineage));
  BOOST_TEST(fs::exists(place.data().place_of(id).directory));
  place.data().finish_cut_purges();
  BOOST_TEST(!fs::exists(place.data().place_of(id).directory));
  BOOST_TEST(has_keys(place, fork.id, lineage));
}

BOOST_AUTO_TEST_CASE(PM_10_keys_stay_while_their_namespaces_cannot_be_listed) {
  InFiles place;
  const auto id = deleted_project(place);
  const auto lineage = lineage_in(place.data(), id);
  const auto keys = place.data().place_of(id).keys;
  BOOST_REQUIRE(place.data().decide_purge(id, lineage));
  {
    const Unreadable store(keys);
    BOOST_TEST(cannot_read(engine::namespaces_of(keys), keys));
    BOOST_TEST(cannot_read(place.data().finish_purge(id, {}), keys));
  }
  BOOST_TEST(has_keys(place, id, lineage));
  BOOST_TEST(good(place.data().finish_purge(id, {})).removed);
}

BOOST_AUTO_TEST_CASE(a_directory_that_cannot_be_listed_is_not_free_for_init) {
  const Workshop shop;
  const auto path = shop.path() / "other";
  fs::create_directories(path / "projects");
  BOOST_TEST(engine::DataDirectory::check_usable(path).has_value());
  fs::create_directory(path / "projects" / "one");
  const auto taken = engine::DataDirectory::check_usable(path);
  BOOST_REQUIRE(!taken);
  BOOST_TEST((taken.error().code == Code::invalid));
  fs::remove_all(path / "projects");
  BOOST_TEST(engine::DataDirectory::check_usable(path).has_value());
  const Unreadable whole(path);
  BOOST_TEST(!engine::DataDirectory::check_usable(path));
}

BOOST_AUTO_TEST_CASE(settings_of_a_cluster_that_cannot_be_read_are_not_none) {
  const Workshop shop;
  const auto store = shop.path() / "store";
  fs::create_directory(store);
  const engine::KafkaLayout layout{{"127.0.0.1:1", "lab"}, {1, 1}, {store, "1"}, {store, "2"}};
  BOOST_REQUIRE(engine::write_layout(store, {layout}));
  BOOST_TEST(good(engine::cluster_of(store))->settings.empty());
  const auto missing = engine::read_kafka_settings(store / "kafka.conf");
  BOOST_REQUIRE(!missing);
  BOOST_TEST((missing.error().code == Code::not_found));
  const std::string text = "# TLS\nsecurity.protocol = ssl\n";
  BOOST_REQUIRE(projector::write_durably(store / "kafka.conf", text));
  BOOST_TEST(good(engine::cluster_of(store))->settings.size() == 1U);
  BOOST_TEST(good(engine::read_kafka_settings(store / "kafka.conf")).text == text);
  BOOST_TEST(good(engine::read_kafka_settings("")).text.empty());
  const Unreadable file(store / "kafka.conf");
  BOOST_TEST(cannot_read(engine::cluster_of(store), store / "kafka.conf"));
  BOOST_TEST(cannot_read(engine::read_kafka_settings(store / "kafka.conf"), store / "kafka.conf"));
}

}  // namespace qualog::test
