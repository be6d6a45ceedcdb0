// SPDX-License-Identifier: Apache-2.0
// Values as people read them, one facet after the other: golden JSON of the sample project.
#include "projector/value_json.h"

#include "projector/query/counts.h"
#include "schema/limits.h"
#include "tests/projector/story.h"

#include <boost/json/serialize.hpp>

namespace qualog::test {

using namespace projector;

namespace {

class ValueSample {
 public:
  ValueSample() : story(store) { tell_sample(story); }

  // The facet as it stands.
  std::string shown(const ItemId& id, Facet facet) const {
    const auto row = item(store, id);
    const auto* slot = row->find(facet);
    return boost::json::serialize(
        facet_json(store, id, facet, slot != nullptr ? slot->value : Bytes{}));
  }

  MemoryStore store;
  Story story;
};

std::string uuid(const ItemId& id) { return "\"" + id.text() + "\""; }

}  // namespace

BOOST_AUTO_TEST_SUITE(value_json)

BOOST_AUTO_TEST_CASE(props_have_the_names_of_the_actions_fields) {
  ValueSample sample;
  BOOST_CHECK_EQUAL(sample.shown(kCode, Facet::Props),
                    R"({"name":"Fear","color":"#ff0000","codable":true,"aggregate":true,)"
                    R"("kind":"code"})");
  BOOST_CHECK_EQUAL(sample.shown(kMemo, Facet::Props), R"({"name":"On fear","kind":"memo"})");
  BOOST_CHECK_EQUAL(sample.shown(kFolder, Facet::Props),
                    R"({"name":"Interviews","kind":"sources"})");
  BOOST_CHECK_EQUAL(sample.shown(kProjectItem, Facet::Props), R"({"title":"Gym in change"})");
  BOOST_CHECK_EQUAL(sample.shown(profile_item("bob"), Facet::Props),
                    R"({"name":"Bob B","kind":"person"})");
}

BOOST_AUTO_TEST_CASE(life_says_where_a_merged_code_went) {
  ValueSample sample;
  BOOST_CHECK_EQUAL(sample.shown(kCode, Facet::Life), R"({"state":"alive"})");
  BOOST_CHECK_EQUAL(sample.shown(kMergedCode, Facet::Life),
                    R"({"state":"merged","into":)" + uuid(kOtherCode) + "}");
}

BOOST_AUTO_TEST_CASE(a_lease_names_its_holder) {
  ValueSample sample;
  BOOST_CHECK_EQUAL(sample.shown(kSource, Facet::Lease), "null");
  fb::LeaseAcquiredT lease;
  lease.item = kSource;
  const Sequence token = sample.story.as("bob").act(std::move(lease));
  BOOST_CHECK_EQUAL(sample.shown(kSource, Facet::Lease),
                    R"({"holder":"bob","since":"2023-11-14T22:13:20.000000Z","token":)" +
                        std::to_string(token.value) + "}");
}

BOOST_AUTO_TEST_CASE(a_lease_without_a_profile_names_the_sessions_principal) {
  ValueSample sample;
  fb::LeaseAcquiredT lease;
  lease.item = kSource;
  sample.story.as("carol").act(std::move(lease));
  BOOST_CHECK(sample.shown(kSource, Facet::Lease).starts_with(R"({"holder":"carol",)"));
}

BOOST_AUTO_TEST_CASE(a_coding_says_who_applied_what_where) {
  ValueSample sample;
  BOOST_CHECK_EQUAL(sample.shown(kBobsCoding, Facet::Place),
                    R"({"code":)" + uuid(kCode) + R"(,"source":)" + uuid(kSource) +
                        R"(,"coder":"bob","coded_at":"2023-11-14T22:13:20.000000Z"})");
  BOOST_CHECK_EQUAL(sample.shown(kBobsCoding, Facet::Range),
                    R"({"begin":4,"end":15,"detached":false})");
  BOOST_CHECK_EQUAL(sample.shown(kWholeCoding, Facet::Range), R"({"whole":true})");
  const Bytes before = encode(RangeRow{kSource, false, {1, 2, true}});
  BOOST_CHECK_EQUAL(
      boost::json::serialize(facet_json(sample.store, kBobsCoding, Facet::Range, before)),
      R"({"begin":1,"end":2,"detached":true})");
}

BOOST_AUTO_TEST_CASE(a_content_has_its_text_while_it_is_short) {
  ValueSample sample;
  const auto version = std::to_string(content_row(sample.store, kOtherSource)->version.value);
  BOOST_CHECK_EQUAL(sample.shown(kOtherSource, Facet::Content),
                    R"({"version":)" + version + R"(,"length":17,"text":"Ola says nothing."})");
  const std::string at(limits::kRefusalSideBytesMax, 'a');
  sample.story.act(source_created(item_id(601), "At", at));
  sample.story.act(source_created(item_id(602), "Above", at + "a"));
  BOOST_CHECK_NE(sample.shown(item_id(601), Facet::Content).find("\"text\""), std::string::npos);
  BOOST_CHECK_EQUAL(sample.shown(item_id(602), Facet::Content).find("\"text\""), std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_other_facets) {
  ValueSample sample;
  BOOST_CHECK_EQUAL(sample.shown(kSubCode, Facet::Parent),
                    R"({"parent":)" + uuid(kCode) + R"(,"position":0})");
  BOOST_CHECK_EQUAL(sample.shown(kCode, Facet::Parent), R"({"parent":null,"position":0})");
  BOOST_CHECK_EQUAL(sample.shown(kAnnotation, Facet::Text), R"("quick?")");
  BOOST_CHECK_EQUAL(sample.shown(kCoding, Facet::Note), "{}");
  BOOST_CHECK_EQUAL(sample.shown(kCode, Facet::Memo), R"({"memo":)" + uuid(kMemo) + "}");
  BOOST_CHECK_EQUAL(sample.shown(kMemo, Facet::Owner), R"({"item":)" + uuid(kCode) + "}");
  BOOST_CHECK_EQUAL(sample.shown(kProjectItem, Facet::Guest), R"({"on":true})");
  BOOST_CHECK_EQUAL(sample.shown(member_item("bob"), Facet::Role),
                    R"({"principal":"bob","group":"contributor"})");
  BOOST_CHECK_EQUAL(sample.shown(kSeealso, Facet::Ends),
                    R"({"from":)" + uuid(kSource) + R"(,"to":)" + uuid(kOtherSource) + "}");
  BOOST_CHECK_EQUAL(sample.shown(kCode, Facet::Below), "null");
}

Text words(const char* plain) {
  Text text;
  text.plain = plain;
  text.length = static_cast<std::uint32_t>(text.plain.size());
  return text;
}

// What a facet holds that was written with this row; the item stands for any.
template <class Row>
std::string shown_of(const ValueSample& sample, Facet facet, const Row& row) {
  return boost::json::serialize(facet_json(sample.store, kCode, facet, encode(row)));
}

BOOST_AUTO_TEST_CASE(every_facet_that_is_stored_is_read) {
  for (int number = 1; number <= static_cast<int>(Facet::Grid); ++number) {
    const auto facet = static_cast<Facet>(number);
    if (facet == Facet::Below) continue;
    BOOST_TEST_CONTEXT(name(facet)) {
      ValueSample sample;
      facet_json(sample.store, kCode, facet, view("??"));
      BOOST_CHECK_NE(sample.store.damage(), "");
    }
  }
}

BOOST_AUTO_TEST_CASE(facets_of_what_a_team_puts_together) {
  ValueSample sample;
  const auto id = uuid(kCode);
  const auto shown = [&](Facet facet, const auto& row) { return shown_of(sample, facet, row); };
  BOOST_CHECK_EQUAL(shown(Facet::Order, Order{{kCode}}), R"({"items":[)" + id + "]}");
  BOOST_CHECK_EQUAL(shown(Facet::Classification, Linked{kCode}),
                    R"({"classification":)" + id + "}");
  BOOST_CHECK_EQUAL(shown(Facet::Classification, Linked{}), R"({"classification":null})");
  BOOST_CHECK_EQUAL(shown(Facet::Type, AttributeType{1, words("3")}),
                    R"({"type":"integer","default_value":"3"})");
  BOOST_CHECK_EQUAL(shown(Facet::Definition, Definition{"matrix", words("{}"), {kCode}, 7}),
                    R"({"type":"matrix","text":"{}","items":[)" + id + R"(],"fixed_at":7})");
  BOOST_CHECK_EQUAL(shown(Facet::Value, ItemValue{kCode, {}}), R"({"value":)" + id + "}");
  BOOST_CHECK_EQUAL(shown(Facet::On, On{true}), R"({"on":true})");
  BOOST_CHECK_EQUAL(shown(Facet::Freeze, Freeze{3, {}, 1}),
                    R"({"sequence":3,"frozen":"codebook"})");
  BOOST_CHECK_EQUAL(shown(Facet::Grid, Grid{{kCode}, {}, {}}), R"({"rows":[)" + id + "]}");
  BOOST_CHECK_EQUAL(shown(Facet::Horizon, Horizon{9}), R"({"through":9})");
  BOOST_CHECK_EQUAL(shown(Facet::Settings, Settings{words("none"), {}, {}}),
                    R"({"unassigned":"none"})");
  BOOST_CHECK_EQUAL(shown(Facet::Waiting, Waiting{}), "null");
  BOOST_CHECK_EQUAL(shown(Facet::Waiting, Waiting{{{{}, profile_item("bob"), 0}}}),
                    R"([{"holder":"bob","since":"1970-01-01T00:00:00.000000Z"}])");
  BOOST_CHECK_EQUAL(shown(Facet::Exclusive, Exclusive{}), "null");
  BOOST_CHECK_EQUAL(shown(Facet::Exclusive, Exclusive{5, {}, profile_item("bob"), 0, 5, {}}),
                    R"({"holder":"bob","since":"1970-01-01T00:00:00.000000Z","token":5})");
}

BOOST_AUTO_TEST_CASE(facets_of_what_is_no_plain_text) {
  ValueSample sample;
  const auto shown = [&](Facet facet, const auto& row) { return shown_of(sample, facet, row); };
  BOOST_CHECK_EQUAL(shown(Facet::Area, Area{2, 0, 10, 0, 20, 0}),
                    R"({"kind":"span","page":0,"left":10,"top":0,"right":20,"bottom":0})");
  Media media;
  media.path = words("/tapes/1");
  media.columns = {{words("Age"), 1, false}};
  const auto text = shown(Facet::Media, media);
  BOOST_CHECK_EQUAL(text.find("hash"), std::string::npos);
  BOOST_CHECK_NE(text.find(R"("path":"/tapes/1")"), std::string::npos);
  BOOST_CHECK_NE(text.find(R"("columns":[{"name":"Age","type":"integer","codable":false}])"),
                 std::string::npos);
  media.hash[0] = 0xAB;
  BOOST_CHECK_NE(shown(Facet::Media, media).find(R"("hash":"ab00)"), std::string::npos);
  BOOST_CHECK_EQUAL(shown(Facet::View, View{90, 100, 100}),
                    R"({"rotation":90,"brightness":100,"contrast":100})");
  BOOST_CHECK_EQUAL(shown(Facet::Format, Format{4, {{0, 5, "bold"}}}),
                    R"({"version":4,"ranges":[{"begin":0,"end":5,"style":"bold"}]})");
  BOOST_CHECK_EQUAL(shown(Facet::Fields, Fields{words("Kari"), {}}), R"({"speaker":"Kari"})");
}

BOOST_AUTO_TEST_CASE(a_sealed_text_shows_its_length_only) {
  Text text;
  text.seal = SealedText{};
  text.length = 12;
  BOOST_CHECK_EQUAL(boost::json::serialize(text_json(text)), R"({"sealed":true,"length":12})");
}

BOOST_AUTO_TEST_CASE(what_is_empty_is_left_out) {
  BOOST_CHECK_EQUAL(boost::json::serialize(row_json(Note{std::int64_t{0}, {}})), R"({"weight":0})");
  BOOST_CHECK_EQUAL(boost::json::serialize(row_json(Place{})), "{}");
  BOOST_CHECK_EQUAL(boost::json::serialize(row_json(SessionRow{"kari", {}, 0, true})),
                    R"({"principal":"kari","ended":true})");
}

BOOST_AUTO_TEST_CASE(a_number_past_what_javascript_holds_is_a_string) {
  Counts counts;
  counts.codes = (std::uint64_t{1} << 53) + 1;
  BOOST_CHECK(row_json(counts).at("codes").is_string());
}

BOOST_AUTO_TEST_CASE(every_row_of_every_table_can_be_shown) {
  ValueSample sample;
  std::size_t shown = 0;
  sample.store.scan(Table::Effects, {}, [&](ByteView, ByteView value) {
    const auto row = decode<EffectRow>(value);
    BOOST_REQUIRE(row);
    shown += row_json(*row).size();
    return true;
  });
  BOOST_CHECK_GT(shown, 100U);
  BOOST_CHECK(row_json(*item(sample.store, kCode)).contains("facets"));
}

BOOST_AUTO_TEST_CASE(a_value_that_cannot_be_read_is_damage) {
  ValueSample sample;
  facet_json(sample.store, kCode, Facet::Props, view("?"));
  BOOST_CHECK_NE(sample.store.damage(), "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
