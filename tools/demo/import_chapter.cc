// SPDX-License-Identifier: Apache-2.0
// Chapter 1: the sample comes in as any file of another program does, and Ada invites the others.
#include "projector/query/codings.h"
#include "projector/query/counts.h"
#include "projector/query/members.h"
#include "tools/demo/chapters.h"
#include "tools/import/import.h"

#include <fmt/format.h>

#include <fstream>
#include <set>
#include <tuple>

namespace qualog::demo {

namespace {

// Source, begin, code, coder, words.
using Seen = std::tuple<std::string, std::uint32_t, std::string, std::string, std::string>;

std::set<Seen> expected_codings() {
  std::set<Seen> seen;
  for (const auto& coding : sample_codings()) {
    const auto& passage = sample_passages()[coding.passage];
    seen.emplace(sample_interviews()[passage.interview].name, passage.begin,
                 sample_codes()[coding.code].name, kCoders[coding.coder].name, passage.text);
  }
  return seen;
}

std::set<Seen> imported_codings(const projector::Reader& state) {
  std::set<Seen> seen;
  for (const auto& coding : projector::codings(state))
    seen.emplace(coding.source.name.plain, coding.begin, coding.code.name.plain,
                 coding.coder.name.plain, coding.text);
  return seen;
}

Result<std::filesystem::path> write_sample(const std::filesystem::path& directory) {
  const auto path = directory / "night-shifts.qde";
  std::ofstream file(path, std::ios::binary);
  file << sample_file();
  file.close();
  if (!file) return fail(Code::io, path.string() + ": cannot be written");
  return path;
}

Result<void> check_report(const tools::ImportReport& report) {
  QUALOG_TRY(expect(report.losses.empty(), "nothing of the sample is lost or in doubt"));
  QUALOG_TRY(expect(report.imported.codes == sample_codes().size(), "every code comes"));
  QUALOG_TRY(expect(report.imported.sources == sample_interviews().size(), "every text comes"));
  return expect(report.imported.codings == sample_codings().size(), "every coding comes");
}

Result<void> invite(Stage& stage) {
  for (const auto& coder : kCoders) {
    if (coder.account == kAda) continue;
    fb::MemberAddedT member;
    member.principal = coder.account;
    member.group = fb::Group::Contributor;
    QUALOG_TRY(stage.act(kAda, action_of(std::move(member))));
  }
  QUALOG_ASSIGN(const auto state, stage.read());
  return expect(projector::members(*state).size() == kCoders.size(), "four people are members");
}

}  // namespace

Result<void> import_chapter(Stage& stage, Teller& teller) {
  teller.chapter("import", "A study comes in");
  QUALOG_ASSIGN(const auto file, write_sample(stage.data().path()));
  QUALOG_ASSIGN(const auto report,
                tools::import_file(stage.data(), {.file = file, .actor = std::string(kAda)},
                                   stage.effects()));
  QUALOG_TRY(check_report(report));
  QUALOG_TRY(stage.open(report.id));
  QUALOG_ASSIGN(const auto state, stage.read());
  QUALOG_TRY(expect(imported_codings(*state) == expected_codings(),
                    "every coded passage is the sentence that was coded"));
  const auto counts = projector::counts(*state);
  QUALOG_TRY(expect(counts.memos == sample_memos().size(), "every memo comes"));
  QUALOG_TRY(invite(stage));
  teller.say(fmt::format(
      "Ada imports \"{}\" from {} (REFI-QDA, as other programs write it): {} interviews, {} codes, "
      "{} memos, {} coded passages by four coders. Nothing was lost, and each passage was compared "
      "with the sentence that was coded: all are exact.",
      kStudy, file.filename().string(), counts.sources, counts.codes, counts.memos,
      counts.codings));
  teller.say("Ada adds Bo, Cleo and Dag, who may code and edit.");
  teller.fact("sources", counts.sources);
  teller.fact("codes", counts.codes);
  teller.fact("memos", counts.memos);
  teller.fact("codings", counts.codings);
  teller.fact("passages_exact", true);
  teller.fact("members", kCoders.size());
  return {};
}

}  // namespace qualog::demo
