// SPDX-License-Identifier: Apache-2.0
// Method: what holds for a command as a whole: its id, its session, `seen`, `after`, all or nothing
// (architecture.md 3.7, 3.10; row ).
#include "schema/codec.h"
#include "tests/engine/world.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

namespace qualog::test {

namespace {

struct Commands : World {
  Person bo = join("bo");
  Person cy = join("cy");
  ItemId text = a_source("interview 1", "There was nobody at the gym today.");
  ItemId code = a_code("absence");
};

Bytes bytes_of(const engine::Answer& answer) {
  fb::AsideT aside;
  aside.body.Set(fb::ConflictRefusedT(*answer.refusal));
  Bytes packed;
  pack(aside, packed);
  return packed;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(commands, Commands)

// ---- idempotency --------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(the_same_command_again_gets_its_first_answer_and_does_nothing) {
  const auto sent = command(bo, {code_renamed(code, "once")});
  const auto first = sends(bo, sent);
  did(cy, code_renamed(code, "in between"));
  const auto before = digests();
  const auto again = sends(bo, sent);
  BOOST_TEST(result(again) == "accepted");
  BOOST_TEST(again.sequence.value == first.sequence.value);
  BOOST_TEST((digests() == before));
}

BOOST_AUTO_TEST_CASE(a_refused_command_again_stays_refused_with_the_same_words) {
  const auto look = head();
  const auto winning = did(cy, code_renamed(code, "by cy"));
  const auto sent = command(bo.seeing(look), {code_renamed(code, "by bo")});
  const auto first = sends(bo, sent);
  BOOST_REQUIRE(result(first) == "STALE");
  did(cy, undone(winning));
  const auto before = digests();
  const auto again = sends(bo, sent);
  BOOST_TEST(result(again) == "STALE");
  BOOST_TEST((bytes_of(again) == bytes_of(first)));
  BOOST_TEST((digests() == before));
}

BOOST_AUTO_TEST_CASE(a_repetition_again_stays_a_repetition) {
  const auto sent = command(ann, {member_added("bo", fb::Group::Contributor)});
  const auto first = sends(ann, sent);
  did(ann, member_removed("bo"));
  const auto again = sends(ann, sent);
  BOOST_TEST(result(again) == "noop");
  BOOST_TEST(again.sequence.value == first.sequence.value);
}

BOOST_AUTO_TEST_CASE(a_group_again_gets_the_sequence_of_its_last_event) {
  const auto sent = command(bo, {code_created(new_item(), "one"), code_created(new_item(), "two")});
  const auto first = sends(bo, sent);
  BOOST_TEST(sends(bo, sent).sequence.value == first.sequence.value);
  BOOST_TEST(event(first.sequence)->group == first.sequence.value - 1);
}

// A state of which a row cannot be read, as a damaged disk gives it.
class Unreadable final : public projector::Reader {
 public:
  Unreadable(const projector::Reader& whole, projector::Table table)
      : whole_(whole), table_(table) {}
  std::optional<ByteView> get(projector::Table table, ByteView key) const override {
    if (table != table_) return whole_.get(table, key);
    report_damage("a page cannot be read");
    return std::nullopt;
  }
  void scan_from(projector::Table table, ByteView prefix, ByteView first,
                 Visit visit) const override {
    if (table != table_) return whole_.scan_from(table, prefix, first, visit);
    report_damage("a page cannot be read");
  }

 private:
  const projector::Reader& whole_;
  projector::Table table_;
};

BOOST_AUTO_TEST_CASE(a_row_that_cannot_be_read_is_not_taken_for_absent) {
  const auto sent = command(bo, {coded(new_item(), code, a_source("one", "text"), 0, 2)});
  for (const auto table : {projector::Table::Commands, projector::Table::Answers,
                           projector::Table::Sessions, projector::Table::Items}) {
    const Unreadable broken(state(), table);
    projector::Overlay rows(&broken);
    engine::Context context;
    context.principal = bo.principal;
    context.head = head();
    const auto decided = engine::decide(rows, sent, context);
    BOOST_TEST(!decided.has_value(), "table " << static_cast<int>(table));
  }
}

BOOST_AUTO_TEST_CASE(the_same_id_with_other_bytes_is_an_error_that_writes_nothing) {
  for (const bool refused : {false, true}) {
    auto sent = command(bo.seeing(refused ? Sequence{1} : head()),
                        {code_renamed(code, refused ? "never" : "once")});
    if (refused) did(cy, code_renamed(code, "by cy"));
    sends(bo, sent);
    const auto before = digests();
    const auto asides_before = next_aside();
    auto other = copy(sent);
    other.actions.front()->action.AsCodePropsChanged()->name =
        name_text(test_name_key(), "something else");
    auto other_seen = copy(sent);
    other_seen.seen = *sent.seen + 1;
    for (const auto& forged : {&other, &other_seen}) {
      BOOST_TEST(result(sends(bo, *forged)) == "error");
      BOOST_TEST((digests() == before));
      BOOST_TEST(next_aside().value == asides_before.value);
    }
  }
}

BOOST_AUTO_TEST_CASE(latest_and_its_number_are_other_bytes) {
  auto sent = command(bo.seeing(Sequence{engine::kLatest}), {code_renamed(code, "once")});
  const auto at = head();
  sends(bo, sent);
  sent.seen = at.value;
  BOOST_TEST(result(sends(bo, sent)) == "error");
}

BOOST_AUTO_TEST_CASE(nobody_gets_the_answer_of_another_persons_command) {
  const auto sent = command(bo, {code_renamed(code, "once")});
  sends(bo, sent);
  auto stolen = copy(sent);
  stolen.session = cy.session;
  const auto answer = sends(cy, stolen);
  BOOST_TEST(result(answer) == "error");
  BOOST_TEST(answer.sequence.value == 0u);
}

BOOST_AUTO_TEST_CASE(a_retry_from_another_session_of_the_same_person_is_a_retry) {
  const auto sent = command(bo, {code_renamed(code, "once")});
  const auto first = sends(bo, sent);
  auto moved = copy(sent);
  moved.session = bo.in_session(9).session;
  BOOST_TEST(sends(bo, moved).sequence.value == first.sequence.value);
}

BOOST_AUTO_TEST_CASE(a_retry_is_answered_before_anything_else_is_looked_at) {
  const auto sent = command(bo, {code_renamed(code, "once")});
  const auto first = sends(bo, sent);
  did(ann, member_removed("bo"));
  did(ann, code_deleted(code));
  BOOST_TEST(sends(bo, sent).sequence.value == first.sequence.value);
}

// ---- sessions -----------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_session_belongs_to_the_person_who_used_it_first) {
  did(bo, code_renamed(code, "by bo"));
  auto intruder = cy;
  intruder.session = bo.session;
  BOOST_TEST(result(does(intruder, code_renamed(code, "by cy"))) == "DENIED");
  BOOST_TEST(result(does(bo, code_renamed(code, "by bo again"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_session_first_used_by_a_refused_command_is_bound_too) {
  const auto reader = join("reader", fb::Group::Reader);
  does(reader, code_renamed(code, "x"));
  auto intruder = cy;
  intruder.session = reader.session;
  BOOST_TEST(result(does(intruder, code_renamed(code, "by cy"))) == "DENIED");
  did(ann, member_moved("reader", fb::Group::Contributor));
  BOOST_TEST(result(does(reader, code_renamed(code, "by the reader"))) == "accepted");
}

// ---- seen, after --------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(seen_above_the_head_is_SEEN_AHEAD) {
  BOOST_TEST(result(does(bo.seeing(head().next()), code_renamed(code, "x"))) == "SEEN_AHEAD");
  BOOST_TEST(result(does(bo.seeing(head()), code_renamed(code, "x"))) == "accepted");
}

BOOST_AUTO_TEST_CASE(what_builds_on_a_refused_command_is_refused_and_says_so) {
  const auto look = head();
  const auto winning = did(cy, code_renamed(code, "by cy"));
  const auto base = command(bo.seeing(look), {code_renamed(code, "by bo")});
  BOOST_REQUIRE(result(sends(bo, base)) == "STALE");
  const auto lost = does(bo.building_on(base.command_id), code_created(new_item(), "sub", code));
  BOOST_TEST(result(lost) == "STALE");
  BOOST_TEST(lost.refusal->detail == "after");
  BOOST_TEST(winner(lost).value == winning.value);
  BOOST_TEST((last_refusal().depends_on == base.command_id));
  BOOST_TEST(last_refusal().draft()->find("sub") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_builds_on_an_accepted_command_or_a_repetition_goes_on) {
  const auto base = command(bo, {code_renamed(code, "by bo")});
  sends(bo, base);
  const auto repeated = command(bo, {lease_acquired(text)});
  sends(bo, repeated);
  const auto noop = command(bo, {lease_acquired(text)});
  BOOST_TEST(result(sends(bo, noop)) == "noop");
  for (const auto* one : {&base, &noop})
    BOOST_TEST(result(does(bo.building_on(one->command_id),
                           code_created(new_item(), "on " + one->command_id.text()))) ==
               "accepted");
}

BOOST_AUTO_TEST_CASE(what_builds_on_an_unknown_or_foreign_command_is_BAD_REF) {
  BOOST_TEST(result(does(bo.building_on(new_command()), code_renamed(code, "x"))) == "BAD_REF");
  const auto foreign = command(cy, {code_renamed(code, "by cy")});
  sends(cy, foreign);
  BOOST_TEST(result(does(bo.building_on(foreign.command_id), code_renamed(code, "x"))) ==
             "BAD_REF");
}

// ---- all or nothing -----------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_command_with_one_refused_action_leaves_no_trace) {
  for (std::size_t refused = 0; refused < 4; ++refused) {
    Actions actions;
    for (std::size_t n = 0; n < 4; ++n)
      actions.push_back(n == refused ? code_renamed(new_item(), "nothing")
                                     : code_created(new_item(), "code " + std::to_string(n)));
    const auto before = digests();
    const auto at = head();
    BOOST_TEST(result(does(bo, actions)) == "BAD_REF");
    BOOST_TEST((digests().state == before.state));
    BOOST_TEST(head().value == at.value);
  }
}

BOOST_AUTO_TEST_CASE(later_actions_of_a_command_see_the_earlier_ones) {
  const auto made = new_item(), below = new_item();
  const auto last = did(bo, {code_created(made, "one"), code_created(below, "two", made),
                             coded(new_item(), below, text, 0, 5), code_renamed(made, "uno")});
  BOOST_TEST(name_of(made) == "uno");
  for (std::uint64_t at = last.value - 3; at <= last.value; ++at)
    BOOST_TEST(event(Sequence{at})->group == last.value - 3);
}

BOOST_AUTO_TEST_CASE(a_command_of_repetitions_is_a_repetition_and_of_some_is_the_rest) {
  const auto id = new_item();
  did(bo, coded(id, code, text, 0, 5));
  const auto again = coded(new_item(), code, text, 0, 5);
  BOOST_TEST(result(does(bo, {again, again})) == "noop");
  const auto before = head();
  BOOST_TEST(result(does(bo, {again, coded(new_item(), code, text, 1, 5)})) == "accepted");
  BOOST_TEST(head().value == before.value + 1);
}

BOOST_AUTO_TEST_CASE(what_this_version_does_not_serve_is_UNSUPPORTED) {
  BOOST_TEST(result(does(ann, action_of(fb::ErasurePerformedT{}))) == "UNSUPPORTED");
  auto relationship = code_created(new_item(), "ann knows bo");
  relationship.AsCodeCreated()->kind = fb::CodeKind::Relationship;
  BOOST_TEST(result(does(ann, relationship)) == "UNSUPPORTED");
}

BOOST_AUTO_TEST_CASE(an_item_too_large_to_store_is_TOO_LARGE_and_keeps_its_words) {
  const std::string words(70'000, 'w');
  const auto refused = does(bo, annotated(new_item(), text, 0, 5, words));
  BOOST_TEST(result(refused) == "TOO_LARGE");
  BOOST_TEST(last_refusal().draft()->find(words) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_import_is_for_a_fresh_project_and_an_owner) {
  BOOST_TEST(result(does(ann, {import_started(), code_created(new_item(), "one")})) ==
             "NEED_EXCLUSIVE");
  World fresh;
  const auto coder = fresh.new_item(), source = fresh.new_item(), made = fresh.new_item();
  const auto id = fresh.new_item();
  auto coding = coded(id, made, source, 0, 5);
  coding.AsCodingAdded()->coder = coder;
  fresh.did(fresh.ann, {import_started(), profile_created(coder, "", fb::ProfileKind::Imported),
                        source_created(source, "interview", "There was nobody."),
                        code_created(made, "absence"), coding});
  BOOST_TEST((fresh.value<projector::Place>(id, projector::Facet::Place).coder == coder));
  BOOST_TEST((fresh.replayed() == fresh.digests()));
}

// Who made something, and when, the log says itself.
BOOST_AUTO_TEST_CASE(ID_3_what_a_file_claims_is_for_imports_alone) {
  auto claimed = code_created(new_item(), "claimed");
  claimed.AsCodeCreated()->claim = std::make_unique<fb::ClaimT>();
  claimed.AsCodeCreated()->claim->time = "2020-01-01T00:00:00Z";
  BOOST_TEST(result(does(ann, claimed)) == "INVALID");
  World fresh;
  claimed.AsCodeCreated()->id = fresh.new_item();
  fresh.did(fresh.ann, {import_started(), claimed});
}

BOOST_AUTO_TEST_CASE(X_11_X_27_every_accepted_command_is_kept_and_can_be_undone) {
  const auto rename = did(bo, code_renamed(code, "kept without a save"));
  BOOST_TEST((replayed() == digests()));
  BOOST_TEST(result(does(bo, undone(rename))) == "accepted");
  BOOST_TEST((replayed() == digests()));
}

// ---- refusals -----------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_refusal_fits_one_item_however_large_its_sides) {
  const auto note = new_item(), second = new_item();
  const std::string big(15'000, 'b'), middle(5'900, 'm');
  did(bo, annotated(second, text, 0, 5, middle));
  did(bo, annotated(note, text, 6, 9, big));
  const auto look = head();
  did(cy, annotation_changed(second, middle + "2"));
  did(cy, annotation_changed(note, big + "2"));
  for (int n = 0; n < 200; ++n) did(cy, annotated(new_item(), text, 0, 5, "n" + std::to_string(n)));
  Actions actions;
  for (int n = 0; n < 2; ++n) actions.push_back(code_described(code, std::string(15'000, 'd')));
  actions.push_back(source_deleted(text));
  BOOST_TEST(result(does(bo.seeing(look), actions)) == "STALE");
  for (const auto& aside : asides()) BOOST_TEST(aside.size() <= 64u * 1024u);
  BOOST_TEST(last_refusal().facets.size() <= 100u);
}

BOOST_AUTO_TEST_CASE(a_refused_megabyte_is_kept_whole) {
  Actions actions;
  std::string words;
  for (int n = 0; n < 24; ++n) {
    words = fmt::format("{}{:x>44000}\u00e6\u00f8", static_cast<char>('a' + n), "");
    actions.push_back(annotated(new_item(), text, 0, 5, words));
  }
  actions.push_back(code_renamed(new_item(), "nothing"));
  BOOST_REQUIRE(result(does(bo, actions)) == "BAD_REF");
  const auto draft = last_refusal().draft();
  BOOST_REQUIRE(draft.has_value());
  BOOST_TEST(draft->size() > 1024u * 1024u);
  for (int n = 0; n < 24; ++n)
    BOOST_TEST(draft->find(std::string(1, static_cast<char>('a' + n)) + "xxxx") !=
               std::string::npos);
  BOOST_TEST((replayed() == digests()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
