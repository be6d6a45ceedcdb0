// SPDX-License-Identifier: Apache-2.0
// Whatever two teams have done to their projects, what one holds comes into the other without a
// refusal, comes once, and goes away with one undo. Seeded; names and texts are few, so that they
// meet.
// Rows: PM-7.
#include "tests/support/seed.h"
#include "tests/tools/transfer/meeting.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <array>

using namespace qualog;
using namespace qualog::test;

namespace {

constexpr std::uint64_t kCases = 40;
constexpr int kActs = 90;

// A team at work in one project; what is refused is refused.
class Team {
 public:
  Team(World& world, Rng& rng) : world_(world), rng_(rng) { world_.checks_refusals = false; }

  void work() {
    begin();
    for (int act = 0; act < kActs; ++act) (this->*acts()[pick(acts().size())])();
  }

 private:
  using Act = void (Team::*)();
  static const std::vector<Act>& acts() {
    static const std::vector<Act> all = {
        &Team::make_code,   &Team::make_code, &Team::make_source, &Team::make_source,
        &Team::code_some,   &Team::code_some, &Team::code_some,   &Team::merge_codes,
        &Team::delete_one,  &Team::edit_text, &Team::annotate,    &Team::link_memo,
        &Team::make_set,    &Team::classify,  &Team::relate,      &Team::summarise,
        &Team::make_folder, &Team::see_also,  &Team::move_code,   &Team::comment,
        &Team::add_row,     &Team::add_row,   &Team::edit_beside};
    return all;
  }

  // One of each, so that every act has what it names.
  void begin() {
    does(code_created(fresh(codes_), "First"));
    does(source_created(fresh(sources_), "First", "I swim before work."));
    does(coded(fresh(codings_), codes_.front(), sources_.front()));
    does(said("code.created", {{"id", text(fresh(cases_))}, {"name", "First"}, {"kind", "case"}}));
    make_set();
  }

  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(rng_() % count); }
  ItemId any(const std::vector<ItemId>& items) {
    return items.empty() ? ItemId{} : items[pick(items.size())];
  }
  std::string word() { return std::string(1, static_cast<char>('a' + pick(6))); }
  const Person& somebody() {
    static const std::array people = {world_.ann, person_called("bo"), person_called("cy")};
    return people[pick(people.size())];
  }
  void does(const Actions& actions) { world_.does(somebody(), actions); }
  void does(Action action) { world_.does(somebody(), std::move(action)); }
  ItemId fresh(std::vector<ItemId>& into) { return into.emplace_back(world_.new_item()); }
  std::string text(const ItemId& id) { return id.text(); }

  void make_code() {
    const ItemId parent = pick(2) == 0 ? any(codes_) : ItemId{};
    const auto id = fresh(codes_);
    if (pick(3) > 0) return does(code_created(id, word(), parent));
    codes_.pop_back();
    does(said("code.created", {{"id", text(fresh(cases_))}, {"name", word()}, {"kind", "case"}}));
  }
  void make_folder() { does(folder_created(fresh(folders_), word(), any(folders_))); }
  void make_source() {
    const auto kind = pick(3) == 0 ? fb::SourceKind::Memo : fb::SourceKind::Document;
    const auto words = pick(2) == 0 ? "I swim before work." : "I run.";
    does(source_created(fresh(sources_), word(), words, any(folders_), kind));
  }
  void code_some() {
    const auto begin = static_cast<std::uint32_t>(pick(5));
    const auto code = pick(4) == 0 ? any(cases_) : any(codes_);
    if (pick(5) == 0) return does(coded(fresh(codings_), code, any(sources_)));
    does(coded(fresh(codings_), code, any(sources_), begin, begin + 1));
  }
  void merge_codes() { does(code_merged({any(codes_)}, any(codes_))); }
  void move_code() { does(code_moved(any(codes_), any(codes_))); }
  void delete_one() {
    if (pick(2) == 0) return does(code_deleted(any(codes_)));
    does(pick(2) == 0 ? source_deleted(any(sources_)) : uncoded({any(codings_)}));
  }
  void edit_text() {
    const auto source = any(sources_);
    const auto& person = somebody();
    world_.does(person, lease_acquired(source));
    const auto token = world_.head();
    world_.does(person, text_edited(source, token, world_.version_of(source), {{0, 3, "We "}}));
    world_.does(person, lease_released(source, token));
  }
  // What is made in edit mode beside the text.
  void edits(const ItemId& source, const char* action, boost::json::object body) {
    const auto& person = somebody();
    world_.does(person, lease_acquired(source));
    const auto token = world_.head();
    body["source"] = text(source);
    body["token"] = token.value;
    world_.does(person, said(action, body));
    world_.does(person, lease_released(source, token));
  }
  void add_row() {
    if (recordings_.empty() || pick(4) == 0)
      does(said("source.imported", {{"id", text(fresh(recordings_))},
                                    {"kind", "audio"},
                                    {"name", word()},
                                    {"blob", {{"hash", std::string(64, 'a')}, {"size", 3}}}}));
    const auto recording = any(recordings_);
    edits(recording, "transcript.row_added",
          {{"id", text(world_.new_item())},
           {"version", world_.version_of(recording).value},
           {"text", pick(3) == 0 ? "" : word()},
           {"speaker", word()}});
  }
  void edit_beside() {
    const auto begin = static_cast<std::uint32_t>(pick(4));
    if (pick(2) == 0)
      return edits(any(sources_), "hyperlink.created",
                   {{"id", text(world_.new_item())},
                    {"begin", begin},
                    {"end", begin + 2},
                    {"url", "https://example.org"}});
    edits(any(sources_), "source.formatting_changed",
          {{"ranges",
            boost::json::array{{{"begin", begin}, {"end", begin + 2}, {"style", word()}}}}});
  }
  void annotate() { does(annotated(world_.new_item(), any(sources_), 0, 2, word())); }
  void link_memo() { does(memo_linked(any(codes_), any(sources_))); }
  void see_also() { does(linked(world_.new_item(), any(sources_), any(codes_))); }
  void make_set() {
    does(said("set.created", {{"id", text(fresh(sets_))}, {"name", word()}}));
    does(said("set.member_added", {{"set", text(any(sets_))}, {"item", text(sets_.front())}}));
    does(said("set.member_added", {{"set", text(any(sets_))}, {"item", text(any(codes_))}}));
  }
  void classify() {
    const auto classification = text(fresh(classifications_));
    const auto attribute = world_.new_item().text(), value = world_.new_item().text();
    does(said("classification.created", {{"id", classification}, {"name", word()}}));
    does(said("attribute.created",
              {{"id", attribute}, {"classification", classification}, {"name", word()}}));
    does(said("attrvalue.created", {{"id", value}, {"attribute", attribute}, {"name", word()}}));
    const auto item = text(any(cases_));
    does(said("item.classified", {{"item", item}, {"classification", classification}}));
    does(said("attribute.value_set", {{"item", item}, {"attribute", attribute}, {"value", value}}));
  }
  void relate() {
    does(said(
        "relationship.created",
        {{"id", text(world_.new_item())}, {"from", text(any(codes_))}, {"to", text(any(cases_))}}));
  }
  void summarise() {
    does(said("summary.set",
              {{"row", text(any(cases_))}, {"column", text(any(codes_))}, {"text", word()}}));
  }
  void comment() {
    does(said("comment.posted",
              {{"id", text(world_.new_item())}, {"item", text(any(codes_))}, {"text", word()}}));
  }

  World& world_;
  Rng& rng_;
  std::vector<ItemId> codes_, cases_, sources_, folders_, codings_, sets_, classifications_,
      recordings_;
};

struct Came {
  std::uint64_t codings = 0;
  std::uint64_t merged = 0;  // codes
  std::uint64_t edited = 0;  // what is made in edit mode
};

Came check(Rng& rng, fb::Duplicates duplicates) {
  Meeting meeting;
  Team(meeting.source, rng).work();
  Team(meeting.target, rng).work();
  transfer::Choice choice;
  choice.duplicates = duplicates;
  auto& target = meeting.target;
  const auto before = target.digests().content;
  const auto plan = meeting.bring(choice);
  BOOST_TEST(!plan.empty());
  BOOST_TEST(meeting.plan(choice).empty());
  BOOST_TEST((target.replayed().state == target.digests().state));
  const auto group = projector::effect_at(target.state(), target.head())->group;
  target.did(target.ann, said("exclusive.released", {}));
  target.did(target.ann, undone(group));
  BOOST_TEST((target.digests().content == before));
  meeting.bring(choice);
  BOOST_TEST(meeting.plan(choice).empty());
  return {tally(plan, "coding").made, tally(plan, "code").merged,
          tally(plan, "row").made + tally(plan, "hyperlink").made + tally(plan, "formatting").made};
}

}  // namespace

BOOST_AUTO_TEST_CASE(PM_7_whatever_a_team_has_made_comes_once_and_goes_with_one_undo) {
  Came all;
  for_seeds(kCases, [&](Rng& rng, std::uint64_t seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      const auto came =
          check(rng, seed % 2 == 0 ? fb::Duplicates::Merged : fb::Duplicates::Numbered);
      all.codings += came.codings, all.merged += came.merged, all.edited += came.edited;
    }
  });
  BOOST_TEST(all.codings > 0U);  // the teams have met
  BOOST_TEST(all.edited > 0U);
  if (!short_run()) BOOST_TEST(all.merged > 0U);
}

// What was brought says here what it says there, as long as nobody changes it.
BOOST_AUTO_TEST_CASE(M_04_PM_7_nothing_of_what_came_is_said_otherwise) {
  for_seeds(kCases, [&](Rng& rng, std::uint64_t seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Meeting meeting;
      Team(meeting.source, rng).work();
      meeting.bring();
      const auto again = meeting.plan();
      for (const char* kind : {"code", "case", "source", "coding", "annotation", "set", "row",
                               "relationship", "seealso", "hyperlink", "classification"})
        for (const char* why : {"it is said otherwise here", "it is said there, and not here"})
          BOOST_TEST(left_out(again, kind, why) == 0U);
    }
  });
}
