// SPDX-License-Identifier: Apache-2.0
// Milestones: a name for a moment, with the digest of the content then; one can freeze the codebook
// or everything until it is cleared.
// Rows: IDEA-12.
#include "tests/engine/acts/making.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

namespace {

using projector::Facet;
using projector::Freeze;

struct Milestones : World {
  Person bo = join("bo"), owner = join("owner", fb::Group::Owner);
  ItemId code = a_code("absence"), other = a_code("presence");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");

  Action set(const ItemId& id, const char* name, const char* frozen = "nothing") {
    return said("project.milestone_set", {{"id", word(id)}, {"name", name}, {"frozen", frozen}});
  }
  ItemId a_milestone(const char* name, const char* frozen = "nothing") {
    const auto id = new_item();
    did(ann, set(id, name, frozen));
    return id;
  }
  Action cleared(const ItemId& milestone) {
    return said("project.milestone_cleared", {{"milestone", word(milestone)}});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(milestones, Milestones)

BOOST_AUTO_TEST_CASE(IDEA_12_a_milestone_names_a_moment_and_its_content) {
  const auto content = digests().content;
  const auto moment = head();
  const auto id = a_milestone("round 1");
  const auto freeze = value<Freeze>(id, Facet::Freeze);
  BOOST_TEST(freeze.sequence == moment.value);
  BOOST_TEST((freeze.digest == content));
  BOOST_TEST((digests().content == content));
}

BOOST_AUTO_TEST_CASE(IDEA_12_an_earlier_moment_comes_with_its_digest_and_a_later_one_never) {
  const auto at = [&](std::uint64_t sequence, bool with_digest) {
    boost::json::object body = {{"id", word(new_item())}, {"name", "then"}, {"sequence", sequence}};
    if (with_digest) body["digest"] = std::string(64, 'a');
    return result(does(ann, said("project.milestone_set", body)));
  };
  BOOST_TEST(at(head().value + 1, true) == "SEEN_AHEAD");
  BOOST_TEST(at(3, false) == "INVALID");
  BOOST_TEST(at(3, true) == "accepted");
}

// What comes with it would be in its digest and behind its sequence.
BOOST_AUTO_TEST_CASE(IDEA_12_a_milestone_has_a_command_of_its_own) {
  const auto with = code_created(new_item(), "with it");
  BOOST_TEST(result(does(ann, {with, set(new_item(), "round 1")})) == "INVALID");
  BOOST_TEST(result(does(ann, {set(new_item(), "round 1"), with})) == "INVALID");
  BOOST_TEST(result(does(ann, set(new_item(), "round 1"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(IDEA_12_only_owners_set_and_clear_them_and_each_has_its_name) {
  BOOST_TEST(result(does(bo, set(new_item(), "round 1"))) == "DENIED");
  const auto id = a_milestone("round 1");
  BOOST_TEST(result(does(owner, set(new_item(), "Round 1"))) == "NAME_TAKEN");
  BOOST_TEST(result(does(bo, cleared(id))) == "DENIED");
  did(owner, cleared(id));
  BOOST_TEST(result(does(owner, set(new_item(), "round 1"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(IDEA_12_a_frozen_codebook_takes_codings_and_no_changes) {
  const auto id = a_milestone("codebook v3", "codebook");
  for (const auto& act :
       {code_created(new_item(), "new"), code_renamed(code, "being away"), code_moved(code, other),
        code_merged({code}, other), code_deleted(code),
        said("codebook.reordered", {{"order", words({other, code})}}),
        said("classification.created", {{"id", word(new_item())}, {"name", "P"}}),
        said("code.copied", {{"code", word(code)}, {"id", word(new_item())}, {"name", "copy"}})}) {
    const auto answer = does(owner, act);
    BOOST_TEST(result(answer) == "POLICY");
    BOOST_TEST(facets(answer) == "milestone.freeze");
  }
  const auto coding = new_item(), note = new_item();
  for (const auto& act : {coded(coding, code, text, 0, 5), annotated(note, text, 0, 5, "really"),
                          coding_moved(coding, other), uncoded({coding})})
    BOOST_TEST(result(does(bo, act)) == "accepted");
  did(owner, cleared(id));
  BOOST_TEST(result(does(bo, code_renamed(code, "being away"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(IDEA_12_while_everything_is_frozen_people_only_talk_and_manage) {
  a_milestone("as submitted", "everything");
  for (const auto& act :
       {coded(new_item(), code, text, 0, 5), source_renamed(text, "one"),
        annotated(new_item(), text, 0, 5, "really"), code_renamed(code, "being away"),
        source_created(new_item(), "two", "Whoever."), folder_created(new_item(), "spring")})
    BOOST_TEST(result(does(bo, act)) == "POLICY");
  const auto remark =
      said("comment.posted",
           {{"id", word(new_item())}, {"item", word(code)}, {"text", "For the next round."}});
  BOOST_TEST(result(does(bo, remark)) == "accepted");
  BOOST_TEST(result(does(owner, member_added("dee", fb::Group::Reader))) == "accepted");
}

BOOST_AUTO_TEST_CASE(IDEA_12_what_is_frozen_is_not_undone_redone_or_restored_either) {
  const auto then = head();
  const auto renamed = did(bo, code_renamed(code, "being away"));
  const auto again = did(bo, code_renamed(other, "being there"));
  const auto undo = did(bo, undone(again));
  a_milestone("codebook v3", "codebook");
  BOOST_TEST(result(does(bo, undone(renamed))) == "POLICY");
  BOOST_TEST(result(does(bo, undone(undo))) == "POLICY");
  const auto back =
      said("project.restored", {{"to", then.value}, {"mode", "items"}, {"items", words({code})}});
  BOOST_TEST(result(does(bo, back)) == "POLICY");
  BOOST_TEST(name_of(code) == "being away");
}

BOOST_AUTO_TEST_CASE(IDEA_12_of_two_that_freeze_both_must_go) {
  const auto one = a_milestone("v3", "codebook"), two = a_milestone("v4", "everything");
  did(owner, cleared(two));
  BOOST_TEST(result(does(bo, code_renamed(code, "being away"))) == "POLICY");
  BOOST_TEST(result(does(bo, source_renamed(text, "one"))) == "accepted");
  const auto clearing = did(owner, cleared(one));
  did(owner, undone(clearing));
  BOOST_TEST(result(does(bo, code_renamed(code, "being away"))) == "POLICY");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
