// SPDX-License-Identifier: Apache-2.0
// What one machine does for its own state, or for a file that nobody needs, beside another one that
// works in the project: it takes nothing from it, and nothing that was accepted is lost.
// Rows: CR-1, ST-3.
#include "tests/replay/two_machines.h"

#include "projector/state/open.h"
#include "replay/discard.h"
#include "replay/repair.h"
#include "tests/engine/blobs/uploading.h"

#include <fmt/format.h>

namespace qualog::test {

namespace {

constexpr std::size_t kPiece = 1024;

Act recording(std::uint64_t id, const engine::BlobInfo& blob) {
  return {"source.imported",
          fmt::format(R"({{"id":"{}","kind":"audio","name":"Talk {}","duration_ms":9000,)"
                      R"("blob":{{"hash":"{}","size":{}}}}})",
                      item(id), id, hex(blob.hash), blob.size)};
}

// A file that was brought and not named yet.
struct Desk : TwoMachines {
  Rng rng{5};
  const Bytes bytes = random_bytes(rng, 3 * kPiece);
  const engine::BlobInfo blob = blob_of(bytes);

  Desk() { BOOST_REQUIRE(put(*here.blobs, bytes, kPiece).has_value()); }

  bool is_there() { return good(here.blobs->is_complete(blob)); }
  std::string discard(const replay::DiscardWatch& reached = {}) {
    const auto discarded = replay::discard_file(here, effects(), blob.hash, reached);
    return std::string(discarded ? "done" : name(discarded.error().code));
  }
};

std::string said(const replay::VerifyReport& report) {
  return report.damage.empty() ? "no damage" : report.damage.front().reason;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(two_machines)

BOOST_FIXTURE_TEST_CASE(CR_1_a_repair_takes_the_project_from_nobody, TwoMachines) {
  Working working(there, effects(), nullptr);
  working.must("anna", {code_created(1, "Swimming")});
  BOOST_REQUIRE(projector::unmark(here.state()));
  const auto repaired = good(replay::repair(here, effects(), {"anna", false, {}}));
  BOOST_TEST(repaired.state_folded_anew, said(repaired.proof));
  BOOST_TEST((repaired.proof.state == replay::StateFound::Missing));
  BOOST_TEST(repaired.compacted.has_value());
  working.must("anna", {code_created(2, "Rest")});
}

BOOST_FIXTURE_TEST_CASE(CR_1_a_rebuild_takes_the_project_from_nobody, TwoMachines) {
  Working working(there, effects(), nullptr);
  working.must("anna", {code_created(1, "Swimming")});
  BOOST_REQUIRE(projector::unmark(here.state()));
  replay::VerifyOptions options;
  options.rebuild = true;
  BOOST_TEST(good(replay::verify(here, effects(), options)).state_replaced);
  working.must("anna", {code_created(2, "Rest")});
  BOOST_TEST(good(replay::verify(here, effects())).ok());
}

BOOST_FIXTURE_TEST_CASE(CR_1_a_machine_that_never_had_the_project_folds_its_state, TwoMachines) {
  Working working(there, effects(), nullptr);
  working.must("anna", {code_created(1, "Swimming")});
  fs::remove_all(here.directory);
  BOOST_TEST(good(replay::repair(here, effects(), {"anna", false, {}})).state_folded_anew);
  working.must("anna", {code_created(2, "Rest")});
}

BOOST_FIXTURE_TEST_CASE(ST_3_a_file_that_nobody_names_is_discarded, Desk) {
  std::vector<replay::DiscardStep> steps;
  BOOST_TEST(discard([&](auto step) { steps.push_back(step); }) == "done");
  using Step = replay::DiscardStep;
  BOOST_TEST((steps == std::vector{Step::looked, Step::set_aside, Step::asked}));
  BOOST_TEST(!is_there());
  BOOST_TEST(discard() == "not_found");
}

// A log in files has one owner, who stays it until the file is gone: there is no second look.
BOOST_FIXTURE_TEST_CASE(ST_3_what_nobody_else_can_have_is_looked_through_once, Workshop) {
  const auto place = create("Gym");
  Rng rng{5};
  const Bytes bytes = random_bytes(rng, kPiece);
  const auto blob = blob_of(bytes);
  BOOST_REQUIRE(put(*place.blobs, bytes, kPiece).has_value());
  std::vector<replay::DiscardStep> steps;
  const auto note = [&](replay::DiscardStep step) {
    steps.push_back(step);
    BOOST_TEST((engine::Project::open(place, effects()).error().code == Code::held));
  };
  BOOST_TEST(replay::discard_file(place, effects(), blob.hash, note).has_value());
  using Step = replay::DiscardStep;
  BOOST_TEST((steps == std::vector{Step::looked, Step::set_aside}));
  BOOST_TEST(!good(place.blobs->is_complete(blob)));
  Working(place, effects(), nullptr).must("anna", {code_created(1, "Swimming")});
}

// The other machine opens the project and names the file once it was seen that nobody does.
BOOST_FIXTURE_TEST_CASE(ST_3_a_file_that_another_machine_names_meanwhile_stays, Desk) {
  const auto name_it = [&](replay::DiscardStep step) {
    if (step == replay::DiscardStep::looked)
      Working(there, effects(), nullptr).must("anna", {recording(1, blob)});
  };
  BOOST_TEST(discard(name_it) == "conflict");
  BOOST_TEST(is_there());
  BOOST_TEST((*got(*here.blobs, blob.hash) == bytes));
  BOOST_TEST(good(replay::verify(there, effects())).bad_files.empty());
}

// It is refused, and the refused command waits for the file.
BOOST_FIXTURE_TEST_CASE(ST_3_a_file_that_is_set_aside_cannot_be_named, Desk) {
  std::optional<Working> working;
  auto told = engine::Outcome::accepted;
  const auto name_it = [&](replay::DiscardStep step) {
    if (step == replay::DiscardStep::looked) working.emplace(there, effects(), nullptr);
    if (step == replay::DiscardStep::set_aside)
      told = working->ask("anna", {recording(1, blob)}).outcome;
  };
  BOOST_TEST(discard(name_it) == "conflict");
  BOOST_TEST((told == engine::Outcome::refused));
  BOOST_TEST(is_there());
}

// It has seen the file there before: what it then says is no longer in time.
BOOST_FIXTURE_TEST_CASE(ST_3_whoever_had_the_project_names_no_file_that_is_gone, Desk) {
  std::optional<Working> working;
  auto told = engine::Outcome::accepted;
  const auto name_it = [&](replay::DiscardStep step) {
    if (step == replay::DiscardStep::looked) working.emplace(there, effects(), nullptr);
    if (step != replay::DiscardStep::asked) return;
    told = working->ask("anna", {code_created(2, "Rest")}).outcome;
  };
  BOOST_TEST(discard(name_it) == "done");
  BOOST_TEST((told == engine::Outcome::not_applied));
  BOOST_TEST(!is_there());
}

BOOST_FIXTURE_TEST_CASE(ST_3_a_file_that_is_named_stays_where_it_is, Desk) {
  Working(there, effects(), nullptr).must("anna", {recording(1, blob)});
  bool moved = false;
  const auto note = [&](auto) { moved = true; };
  BOOST_TEST(discard(note) == "conflict");
  BOOST_TEST(!moved);
  BOOST_TEST(is_there());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
