// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/matrix/shelf.h"

#include "tests/engine/acts/making.h"

namespace qualog::test {

namespace json = boost::json;

namespace {

json::object span(int left, int right) {
  return {{"kind", "span"}, {"left", left}, {"right", right}};
}

json::object region() { return {{"left", 1}, {"top", 2}, {"right", 8}, {"bottom", 9}}; }

// Edits inside an edit mode of ann's that ends again.
void edited(World& world, const ItemId& item, std::string_view action, json::object body) {
  const auto token = world.did(world.ann, lease_acquired(item));
  body["token"] = token.value;
  world.did(world.ann, said(action, body));
  world.did(world.ann, lease_released(item, token));
}

}  // namespace

Shelf::Shelf(World& world, const ShelfGround& on) : ground(on) {
  make_sources(world);
  make_classes(world);
  make_sets(world);
  make_notes(world);
}

void Shelf::make_sources(World& world) {
  audio = made(world, "source.imported",
               {{"kind", "audio"},
                {"name", "a talk"},
                {"blob", blob_called("a.ogg")},
                {"duration_ms", 90000}});
  recording = made(world, "source.created", {{"kind", "external"}, {"name", "a tape"}});
  picture = made(world, "source.imported",
                 {{"kind", "picture"},
                  {"name", "a photo"},
                  {"blob", blob_called("a.ogg")},
                  {"width", 64},
                  {"height", 48}});
  for (auto* item : {&row, &picture_row}) *item = world.new_item();
  edited(world, audio, "transcript.row_added",
         {{"id", word(row)},
          {"source", word(audio)},
          {"version", world.version_of(audio).value},
          {"text", "Good morning.\n"},
          {"area", span(0, 900)},
          {"speaker", "Kari"}});
  edited(world, picture, "picturelog.row_added",
         {{"id", word(picture_row)},
          {"source", word(picture)},
          {"version", world.version_of(picture).value},
          {"text", "A door.\n"},
          {"area", region()}});
}

void Shelf::make_classes(World& world) {
  person = made(world, "code.created", {{"name", "Kari"}, {"kind", "case"}});
  other_person = made(world, "code.created", {{"name", "Ola"}, {"kind", "case"}});
  classification = named(world, "classification.created", "Person");
  other_classification = named(world, "classification.created", "Group");
  doomed_classification = named(world, "classification.created", "Doomed");
  const auto attribute_called = [&](const char* name) {
    return made(world, "attribute.created",
                {{"classification", word(classification)}, {"name", name}});
  };
  attribute = attribute_called("Town");
  other_attribute = attribute_called("Age");
  doomed_attribute = attribute_called("Doomed");
  const auto value_called = [&](const char* name) {
    return made(world, "attrvalue.created", {{"attribute", word(attribute)}, {"name", name}});
  };
  value = value_called("Oslo");
  other_value = value_called("Bergen");
  doomed_value = value_called("Doomed");
  for (const auto& item : {person, other_person})
    world.did(world.ann, said("item.classified",
                              {{"item", word(item)}, {"classification", word(classification)}}));
  reltype = named(world, "reltype.created", "knows");
  doomed_reltype = named(world, "reltype.created", "doomed");
  relationship =
      made(world, "relationship.created",
           {{"from", word(person)}, {"to", word(other_person)}, {"reltype", word(reltype)}});
  doomed_relationship =
      made(world, "relationship.created", {{"from", word(person)}, {"to", word(other_person)}});
}

void Shelf::make_sets(World& world) {
  set = named(world, "set.created", "a set");
  doomed_set = named(world, "set.created", "doomed");
  world.did(world.ann,
            said("set.member_added", {{"set", word(set)}, {"item", word(ground.other_code)}}));
  searchfolder = named(world, "searchfolder.saved", "long ones");
  doomed_searchfolder = named(world, "searchfolder.saved", "doomed");
  query = named(world, "query.saved", "words");
  doomed_query = named(world, "query.saved", "doomed");
  fmatrix = made(world, "fmatrix.created",
                 {{"name", "framework"},
                  {"rows", words({person, other_person})},
                  {"columns", words({ground.code})}});
  doomed_fmatrix = named(world, "fmatrix.created", "doomed");
  world.did(world.ann,
            said("summary.set",
                 {{"row", word(person)}, {"column", word(ground.code)}, {"text", "She says so."}}));
  map = named(world, "map.created", "a map");
  doomed_map = named(world, "map.created", "doomed");
  report = named(world, "report.created", "a report");
  doomed_report = named(world, "report.created", "doomed");
  extract = named(world, "extract.created", "an extract");
  doomed_extract = named(world, "extract.created", "doomed");
}

void Shelf::make_notes(World& world) {
  summary_link = made(world, "summary.link_added",
                      {{"row", word(person)},
                       {"column", word(ground.code)},
                       {"source", word(ground.source)},
                       {"begin", 0},
                       {"end", 5}});
  comment = made(world, "comment.posted", {{"item", word(ground.code)}, {"text", "Really?"}});
  hyperlink = world.new_item();
  edited(world, ground.source, "hyperlink.created",
         {{"id", word(hyperlink)},
          {"source", word(ground.source)},
          {"begin", 6},
          {"end", 9},
          {"url", "https://example.org"}});
  milestone = named(world, "project.milestone_set", "round 1");
  for (auto* item : {&profile, &other_profile, &merged_profile}) *item = world.new_item();
  for (const auto& item : {profile, other_profile, merged_profile})
    world.sends(world.ann,
                world.command(world.ann, {profile_created(item, "", fb::ProfileKind::Imported)}),
                true);
  world.did(world.ann, said("user.profile_merged",
                            {{"from", word(merged_profile)}, {"into", word(other_profile)}}));
}

std::vector<std::pair<ItemId, std::vector<ItemId>>> Shelf::items() const {
  return {
      {audio, {}},
      {recording, {}},
      {picture, {}},
      {row, {audio}},
      {picture_row, {picture}},
      {person, {}},
      {other_person, {}},
      {classification, {}},
      {other_classification, {}},
      {doomed_classification, {}},
      {attribute, {classification}},
      {other_attribute, {classification}},
      {doomed_attribute, {classification}},
      {value, {attribute}},
      {other_value, {attribute}},
      {doomed_value, {attribute}},
      {reltype, {}},
      {doomed_reltype, {}},
      {relationship, {reltype, person, other_person}},
      {doomed_relationship, {person, other_person}},
      {set, {}},
      {doomed_set, {}},
      {projector::setmember_item(set, ground.other_code), {set, ground.other_code}},
      {searchfolder, {}},
      {doomed_searchfolder, {}},
      {query, {}},
      {doomed_query, {}},
      {fmatrix, {}},
      {doomed_fmatrix, {}},
      {projector::summary_item(person, ground.code), {person, ground.code}},
      {summary_link, {person, ground.code, ground.source}},
      {map, {}},
      {doomed_map, {}},
      {report, {}},
      {doomed_report, {}},
      {extract, {}},
      {doomed_extract, {}},
      {comment, {ground.code}},
      {hyperlink, {ground.source}},
      {milestone, {}},
      {profile, {}},
      {other_profile, {}},
      {merged_profile, {}},
  };
}

namespace {

// What an act needs of its moment: new ids and names, the leases and versions of now.
struct Moment {
  World& world;
  const ShelfGround& ground;

  json::string next() const { return word(world.new_item()); }
  std::string unique(const char* what) const {
    return std::string(what) + " " + world.new_item().text();
  }
  std::uint64_t token(const ItemId& item) const {
    return world.value<projector::Lease>(item, projector::Facet::Lease).token;
  }
  std::uint64_t version(const ItemId& item) const { return world.version_of(item).value; }
  json::array batch() const {
    return {{{"id", next()},
             {"code", word(ground.other_code)},
             {"source", word(ground.source)},
             {"begin", 10},
             {"end", 16}}};
  }
};

Actions acts_on_project(const Shelf& of, const Moment& in) {
  return {
      said("lease.awaited", {{"item", word(of.audio)}}),
      said("project.restored",
           {{"to", in.world.head().value}, {"mode", "items"}, {"items", words({of.ground.code})}}),
      said("project.milestone_set", {{"id", in.next()}, {"name", in.unique("round")}}),
      said("project.milestone_set",
           {{"id", in.next()}, {"name", in.unique("frozen")}, {"frozen", "codebook"}}),
      said("project.milestone_cleared", {{"milestone", word(of.milestone)}}),
      said("eventlog.cleared", {{"through", 3}}),
      said("admin.owner_added", {{"principal", "eva"}}),
      said("user.profile_merged", {{"from", word(of.profile)}, {"into", word(of.other_profile)}}),
      said("user.profile_split", {{"profile", word(of.merged_profile)}}),
      said("import.finished", {}),
      said("import.id_mapped", {{"foreign", in.next()}, {"item", word(of.ground.code)}}),
      action_of(fb::ErasurePerformedT{}),
      said("redo.applied", {}),
      said("exclusive.released", {}),
      said("exclusive.broken", {}),
      said("exclusive.acquired", {{"drain", true}}),
  };
}

Actions acts_on_files(const Shelf& of, const Moment& in) {
  return {
      said("source.imported", {{"id", in.next()},
                               {"kind", "audio"},
                               {"name", in.unique("talk")},
                               {"blob", blob_called("a.ogg")}}),
      said("source.formatting_changed",
           {{"source", word(of.ground.source)},
            {"token", in.token(of.ground.source)},
            {"ranges", json::array{{{"begin", 0}, {"end", 5}, {"style", "bold"}}}}}),
      said("transcript.row_added", {{"id", in.next()},
                                    {"source", word(of.audio)},
                                    {"token", in.token(of.audio)},
                                    {"version", in.version(of.audio)},
                                    {"text", "Yes.\n"},
                                    {"area", span(900, 1200)}}),
      said("transcript.row_changed",
           {{"row", word(of.row)}, {"token", in.token(of.audio)}, {"speaker", "Ola"}}),
      said("transcript.row_moved",
           {{"row", word(of.row)}, {"token", in.token(of.audio)}, {"area", span(0, 800)}}),
      said("transcript.row_deleted", {{"row", word(of.row)},
                                      {"token", in.token(of.audio)},
                                      {"version", in.version(of.audio)}}),
      said("picturelog.row_added", {{"id", in.next()},
                                    {"source", word(of.picture)},
                                    {"token", in.token(of.picture)},
                                    {"version", in.version(of.picture)},
                                    {"text", "A cat.\n"},
                                    {"area", region()}}),
      said("picturelog.row_changed",
           {{"row", word(of.picture_row)}, {"token", in.token(of.picture)}, {"area", region()}}),
      said("picturelog.row_deleted", {{"row", word(of.picture_row)},
                                      {"token", in.token(of.picture)},
                                      {"version", in.version(of.picture)}}),
      said("media.embedded", {{"source", word(of.recording)}, {"blob", blob_called("a.ogg")}}),
      said("media.linked", {{"source", word(of.recording)}, {"path", "tape 7"}}),
      said("image.adjusted", {{"source", word(of.picture)}, {"rotation", 90}}),
      said("hyperlink.created", {{"id", in.next()},
                                 {"source", word(of.ground.source)},
                                 {"token", in.token(of.ground.source)},
                                 {"begin", 0},
                                 {"end", 5},
                                 {"url", "https://example.org/2"}}),
      said("hyperlink.deleted",
           {{"hyperlink", word(of.hyperlink)}, {"token", in.token(of.ground.source)}}),
  };
}

Actions acts_on_codes(const Shelf& of, const Moment& in) {
  return {
      said("code.split", {{"code", word(of.ground.code)},
                          {"parts", json::array{{{"id", in.next()},
                                                 {"name", in.unique("part")},
                                                 {"codings", words({of.ground.coding})}}}}}),
      said("code.copied", {{"code", word(of.ground.code)},
                           {"id", in.next()},
                           {"name", in.unique("copy")},
                           {"with_codings", true}}),
      said("codebook.reordered", {{"order", words({of.ground.code})}}),
      said("coding.batch_added", {{"method", "words"}, {"codings", in.batch()}}),
      said("comment.posted", {{"id", in.next()}, {"item", word(of.ground.code)}, {"text", "Yes."}}),
      said("comment.resolved", {{"comment", word(of.comment)}}),
  };
}

Actions acts_on_classes(const Shelf& of, const Moment& in) {
  return {
      said("classification.created", {{"id", in.next()}, {"name", in.unique("class")}}),
      said("classification.props_changed",
           {{"classification", word(of.classification)}, {"description", "of persons"}}),
      said("classification.merged",
           {{"from", word(of.other_classification)}, {"into", word(of.classification)}}),
      said("classification.deleted", {{"classification", word(of.doomed_classification)}}),
      said("attribute.created", {{"id", in.next()},
                                 {"classification", word(of.classification)},
                                 {"name", in.unique("attribute")}}),
      said("attribute.props_changed",
           {{"attribute", word(of.attribute)}, {"description", "of birth"}}),
      said("attribute.type_changed", {{"attribute", word(of.attribute)}, {"type", "text"}}),
      said("attribute.deleted", {{"attribute", word(of.doomed_attribute)}}),
      said("attribute.reordered",
           {{"classification", word(of.classification)}, {"order", words({of.other_attribute})}}),
      said("attrvalue.created",
           {{"id", in.next()}, {"attribute", word(of.attribute)}, {"name", in.unique("value")}}),
      said("attrvalue.renamed", {{"value", word(of.value)}, {"name", "Kristiania"}}),
      said("attrvalue.merged", {{"from", word(of.other_value)}, {"into", word(of.value)}}),
      said("attrvalue.deleted", {{"value", word(of.doomed_value)}}),
      said("item.classified",
           {{"item", word(of.other_person)}, {"classification", word(of.other_classification)}}),
      said("attribute.value_set", {{"item", word(of.person)},
                                   {"attribute", word(of.attribute)},
                                   {"value", word(of.value)}}),
      said("reltype.created", {{"id", in.next()}, {"name", in.unique("type")}}),
      said("reltype.changed", {{"reltype", word(of.reltype)}, {"name", "meets"}}),
      said("reltype.deleted", {{"reltype", word(of.doomed_reltype)}}),
      said("relationship.created", {{"id", in.next()},
                                    {"from", word(of.person)},
                                    {"to", word(of.other_person)},
                                    {"reltype", word(of.doomed_reltype)}}),
      said("relationship.changed", {{"relationship", word(of.relationship)}, {"color", "#102030"}}),
      said("relationship.deleted", {{"relationship", word(of.doomed_relationship)}}),
  };
}

Actions first_acts_on_sets(const Shelf& of, const Moment& in) {
  return {
      said("set.created", {{"id", in.next()}, {"name", in.unique("set")}}),
      said("set.props_changed", {{"set", word(of.set)}, {"description", "of codes"}}),
      said("set.deleted", {{"set", word(of.doomed_set)}}),
      said("set.member_added", {{"set", word(of.set)}, {"item", word(of.ground.code)}}),
      said("set.member_removed", {{"set", word(of.set)}, {"item", word(of.ground.other_code)}}),
      said("set.ordered", {{"set", word(of.set)}, {"order", words({of.ground.other_code})}}),
      said("searchfolder.saved", {{"id", in.next()}, {"name", in.unique("search")}}),
      said("searchfolder.changed", {{"searchfolder", word(of.searchfolder)}, {"definition", "{}"}}),
      said("searchfolder.deleted", {{"searchfolder", word(of.doomed_searchfolder)}}),
      said("query.saved", {{"id", in.next()}, {"name", in.unique("query")}}),
      said("query.changed", {{"query", word(of.query)}, {"definition", "{}"}}),
      said("query.deleted", {{"query", word(of.doomed_query)}}),
      said("query.result_saved", {{"query", word(of.query)},
                                  {"id", in.next()},
                                  {"name", in.unique("result")},
                                  {"codings", in.batch()}}),
      said("fmatrix.created", {{"id", in.next()}, {"name", in.unique("matrix")}}),
      said("fmatrix.changed",
           {{"fmatrix", word(of.fmatrix)}, {"columns", words({of.ground.other_code})}}),
  };
}

Actions further_acts_on_sets(const Shelf& of, const Moment& in) {
  return {
      said("fmatrix.deleted", {{"fmatrix", word(of.doomed_fmatrix)}}),
      said("summary.set",
           {{"row", word(of.person)}, {"column", word(of.ground.code)}, {"text", "Or not."}}),
      said("summary.link_added", {{"id", in.next()},
                                  {"row", word(of.person)},
                                  {"column", word(of.ground.code)},
                                  {"source", word(of.ground.source)},
                                  {"begin", 2},
                                  {"end", 7}}),
      said("summary.link_removed", {{"link", word(of.summary_link)}}),
      said("summary.auto_filled", {{"fmatrix", word(of.fmatrix)},
                                   {"cells", json::array{{{"row", word(of.other_person)},
                                                          {"column", word(of.ground.code)},
                                                          {"text", "He says no."}}}}}),
      said("map.created", {{"id", in.next()}, {"name", in.unique("map")}}),
      said("map.props_changed", {{"map", word(of.map)}, {"description", "of all"}}),
      said("map.made_static", {{"map", word(of.map)}, {"sequence", 3}}),
      said("map.edited",
           {{"map", word(of.map)}, {"token", in.token(of.map)}, {"definition", "{}"}}),
      said("map.deleted", {{"map", word(of.doomed_map)}}),
      said("report.created", {{"id", in.next()}, {"name", in.unique("report")}}),
      said("report.changed",
           {{"report", word(of.report)}, {"token", in.token(of.report)}, {"definition", "{}"}}),
      said("report.deleted", {{"report", word(of.doomed_report)}}),
      said("extract.created", {{"id", in.next()}, {"name", in.unique("extract")}}),
      said("extract.changed",
           {{"extract", word(of.extract)}, {"token", in.token(of.extract)}, {"definition", "{}"}}),
      said("extract.deleted", {{"extract", word(of.doomed_extract)}}),
  };
}

}  // namespace

Actions Shelf::acts(World& world) const {
  const Moment in{world, ground};
  Actions all;
  for (const auto acts : {&acts_on_files, &acts_on_codes, &acts_on_classes, &first_acts_on_sets,
                          &further_acts_on_sets, &acts_on_project})
    for (auto& act : acts(*this, in)) all.push_back(std::move(act));
  return all;
}

}  // namespace qualog::test
