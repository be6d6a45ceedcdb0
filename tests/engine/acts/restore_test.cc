// SPDX-License-Identifier: Apache-2.0
// Restoration in place and redo: what comes back is what was, also where undos came between; later
// work stays in the log and can be had again.
// Rows: EM-4, IDEA-2, IDEA-7, PG-4, ST-9.
#include "tests/engine/world.h"
#include "tests/support/seed.h"

#include <boost/json/array.hpp>
#include <boost/test/unit_test.hpp>

#include <map>

namespace qualog::test {

namespace {

namespace json = boost::json;

struct Restoring : World {
  Person bo = join("bo", fb::Group::Owner);

  Action restored(Sequence to) { return said("project.restored", {{"to", to.value}}); }
  Action redone(Sequence event) {
    return said("redo.applied", {{"sequences", json::array{event.value}}});
  }
  void take_exclusive() { did(ann, said("exclusive.acquired", {{"drain", true}})); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(restoring, Restoring)

BOOST_AUTO_TEST_CASE(ST_9_the_whole_project_is_restored_in_an_exclusive_session_only) {
  const auto code = a_code("one");
  const auto then = head();
  did(ann, code_renamed(code, "two"));
  BOOST_TEST(result(does(ann, restored(then))) == "NEED_EXCLUSIVE");
  take_exclusive();
  did(ann, restored(then));
  BOOST_TEST(name_of(code) == "one");
}

BOOST_AUTO_TEST_CASE(ST_9_a_restoration_is_taken_back_by_an_owner_and_is_no_undo_of_ones_own) {
  const Person cy = join("cy", fb::Group::Contributor);
  const auto code = a_code("one");
  const auto then = head();
  did(ann, code_renamed(code, "two"));
  take_exclusive();
  const auto group = Sequence{head().value + 1};
  did(ann, restored(then));
  did(ann, said("exclusive.released", {}));
  BOOST_TEST(result(does(cy, redone(group))) == "DENIED");
  BOOST_TEST(result(does(cy, undone(group))) == "DENIED");
  BOOST_TEST(result(does(ann, said("redo.applied", {}))) != "accepted");
  did(ann, undone(std::vector<Sequence>{}));
  BOOST_TEST(name_of(code) == "two");
}

// What was undone behind the moment was in effect at it; what was undone before stays undone.
BOOST_AUTO_TEST_CASE(ST_9_undos_of_what_came_before_the_moment_are_taken_back_too) {
  const auto kept = a_code("kept"), gone = new_item();
  const auto made = did(ann, code_created(gone, "undone before"));
  did(ann, undone(made));
  const auto renamed = did(ann, code_renamed(kept, "renamed"));
  const auto then = head();
  const auto content = digests().content;
  did(ann, undone(renamed));
  const auto later = did(ann, code_created(new_item(), "later"));
  did(ann, undone(later));
  did(ann, code_described(kept, "later, too"));
  take_exclusive();
  did(ann, restored(then));
  BOOST_TEST((digests().content == content));
  BOOST_TEST(name_of(kept) == "renamed");
  BOOST_TEST(!alive(gone));
}

BOOST_AUTO_TEST_CASE(ST_9_the_restoration_of_any_moment_gives_the_content_of_then) {
  for_seeds(60, [&](Rng& rng, std::uint64_t seed) {
    Restoring world;
    world.take_exclusive();
    std::vector<ItemId> codes;
    std::map<Sequence, Digest> contents;
    for (int step = 0; step < 25; ++step) {
      const auto luck = below(rng, 4);
      if (codes.empty() || luck == 0) {
        codes.push_back(world.new_item());
        world.does(world.ann, code_created(codes.back(), "code " + std::to_string(step)));
      } else if (luck == 1) {
        const auto& code = codes[below(rng, codes.size())];
        world.does(world.ann, code_renamed(code, "name " + std::to_string(step)));
      } else if (luck == 2) {
        world.does(world.ann, undone(std::vector<Sequence>{}));
      } else {
        world.does(world.ann, said("redo.applied", {}));
      }
      contents[world.head()] = world.digests().content;
    }
    auto moment = contents.begin();
    std::advance(moment, static_cast<std::ptrdiff_t>(below(rng, contents.size())));
    const auto answer = result(world.does(world.ann, world.restored(moment->first)));
    BOOST_TEST((answer == "accepted" || answer == "noop"), "QUALOG_SEED=" << seed);
    BOOST_TEST((world.digests().content == moment->second), "QUALOG_SEED=" << seed);
    BOOST_TEST((world.replayed() == world.digests()), "QUALOG_SEED=" << seed);
  });
}

// A text that has come is no act that can be undone: the moment cannot come back, and nobody is
// told that it has.
BOOST_AUTO_TEST_CASE(ST_9_a_text_that_came_since_is_in_the_way) {
  const auto id = new_item(), other = new_item();
  did(ann, source_without_text(id, "to come"));
  const auto then = head();
  const auto came = did(ann, text_supplied(id, 0, "Here it is.", 11));
  take_exclusive();
  const auto refused = does(ann, restored(then));
  BOOST_TEST(result(refused) == "POLICY");
  BOOST_TEST(winner(refused).value == came.value);
  BOOST_TEST(result(does(ann, restored(came))) == "noop");
  did(ann, source_created(other, "later", "It goes with its source."));
  did(ann, restored(came));
}

BOOST_AUTO_TEST_CASE(ST_9_later_work_is_had_again_by_undoing_the_restoration) {
  const auto code = a_code("one");
  const auto then = head();
  did(ann, code_renamed(code, "two"));
  const auto content = digests().content;
  take_exclusive();
  did(ann, restored(then));
  const auto group = event(head())->group;
  did(ann, undone(Sequence{group}));
  BOOST_TEST((digests().content == content));
}

BOOST_AUTO_TEST_CASE(IDEA_2_one_item_comes_back_and_others_stay) {
  const auto one = a_code("one"), other = a_code("other");
  const auto then = head();
  did(ann, code_renamed(one, "changed"));
  did(ann, code_renamed(other, "changed as well"));
  did(ann, said("project.restored", {{"to", then.value},
                                     {"mode", "items"},
                                     {"items", json::array{json::string(one.text())}}}));
  BOOST_TEST(name_of(one) == "one");
  BOOST_TEST(name_of(other) == "changed as well");
}

// What nobody names is not taken back unseen, as it is not written over unseen.
BOOST_AUTO_TEST_CASE(ST_9_work_of_others_since_the_look_is_not_taken_back_by_moment_or_person) {
  const auto code = a_code("one");
  const auto then = head();
  did(bo, code_renamed(code, "bo's long words"));
  const auto items = said(
      "project.restored",
      {{"to", then.value}, {"mode", "items"}, {"items", json::array{json::string(code.text())}}});
  const auto person =
      said("project.restored", {{"to", then.value}, {"mode", "actor"}, {"actor", "bo"}});
  const auto span = said("undo.applied", {{"actor", "bo"}, {"first", then.value}});
  for (const auto& act : {items, person, span}) {
    BOOST_TEST(result(does(ann.seeing(then), act)) == "STALE");
    BOOST_TEST(name_of(code) == "bo's long words");
  }
  BOOST_TEST(result(does(ann, items)) == "accepted");
}

// The intent of a group writes nothing itself.
BOOST_AUTO_TEST_CASE(ST_9_a_group_of_others_since_the_look_is_not_taken_back_unseen) {
  const auto code = a_code("one");
  const auto look = head();
  did(bo, said("code.copied", {{"code", code.text()}, {"id", new_item().text()}, {"name", "two"}}));
  const auto span = said("undo.applied", {{"actor", "bo"}, {"first", look.next().value}});
  BOOST_TEST(result(does(ann.seeing(look), span)) == "STALE");
  BOOST_TEST(result(does(ann, span)) == "accepted");
}

BOOST_AUTO_TEST_CASE(IDEA_7_one_persons_span_is_undone_and_nobody_elses) {
  const auto first = head().next();
  const auto bos = new_item(), anns = a_code("ann's");
  did(bo, code_created(bos, "bo's"));
  did(bo, code_described(bos, "more of it"));
  did(ann, said("undo.applied", {{"actor", "bo"}, {"first", first.value}}));
  BOOST_TEST(!alive(bos));
  BOOST_TEST(alive(anns));
  BOOST_TEST(result(does(ann, said("undo.applied", {{"actor", "bo"}, {"first", first.value}}))) ==
             "POLICY");
}

BOOST_AUTO_TEST_CASE(I13_undo_and_redo_are_the_way_there_and_back) {
  const auto code = a_code("one");
  const auto renamed = did(ann, code_renamed(code, "two"));
  const auto after = digests().content;
  const auto undo = did(ann, undone(renamed));
  BOOST_TEST(name_of(code) == "one");
  BOOST_TEST(result(does(ann, redone(renamed))) == "POLICY");  // it is no undo
  did(ann, redone(undo));
  BOOST_TEST((digests().content == after));
  BOOST_TEST(result(does(ann, redone(undo))) == "noop");
}

BOOST_AUTO_TEST_CASE(I13_a_redo_that_names_none_takes_an_undo_back_and_never_a_redo) {
  const auto code = a_code("one");
  did(ann, code_renamed(code, "two"));
  did(ann, undone(std::vector<Sequence>{}));
  did(ann, said("redo.applied", {}));
  BOOST_TEST(name_of(code) == "two");
  BOOST_TEST(result(does(ann, said("redo.applied", {}))) == "BAD_REF");
  BOOST_TEST(name_of(code) == "two");
}

// What is in effect is known down a chain of undos of undos.
BOOST_AUTO_TEST_CASE(I13_an_undo_of_an_undo_of_an_undo_is_an_undo) {
  const auto code = a_code("one");
  const auto renamed = did(ann, code_renamed(code, "two"));
  const auto first = did(ann, undone(renamed));
  const auto second = did(ann, undone(first));
  BOOST_TEST(result(does(ann, undone(first))) == "noop");
  const auto third = did(ann, undone(second));
  BOOST_TEST(name_of(code) == "one");
  BOOST_TEST(result(does(ann, undone(renamed))) == "noop");
  BOOST_TEST(result(does(ann, undone(second))) == "noop");
  did(ann, undone(third));
  BOOST_TEST(name_of(code) == "two");
  BOOST_TEST(result(does(ann, undone(first))) == "noop");
  BOOST_TEST(result(does(ann, undone(renamed))) == "accepted");
}

// Who may not do a thing may not have it done again either.
BOOST_AUTO_TEST_CASE(PG_4_I13_an_undo_of_an_undo_needs_the_role_of_what_was_done_first) {
  const Person cy = join("cy");
  const auto titled = did(ann, project_titled("Gym in spring"));
  const auto undo = did(ann, undone(titled));
  for (const auto& again : {undone(undo), redone(undo)})
    BOOST_TEST(result(does(cy, again)) == "DENIED");
  const auto redo = did(bo, redone(undo));
  BOOST_TEST(result(does(cy, undone(redo))) == "DENIED");
  BOOST_TEST(result(does(bo, undone(redo))) == "accepted");
}

BOOST_AUTO_TEST_CASE(EM_4_I13_nothing_comes_back_by_undo_into_what_another_edits) {
  const auto code = a_code("one"), coding = new_item();
  const auto text = a_source("interview 1", "There was nobody at the gym today.");
  const auto put = did(ann, coded(coding, code, text, 0, 5));
  const auto undo = did(ann, undone(put));
  did(bo, lease_acquired(text));
  for (const auto& again : {undone(undo), redone(undo)})
    BOOST_TEST(result(does(ann, again)) == "LOCKED_EDIT");
  BOOST_TEST(result(does(bo, redone(undo))) == "accepted");
  BOOST_TEST(alive(coding));
}

BOOST_AUTO_TEST_CASE(I13_a_redo_is_blocked_by_what_stands_on_the_undo) {
  const auto code = a_code("one");
  const auto renamed = did(ann, code_renamed(code, "two"));
  const auto undo = did(ann, undone(renamed));
  did(bo, code_renamed(code, "bo's"));
  BOOST_TEST(result(does(ann, redone(undo))) == "UNDO_BLOCKED");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
