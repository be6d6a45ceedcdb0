// SPDX-License-Identifier: Apache-2.0
// The fold, one action of every family at a time: what it does can be seen, its undo brings the
// content and every facet back, the undo of the undo brings it forth again; and the same for random
// histories. Rows of deleted items stay.
// Rows: X-37.
#include "projector/query/text.h"
#include "projector/value_json.h"
#include "tests/projector/story.h"
#include "tests/support/seed.h"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace qualog::test {

using namespace projector;

namespace {

enum class Shows { InContent, InFacetsOnly };

struct Case {
  const char* name;
  Shows shows;
  bool creates;
  Sequence (*tell)(Story&);
};

template <class ActionT, class Fill>
Sequence tell(Story& story, Fill fill) {
  ActionT action;
  fill(action);
  return story.act(std::move(action));
}

// clang-format off
const Case kCases[] = {
    {"project.props_changed", Shows::InFacetsOnly, false, [](Story& s) {
       return tell<fb::ProjectPropsChangedT>(s, [](auto& a) { a.title = words("Renamed"); }); }},
    {"project.guest_access_set", Shows::InFacetsOnly, false, [](Story& s) {
       return tell<fb::ProjectGuestAccessSetT>(s, [](auto& a) { a.on = false; }); }},
    {"project.deleted", Shows::InFacetsOnly, false, [](Story& s) {
       return tell<fb::ProjectDeletedT>(s, [](auto&) {}); }},
    {"member.added", Shows::InFacetsOnly, true, [](Story& s) {
       return tell<fb::MemberAddedT>(s, [](auto& a) {
         a.principal = "carol"; a.group = fb::Group::Reader; }); }},
    {"member.moved", Shows::InFacetsOnly, false, [](Story& s) {
       return tell<fb::MemberMovedT>(s, [](auto& a) {
         a.principal = "bob"; a.group = fb::Group::Reader; }); }},
    {"member.removed", Shows::InFacetsOnly, false, [](Story& s) {
       return tell<fb::MemberRemovedT>(s, [](auto& a) { a.principal = "bob"; }); }},
    {"user.profile_created", Shows::InFacetsOnly, true, [](Story& s) {
       return tell<fb::UserProfileCreatedT>(s, [](auto& a) {
         a.id = kFresh; a.name = words("Imported"); a.kind = fb::ProfileKind::Imported; }); }},
    {"user.props_changed", Shows::InContent, false, [](Story& s) {
       return tell<fb::UserPropsChangedT>(s, [](auto& a) {
         a.profile = profile_item("bob"); a.name = words("Robert B"); }); }},
    {"lease.acquired", Shows::InFacetsOnly, false, [](Story& s) {
       return tell<fb::LeaseAcquiredT>(s, [](auto& a) { a.item = kSource; }); }},

    {"folder.created", Shows::InContent, true, [](Story& s) {
       return s.act(folder_created(kFresh, "New", kFolder)); }},
    {"folder.renamed", Shows::InContent, false, [](Story& s) {
       return tell<fb::FolderRenamedT>(s, [](auto& a) { a.folder = kFolder; a.name = words("X"); }); }},
    {"folder.moved", Shows::InContent, false, [](Story& s) {
       return tell<fb::FolderMovedT>(s, [](auto& a) { a.folder = kEmptyFolder; }); }},
    {"folder.deleted", Shows::InContent, false, [](Story& s) {
       return tell<fb::FolderDeletedT>(s, [](auto& a) { a.folder = kEmptyFolder; }); }},
    {"source.created", Shows::InContent, true, [](Story& s) {
       return s.act(source_created(kFresh, "New", "new text", kFolder)); }},
    {"source.props_changed", Shows::InContent, false, [](Story& s) {
       return tell<fb::SourcePropsChangedT>(s, [](auto& a) {
         a.source = kSource; a.description = words("about"); }); }},
    {"source.moved", Shows::InContent, false, [](Story& s) {
       return tell<fb::SourceMovedT>(s, [](auto& a) { a.source = kSource; a.folder = kOtherFolder; }); }},
    {"source.deleted", Shows::InContent, false, [](Story& s) {
       return tell<fb::SourceDeletedT>(s, [](auto& a) { a.source = kSource; }); }},
    {"source.text_edited", Shows::InContent, false, [](Story& s) {
       return s.act(text_edited(kSource, {{0, 4, ""}, {10, 6, "red"}, {18, 0, "!"}})); }},

    {"code.created", Shows::InContent, true, [](Story& s) {
       return s.act(code_created(kFresh, "New", kCode)); }},
    {"code.props_changed", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodePropsChangedT>(s, [](auto& a) {
         a.code = kCode; a.name = words("Dread"); a.aggregate = false; }); }},
    {"code.moved", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodeMovedT>(s, [](auto& a) { a.code = kOtherCode; a.parent = kCode; }); }},
    {"code.merged", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodeMergedT>(s, [](auto& a) { a.from = {kSubCode}; a.into = kOtherCode; }); }},
    {"code.unmerged", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodeUnmergedT>(s, [](auto& a) { a.codes = {kMergedCode}; }); }},
    {"code.deleted", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodeDeletedT>(s, [](auto& a) { a.code = kCode; }); }},

    {"coding.added", Shows::InContent, true, [](Story& s) {
       return s.act(coding_added(kFresh, kCode, kSource, 0, 5)); }},
    {"coding.removed", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodingRemovedT>(s, [](auto& a) { a.codings = {kCoding, kBobsCoding}; }); }},
    {"coding.moved", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodingMovedT>(s, [](auto& a) { a.coding = kCoding; a.code = kOtherCode; }); }},
    {"coding.range_changed", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodingRangeChangedT>(s, [](auto& a) {
         a.coding = kCoding; a.begin = 1; a.end = 2; }); }},
    {"coding.weight_or_comment_set", Shows::InContent, false, [](Story& s) {
       return tell<fb::CodingWeightOrCommentSetT>(s, [](auto& a) {
         a.coding = kCoding; a.weight = 50; }); }},
    {"annotation.created", Shows::InContent, true, [](Story& s) {
       return tell<fb::AnnotationCreatedT>(s, [](auto& a) {
         a.id = kFresh; a.source = kSource; a.begin = 1; a.end = 2; a.text = plain_text("?"); }); }},
    {"annotation.text_changed", Shows::InContent, false, [](Story& s) {
       return tell<fb::AnnotationTextChangedT>(s, [](auto& a) {
         a.annotation = kAnnotation; a.text = plain_text("slow?"); }); }},
    {"annotation.deleted", Shows::InContent, false, [](Story& s) {
       return tell<fb::AnnotationDeletedT>(s, [](auto& a) { a.annotation = kAnnotation; }); }},
    {"memo.linked", Shows::InContent, false, [](Story& s) {
       return tell<fb::MemoLinkedT>(s, [](auto& a) { a.item = kOtherCode; a.memo = kMemo; }); }},
    {"memo.unlinked", Shows::InContent, false, [](Story& s) {
       return tell<fb::MemoUnlinkedT>(s, [](auto& a) { a.item = kCode; a.memo = kMemo; }); }},
    {"seealso.created", Shows::InContent, true, [](Story& s) {
       return tell<fb::SeealsoCreatedT>(s, [](auto& a) {
         a.id = kFresh; a.from = kCode; a.to = kOtherCode; }); }},
    {"seealso.changed", Shows::InContent, false, [](Story& s) {
       return tell<fb::SeealsoChangedT>(s, [](auto& a) {
         a.seealso = kSeealso; a.external = plain_text("https://example.org"); }); }},
    {"seealso.deleted", Shows::InContent, false, [](Story& s) {
       return tell<fb::SeealsoDeletedT>(s, [](auto& a) { a.seealso = kSeealso; }); }},
};
// clang-format on

// Every facet of every item as people see it, and all ranges and texts.
std::string facets(const Reader& reader) {
  std::vector<ItemId> items;
  reader.scan(Table::Items, {}, [&](ByteView key, ByteView) {
    items.push_back(item_in(key, 0));
    return true;
  });
  std::string all;
  for (const auto& id : items) {
    const auto row = item(reader, id);
    for (int number = 1; number < static_cast<int>(Facet::Below); ++number) {
      const auto facet = static_cast<Facet>(number);
      const auto* slot = row->find(facet);
      auto json = facet_json(reader, id, facet, slot != nullptr ? slot->value : Bytes{});
      if (facet == Facet::Content && json.is_object()) json.as_object().erase("version");
      all += boost::json::serialize(json) + "\n";
    }
  }
  return all;
}

class FoldSample {
 public:
  FoldSample() : story(store) { tell_sample(story); }
  MemoryStore store;
  Story story;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fold)

BOOST_AUTO_TEST_CASE(every_action_shows_and_its_undo_and_redo_bring_back) {
  for (const auto& row : kCases) {
    BOOST_TEST_CONTEXT(row.name) {
      FoldSample sample;
      auto& [store, story] = sample;
      const auto content_before = content(store), facets_before = facets(store);
      const Sequence act = row.tell(story);
      const auto content_after = content(store), facets_after = facets(store);
      BOOST_CHECK_NE(facets_before, facets_after);
      BOOST_CHECK_EQUAL(content_before != content_after, row.shows == Shows::InContent);
      Sequence undone = act;
      for (int times = 0; times < 2; ++times) {
        const Sequence undo = story.undo(undone);
        BOOST_CHECK_EQUAL(content(store), content_before);
        if (!row.creates) BOOST_CHECK_EQUAL(facets(store), facets_before);
        undone = story.undo(undo);
        BOOST_CHECK_EQUAL(content(store), content_after);
        BOOST_CHECK_EQUAL(facets(store), facets_after);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(rows_of_deleted_items_stay) {
  for (const auto& row : kCases) {
    BOOST_TEST_CONTEXT(row.name) {
      FoldSample sample;
      std::vector<Bytes> keys;
      sample.store.scan(Table::Items, {}, [&](ByteView key, ByteView) {
        keys.emplace_back(key.begin(), key.end());
        return true;
      });
      row.tell(sample.story);
      for (const auto& key : keys) BOOST_CHECK(sample.store.get(Table::Items, key));
    }
  }
}

BOOST_AUTO_TEST_CASE(deletion_takes_along_what_stands_on_it) {
  FoldSample sample;
  tell<fb::SourceDeletedT>(sample.story, [](auto& a) { a.source = kSource; });
  for (const auto& gone : {kSource, kCoding, kBobsCoding, kAnnotation, kSeealso})
    BOOST_CHECK(standing(sample.store, gone) == Standing::Gone);
  BOOST_CHECK(standing(sample.store, kMergedCoding) == Standing::Alive);
  BOOST_CHECK(item(sample.store, kCoding).has_value());
  BOOST_CHECK_EQUAL(source_text(sample.store, kSource), kSourceText);
}

BOOST_AUTO_TEST_CASE(a_deleted_target_takes_along_what_is_merged_into_it) {
  FoldSample sample;
  BOOST_CHECK(standing(sample.store, kMergedCode) == Standing::Merged);
  BOOST_CHECK(standing(sample.store, kMergedCoding) == Standing::Alive);
  tell<fb::CodeDeletedT>(sample.story, [](auto& a) { a.code = kOtherCode; });
  BOOST_CHECK(standing(sample.store, kMergedCode) == Standing::Gone);
  BOOST_CHECK(standing(sample.store, kMergedCoding) == Standing::Gone);
}

BOOST_AUTO_TEST_CASE(an_event_that_names_many_items_twice_writes_each_and_is_undone) {
  FoldSample sample;
  std::vector<ItemId> codes;
  for (std::uint64_t n = 0; n < 40; ++n)
    sample.story.act(code_created(codes.emplace_back(item_id(5000 + n)), std::to_string(n)));
  const auto before = content(sample.store);
  const auto merged = tell<fb::CodeMergedT>(sample.story, [&](auto& a) {
    a.from = codes;
    a.from.insert(a.from.end(), codes.rbegin(), codes.rend());
    a.into = kOtherCode;
  });
  for (const auto& code : codes) BOOST_CHECK(standing(sample.store, code) == Standing::Merged);
  sample.story.undo(merged);
  BOOST_CHECK_EQUAL(content(sample.store), before);
  BOOST_CHECK_EQUAL(sample.store.damage(), "");
}

BOOST_AUTO_TEST_CASE(a_text_comes_in_chunks) {
  MemoryStore store;
  Story story(store);
  auto source = source_created(kSource, "Long", "first ");
  source.length = 12;
  story.act(std::move(source));
  auto row = content_row(store, kSource);
  BOOST_CHECK(row->state == ContentState::Growing);
  tell<fb::SourceTextSuppliedT>(story, [](auto& a) {
    a.source = kSource;
    a.position = 6;
    a.text = plain_text("second");
    a.length = 12;
  });
  row = content_row(store, kSource);
  BOOST_CHECK(row->state == ContentState::Complete);
  BOOST_CHECK_EQUAL(source_text(store, kSource), "first second");
}

BOOST_AUTO_TEST_CASE(an_edit_moves_what_stands_on_the_text) {
  FoldSample sample;
  sample.story.act(text_edited(kSource, {{0, 4, ""}}));
  const auto range = range_row(sample.store, kCoding, Facet::Range);
  BOOST_CHECK((range->range == text::Range{12, 21, false}));
  BOOST_CHECK_EQUAL(source_slice(sample.store, kSource, 12, 21), "f\xC3\xB6x jumps");
}

BOOST_AUTO_TEST_CASE(random_histories_go_back_and_forth) {
  for_seeds(150, [&](Rng& rng, std::uint64_t seed) {
    BOOST_TEST_CONTEXT("QUALOG_SEED=" << seed) {
      FoldSample sample;
      auto& [store, story] = sample;
      std::vector<std::string> contents = {content(store)};
      std::vector<Sequence> acts;
      bool fresh = true;
      for (int left = 8; left > 0; --left) {
        const auto& row = kCases[below(rng, std::size(kCases))];
        if (row.creates && !fresh) continue;
        if (row.creates) fresh = false;
        acts.push_back(row.tell(story.as(below(rng, 2) == 0 ? "alice" : "bob")));
        contents.push_back(content(store));
      }
      for (int times = 0; times < 2; ++times) {
        for (auto at = acts.size(); at-- > 0;) {
          acts[at] = story.undo(acts[at]);
          BOOST_CHECK_EQUAL(content(store), contents[at]);
        }
        for (std::size_t at = 0; at < acts.size(); ++at) {
          acts[at] = story.undo(acts[at]);
          BOOST_CHECK_EQUAL(content(store), contents[at + 1]);
        }
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(X_37_an_action_that_is_not_known_stops_the_fold) {
  MemoryStore store;
  Fold fold(store);
  fb::EventT event;
  event.sequence = 1;
  event.action.Set(fb::ErasurePerformedT{});
  Bytes stored;
  pack(event, stored);
  const auto folded = fold.event(**event_view(stored));
  BOOST_REQUIRE(!folded);
  BOOST_CHECK(folded.error().code == Code::too_new);
  BOOST_CHECK(!store.get(Table::Facts, view("clock")));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
