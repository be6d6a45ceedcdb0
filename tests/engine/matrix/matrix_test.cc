// SPDX-License-Identifier: Apache-2.0
// Method: every ordered pair of served actions on one scene x {same session, other session} x
// {fresh look, stale look} x {source free, in edit mode}; the answer must be what MatrixModel reads
// from the rule table alone (row CF-5), refusals must change nothing, and what was accepted must
// fold again to the same digests.
#include "engine/folding.h"
#include "schema/actions.h"
#include "tests/engine/matrix/matrix_model.h"
#include "tests/engine/matrix/shelf.h"
#include "tests/engine/world.h"
#include "tests/support/seed.h"

#include <boost/test/unit_test.hpp>

#include <iostream>

namespace qualog::test {

namespace {

using projector::Kind;
using projector::kind_of;

constexpr int kAnn = 1, kBo = 2;

// One of everything, standing on each other as closely as possible.
struct Scene {
  World world;
  Person bo = world.join("bo", fb::Group::Owner);
  ItemId folder = world.a_folder("spring"), empty = world.a_folder("empty");
  ItemId source, missing = world.new_item(), memo, linked_memo;
  ItemId code, child, target, merged;
  ItemId coding, note, link;
  Sequence described;
  std::optional<Shelf> shelf;
  MatrixModel model;

  explicit Scene(bool in_edit_mode);
  std::vector<Action> acts();

 private:
  void describe_to_model();
};

Scene::Scene(bool in_edit_mode) {
  const auto& ann = world.ann;
  world.did(ann, member_added("cy", fb::Group::Reader));
  source = world.a_source("interview 1", "There was nobody at the gym today.");
  world.did(ann, source_moved(source, folder));
  world.did(ann, source_without_text(missing, "to come"));
  memo = world.a_memo("a thought");
  linked_memo = world.a_memo("another thought");
  world.did(ann, memo_linked(source, linked_memo));
  code = world.a_code("absence");
  child = world.a_code("child", code);
  target = world.a_code("presence");
  merged = world.a_code("merged");
  world.did(ann, code_merged({merged}, target));
  for (auto* id : {&coding, &note, &link}) *id = world.new_item();
  world.did(ann, {coded(coding, code, source, 0, 5),
                  annotated(note, source, 6, 9, "as ann sees it"), linked(link, code, source)});
  world.did(bo, code_created(world.new_item(), "so that bo has a profile"));
  shelf.emplace(world, ShelfGround{source, code, target, coding});
  described = world.did(ann, code_described(code, "to be undone"));
  describe_to_model();
  if (!in_edit_mode) return;
  auto items = shelf->leased();
  items.push_back(source);
  for (const auto& item : items) {
    world.did(ann, lease_acquired(item));
    model.holds_lease(item, kAnn);
  }
}

void Scene::describe_to_model() {
  model.has(projector::kProjectItem, Kind::Project);
  for (const auto& id : {folder, empty}) model.has(id, Kind::Folder);
  for (const auto& id : {missing, memo, linked_memo}) model.has(id, Kind::Source);
  model.has(source, Kind::Source, {folder});
  for (const auto& id : {code, target, merged}) model.has(id, Kind::Code);
  model.has(child, Kind::Code, {code});
  model.is_merged(merged, target);
  model.has(coding, Kind::Coding, {code, source});
  model.has(note, Kind::Annotation, {source});
  model.has(link, Kind::Seealso, {code, source});
  model.has(world.ann.profile(), Kind::Profile);
  for (const auto& [item, on] : shelf->items()) model.has(item, kind_of(world.state(), item), on);
  model.is_merged(shelf->merged_profile, shelf->other_profile);
  model.will_be_undone(code_described(code, "to be undone"));
}

// At least one act for each row. New things get new ids at every call.
std::vector<Action> Scene::acts() {
  fb::ProjectForkedT forked;
  forked.title = name_text(test_name_key(), "a fork");
  const Sequence token{world.value<projector::Lease>(source, projector::Facet::Lease).token};
  Actions acts = {
      project_created("again"),
      action_of(std::move(forked)),
      project_titled("Gym in spring"),
      guest_access(false),
      project_deleted(),
      project_undeleted(),
      member_added("dee", fb::Group::Reader),
      member_removed("cy"),
      member_moved("cy", fb::Group::Contributor),
      profile_created(world.new_item(), "somebody"),
      profile_named(world.ann.profile(), "Ann"),
      lease_acquired(source),
      lease_released(source, token),
      lease_broken(source),
      folder_created(world.new_item(), "april " + world.new_item().text(), folder),
      folder_renamed(folder, "late spring"),
      folder_moved(folder, empty),
      folder_deleted(empty),
      source_created(world.new_item(), "new " + world.new_item().text(), "Whoever.", folder),
      text_supplied(missing, 0, "Here it is.", 11),
      source_renamed(source, "interview one"),
      source_moved(source, empty),
      source_deleted(source),
      text_edited(source, token, world.version_of(source), {{2, 1, "is i"}}),
      code_created(world.new_item(), "new " + world.new_item().text(), code),
      code_renamed(code, "being away"),
      code_moved(code, target),
      code_merged({code}, target),
      code_unmerged({merged}),
      code_deleted(code),
      code_deleted(target),
      coded(world.new_item(), code, source, 0, 5),
      coded(world.new_item(), child, source, 0, 5),
      uncoded({coding}),
      coding_moved(coding, target),
      coding_range_changed(coding, 1, 5),
      coding_noted(coding, "why"),
      annotated(world.new_item(), source, 0, 5, "new"),
      annotation_changed(note, "changed"),
      annotation_deleted(note),
      memo_linked(code, memo),
      memo_unlinked(source, linked_memo),
      linked(world.new_item(), code, source),
      link_named(link, "see"),
      link_deleted(link),
      import_started(),
      undone(described),
  };
  for (auto& act : shelf->acts(world)) acts.push_back(std::move(act));
  return acts;
}

// What a command did, computed effects and all.
void tell(MatrixModel& model, const World& world, const Action& act, Sequence before) {
  model.apply(act, kAnn, world.head().value);
  for (auto at = before.next().next(); at <= world.head(); at = at.next()) {
    const auto event = world.event(at);
    const auto* rule = engine::rule_of(event->action.type);
    if (rule->undone == nullptr && event->action.type != fb::Action::UserProfileCreated)
      model.apply(event->action, kAnn, at.value);
  }
}

struct Tally {
  std::size_t pairs = 0, exact = 0, undefined = 0;
  std::map<std::string, std::size_t> answers;
};

std::string joined(const std::set<std::string>& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : " or ") + word;
  return line;
}

// A first act was done on the scene, `look` being what was there before it.
struct AfterFirst {
  Scene scene;
  Action first;
  Sequence look;
  projector::MemoryStore folded;  // of all that was recorded
  projector::Digests digests;     // of `folded`
};

// What a world has recorded behind `events` and `asides`, folded into a store that has those.
void fold_on(projector::MemoryStore& store, const World& world, std::size_t events,
             std::size_t asides) {
  projector::Fold fold(store);
  for (auto at = events; at < world.events().size(); ++at)
    BOOST_REQUIRE(engine::fold_event(fold, world.events()[at]));
  for (auto at = asides; at < world.asides().size(); ++at)
    BOOST_REQUIRE(engine::fold_aside(fold, world.asides()[at]));
}

// A refusal has changed nothing; whatever was recorded folds again to what there is.
void check_state(const AfterFirst& after, const World& now, const std::string& answer) {
  const auto digests = now.digests();
  if (answer != "accepted") {
    BOOST_TEST((digests.state == after.digests.state));
    BOOST_TEST((digests.content == after.digests.content));
    BOOST_TEST(now.head().value == after.scene.world.head().value);
  }
  auto again = after.folded;
  fold_on(again, now, after.scene.world.events().size(), after.scene.world.asides().size());
  BOOST_TEST((projector::digests(again) == digests));
}

void try_second(const AfterFirst& after, const Action& act, bool other, bool stale, Tally& tally) {
  Scene now = after.scene;
  ++tally.pairs;
  now.world.checks_refusals = false;  // check_state() does
  const auto seen = stale ? after.look : now.world.head();
  const auto& person = other ? now.bo : now.world.ann;
  const auto expected = now.model.predict(act, other ? kBo : kAnn, seen.value);
  const auto got = result(now.world.does(person.seeing(seen), act));
  ++tally.answers[got];
  tally.exact += expected.size() == 1;
  if (!expected.contains(got)) {
    ++tally.undefined;
    BOOST_ERROR(action_name(after.first.type)
                << " then " << action_name(act.type) << (other ? " by another" : " by the same")
                << (stale ? ", stale" : ", fresh") << ": " << got << ", the rows say "
                << joined(expected));
  }
  check_state(after, now.world, got);
}

// What they make has other ids than what the first act has made.
std::vector<Action> acts_of_another_day(Scene scene) {
  for (int n = 0; n < 1000; ++n) scene.world.new_item();
  return scene.acts();
}

void try_all_behind(const Scene& scene, const Action& first, Tally& tally) {
  AfterFirst after{scene, first, scene.world.head(), {}, {}};
  auto& world = after.scene.world;
  if (result(world.does(world.ann, first)) != "accepted") return;
  tell(after.scene.model, world, first, after.look);
  fold_on(after.folded, world, 0, 0);
  after.digests = projector::digests(after.folded);
  BOOST_TEST((after.digests == world.digests()));
  for (const auto& act : acts_of_another_day(after.scene))
    for (const bool other : {false, true})
      for (const bool stale : {false, true}) try_second(after, act, other, stale, tally);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(matrix)

BOOST_AUTO_TEST_CASE(CF_5_the_scene_has_an_act_for_every_row) {
  Scene scene(false);
  std::set<fb::Action> tried;
  for (const auto& act : scene.acts()) tried.insert(act.type);
  for (const auto& rule : engine::all_rules())
    BOOST_TEST(tried.contains(rule.action), action_name(rule.action) << " is not in the matrix");
}

BOOST_AUTO_TEST_CASE(CF_5_every_act_alone_is_answered_as_its_row_says) {
  for (const bool in_edit_mode : {false, true}) {
    const Scene scene(in_edit_mode);
    const auto count = Scene(scene).acts().size();
    for (std::size_t n = 0; n < count; ++n)
      for (const bool other : {false, true}) {
        Scene now = scene;
        const auto act = now.acts()[n];
        const auto& person = other ? now.bo : now.world.ann;
        const auto expected = now.model.predict(act, other ? kBo : kAnn, now.world.head().value);
        const auto got = result(now.world.does(person, act));
        BOOST_TEST(expected.contains(got),
                   action_name(act.type) << ": " << got << ", the rows say " << joined(expected));
      }
  }
}

BOOST_AUTO_TEST_CASE(CF_5_every_pair_of_acts_is_answered_as_the_rows_say) {
  Tally tally;
  const std::size_t step = short_run() ? 7 : 1;
  for (const bool in_edit_mode : {false, true}) {
    const Scene scene(in_edit_mode);
    const auto acts = Scene(scene).acts();
    for (std::size_t n = 0; n < acts.size(); n += step) try_all_behind(scene, acts[n], tally);
  }
  std::cout << tally.pairs << " pairs, " << tally.exact << " with one answer by the columns:";
  for (const auto& [answer, times] : tally.answers) std::cout << " " << answer << " " << times;
  std::cout << "\n";
  BOOST_TEST(tally.undefined == 0u);
  for (const auto* answer : {"accepted", "noop", "STALE", "GONE", "MERGED", "LOCKED_EDIT",
                             "NEED_EDIT_LEASE", "UNDO_BLOCKED", "DENIED", "BAD_REF"})
    BOOST_TEST((tally.answers[answer] > 0u || short_run()), answer << " was never the answer");
}

// Control: a row that forgets its check must be noticed.
BOOST_AUTO_TEST_CASE(control_an_answer_that_the_rows_do_not_say_is_noticed) {
  Scene scene(false);
  const auto look = scene.world.head();
  const auto first = annotation_changed(scene.note, "first");
  scene.world.did(scene.world.ann, first);
  scene.model.apply(first, kAnn, scene.world.head().value);
  const auto second = annotation_changed(scene.note, "second");
  const auto expected = scene.model.predict(second, kBo, look.value);
  const auto wrong = result(scene.world.does(scene.bo, second));
  BOOST_TEST(!expected.contains(wrong));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
