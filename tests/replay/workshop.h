// SPDX-License-Identifier: Apache-2.0
// Workshop: a data directory with projects that people work in, and beside each project a record of
// what was true after each of its events, folded one event at a time in memory as the owner
// published them: another way than the one under test. Clock and randomness are the test's own.
#pragma once

#include "engine/data_directory.h"
#include "engine/folding.h"
#include "projector/digest.h"
#include "replay/point_in_time.h"
#include "replay/restore.h"
#include "replay/verify.h"
#include "tests/support/seed.h"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace qualog::test {

namespace fs = std::filesystem;

// A second later at each look.
class TickingClock final : public Clock {
 public:
  std::uint64_t now_us() override { return now_ += 1'000'000; }

 private:
  std::uint64_t now_ = 1'700'000'000'000'000;
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : rng_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(rng_());
  }

 private:
  Rng rng_;
};

// What was true after one event.
struct Recorded {
  std::int64_t time = 0;
  std::uint64_t group = 0;
  Bytes stored;
  Digest chain{};
  projector::Digests digests;
};

// The life of one project, by sequence; 0 is before the first event.
class Record {
 public:
  explicit Record(const LineageId& lineage);
  void event(Sequence sequence, ByteView stored);

  const Recorded& at(std::uint64_t sequence) const { return events_.at(sequence); }
  std::uint64_t head() const { return events_.size() - 1; }
  // The sequence really used when this one is asked for: a group is whole or absent.
  std::uint64_t cut(std::uint64_t sequence) const;
  const std::vector<Recorded>& events() const { return events_; }

 private:
  projector::MemoryStore store_;
  projector::Fold fold_{store_};
  Chain chain_{ChainDomain::Events};
  std::vector<Recorded> events_;
};

// An action as a client writes it.
struct Act {
  std::string action;
  std::string body;  // JSON
};

// A project at work: its owner, and the record of its events.
class Working {
 public:
  // `record`, if any, has what happened here when this ends.
  Working(const engine::ProjectPlace& place, engine::Effects effects, Record* record);
  ~Working();

  engine::Answer ask(const std::string& actor, const std::vector<Act>& acts,
                     std::optional<std::uint64_t> seen = {}, CommandId id = {});
  // Sequence of the last event; the command must be accepted.
  std::uint64_t must(const std::string& actor, const std::vector<Act>& acts);
  engine::Project& project() { return *project_; }

 private:
  engine::Effects effects_;
  std::map<std::string, SessionId> sessions_;
  Record* record_;
  std::vector<std::pair<Sequence, Bytes>> published_;  // by the owner's thread, until it ends
  std::unique_ptr<engine::Project> project_;
};

class Workshop {
 public:
  Workshop();
  ~Workshop();

  engine::ProjectPlace create(const std::string& name);
  // The record of a project that has only its creation so far.
  Record record(const engine::ProjectPlace& place);

  const engine::DataDirectory& data() const { return *data_; }
  engine::Effects effects() { return {clock_, random_}; }
  const fs::path& path() const { return path_; }

  replay::VerifyReport verify(const engine::ProjectPlace& place,
                              const replay::VerifyOptions& options = {});
  replay::Restored restore(const engine::ProjectPlace& from, const std::string& at,
                           const std::string& name);

 private:
  fs::path path_;
  TickingClock clock_;
  SeededRandom random_{7};
  std::optional<engine::DataDirectory> data_;
};

std::string item(std::uint64_t number);
// Bodies of the actions that the tests use most.
Act code_created(std::uint64_t id, const std::string& name);
Act code_renamed(std::uint64_t id, const std::string& name);
Act source_created(std::uint64_t id, const std::string& name, const std::string& text);
Act coding_added(std::uint64_t id, std::uint64_t code, std::uint64_t source, int begin, int end);

// One command whose group needs several records.
std::vector<Act> long_source(std::uint64_t id);

// Some hundred events by two people: single ones, groups, undo, refusals, and a group of several
// records. Seeded.
void work(Working& working, Rng& rng, int commands);

// The stored events of a project's log.
std::vector<Bytes> stored_events(const engine::ProjectPlace& place);

template <class T>
T good(Result<T> result) {
  BOOST_REQUIRE_MESSAGE(result, result.error().message);
  return std::move(*result);
}

}  // namespace qualog::test
