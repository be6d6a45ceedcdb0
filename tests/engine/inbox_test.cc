// SPDX-License-Identifier: Apache-2.0
// Method: what is refused is read back from a state built anew from the log, and sent again as it
// is (CF_5): nothing that somebody typed is lost, however much it was.
// Rows: CF-5.
#include "projector/query/inbox.h"

#include "schema/json.h"
#include "tests/engine/memory_project.h"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

using engine::Outcome;

Actions actions_of(const std::string& draft) {
  Actions actions;
  const auto parsed = boost::json::parse(draft);
  for (const auto& action : parsed.as_array()) {
    auto made = action_from_json(action.at("action").as_string(), action.at("body").as_object(),
                                 test_name_key());
    BOOST_REQUIRE_MESSAGE(made, made.error().message);
    actions.push_back(std::move(*made));
  }
  return actions;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(inbox)

BOOST_AUTO_TEST_CASE(CF_5_a_refused_megabyte_is_kept_with_base_theirs_and_mine_and_sent_again) {
  MemoryProject project;
  const auto note = MemoryProject::item(1002), text = MemoryProject::item(1001);
  project.ask(project.command(2, {source_created(text, "interview", "There was nobody.")}));
  project.ask(project.command(3, {annotated(note, text, 0, 5, "the base")}));
  const auto look = project.ask(project.command(4, {code_created(MemoryProject::item(1003), "a")}));
  project.ask(project.command(5, {annotation_changed(note, "theirs")}));
  Actions mine;
  for (std::uint64_t n = 0; n < 24; ++n)
    mine.push_back(annotated(MemoryProject::item(2000 + n), text, 0, 5,
                             std::string(44'000, static_cast<char>('a' + n))));
  mine.push_back(annotation_changed(note, "mine"));
  auto sent = project.command(6, mine);
  sent.seen = look.sequence.value;
  sent.session.bytes.fill(0xB0);
  BOOST_TEST((project.ask(sent).outcome == Outcome::refused));
  auto child = project.command(7, {annotation_changed(note, "builds on mine")});
  child.session = sent.session;
  child.after = sent.command_id;
  BOOST_TEST((project.ask(child).outcome == Outcome::refused));

  BOOST_REQUIRE(project.open(true));
  const auto entries = projector::inbox(*project.read());
  BOOST_REQUIRE(entries.size() == 2u);
  const auto& entry = entries.front();
  BOOST_TEST(entry.base.at(0).value->plain.find("the base") != std::string::npos);
  BOOST_TEST(entry.latest.at(0).value->plain.find("theirs") != std::string::npos);
  BOOST_TEST((entries.back().depends_on == sent.command_id));
  BOOST_REQUIRE(entry.draft().has_value());
  BOOST_TEST(entry.draft()->size() > 1024u * 1024u);

  const auto again = project.command(8, actions_of(*entry.draft()));
  BOOST_TEST((project.ask(again).outcome == Outcome::accepted));
  const auto row = projector::item(*project.read(), note);
  BOOST_TEST(projector::value_of<projector::TextValue>(*row, projector::Facet::Text).text.plain ==
             "mine");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
