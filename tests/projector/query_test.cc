// SPDX-License-Identifier: Apache-2.0
// What researchers ask, on the sample project and after changes to it.
#include "projector/fold/edit.h"
#include "projector/query/codes.h"
#include "projector/query/codings.h"
#include "projector/query/counts.h"
#include "projector/query/history.h"
#include "projector/query/living.h"
#include "projector/query/members.h"
#include "projector/query/people.h"
#include "projector/query/sources.h"
#include "projector/query/text.h"
#include "tests/projector/story.h"

namespace qualog::test {

using namespace projector;

namespace {

class QuerySample {
 public:
  QuerySample() : story(store) { tell_sample(story); }
  MemoryStore store;
  Story story;
};

template <class Entries>
std::vector<ItemId> ids(const Entries& entries) {
  std::vector<ItemId> found;
  for (const auto& entry : entries) found.push_back(entry.id);
  return found;
}

using Ids = std::vector<ItemId>;

// A byte is missing at the end of each.
void cut_rows(MemoryStore& store, Table table) {
  std::vector<std::pair<Bytes, Bytes>> rows;
  store.scan(table, {}, [&](ByteView key, ByteView value) {
    rows.emplace_back(Bytes(key.begin(), key.end()), Bytes(value.begin(), value.end() - 1));
    return true;
  });
  for (const auto& [key, value] : rows) store.put(table, key, value);
}

void delete_code(Story& story, const ItemId& code) {
  fb::CodeDeletedT deleted;
  deleted.code = code;
  story.act(std::move(deleted));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(query)

BOOST_AUTO_TEST_CASE(codes_come_in_the_order_of_the_tree) {
  QuerySample sample;
  const auto tree = codes(sample.store);
  BOOST_CHECK((ids(tree) == Ids{kCode, kSubCode, kOtherCode}));
  BOOST_CHECK_EQUAL(tree[0].props.name.plain, "Fear");
  BOOST_CHECK_EQUAL(tree[0].props.color, "#ff0000");
  BOOST_CHECK_EQUAL(tree[1].depth, 1U);
  BOOST_CHECK(tree[1].parent == kCode);
  BOOST_CHECK_EQUAL(tree[2].depth, 0U);
}

BOOST_AUTO_TEST_CASE(siblings_come_by_position_then_name) {
  QuerySample sample;
  sample.story.act(code_created(item_id(601), "A"));
  fb::CodeMovedT moved;
  moved.code = item_id(601);
  moved.position = 5;
  sample.story.act(std::move(moved));
  BOOST_CHECK((ids(codes(sample.store)) == Ids{kCode, kSubCode, kOtherCode, item_id(601)}));
}

BOOST_AUTO_TEST_CASE(codings_of_merged_codes_count_at_the_target) {
  QuerySample sample;
  const auto tree = codes(sample.store);
  BOOST_CHECK_EQUAL(tree[2].codings, 2U);
  BOOST_CHECK((tree[2].merged == Ids{kMergedCode}));
  BOOST_CHECK_EQUAL(tree[2].coders.at(profile_item("bob")), 2U);
}

// D-05
BOOST_AUTO_TEST_CASE(an_aggregate_gathers_the_codings_below_it) {
  QuerySample sample;
  auto tree = codes(sample.store);
  BOOST_CHECK_EQUAL(tree[0].codings, 1U);
  BOOST_CHECK_EQUAL(tree[0].gathered, 2U);
  fb::CodePropsChangedT changed;
  changed.code = kCode;
  changed.aggregate = false;
  sample.story.act(std::move(changed));
  tree = codes(sample.store);
  BOOST_CHECK_EQUAL(tree[0].gathered, 1U);
  BOOST_CHECK(tree[0].version == sample.story.last());
}

BOOST_AUTO_TEST_CASE(deleted_codes_and_their_codings_are_not_listed) {
  QuerySample sample;
  delete_code(sample.story, kCode);
  BOOST_CHECK((ids(codes(sample.store)) == Ids{kOtherCode}));
  BOOST_CHECK((ids(codings(sample.store)) == Ids{kWholeCoding, kMergedCoding}));
}

// D-15
BOOST_AUTO_TEST_CASE(codings_come_with_their_passage_and_coder) {
  QuerySample sample;
  const auto all = codings(sample.store);
  BOOST_CHECK((ids(all) == Ids{kBobsCoding, kCoding, kWholeCoding, kMergedCoding}));
  BOOST_CHECK_EQUAL(all[0].text, "quick brown");
  BOOST_CHECK_EQUAL(all[0].coder.text(), "bob");
  BOOST_CHECK_EQUAL(all[0].coder.name.plain, "Bob B");
  BOOST_CHECK_EQUAL(all[0].code.name.plain, "Fear");
  BOOST_CHECK_EQUAL(all[0].source.name.plain, "Kari");
  BOOST_CHECK_EQUAL(all[0].coded_at, Story::kTime);
  BOOST_CHECK_EQUAL(all[1].text, "f\xC3\xB6x jumps");
  BOOST_CHECK_EQUAL(all[1].begin, 16U);
  BOOST_CHECK(all[2].whole);
  BOOST_CHECK_EQUAL(all[2].text, "");
  BOOST_CHECK(all[3].code.id == kOtherCode);
  BOOST_CHECK(all[3].applied == kMergedCode);
}

BOOST_AUTO_TEST_CASE(codings_are_filtered_by_code_source_and_coder) {
  QuerySample sample;
  const auto found = [&](const CodingFilter& filter) { return ids(codings(sample.store, filter)); };
  BOOST_CHECK((found({.code = kCode}) == Ids{kBobsCoding}));
  BOOST_CHECK((found({.code = kOtherCode}) == Ids{kWholeCoding, kMergedCoding}));
  BOOST_CHECK((found({.code = kMergedCode}) == Ids{kWholeCoding, kMergedCoding}));
  BOOST_CHECK((found({.source = kSource}) == Ids{kBobsCoding, kCoding}));
  BOOST_CHECK((found({.coder = profile_item("alice")}) == Ids{kCoding}));
  BOOST_CHECK((found({.source = kSource, .coder = profile_item("bob")}) == Ids{kBobsCoding}));
  BOOST_CHECK((found({.code = kCode, .source = kOtherSource}) == Ids{}));
  BOOST_CHECK_EQUAL(codings(sample.store, {.with_text = false}).front().text, "");
}

BOOST_AUTO_TEST_CASE(a_detached_coding_keeps_its_last_range) {
  QuerySample sample;
  sample.story.act(text_edited(kSource, {{15, 12, ""}}));
  const auto found = codings(sample.store, {.code = kSubCode});
  BOOST_REQUIRE_EQUAL(found.size(), 1U);
  BOOST_CHECK(found[0].detached);
  BOOST_CHECK_EQUAL(found[0].end - found[0].begin, 9U);
  BOOST_CHECK_EQUAL(found[0].text, "");
}

BOOST_AUTO_TEST_CASE(sources_come_with_folder_length_and_memo) {
  QuerySample sample;
  const auto all = sources(sample.store);
  BOOST_CHECK((ids(all) == Ids{kOtherSource, kMemo, kSource}) ||
              (ids(all) == Ids{kMemo, kOtherSource, kSource}));
  const auto& kari = all.back();
  BOOST_CHECK((kari.folders == std::vector<std::string>{"Interviews"}));
  BOOST_CHECK_EQUAL(kari.length, code_points(kSourceText));
  BOOST_CHECK(kari.state == ContentState::Complete);
  fb::MemoLinkedT linked;
  linked.item = kSource;
  linked.memo = kMemo;
  sample.story.act(std::move(linked));
  BOOST_CHECK(sources(sample.store).back().memo == kMemo);
}

// UT-1, UT-4
BOOST_AUTO_TEST_CASE(a_removed_member_stays_a_user_with_their_work) {
  QuerySample sample;
  BOOST_CHECK_EQUAL(members(sample.store).size(), 2U);
  fb::MemberRemovedT removed;
  removed.principal = "bob";
  sample.story.act(std::move(removed));
  fb::MemberAddedT added;
  added.principal = "carol";
  added.group = fb::Group::Reader;
  sample.story.act(std::move(added));
  const auto now = members(sample.store);
  BOOST_REQUIRE_EQUAL(now.size(), 2U);
  BOOST_CHECK_EQUAL(now[0].principal, "alice");
  BOOST_CHECK_EQUAL(now[1].principal, "carol");
  const auto all = users(sample.store);
  BOOST_REQUIRE_EQUAL(all.size(), 3U);
  BOOST_CHECK_EQUAL(all[1].principal, "bob");
  BOOST_CHECK(!all[1].has_access);
  BOOST_CHECK(all[1].contributed);
  BOOST_CHECK_EQUAL(all[1].name.plain, "Bob B");
  BOOST_CHECK(all[2].has_access);
  BOOST_CHECK(!all[2].contributed);
  BOOST_CHECK_EQUAL(codings(sample.store, {.code = kCode}).front().coder.text(), "bob");
}

BOOST_AUTO_TEST_CASE(counts_are_of_the_living) {
  QuerySample sample;
  const Counts before = counts(sample.store);
  BOOST_CHECK_EQUAL(before.folders, 3U);
  BOOST_CHECK_EQUAL(before.sources, 2U);
  BOOST_CHECK_EQUAL(before.memos, 1U);
  BOOST_CHECK_EQUAL(before.codes, 3U);
  BOOST_CHECK_EQUAL(before.merged, 1U);
  BOOST_CHECK_EQUAL(before.codings, 4U);
  BOOST_CHECK_EQUAL(before.annotations, 1U);
  BOOST_CHECK_EQUAL(before.seealso, 1U);
  BOOST_CHECK_EQUAL(before.members, 2U);
  delete_code(sample.story, kOtherCode);
  const Counts after = counts(sample.store);
  BOOST_CHECK_EQUAL(after.codes, 2U);
  BOOST_CHECK_EQUAL(after.merged, 0U);
  BOOST_CHECK_EQUAL(after.codings, 2U);
}

// ID-3
BOOST_AUTO_TEST_CASE(every_item_says_who_made_and_who_changed_it) {
  QuerySample sample;
  sample.story.as("bob").at(Story::kTime + 5);
  delete_code(sample.story, kSubCode);
  const auto found = authorship(sample.store, kSubCode);
  BOOST_REQUIRE(found);
  BOOST_CHECK_EQUAL(found->created_by.text(), "alice");
  BOOST_REQUIRE(found->modified);
  BOOST_CHECK_EQUAL(found->modified_by->text(), "bob");
  BOOST_CHECK_EQUAL(found->modified->time, Story::kTime + 5);
  BOOST_CHECK(!authorship(sample.store, kFresh));
  BOOST_CHECK_EQUAL(named(sample.store, kSubCode).name.plain, "Fear of falling");
}

//
BOOST_AUTO_TEST_CASE(the_history_of_an_item_lists_every_write) {
  QuerySample sample;
  const Sequence edit = sample.story.act(text_edited(kSource, {{0, 3, "A"}}));
  const Sequence undo = sample.story.as("bob").undo(edit);
  const auto changes = item_history(sample.store, kSource);
  BOOST_REQUIRE_EQUAL(changes.size(), 3U);
  BOOST_CHECK(changes[0].created);
  BOOST_CHECK(changes[1].sequence == edit);
  BOOST_CHECK((changes[1].facets == std::vector<Facet>{Facet::Content}));
  BOOST_CHECK(changes[1].undone_by == undo);
  BOOST_CHECK(static_cast<fb::Action>(changes[1].action) == fb::Action::SourceTextEdited);
  BOOST_CHECK(changes[2].undo_of == edit);
  BOOST_CHECK_EQUAL(changes[2].by.text(), "bob");
  BOOST_CHECK_EQUAL(item_history(sample.store, kCoding).size(), 1U);  // moved, not written
}

BOOST_AUTO_TEST_CASE(a_text_is_sliced_by_code_points) {
  QuerySample sample;
  const auto text = SourceText::of(sample.store, kSource);
  BOOST_REQUIRE(text);
  BOOST_CHECK_EQUAL(text->utf8(), kSourceText);
  BOOST_CHECK_EQUAL(text->slice(16, 19), "f\xC3\xB6x");
  BOOST_CHECK_EQUAL(text->slice(40, 900), "dog.");
  BOOST_CHECK_EQUAL(text->slice(5, 5), "");
  BOOST_CHECK_EQUAL(text->slice(9, 2), "");
  BOOST_CHECK_EQUAL(source_text(sample.store, kFresh), "");
}

BOOST_AUTO_TEST_CASE(a_text_can_be_read_as_it_was) {
  QuerySample sample;
  std::map<Sequence, std::string> texts;
  const auto remember = [&](Sequence at) { texts[at] = source_text(sample.store, kSource); };
  remember(sample.story.last());
  const Sequence edit = sample.story.act(text_edited(kSource, {{0, 3, "A"}, {10, 2, "gr"}}));
  remember(edit);
  sample.story.act(code_created(kFresh, "Between"));
  remember(sample.story.last());
  remember(sample.story.act(text_edited(kSource, {{5, 9, ""}})));
  const Sequence last = sample.story.act(text_edited(kSource, {{1, 0, "\xC3\xA6"}}));
  remember(last);
  remember(sample.story.undo(last));
  for (const auto& [at, text] : texts) {
    const auto content = content_at(sample.store, kSource, at);
    BOOST_REQUIRE(content);
    BOOST_CHECK_EQUAL(SourceText::of(sample.store, *content)->utf8(), text);
    BOOST_CHECK_EQUAL(content->length, code_points(text));
    BOOST_CHECK(content->version <= at);
  }
  BOOST_CHECK(content_at(sample.store, kSource, edit.next())->version == edit);
  BOOST_CHECK(!content_at(sample.store, kFresh, edit));
}

BOOST_AUTO_TEST_CASE(a_sealed_stretch_keeps_its_length) {
  MemoryStore store;
  Story story(store);
  auto source = source_created(kSource, "N", "");
  source.text->length = source.length = 3;
  source.text->seal = std::make_unique<fb::SealT>();
  source.text->seal->nonce = {1};
  source.text->seal->bytes = {2};
  story.act(std::move(source));
  story.act(text_edited(kSource, {{1, 1, "xy"}}));
  const auto text = SourceText::of(store, kSource);
  BOOST_REQUIRE(text);
  BOOST_CHECK(text->has_sealed());
  BOOST_CHECK_EQUAL(text->length(), 4U);
  BOOST_CHECK_EQUAL(text->slice(1, 3), "xy");
}

BOOST_AUTO_TEST_CASE(a_lost_text_is_damage_not_a_shorter_text) {
  QuerySample sample;
  std::vector<Bytes> keys;
  sample.store.scan(Table::Texts, {}, [&](ByteView key, ByteView) {
    keys.emplace_back(key.begin(), key.end());
    return true;
  });
  sample.store.erase(Table::Texts, keys.front());
  BOOST_CHECK(!SourceText::of(sample.store, kSource));
  BOOST_CHECK_NE(sample.store.damage(), "");
}

BOOST_AUTO_TEST_CASE(a_cut_row_is_damage_for_whoever_reads_it) {
  const std::vector<std::pair<Table, void (*)(const Reader&)>> questions = {
      {Table::Sessions, [](const Reader& reader) { users(reader); }},
      {Table::Sessions, [](const Reader& reader) { person(reader, item_id(999)); }},
      {Table::Effects, [](const Reader& reader) { item_history(reader, kCode); }},
      {Table::History,
       [](const Reader& reader) {
         range_now(reader, kSource, {}, {0, 1, false});
       }},
      {Table::Items,
       [](const Reader& reader) { visit_items(reader, [](auto&...) { return true; }); }}};
  for (const auto& [table, ask] : questions) {
    QuerySample sample;
    sample.story.act(text_edited(kSource, {{1, 1, "xy"}}));
    ask(sample.store);
    BOOST_CHECK_EQUAL(sample.store.damage(), "");
    cut_rows(sample.store, table);
    ask(sample.store);
    BOOST_CHECK_NE(sample.store.damage(), "");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
