// SPDX-License-Identifier: Apache-2.0
// Method: the golden log is folded by other ways than in one go, and must come to the facts that
// were recorded (features.md section 6): from each state in the middle on, closed and opened again,
// and with each event that JSON can say taken through it. Sealed texts are the exception: JSON
// shows that they are sealed and how long they are, so their events stay as they are stored.
#include "engine/folding.h"
#include "engine/log/posix_files.h"
#include "engine/log/reading.h"
#include "projector/state/open.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "schema/json.h"
#include "tests/engine/golden/golden_log.h"
#include "tests/engine/log/temporary_directory.h"
#include "tests/support/actions.h"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>

namespace qualog::test {

namespace {

namespace json = boost::json;

std::string golden() {
  std::ifstream file(golden_facts(), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Hands on what it gets.
class Through : public log::Sink {
 public:
  explicit Through(log::Sink& to) : to_(to) {}

  Result<void> event(Sequence sequence, ByteView bytes) override {
    return to_.event(sequence, bytes);
  }
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override {
    return to_.aside(number, after, bytes);
  }
  Result<void> settled(const log::Place& place, const log::Head& head) override {
    return to_.settled(place, head);
  }
  void discarded() override { to_.discarded(); }

 private:
  log::Sink& to_;
};

// Ends the reading where so many records have settled.
class Until final : public Through {
 public:
  Until(log::Sink& to, std::size_t records) : Through(to), left_(records) {}
  bool reached() const { return left_ == 0; }

  Result<void> settled(const log::Place& place, const log::Head& head) override {
    QUALOG_TRY(Through::settled(place, head));
    if (--left_ == 0) return fail(Code::invalid, "far enough");
    return {};
  }

 private:
  std::size_t left_;
};

// Says each event in JSON, and hands on what is read back.
class ThroughJson final : public Through {
 public:
  using Through::Through;
  std::size_t said() const { return said_; }
  std::size_t sealed() const { return sealed_; }

  Result<void> event(Sequence sequence, ByteView bytes) override {
    QUALOG_ASSIGN(const auto* stored, event_view(bytes));
    const std::string line = json::serialize(event_json(*stored));
    if (line.find("\"sealed\":true") != std::string::npos) {
      ++sealed_;
      return Through::event(sequence, bytes);
    }
    ++said_;
    QUALOG_ASSIGN(const auto item, parse_json_line(line));
    auto event = unpack(*stored);
    QUALOG_ASSIGN(event->action,
                  recorded_action_from_json(item.at("action").as_string(),
                                            item.at("body").as_object(), test_name_key()));
    pack(*event, packed_);
    return Through::event(sequence, packed_);
  }

 private:
  Bytes packed_;
  std::size_t said_ = 0, sealed_ = 0;
};

// The state in `directory` after so many records; false where the log has fewer.
Result<bool> write_state(const std::filesystem::path& directory, std::size_t records) {
  log::PosixFiles files;
  QUALOG_ASSIGN(auto opened, projector::open_state(directory));
  engine::StateFolding folding(*opened.environment);
  Until until(folding, records);
  const auto read = log::read_file_log(files, golden_directory().string(), {}, until);
  if (!read && !until.reached()) return read.error();
  QUALOG_TRY(folding.finish());
  QUALOG_TRY(projector::close_state(std::move(opened.environment), directory));
  return until.reached();
}

// What the state comes to with the rest of the log, from its place on or from another one.
Result<std::string> facts_from(const std::filesystem::path& directory,
                               std::optional<log::Place> from = {}) {
  log::PosixFiles files;
  QUALOG_ASSIGN(const auto environment, projector::open_state_for_reading(directory));
  if (!environment) return fail(Code::invalid, "the state is not trusted");
  QUALOG_ASSIGN(const auto state, projector::ReadTransaction::begin(*environment));
  const auto applied = engine::applied_of(*state);
  if (!applied) return fail(Code::invalid, "the state does not say where it stands");
  engine::MemoryFolding folding(state.get(), *applied);
  QUALOG_TRY(log::read_file_log(files, golden_directory().string(), from.value_or(applied->place),
                                folding));
  return facts_of(folding);
}

log::Place place_of(const std::filesystem::path& directory) {
  const auto environment = projector::open_state_for_reading(directory).value();
  return engine::applied_of(*projector::ReadTransaction::begin(*environment).value())->place;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden_replay)

BOOST_AUTO_TEST_CASE(P14_from_every_state_in_the_middle_the_log_folds_to_its_facts) {
  std::size_t states = 0;
  for (bool more = true; more; ++states) {
    const TemporaryDirectory directory;
    const auto state = std::filesystem::path(directory.path()) / "state";
    const auto written = write_state(state, states + 1);
    BOOST_REQUIRE_MESSAGE(written, written.error().message);
    const auto facts = facts_from(state);
    BOOST_REQUIRE_MESSAGE(facts, facts.error().message);
    BOOST_TEST(*facts == golden(), "after " << states + 1 << " records");
    more = *written;
  }
  BOOST_TEST(states > 30u);
}

BOOST_AUTO_TEST_CASE(control_a_state_that_goes_on_one_record_later_has_other_facts) {
  const TemporaryDirectory directory;
  const auto state = std::filesystem::path(directory.path()) / "state";
  const auto later = std::filesystem::path(directory.path()) / "later";
  BOOST_TEST(write_state(state, 20).value());
  BOOST_TEST(write_state(later, 21).value());
  const auto facts = facts_from(state, place_of(later));
  BOOST_TEST((!facts || *facts != golden()));
}

BOOST_AUTO_TEST_CASE(P14_what_has_been_through_json_folds_to_the_same_facts) {
  log::PosixFiles files;
  engine::MemoryFolding folding(nullptr);
  ThroughJson through(folding);
  const auto read = log::read_file_log(files, golden_directory().string(), {}, through);
  BOOST_REQUIRE_MESSAGE(read, read.error().message);
  BOOST_TEST(facts_of(folding).value() == golden());
  BOOST_TEST(through.said() == 41u);
  BOOST_TEST(through.sealed() == 5u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
