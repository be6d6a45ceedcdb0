// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/examples.h"

#include "projector/tables.h"
#include "tools/qualog/support/example_rows.h"

#include <map>
#include <string_view>

namespace qualog::tools {

namespace {

// A word in capitals in a line stands for an id.
const std::map<std::string, std::string>& ids() {
  static const std::map<std::string, std::string> ids = {
      {"FOLDER", "00000000-0000-7000-8000-0000000000f1"},
      {"OTHER_FOLDER", "00000000-0000-7000-8000-0000000000f2"},
      {"SOURCE", "00000000-0000-7000-8000-0000000000a1"},
      {"OTHER_SOURCE", "00000000-0000-7000-8000-0000000000a2"},
      {"MEMO", "00000000-0000-7000-8000-0000000000a3"},
      {"CODE", "00000000-0000-7000-8000-0000000000c1"},
      {"OTHER_CODE", "00000000-0000-7000-8000-0000000000c2"},
      {"CODING", "00000000-0000-7000-8000-0000000000d1"},
      {"NOTE", "00000000-0000-7000-8000-0000000000e1"},
      {"LINK", "00000000-0000-7000-8000-0000000000b1"},
      {"PROFILE", "00000000-0000-7000-8000-0000000000b2"},
      {"SESSION", "00000000-0000-7000-8000-000000000051"},
      {"AUDIO", "00000000-0000-7000-8000-0000000000a4"},
      {"PICTURE", "00000000-0000-7000-8000-0000000000a5"},
      {"CASE", "00000000-0000-7000-8000-0000000000c3"},
      {"OTHER_CASE", "00000000-0000-7000-8000-0000000000c4"},
      {"CLASSIFICATION", "00000000-0000-7000-8000-000000000091"},
      {"OTHER_CLASSIFICATION", "00000000-0000-7000-8000-000000000092"},
      {"ATTRIBUTE", "00000000-0000-7000-8000-000000000093"},
      {"OTHER_ATTRIBUTE", "00000000-0000-7000-8000-000000000094"},
      {"VALUE", "00000000-0000-7000-8000-000000000095"},
      {"OTHER_VALUE", "00000000-0000-7000-8000-000000000096"},
      {"RELTYPE", "00000000-0000-7000-8000-000000000097"},
      {"RELATIONSHIP", "00000000-0000-7000-8000-000000000098"},
      {"SET", "00000000-0000-7000-8000-000000000071"},
      {"SEARCH", "00000000-0000-7000-8000-000000000072"},
      {"QUERY", "00000000-0000-7000-8000-000000000073"},
      {"MATRIX", "00000000-0000-7000-8000-000000000074"},
      {"MAP", "00000000-0000-7000-8000-000000000075"},
      {"REPORT", "00000000-0000-7000-8000-000000000076"},
      {"EXTRACT", "00000000-0000-7000-8000-000000000077"},
      {"MILESTONE", "00000000-0000-7000-8000-000000000078"},
      {"COMMENT", "00000000-0000-7000-8000-000000000079"},
      {"HYPERLINK", "00000000-0000-7000-8000-0000000000e2"},
      {"ROW", "00000000-0000-7000-8000-0000000000e3"},
      {"OTHER_PROFILE", "00000000-0000-7000-8000-0000000000b3"},
      {"SUMMARY_LINK", "00000000-0000-7000-8000-0000000000e4"},
      {"FOREIGN", "00000000-0000-7000-8000-000000000099"},
      {"PART", "00000000-0000-7000-8000-0000000000c5"},
      {"OTHER_CODING", "00000000-0000-7000-8000-0000000000d2"},
      {"IDA", projector::profile_item("ida").text()},
  };
  return ids;
}

using fb::Action;

std::vector<ExampleRow> make_rows() {
  return {
      {Action::ProjectPropsChanged,
       {},
       R"({"seen":"latest","action":"project.props_changed",)"
       R"("body":{"description":"What makes people stay",)"
       R"("settings":[{"key":"stripes","value":"recent"}]}})"},
      {Action::ProjectGuestAccessSet,
       {},
       R"({"seen":"latest","action":"project.guest_access_set","body":{"on":false}})"},
      {Action::ProjectDeleted, {}, kDeleted},
      {Action::ProjectUndeleted,
       {kDeleted},
       R"({"seen":"latest","action":"project.undeleted","body":{}})"},
      {Action::MemberAdded, {}, kMember},
      {Action::MemberRemoved,
       {kMember},
       R"({"action":"member.removed","body":{"principal":"ida"}})"},
      {Action::MemberMoved,
       {kMember},
       R"({"action":"member.moved","body":{"principal":"ida","group":"reader"}})"},
      {Action::UserProfileCreated,
       {},
       R"({"actions":[{"action":"import.started","body":{"format":"plain_text"}},)"
       R"({"action":"user.profile_created","body":{"id":"PROFILE","name":"Coder A",)"
       R"("kind":"imported"}}]})"},
      {Action::UserPropsChanged,
       {kMember, kIdas},
       R"({"actor":"ida","seen":"latest","action":"user.props_changed","body":{"profile":"IDA",)"
       R"("name":"Ida B","initials":"IB"}})"},
      {Action::LeaseAcquired, {kSource}, kLease},
      {Action::LeaseReleased,
       {kSource, kLease},
       R"({"session":"SESSION","action":"lease.released","body":{"item":"SOURCE","token":4}})"},
      {Action::LeaseBroken,
       {kSource, kLease},
       R"({"action":"lease.broken","body":{"item":"SOURCE","token":4,"end":"broken"}})"},
      {Action::FolderCreated, {}, kFolder},
      {Action::FolderRenamed,
       {kFolder},
       R"({"seen":"latest","action":"folder.renamed","body":{"folder":"FOLDER","name":"Talks"}})"},
      {Action::FolderMoved,
       {kFolder, kOtherFolder},
       R"({"seen":"latest","action":"folder.moved","body":{"folder":"OTHER_FOLDER",)"
       R"("parent":"FOLDER"}})"},
      {Action::FolderDeleted,
       {kFolder},
       R"({"seen":"latest","action":"folder.deleted","body":{"folder":"FOLDER"}})"},
      {Action::SourceCreated, {}, kSource},
      {Action::SourceTextSupplied,
       {kTextless},
       R"({"action":"source.text_supplied","body":{"source":"OTHER_SOURCE","position":0,)"
       R"("text":"I swim before work. It calms me.","length":32}})"},
      {Action::SourcePropsChanged,
       {kSource},
       R"({"seen":"latest","action":"source.props_changed","body":{"source":"SOURCE",)"
       R"("name":"Interview 1, May","description":"In the gym"}})"},
      {Action::SourceMoved,
       {kFolder, kSource},
       R"({"seen":"latest","action":"source.moved","body":{"source":"SOURCE",)"
       R"("folder":"FOLDER"}})"},
      {Action::SourceDeleted,
       {kSource},
       R"({"seen":"latest","action":"source.deleted","body":{"source":"SOURCE"}})"},
      {Action::SourceTextEdited,
       {kSource, kLease},
       R"({"session":"SESSION","action":"source.text_edited","body":{"source":"SOURCE",)"
       R"("token":4,"version":3,"splices":[{"position":0,"delete_length":1,"insert":"We"}]}})"},
      {Action::CodeCreated, {}, kCode},
      {Action::CodePropsChanged,
       {kCode},
       R"({"seen":"latest","action":"code.props_changed","body":{"code":"CODE","name":"Strain",)"
       R"("description":"Felt pressure"}})"},
      {Action::CodeMoved,
       {kCode, kOtherCode},
       R"({"seen":"latest","action":"code.moved","body":{"code":"OTHER_CODE","parent":"CODE"}})"},
      {Action::CodeMerged, {kCode, kOtherCode}, kMerged},
      {Action::CodeUnmerged,
       {kCode, kOtherCode, kMerged},
       R"({"seen":"latest","action":"code.unmerged","body":{"codes":["OTHER_CODE"]}})"},
      {Action::CodeDeleted,
       {kCode},
       R"({"seen":"latest","action":"code.deleted","body":{"code":"CODE"}})"},
      {Action::CodingAdded, {kSource, kCode}, kCoding},
      {Action::CodingRemoved,
       {kSource, kCode, kCoding},
       R"({"seen":"latest","action":"coding.removed","body":{"codings":["CODING"]}})"},
      {Action::CodingMoved,
       {kSource, kCode, kCoding, kOtherCode},
       R"({"seen":"latest","action":"coding.moved","body":{"coding":"CODING",)"
       R"("code":"OTHER_CODE"}})"},
      {Action::CodingRangeChanged,
       {kSource, kCode, kCoding},
       R"({"seen":"latest","action":"coding.range_changed","body":{"coding":"CODING","begin":2,)"
       R"("end":6}})"},
      {Action::CodingWeightOrCommentSet,
       {kSource, kCode, kCoding},
       R"({"seen":"latest","action":"coding.weight_or_comment_set","body":{"coding":"CODING",)"
       R"("weight":3,"comment":"Strong"}})"},
      {Action::AnnotationCreated, {kSource}, kNote},
      {Action::AnnotationTextChanged,
       {kSource, kNote},
       R"({"seen":"latest","action":"annotation.text_changed","body":{"annotation":"NOTE",)"
       R"("text":"Ask what he means."}})"},
      {Action::AnnotationDeleted,
       {kSource, kNote},
       R"({"seen":"latest","action":"annotation.deleted","body":{"annotation":"NOTE"}})"},
      {Action::MemoLinked, {kSource, kMemo}, kLinked},
      {Action::MemoUnlinked,
       {kSource, kMemo, kLinked},
       R"({"seen":"latest","action":"memo.unlinked","body":{"item":"SOURCE","memo":"MEMO"}})"},
      {Action::SeealsoCreated, {kSource, kCode}, kLink},
      {Action::SeealsoChanged,
       {kSource, kCode, kLink},
       R"({"seen":"latest","action":"seealso.changed","body":{"seealso":"LINK",)"
       R"("name":"Where it began"}})"},
      {Action::SeealsoDeleted,
       {kSource, kCode, kLink},
       R"({"seen":"latest","action":"seealso.deleted","body":{"seealso":"LINK"}})"},
      {Action::ImportStarted,
       {},
       R"({"actions":[{"action":"import.started","body":{"format":"plain_text",)"
       R"("file":"interview-1.txt"}},{"action":"source.created","body":{"id":"SOURCE",)"
       R"("name":"Interview 1","text":"I swim before work. It calms me.","length":32}}]})"},
      {Action::UndoApplied, {kFolder}, R"({"action":"undo.applied","body":{"sequences":[3]}})"},
  };
}

const std::vector<ExampleRow>& rows() {
  static const auto made = [] {
    auto all = make_rows();
    for (auto& row : catalogue_examples()) all.push_back(std::move(row));
    return all;
  }();
  return made;
}

struct MadeBy {
  fb::Action action;
  const char* command;
};

constexpr MadeBy kMadeBy[] = {
    {fb::Action::ProjectCreated, "qualog project create NAME"},
    {fb::Action::ProjectForked, "qualog restore PROJECT --at SEQUENCE --as NAME"},
    {fb::Action::SourceImported, "a file that qualog blob put has brought: its hash and size"},
    {fb::Action::MediaEmbedded, "a file that qualog blob put has brought: its hash and size"},
    {fb::Action::AdminOwnerAdded, "a server, for an administrator"},
};

std::string with_ids(std::string_view line) {
  std::string made;
  for (auto quote = line.find('"'); quote != std::string_view::npos; quote = line.find('"')) {
    made += line.substr(0, quote);
    line.remove_prefix(quote + 1);
    const std::string word(line.substr(0, line.find('"')));
    const auto id = ids().find(word);
    made += "\"" + (id != ids().end() ? id->second : word) + "\"";
    line.remove_prefix(word.size() + 1);
  }
  return made + std::string(line);
}

}  // namespace

Example example_of(fb::Action action) {
  for (const auto& row : rows()) {
    if (row.action != action) continue;
    Example example{{}, with_ids(row.line), {}};
    for (const auto line : row.before) example.before.push_back(with_ids(line));
    return example;
  }
  for (const auto& row : kMadeBy)
    if (row.action == action) return {{}, {}, row.command};
  return {};
}

}  // namespace qualog::tools
