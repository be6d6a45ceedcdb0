// SPDX-License-Identifier: Apache-2.0
// Chapter 7: half the codebook is deleted. The state before is looked at, made a project again, and
// proved to be what it was; both projects are verified from the first byte.
#include "projector/digest.h"
#include "replay/point_in_time.h"
#include "replay/restore.h"
#include "replay/verify.h"
#include "tools/demo/chapters.h"

#include <fmt/format.h>

namespace qualog::demo {

namespace {

constexpr std::string_view kDeleted[] = {"Body at night", "Responsibility", "Colleagues",
                                         "Patients"};

struct Look {
  Sequence sequence;
  Holdings holdings;
  Digest digest{};
};

Result<Look> look_now(const Stage& stage) {
  QUALOG_ASSIGN(const auto state, stage.read());
  QUALOG_ASSIGN(const auto sequence, stage.head());
  return Look{sequence, holdings(*state), projector::content_digest(*state)};
}

Result<void> have_accident(Stage& stage) {
  std::vector<fb::ActionUnion> actions;
  for (const auto name : kDeleted) {
    fb::CodeDeletedT deletion;
    QUALOG_ASSIGN(deletion.code, stage.code(name));
    actions.push_back(action_of(std::move(deletion)));
  }
  const auto answer = stage.owner().ask(stage.command(kDag, std::move(actions)), std::string(kDag));
  return expect(answer.outcome == engine::Outcome::accepted, "Dag may delete codes");
}

Result<Digest> check_then(const Stage& stage, const Look& before) {
  QUALOG_ASSIGN(const auto then,
                replay::open_at(stage.place(), std::to_string(before.sequence.value)));
  QUALOG_TRY(expect(then->sequence() == before.sequence &&
                        holdings(then->state()) == before.holdings &&
                        projector::content_digest(then->state()) == before.digest,
                    "the past is what it was"));
  return then->chain();
}

Result<replay::VerifyReport> proved(const Stage& stage, const ProjectId& id,
                                    const replay::Expectation& expected) {
  replay::VerifyOptions options;
  options.expect = {expected};
  QUALOG_ASSIGN(auto report, replay::verify(stage.data().place_of(id), stage.effects(), options));
  QUALOG_TRY(expect(report.ok(), "a project is what was written"));
  return report;
}

std::string brief(const Digest& digest) { return hex(digest).substr(0, 16); }

}  // namespace

Result<void> accident_chapter(Stage& stage, Teller& teller) {
  teller.chapter("accident", "An accident, and the way back");
  QUALOG_ASSIGN(const auto before, look_now(stage));
  QUALOG_TRY(have_accident(stage));
  QUALOG_ASSIGN(const auto after, look_now(stage));
  QUALOG_TRY(expect(after.holdings.codes * 2 <= before.holdings.codes, "half the codes are gone"));
  QUALOG_TRY(stage.close());

  QUALOG_ASSIGN(const auto chain, check_then(stage, before));
  const auto name = fmt::format("{}, before the accident", kStudy);
  QUALOG_ASSIGN(const auto restored, replay::restore(stage.data(),
                                                     {.from = stage.place(),
                                                      .at = std::to_string(before.sequence.value),
                                                      .name = name,
                                                      .actor = std::string(kAda)},
                                                     stage.effects()));
  QUALOG_TRY(expect(restored.from_sequence == before.sequence && restored.digest == before.digest,
                    "the restored project is what the old one was"));
  const replay::Expectation kept{before.sequence, chain};
  QUALOG_ASSIGN(const auto old_proof, proved(stage, stage.project_id(), kept));
  QUALOG_ASSIGN(const auto new_proof, proved(stage, restored.id, kept));
  stage.memory().before_accident = before.sequence;
  stage.memory().restored = name;

  teller.say(fmt::format(
      "Dag deletes four codes at the top of the codebook, with all below them. Before: {} codes, "
      "{} coded passages. Now: {} codes, {} passages.",
      before.holdings.codes, before.holdings.codings, after.holdings.codes,
      after.holdings.codings));
  teller.say(fmt::format(
      "Nothing is gone for good. The study is looked at as it was after event {}: {} codes, {} "
      "passages. Ada makes it a project again, \"{}\", and the two are compared:",
      before.sequence.value, before.holdings.codes, before.holdings.codings, name));
  teller.show("then", fmt::format("content {}...", brief(before.digest)));
  teller.show("restored", fmt::format("content {}..., the same", brief(restored.digest)));
  teller.say(fmt::format(
      "Both projects are read from the first byte and verified: ok, {} and {} events are what was "
      "written, and up to event {} they share one chain, {}...",
      old_proof.head.sequence().value, new_proof.head.sequence().value, before.sequence.value,
      brief(chain)));
  teller.fact("before_codes", before.holdings.codes);
  teller.fact("before_codings", before.holdings.codings);
  teller.fact("after_codes", after.holdings.codes);
  teller.fact("after_codings", after.holdings.codings);
  teller.fact("at", before.sequence.value);
  teller.fact("restored", name);
  teller.fact("digest", hex(before.digest));
  teller.fact("restored_digest", hex(restored.digest));
  teller.fact("verified", true);
  teller.fact("chain", hex(chain));
  return {};
}

}  // namespace qualog::demo
