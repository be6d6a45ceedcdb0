// SPDX-License-Identifier: Apache-2.0
// The three digests: what changes them and what does not, on every store. That each real change
// does change the content's digest is shown case by case in fold_test.cc.
#include "projector/digest.h"

#include "projector/lmdb/environment.h"
#include "projector/query/living.h"
#include "projector/state/format.h"
#include "tests/projector/story.h"
#include "tests/support/seed.h"

#include <algorithm>
#include <functional>

namespace qualog::test {

using namespace projector;

namespace {

using Step = std::function<void(Story&)>;

// What one author does on items of their own, in order.
std::vector<Step> steps_of(const std::string& author, std::uint64_t first_id) {
  const ItemId source = item_id(first_id), code = item_id(first_id + 1),
               sub_code = item_id(first_id + 2), coding = item_id(first_id + 3);
  std::vector<Step> steps = {
      [=](Story& s) { s.act(source_created(source, "Talk of " + author, "one two three")); },
      [=](Story& s) { s.act(code_created(code, "Code of " + author)); },
      [=](Story& s) { s.act(code_created(sub_code, "Sub-code of " + author, code)); },
      [=](Story& s) { s.act(coding_added(coding, sub_code, source, 4, 7)); },
      [=](Story& s) {
        s.act(text_edited(source, {{0, 4, "1 "}}));
      },
      [=](Story& s) {
        s.undo(s.act(text_edited(source, {{2, 3, "2"}})));
      },
  };
  for (auto& step : steps) step = [=, inner = std::move(step)](Story& s) { inner(s.as(author)); };
  return steps;
}

// The steps of several authors, each one's in order, interleaved at random.
std::vector<Step> interleaved(Rng& rng, std::vector<std::vector<Step>> authors) {
  std::vector<Step> steps;
  for (auto& author : authors) std::reverse(author.begin(), author.end());
  while (!authors.empty()) {
    const auto at = static_cast<std::ptrdiff_t>(below(rng, authors.size()));
    auto& author = authors[static_cast<std::size_t>(at)];
    steps.push_back(std::move(author.back()));
    author.pop_back();
    if (author.empty()) authors.erase(authors.begin() + at);
  }
  return steps;
}

Digests told(Store& store, const std::vector<Step>& steps) {
  Story story(store);
  for (const auto& step : steps) step(story);
  return digests(store);
}

std::string state(const Reader& reader) { return hex(state_digest(reader)); }

// The sample, and what of the fold an older state may have otherwise: undos of undos, kinds of
// members.
void tell_everything(Story& story) {
  tell_sample(story);
  auto undone = story.act(code_created(kFresh, "Undone again and again"));
  for (int n = 0; n < 4; ++n) undone = story.undo(undone);
  fb::MemberAddedT group;
  group.principal = "staff";
  group.kind = fb::PrincipalKind::Group;
  story.act(group);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(digest)

// A fold that makes other rows of the same events makes states that an older program's are not:
// then kStateFormat rises, and both stand here anew.
BOOST_AUTO_TEST_CASE(the_rows_of_a_fixed_story_belong_to_the_format_of_states) {
  MemoryStore store;
  Story story(store);
  tell_everything(story);
  BOOST_CHECK_EQUAL(kStateFormat, 3u);
  BOOST_CHECK_EQUAL(state(store),
                    "ff3ab31be656372cb6d1ecdf9b3f447fe8a3bfd027976989c42bd2cc38e90562");
}

BOOST_AUTO_TEST_CASE(a_refusal_changes_only_the_digest_of_asides) {
  MemoryStore store;
  Story story(store);
  tell_sample(story);
  const Digests before = digests(store);
  story.refuse(CommandId{}, {"[]"});
  const Digests after = digests(store);
  BOOST_CHECK(before.content == after.content);
  BOOST_CHECK(before.state == after.state);
  BOOST_CHECK(before.aside != after.aside);
}

BOOST_AUTO_TEST_CASE(an_event_changes_only_the_digests_of_events) {
  MemoryStore store;
  Story story(store);
  tell_sample(story);
  const Digests before = digests(store);
  story.act(code_created(kFresh, "New"));
  const Digests after = digests(store);
  BOOST_CHECK(before.content != after.content);
  BOOST_CHECK(before.state != after.state);
  BOOST_CHECK(before.aside == after.aside);
}

BOOST_AUTO_TEST_CASE(where_a_log_was_read_to_is_in_no_digest) {
  MemoryStore store;
  Story story(store);
  tell_sample(story);
  const Digests before = digests(store);
  store.put(Table::Meta, view("applied"), view("anything"));
  BOOST_CHECK(before == digests(store));
}

BOOST_AUTO_TEST_CASE(every_row_is_in_the_digest_of_its_side) {
  MemoryStore store;
  for (int number = 2; number < 40; ++number) {
    const auto table = static_cast<Table>(number);
    if (number == 4 || (number > 17 && number < 32) || number > 34) continue;
    const Digests before = digests(store);
    store.put(table, view("0123456789abcdef0"), view("x"));
    const Digests after = digests(store);
    BOOST_CHECK_EQUAL(before.state != after.state, number < 32);
    BOOST_CHECK_EQUAL(before.aside != after.aside, number >= 32);
  }
}

BOOST_AUTO_TEST_CASE(the_state_digest_is_as_documented) {
  MemoryStore store;
  store.put(Table::Texts, view("k"), view("vw"));
  store.put(Table::Items, Bytes(200, 'i'), view(""));
  std::string input = "qualog.state.v1";
  input += std::string("\x03\xc8\x01", 3) + std::string(200, 'i') + std::string(1, '\0');
  input += std::string("\x08\x01k\x02vw");
  BOOST_CHECK_EQUAL(state(store), hex(sha256(view(input))));
}

BOOST_AUTO_TEST_CASE(the_content_digest_is_as_documented) {
  MemoryStore store;
  Story story(store);
  story.act(source_created(kSource, "N", "ab"));
  std::string input = "qualog.content.v1";
  const std::string id(text_of(kSource.view()));
  const std::string props =
      std::string("\x01N\0\x01\0", 5) + std::string(12, '\0') + std::string("\x01\0", 2);
  input += "\x05" + id + std::string(1, '\0') + "\x02";
  input += static_cast<char>(props.size()) + props + std::string(1, '\0');
  input += std::string(2, '\0');  // the ends of items and of ranges
  input += "\x01" + id + std::string("\0\x02\x01", 3) + std::string(text_of(sha256(view("ab")))) +
           std::string(1, '\0');
  input += std::string(2, '\0');  // the ends of texts and of coders
  BOOST_CHECK_EQUAL(content(store), hex(sha256(view(input))));
}

BOOST_AUTO_TEST_CASE(the_sample_has_this_content_for_ever) {
  MemoryStore store;
  Story story(store);
  tell_sample(story);
  BOOST_CHECK_EQUAL(content(store),
                    "d408eda1dc55b936a8c3dad937412184b5100b2848c6b42951c6dd48ca07ad83");
}

BOOST_AUTO_TEST_CASE(the_same_content_by_another_order_has_the_same_digest) {
  MemoryStore first_store;
  const auto in_turn = [] {
    auto steps = steps_of("alice", 1000);
    for (auto& step : steps_of("bob", 2000)) steps.push_back(step);
    return steps;
  }();
  const Digests first = told(first_store, in_turn);
  std::uint64_t other_states = 0;
  for_seeds(100, [&](Rng& rng, std::uint64_t seed) {
    MemoryStore store;
    const Digests now =
        told(store, interleaved(rng, {steps_of("alice", 1000), steps_of("bob", 2000)}));
    BOOST_CHECK_MESSAGE(now.content == first.content, "QUALOG_SEED=" << seed);
    other_states += now.state != first.state;
  });
  BOOST_CHECK_GT(other_states, 0U);  // or the orders were all one
}

BOOST_AUTO_TEST_CASE(the_same_text_by_another_way_has_the_same_digest) {
  MemoryStore typed, whole;
  Story slow(typed), quick(whole);
  slow.act(source_created(kSource, "N", "ac"));
  slow.act(text_edited(kSource, {{1, 0, "xb"}}));
  slow.act(text_edited(kSource, {{1, 1, ""}}));
  quick.act(source_created(kSource, "N", "abc"));
  BOOST_CHECK_EQUAL(content(typed), content(whole));
}

BOOST_AUTO_TEST_CASE(who_coded_and_when_is_content) {
  const auto coded = [](const std::string& coder, std::int64_t time) {
    MemoryStore store;
    Story story(store);
    story.act(source_created(kSource, "N", "abc"));
    story.act(code_created(kCode, "C"));
    story.as(coder).at(time).act(coding_added(kCoding, kCode, kSource, 0, 1));
    return content(store);
  };
  BOOST_CHECK_EQUAL(coded("alice", 5), coded("alice", 5));
  BOOST_CHECK_NE(coded("alice", 5), coded("bob", 5));
  BOOST_CHECK_NE(coded("alice", 5), coded("alice", 6));
}

BOOST_AUTO_TEST_CASE(who_made_a_code_and_when_is_not_content) {
  MemoryStore one, other;
  Story(one).as("alice").at(5).act(code_created(kCode, "C"));
  Story(other).as("bob").at(6).act(code_created(kCode, "C"));
  BOOST_CHECK_EQUAL(content(one), content(other));
  BOOST_CHECK_NE(state(one), state(other));
}

BOOST_AUTO_TEST_CASE(the_key_that_names_are_compared_by_is_not_content) {
  MemoryStore one, other;
  auto code = code_created(kCode, "C");
  code.name->match = Bytes(16, 99);
  Story(one).act(std::move(code));
  Story(other).act(code_created(kCode, "C"));
  BOOST_CHECK_EQUAL(content(one), content(other));
}

BOOST_AUTO_TEST_CASE(a_sealed_text_counts_by_its_seal) {
  const auto sealed = [](std::uint8_t nonce, std::uint8_t bytes) {
    MemoryStore store;
    Story story(store);
    auto source = source_created(kSource, "N", "");
    source.text->length = source.length = 5;
    source.text->seal = std::make_unique<fb::SealT>();
    source.text->seal->subject = kSource;
    source.text->seal->key = kFresh;
    source.text->seal->nonce = {nonce};
    source.text->seal->bytes = {bytes};
    story.act(std::move(source));
    story.undo(story.act(text_edited(kSource, {{1, 2, "xyz"}})));
    return content(store);
  };
  BOOST_CHECK_EQUAL(sealed(1, 1), sealed(1, 2));
  BOOST_CHECK_NE(sealed(1, 1), sealed(2, 1));
}

BOOST_AUTO_TEST_CASE(a_fork_has_the_content_of_its_origin) {
  MemoryStore store;
  Story story(store);
  tell_sample(story);
  const Digests before = digests(store);
  fb::ProjectForkedT forked;
  forked.title = words("Copy");
  story.as("carol").act(std::move(forked));
  BOOST_CHECK(before.content == content_digest(store));
  BOOST_CHECK(before.state != state_digest(store));
}

BOOST_AUTO_TEST_CASE(a_link_to_a_deleted_memo_is_no_content) {
  MemoryStore unlinked, linked;
  for (auto* store : {&unlinked, &linked}) {
    Story story(*store);
    tell_sample(story);
    if (store == &unlinked) {
      fb::MemoUnlinkedT unlink;
      unlink.item = kCode;
      unlink.memo = kMemo;
      story.act(std::move(unlink));
    }
    fb::SourceDeletedT deleted;
    deleted.source = kMemo;
    story.act(std::move(deleted));
  }
  BOOST_CHECK_EQUAL(content(unlinked), content(linked));
}

BOOST_AUTO_TEST_CASE(every_store_gives_the_same_digests) {
  ScratchDirectory directory;
  auto environment = Environment::open(directory.path(), Environment::Mode::ReadWrite);
  BOOST_REQUIRE(environment);
  auto txn = WriteTransaction::begin(**environment);
  BOOST_REQUIRE(txn);
  MemoryStore memory, base;
  Overlay overlay(&base);
  for (Store* store : {static_cast<Store*>(&memory), static_cast<Store*>(&overlay),
                       static_cast<Store*>(txn->get())}) {
    Story story(*store);
    tell_sample(story);
    story.refuse(CommandId{}, {"[1,", "2]"});
  }
  const Digests expected = digests(memory);
  BOOST_CHECK(digests(overlay) == expected);
  BOOST_CHECK(digests(**txn) == expected);
  BOOST_REQUIRE((*txn)->commit());
  const auto read = ReadTransaction::begin(**environment);
  BOOST_CHECK(digests(**read) == expected);
}

BOOST_AUTO_TEST_CASE(a_row_that_cannot_be_read_is_damage) {
  MemoryStore store;
  store.put(Table::Items, kCode.view(), view("?"));
  content_digest(store);
  BOOST_CHECK_NE(store.damage(), "");
}

BOOST_AUTO_TEST_CASE(liveness_in_bulk_is_standing_one_by_one) {
  for_seeds(100, [&](Rng& rng, std::uint64_t seed) {
    MemoryStore store;
    Story story(store);
    tell_sample(story);
    const ItemId containers[] = {kFolder, kSource, kOtherSource, kCode, kSubCode, kOtherCode};
    for (int left = 2; left > 0; --left) {
      auto row = *item(store, containers[below(rng, std::size(containers))]);
      const ItemId& id = containers[below(rng, std::size(containers))];
      row = *item(store, id);
      row.slot(Facet::Life).value = encode(Life{LifeState::Deleted, {}});
      put_row(store, Table::Items, id.view(), row);
    }
    Liveness liveness(store);
    visit_items(store, [&](const ItemId& id, const ItemSlice& item) {
      BOOST_CHECK_MESSAGE(liveness.standing(id, item) == standing(store, id),
                          "QUALOG_SEED=" << seed << " " << id.text());
      return true;
    });
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
