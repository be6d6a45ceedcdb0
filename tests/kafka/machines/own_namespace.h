// SPDX-License-Identifier: Apache-2.0
// A namespace of its own on the cluster of $QUALOG_KAFKA_BOOTSTRAP (brokers.py), with its stores,
// for the machines of one test. Clock and randomness are the system's.
#pragma once

#include "engine/kafka_init.h"
#include "tests/replay/workshop.h"

#include <cstdlib>

namespace qualog::test {

class OwnNamespace {
 public:
  engine::Effects effects() { return {clock_, random_}; }
  fs::path path(const char* name) const { return shop_.path() / name; }
  log::KafkaAddress address() const {
    return {std::getenv("QUALOG_KAFKA_BOOTSTRAP"),
            "t" + std::to_string(number_) + "-" + std::to_string(::getpid())};
  }

 protected:
  // Makes a data directory: a machine.
  void make_machine(const fs::path& path, const log::KafkaAddress& address) {
    const engine::KafkaRequest request{address, {}, store("keys"), store("blobs"), 1};
    const auto layout = engine::init_on_kafka(path, request, effects());
    BOOST_REQUIRE_MESSAGE(layout, layout.error().message);
  }
  void make_machine(const fs::path& path) { make_machine(path, address()); }
  // Opened when it is asked for: across a fork nobody may have a connection.
  static const engine::DataDirectory& opened(std::optional<engine::DataDirectory>& data,
                                             const fs::path& path) {
    if (!data) data = good(engine::DataDirectory::open(path));
    return *data;
  }
  SystemRandom& random() { return random_; }

 private:
  fs::path store(const char* name) const {
    fs::create_directory(path(name));
    fs::permissions(path(name), fs::perms::owner_all);
    return path(name);
  }

  static inline int made_ = 0;
  int number_ = ++made_;
  Workshop shop_;
  SystemClock clock_;
  SystemRandom random_;
};

}  // namespace qualog::test
