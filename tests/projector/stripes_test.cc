// SPDX-License-Identifier: Apache-2.0
// Rows: D-18.
// Coding stripes and density: on small projects made by hand, and against a count of every
// character.
#include "projector/query/stripes.h"

#include "tests/projector/story.h"
#include "tests/support/seed.h"

#include <map>
#include <set>

namespace qualog::test {

using namespace projector;

namespace {

constexpr std::uint32_t kStripedLength = 40;

// One source of forty characters, two people, and codes 1 to 3 called A to C.
class StripedWorld {
 public:
  StripedWorld() : story(store) {
    for (const std::string principal : {"alice", "bob"}) {
      fb::UserProfileCreatedT profile;
      profile.id = profile_item(principal);
      profile.principal = principal;
      profile.name = words(principal);
      story.as(principal).act(std::move(profile));
    }
    story.act(source_created(kSource, "Kari", std::string(kStripedLength, 'x')));
    for (std::uint64_t i = 0; i < 3; ++i)
      story.act(code_created(item_id(1 + i), std::string(1, static_cast<char>('A' + i))));
  }

  Sequence code(std::uint64_t number, std::uint64_t code, std::uint32_t begin, std::uint32_t end,
                const std::string& coder = "alice") {
    return story.as(coder).act(
        coding_added(item_id(1000 + number), item_id(code), kSource, begin, end));
  }
  void code_whole(std::uint64_t number, std::uint64_t code) {
    fb::CodingAddedT added;
    added.id = item_id(1000 + number);
    added.code = item_id(code);
    added.source = kSource;
    story.as("alice").act(std::move(added));
  }
  void merge_people() {
    fb::UserProfileMergedT merged;
    merged.from = profile_item("bob");
    merged.into = profile_item("alice");
    story.act(merged);
  }
  void merge_codes(std::uint64_t from, std::uint64_t into) {
    fb::CodeMergedT merged;
    merged.from = {item_id(from)};
    merged.into = item_id(into);
    story.act(std::move(merged));
  }
  void remove(std::uint64_t number) {
    fb::CodingRemovedT removed;
    removed.codings = {item_id(1000 + number)};
    story.act(std::move(removed));
  }
  void delete_code_of(std::uint64_t code) {
    fb::CodeDeletedT deleted;
    deleted.code = item_id(code);
    story.act(deleted);
  }

  std::vector<std::string> names(const StripeFilter& filter = {}) const {
    std::vector<std::string> found;
    for (const auto& stripe : stripes(store, kSource, filter).stripes)
      found.push_back(stripe.code.name.plain);
    return found;
  }
  Coverage of(const std::string& name) const {
    for (const auto& stripe : stripes(store, kSource).stripes)
      if (stripe.code.name.plain == name) return stripe.coverage;
    return {};
  }

  MemoryStore store;
  Story story;
};

Density density(const Reader& reader, const ItemId& source) {
  return stripes(reader, source).density;
}

using Names = std::vector<std::string>;
using ReachList = std::vector<Reach>;
using DensityRanges = std::vector<DensityRange>;

}  // namespace

BOOST_AUTO_TEST_SUITE(striped)

BOOST_AUTO_TEST_CASE(D_18_a_stripe_has_each_place_once_and_every_coding) {
  StripedWorld world;
  world.code(1, 1, 2, 6);
  world.code(2, 1, 4, 8, "bob");
  world.code(3, 1, 8, 10);
  const auto last = world.code(4, 1, 20, 21);
  const auto coverage = world.of("A");
  BOOST_TEST(coverage.codings == 4U);
  BOOST_TEST(coverage.covered == 9U);
  BOOST_TEST((coverage.reaches == ReachList{{2, 10}, {20, 21}}));
  BOOST_TEST((coverage.changed.sequence == last));
}

BOOST_AUTO_TEST_CASE(D_18_density_counts_all_codings_whatever_is_shown) {
  StripedWorld world;
  world.code(1, 1, 2, 6);
  world.code(2, 2, 4, 8, "bob");
  world.code(3, 3, 8, 10);
  const auto dense = stripes(world.store, kSource, {.items = {item_id(2)}, .most = 0}).density;
  BOOST_TEST((dense.ranges == DensityRanges{{2, 4, 1}, {4, 6, 2}, {6, 10, 1}}));
  BOOST_TEST(dense.length == kStripedLength);
  BOOST_TEST(dense.all.codings == 3U);
  BOOST_TEST((world.names({.items = {item_id(2)}}) == Names{"B"}));
}

BOOST_AUTO_TEST_CASE(D_18_all_stand_as_they_begin_and_the_others_by_how_much_they_code) {
  StripedWorld world;
  world.code(1, 3, 0, 2);
  world.code(2, 1, 5, 30);
  world.code(3, 2, 10, 12);
  world.code(4, 2, 14, 16);
  BOOST_TEST((world.names() == Names{"C", "A", "B"}));
  BOOST_TEST((world.names({.order = StripeOrder::Most}) == Names{"B", "A", "C"}));
  BOOST_TEST((world.names({.order = StripeOrder::Least}) == Names{"C", "A", "B"}));
  BOOST_TEST((world.names({.order = StripeOrder::Recent}) == Names{"B", "A", "C"}));
  BOOST_TEST((world.names({.order = StripeOrder::Recent, .most = 1}) == Names{"B"}));
  BOOST_TEST((world.names({.order = StripeOrder::Least, .most = 1}) == Names{"C"}));
}

BOOST_AUTO_TEST_CASE(D_18_recent_goes_by_the_last_change) {
  StripedWorld world;
  world.code(1, 1, 0, 2);
  world.code(2, 2, 5, 6);
  fb::CodingWeightOrCommentSetT weighed;
  weighed.coding = item_id(1001);
  weighed.weight = 3;
  world.story.act(std::move(weighed));
  BOOST_TEST((world.names({.order = StripeOrder::Recent}) == Names{"A", "B"}));
}

BOOST_AUTO_TEST_CASE(D_18_of_more_than_200_codes_the_least_coding_are_left_out) {
  StripedWorld world;
  std::uint64_t number = 0;
  for (std::uint64_t code = 10; code < 215; ++code) {
    world.story.act(code_created(item_id(code), "Code " + std::to_string(code)));
    const bool codes_least = code < 15;  // though these begin first
    world.code(++number, code, codes_least ? 0 : 3, codes_least ? 1 : 5);
    if (!codes_least) world.code(++number, code, 7, 9);
  }
  const auto shown = stripes(world.store, kSource);
  BOOST_TEST(shown.stripes.size() == kStripesMax);
  BOOST_TEST(shown.left_out == 5U);
  for (const auto& stripe : shown.stripes) BOOST_TEST(stripe.coverage.codings == 2U);
  const auto dense = density(world.store, kSource);
  BOOST_TEST(dense.all.codings == 405U);
  BOOST_TEST((dense.ranges == DensityRanges{{0, 1, 5}, {3, 5, 200}, {7, 9, 200}}));
}

BOOST_AUTO_TEST_CASE(D_18_sub_stripes_are_of_one_person_each) {
  StripedWorld world;
  world.code(1, 1, 2, 6, "bob");
  world.code(2, 1, 4, 8);
  BOOST_TEST(stripes(world.store, kSource).stripes[0].coders.empty());
  const auto shown = stripes(world.store, kSource, {.by_coder = true});
  const auto& coders = shown.stripes[0].coders;
  BOOST_REQUIRE_EQUAL(coders.size(), 2U);
  BOOST_TEST(coders[0].coder.text() == "alice");
  BOOST_TEST((coders[0].coverage.reaches == ReachList{{4, 8}}));
  BOOST_TEST(coders[1].coder.text() == "bob");
  BOOST_TEST((coders[1].coverage.reaches == ReachList{{2, 6}}));
}

BOOST_AUTO_TEST_CASE(D_18_merged_people_are_one_and_what_they_coded_alike_counts_once) {
  StripedWorld world;
  world.code(1, 1, 2, 6, "bob");
  world.code(2, 1, 2, 6);
  world.code(3, 1, 5, 9, "bob");
  BOOST_TEST(density(world.store, kSource).all.codings == 3U);
  world.merge_people();
  BOOST_TEST(
      (density(world.store, kSource).ranges == DensityRanges{{2, 5, 1}, {5, 6, 2}, {6, 9, 1}}));
  const StripeFilter bobs{.coders = {profile_item("bob")}, .by_coder = true};
  const auto shown = stripes(world.store, kSource, bobs);
  BOOST_REQUIRE_EQUAL(shown.stripes.size(), 1U);
  BOOST_REQUIRE_EQUAL(shown.stripes[0].coders.size(), 1U);
  BOOST_TEST(shown.stripes[0].coders[0].coder.text() == "alice");
  BOOST_TEST(shown.stripes[0].coders[0].coverage.codings == 2U);
}

BOOST_AUTO_TEST_CASE(D_18_merged_codes_are_one_stripe_and_deleted_ones_none) {
  StripedWorld world;
  world.code(1, 1, 2, 6);
  world.code(2, 2, 4, 8);
  world.code(3, 3, 10, 12);
  world.code(4, 1, 20, 22);
  world.merge_codes(2, 1);
  world.delete_code_of(3);
  world.remove(4);
  BOOST_TEST((world.names() == Names{"A"}));
  BOOST_TEST((world.names({.items = {item_id(2)}}) == Names{"A"}));
  BOOST_TEST(world.names({.items = {item_id(3)}}).empty());
  BOOST_TEST((world.of("A").reaches == ReachList{{2, 8}}));
}

BOOST_AUTO_TEST_CASE(D_18_a_whole_source_is_all_of_it_and_a_lost_passage_is_nowhere) {
  StripedWorld world;
  world.code_whole(1, 1);
  world.code(2, 2, 10, 12);
  world.story.act(text_edited(kSource, {{8, 8, ""}}));
  BOOST_TEST((world.names() == Names{"A"}));
  BOOST_TEST((world.of("A").reaches == ReachList{{0, kStripedLength - 8}}));
  const auto dense = density(world.store, kSource);
  BOOST_TEST(dense.detached == 1U);
  BOOST_TEST((dense.ranges == DensityRanges{{0, kStripedLength - 8, 1}}));
}

BOOST_AUTO_TEST_CASE(D_18_sets_and_classifications_choose_the_codes_in_them) {
  StripedWorld world;
  auto kari = code_created(item_id(4), "Kari");
  kari.kind = fb::CodeKind::Case;
  world.story.act(std::move(kari));
  for (std::uint64_t code = 1; code <= 4; ++code) world.code(code, code, 2, 6);
  fb::SetCreatedT set;
  set.id = item_id(700);
  set.name = words("Round 1");
  world.story.act(std::move(set));
  fb::SetMemberAddedT member;
  member.set = item_id(700);
  member.item = item_id(2);
  world.story.act(member);
  fb::ClassificationCreatedT person;
  person.id = item_id(701);
  person.name = words("Person");
  world.story.act(std::move(person));
  fb::ItemClassifiedT classified;
  classified.item = item_id(4);
  classified.classification = item_id(701);
  world.story.act(classified);
  BOOST_TEST((world.names({.items = {item_id(700)}}) == Names{"B"}));
  BOOST_TEST((world.names({.items = {item_id(701)}}) == Names{"Kari"}));
  BOOST_TEST((world.names({.items = {item_id(700), item_id(3)}}) == Names{"B", "C"}));
  BOOST_TEST(world.names({.items = {item_id(800)}}).empty());
}

BOOST_AUTO_TEST_CASE(D_18_a_recording_without_a_text_is_measured_in_time) {
  StripedWorld world;
  const auto recording = item_id(710);
  fb::SourceImportedT imported;
  imported.id = recording;
  imported.kind = fb::SourceKind::Audio;
  imported.name = words("Talk");
  imported.duration_ms = 9'000;
  world.story.act(std::move(imported));
  for (const auto kind : {fb::AreaKind::Span, fb::AreaKind::Region}) {
    fb::CodingAddedT added;
    added.id = item_id(720 + static_cast<std::uint64_t>(kind));
    added.code = item_id(1);
    added.source = recording;
    added.area = std::make_unique<fb::AreaT>();
    added.area->kind = kind;
    added.area->left = 1'000;
    added.area->right = 2'500;
    added.area->bottom = 1;
    world.story.act(std::move(added));
  }
  const auto dense = density(world.store, recording);
  BOOST_TEST((dense.along == Along::Time));
  BOOST_TEST(dense.length == 9'000U);
  BOOST_TEST((dense.ranges == DensityRanges{{1'000, 2'500, 1}}));
  const auto shown = stripes(world.store, recording).stripes;
  BOOST_REQUIRE_EQUAL(shown.size(), 1U);
  BOOST_TEST(shown[0].coverage.codings == 2U);
  BOOST_TEST(shown[0].coverage.beside == 1U);
}

namespace {

// The same as told to the project, one character at a time.
class CharacterCount {
 public:
  explicit CharacterCount(Rng& rng) : rng_(rng) {
    for (std::uint64_t number = 1; number <= 25; ++number) add(number);
    if (below(rng_, 2) != 0) merge_codes();
    if (below(rng_, 2) != 0) delete_code();
    for (std::uint64_t number = 1; number <= 25; ++number)
      if (below(rng_, 5) == 0) world_.remove(number), told_.erase(number);
    if (below(rng_, 2) != 0) merge_people();
  }

  // `apart`: what merged people coded alike is counted twice, which is wrong.
  bool agrees(bool apart = false) const {
    const StripeFilter filter{.by_coder = true};
    const auto shown = stripes(world_.store, kSource, filter);
    const auto codings = counted(apart);
    std::set<std::uint64_t> codes;
    for (const auto& one : codings) codes.insert(one.code);
    if (shown.stripes.size() != codes.size()) return false;
    for (const auto& stripe : shown.stripes)
      if (!agrees(stripe, codings)) return false;
    return depths_of(density(world_.store, kSource).ranges) == depths(codings, {}, "");
  }

 private:
  struct Told {
    std::uint64_t code;
    std::uint64_t applied;  // what was coded with another code is not alike, also where it merged
    std::string coder;
    std::uint32_t begin, end;
    bool whole;
    auto operator<=>(const Told&) const = default;
  };
  using Depths = std::vector<std::uint64_t>;

  void add(std::uint64_t number) {
    const std::uint64_t code = 1 + below(rng_, 3);
    const std::string coder = below(rng_, 2) != 0 ? "alice" : "bob";
    if (below(rng_, 12) == 0) {
      world_.code_whole(number, code);
      told_[number] = {code, code, "alice", 0, kStripedLength, true};
      return;
    }
    // Few places, so that much is coded alike.
    const auto begin = static_cast<std::uint32_t>(below(rng_, 8) * 5);
    const auto end = begin + 1 + static_cast<std::uint32_t>(below(rng_, kStripedLength - begin));
    world_.code(number, code, begin, end, coder);
    told_[number] = {code, code, coder, begin, end, false};
  }
  void merge_codes() {
    world_.merge_codes(3, 2);
    for (auto& [number, one] : told_)
      if (one.code == 3) one.code = 2;
  }
  void delete_code() {
    world_.delete_code_of(1);
    std::erase_if(told_, [](const auto& each) { return each.second.code == 1; });
  }
  void merge_people() {
    world_.merge_people();
    is_one_person_ = true;
    for (auto& [number, one] : told_) one.coder = "alice";
  }

  std::vector<Told> counted(bool apart) const {
    std::vector<Told> codings;
    std::set<Told> seen;
    for (const auto& [number, one] : told_)
      if (!is_one_person_ || apart || seen.insert(one).second) codings.push_back(one);
    return codings;
  }

  static Depths depths(const std::vector<Told>& codings, std::optional<std::uint64_t> code,
                       const std::string& coder) {
    Depths depths(kStripedLength);
    for (const auto& one : codings)
      for (auto at = one.begin; at < one.end; ++at)
        if ((!code || one.code == *code) && (coder.empty() || one.coder == coder)) ++depths[at];
    return depths;
  }
  static Depths depths_of(const DensityRanges& ranges) {
    Depths depths(kStripedLength);
    for (const auto& range : ranges)
      for (auto at = range.begin; at < range.end; ++at) depths[at] += range.codings;
    return depths;
  }

  static bool covers(const Coverage& coverage, const Depths& depths) {
    Depths once(kStripedLength), found(kStripedLength);
    for (std::size_t at = 0; at < depths.size(); ++at) once[at] = depths[at] > 0 ? 1 : 0;
    std::uint64_t covered = 0;
    for (const auto& reach : coverage.reaches)
      for (auto at = reach.begin; at < reach.end; ++at) ++found[at], ++covered;
    return found == once && covered == coverage.covered;
  }

  static bool agrees(const Stripe& stripe, const std::vector<Told>& codings) {
    std::map<std::string, std::uint64_t> coders;
    std::uint64_t code = 1;
    while (item_id(code) != stripe.code.id) ++code;
    for (const auto& one : codings)
      if (one.code == code) ++coders[one.coder];
    std::uint64_t sum = 0;
    for (const auto& sub : stripe.coders) {
      const auto coder = sub.coder.text();
      sum += sub.coverage.codings;
      if (sub.coverage.codings != coders[coder]) return false;
      if (!covers(sub.coverage, depths(codings, code, coder))) return false;
    }
    return sum == stripe.coverage.codings && stripe.coders.size() == coders.size() &&
           covers(stripe.coverage, depths(codings, code, ""));
  }

  Rng& rng_;
  StripedWorld world_;
  std::map<std::uint64_t, Told> told_;
  bool is_one_person_ = false;
};

}  // namespace

BOOST_AUTO_TEST_CASE(D_18_stripes_and_density_are_a_count_of_every_character) {
  for_seeds(60, [](Rng& rng, std::uint64_t seed) {
    BOOST_REQUIRE_MESSAGE(CharacterCount(rng).agrees(), "QUALOG_SEED=" << seed);
  });
}

BOOST_AUTO_TEST_CASE(control_a_count_that_takes_one_coding_for_two_is_noticed) {
  BOOST_TEST(first_noticed(40, [](Rng& rng, std::uint64_t) {
               return !CharacterCount(rng).agrees(true);
             }).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
