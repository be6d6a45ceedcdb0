// SPDX-License-Identifier: Apache-2.0
// Examples of the actions on files, classes, sets, definitions and what holds for the whole
// project; those on folders, documents, codes and notes are in examples.cc.
#include "tools/qualog/support/example_rows.h"

namespace qualog::tools {

namespace {

using fb::Action;

constexpr std::string_view kAudio =
    R"({"action":"source.created","body":{"id":"AUDIO","kind":"audio","name":"A talk"}})";
constexpr std::string_view kPicture =
    R"({"action":"source.created","body":{"id":"PICTURE","kind":"picture","name":"A photo"}})";
constexpr std::string_view kCase = R"({"action":"code.created","body":{"id":"CASE","name":"Kari",)"
                                   R"("kind":"case"}})";
constexpr std::string_view kOtherCase =
    R"({"action":"code.created","body":{"id":"OTHER_CASE","name":"Ola",)"
    R"("kind":"case"}})";
constexpr std::string_view kClass =
    R"({"action":"classification.created","body":{"id":"CLASSIFICATION",)"
    R"("name":"Person"}})";
constexpr std::string_view kAttribute = R"({"action":"attribute.created","body":{"id":"ATTRIBUTE",)"
                                        R"("classification":"CLASSIFICATION","name":"Town"}})";
constexpr std::string_view kValue = R"({"action":"attrvalue.created","body":{"id":"VALUE",)"
                                    R"("attribute":"ATTRIBUTE","name":"Oslo"}})";
constexpr std::string_view kReltype =
    R"({"action":"reltype.created","body":{"id":"RELTYPE","name":"knows",)"
    R"("direction":"one_way"}})";
constexpr std::string_view kRelation =
    R"({"action":"relationship.created","body":{"id":"RELATIONSHIP",)"
    R"("from":"CASE","to":"OTHER_CASE","reltype":"RELTYPE"}})";
constexpr std::string_view kSet =
    R"({"action":"set.created","body":{"id":"SET","name":"First round"}})";
constexpr std::string_view kSearch =
    R"({"action":"searchfolder.saved","body":{"id":"SEARCH",)"
    R"("name":"Long interviews","definition":"{\"longer_than\":20000}"}})";
constexpr std::string_view kQuery =
    R"({"action":"query.saved","body":{"id":"QUERY","name":"Words of stress",)"
    R"("type":"text_search","definition":"{\"find\":\"stress\"}"}})";
constexpr std::string_view kMatrix =
    R"({"action":"fmatrix.created","body":{"id":"MATRIX","name":"Framework",)"
    R"("rows":["CASE"],"columns":["CODE"]}})";
constexpr std::string_view kMap = R"({"action":"map.created","body":{"id":"MAP",)"
                                  R"("name":"How it hangs together","kind":"concept"}})";
constexpr std::string_view kReport =
    R"({"action":"report.created","body":{"id":"REPORT",)"
    R"("name":"Codes by case","definition":"{\"view\":\"codes\"}"}})";
constexpr std::string_view kExtract =
    R"({"action":"extract.created","body":{"id":"EXTRACT",)"
    R"("name":"All codings","definition":"{\"view\":\"codings\"}"}})";
constexpr std::string_view kMilestone =
    R"({"action":"project.milestone_set","body":{"id":"MILESTONE",)"
    R"("name":"Codebook v1","frozen":"codebook"}})";
constexpr std::string_view kComment =
    R"({"action":"comment.posted","body":{"id":"COMMENT","item":"CODE",)"
    R"("text":"Is this not two codes?"}})";
constexpr std::string_view kAudioLease = R"({"session":"SESSION","action":"lease.acquired",)"
                                         R"("body":{"item":"AUDIO"}})";
constexpr std::string_view kPictureLease = R"({"session":"SESSION","action":"lease.acquired",)"
                                           R"("body":{"item":"PICTURE"}})";
constexpr std::string_view kMapLease =
    R"({"session":"SESSION","action":"lease.acquired","body":{"item":"MAP"}})";
constexpr std::string_view kReportLease = R"({"session":"SESSION","action":"lease.acquired",)"
                                          R"("body":{"item":"REPORT"}})";
constexpr std::string_view kExtractLease = R"({"session":"SESSION","action":"lease.acquired",)"
                                           R"("body":{"item":"EXTRACT"}})";
constexpr std::string_view kAudioRow =
    R"({"session":"SESSION","action":"transcript.row_added",)"
    R"("body":{"id":"ROW","source":"AUDIO","token":4,"version":3,)"
    R"("text":"Good morning.","area":{"kind":"span","right":900},)"
    R"("speaker":"Kari"}})";
constexpr std::string_view kPictureRow =
    R"({"session":"SESSION","action":"picturelog.row_added",)"
    R"("body":{"id":"ROW","source":"PICTURE","token":4,"version":3,)"
    R"("text":"A door.","area":{"left":1,"top":2,"right":8,"bottom":9}}})";
constexpr std::string_view kHyperlink =
    R"({"session":"SESSION","action":"hyperlink.created",)"
    R"("body":{"id":"HYPERLINK","source":"SOURCE","token":4,"begin":2,)"
    R"("end":6,"url":"https://example.org/swimming"}})";
constexpr std::string_view kClassified =
    R"({"seen":"latest","action":"item.classified","body":{"item":"CASE",)"
    R"("classification":"CLASSIFICATION"}})";
constexpr std::string_view kExclusive = R"({"session":"SESSION","action":"exclusive.acquired",)"
                                        R"("body":{"drain":true}})";
constexpr std::string_view kUndone =
    R"({"session":"SESSION","action":"undo.applied","body":{"sequences":[3]}})";
constexpr std::string_view kSessionFolder =
    R"({"session":"SESSION","action":"folder.created","body":{"id":"FOLDER","name":"Interviews"}})";
constexpr std::string_view kProfile =
    R"({"actions":[{"action":"import.started",)"
    R"("body":{"format":"plain_text"}},{"action":"user.profile_created",)"
    R"("body":{"id":"PROFILE","name":"Coder A","kind":"imported"}},)"
    R"({"action":"user.profile_created","body":{"id":"OTHER_PROFILE",)"
    R"("name":"Coder B","kind":"imported"}}]})";
constexpr std::string_view kProfilesMerged = R"({"seen":"latest","action":"user.profile_merged",)"
                                             R"("body":{"from":"OTHER_PROFILE","into":"PROFILE"}})";
constexpr std::string_view kSummaryLink =
    R"({"action":"summary.link_added","body":{"id":"SUMMARY_LINK",)"
    R"("row":"CASE","column":"CODE","source":"SOURCE","begin":2,"end":18}})";
constexpr std::string_view kMember2 =
    R"({"action":"set.member_added","body":{"set":"SET","item":"CODE"}})";
constexpr std::string_view kOtherClass =
    R"({"action":"classification.created",)"
    R"("body":{"id":"OTHER_CLASSIFICATION","name":"Persons"}})";
constexpr std::string_view kOtherValue =
    R"({"action":"attrvalue.created","body":{"id":"OTHER_VALUE",)"
    R"("attribute":"ATTRIBUTE","name":"Christiania"}})";

}  // namespace

std::vector<ExampleRow> catalogue_examples() {
  return {
      {Action::LeaseAwaited, {kSource}, R"({"action":"lease.awaited","body":{"item":"SOURCE"}})"},
      {Action::ExclusiveAcquired, {}, kExclusive},
      {Action::ExclusiveReleased,
       {kExclusive},
       R"({"session":"SESSION","action":"exclusive.released","body":{"token":3}})"},
      {Action::ExclusiveBroken,
       {kExclusive},
       R"({"action":"exclusive.broken","body":{"token":3,"end":"broken"}})"},
      {Action::ProjectRestored,
       {kFolder, kCode},
       R"({"seen":"latest","action":"project.restored","body":{"to":3,)"
       R"("mode":"items","items":["CODE"]}})"},
      {Action::ProjectMilestoneSet, {kCode}, kMilestone},
      {Action::ProjectMilestoneCleared,
       {kCode, kMilestone},
       R"({"seen":"latest","action":"project.milestone_cleared",)"
       R"("body":{"milestone":"MILESTONE"}})"},
      {Action::EventlogCleared, {}, R"({"action":"eventlog.cleared","body":{"through":2}})"},
      {Action::UserProfileMerged, {kProfile}, kProfilesMerged},
      {Action::UserProfileSplit,
       {kProfile, kProfilesMerged},
       R"({"seen":"latest","action":"user.profile_split",)"
       R"("body":{"profile":"OTHER_PROFILE"}})"},
      {Action::SourceFormattingChanged,
       {kSource, kLease},
       R"({"session":"SESSION","seen":"latest",)"
       R"("action":"source.formatting_changed","body":{"source":"SOURCE",)"
       R"("token":4,"ranges":[{"begin":2,"end":6,"style":"bold"}]}})"},
      {Action::TranscriptRowAdded, {kAudio, kAudioLease}, kAudioRow},
      {Action::TranscriptRowChanged,
       {kAudio, kAudioLease, kAudioRow},
       R"({"session":"SESSION","seen":"latest",)"
       R"("action":"transcript.row_changed","body":{"row":"ROW","token":4,)"
       R"("speaker":"Ola"}})"},
      {Action::TranscriptRowDeleted,
       {kAudio, kAudioLease, kAudioRow},
       R"({"session":"SESSION","seen":"latest",)"
       R"("action":"transcript.row_deleted","body":{"row":"ROW","token":4,)"
       R"("version":5}})"},
      {Action::TranscriptRowMoved,
       {kAudio, kAudioLease, kAudioRow},
       R"({"session":"SESSION","seen":"latest","action":"transcript.row_moved",)"
       R"("body":{"row":"ROW","token":4,"area":{"kind":"span","left":100,)"
       R"("right":1000}}})"},
      {Action::PicturelogRowAdded, {kPicture, kPictureLease}, kPictureRow},
      {Action::PicturelogRowChanged,
       {kPicture, kPictureLease, kPictureRow},
       R"({"session":"SESSION","seen":"latest",)"
       R"("action":"picturelog.row_changed","body":{"row":"ROW","token":4,)"
       R"("area":{"left":1,"top":2,"right":9,"bottom":12}}})"},
      {Action::PicturelogRowDeleted,
       {kPicture, kPictureLease, kPictureRow},
       R"({"session":"SESSION","seen":"latest",)"
       R"("action":"picturelog.row_deleted","body":{"row":"ROW","token":4,)"
       R"("version":5}})"},
      {Action::MediaLinked,
       {kAudio},
       R"({"seen":"latest","action":"media.linked","body":{"source":"AUDIO",)"
       R"("path":"tapes/7.ogg"}})"},
      {Action::ImageAdjusted,
       {kPicture},
       R"({"seen":"latest","action":"image.adjusted","body":{"source":"PICTURE",)"
       R"("rotation":90,"brightness":100,"contrast":100}})"},
      {Action::CodeSplit,
       {kSource, kCode, kCoding},
       R"({"seen":"latest","action":"code.split","body":{"code":"CODE",)"
       R"("parts":[{"id":"PART","name":"Stress at work","codings":["CODING"]}]}})"},
      {Action::CodeCopied,
       {kSource, kCode, kCoding},
       R"({"action":"code.copied","body":{"code":"CODE","id":"PART",)"
       R"("name":"Stress, again","with_codings":true}})"},
      {Action::CodebookReordered,
       {kCode, kOtherCode},
       R"({"seen":"latest","action":"codebook.reordered",)"
       R"("body":{"order":["OTHER_CODE","CODE"]}})"},
      {Action::ClassificationCreated, {}, kClass},
      {Action::ClassificationPropsChanged,
       {kClass},
       R"({"seen":"latest","action":"classification.props_changed",)"
       R"("body":{"classification":"CLASSIFICATION",)"
       R"("description":"Whom we spoke to"}})"},
      {Action::ClassificationMerged,
       {kClass, kOtherClass},
       R"({"seen":"latest","action":"classification.merged",)"
       R"("body":{"from":"OTHER_CLASSIFICATION","into":"CLASSIFICATION"}})"},
      {Action::ClassificationDeleted,
       {kClass},
       R"({"seen":"latest","action":"classification.deleted",)"
       R"("body":{"classification":"CLASSIFICATION"}})"},
      {Action::AttributeCreated, {kClass}, kAttribute},
      {Action::AttributePropsChanged,
       {kClass, kAttribute},
       R"({"seen":"latest","action":"attribute.props_changed",)"
       R"("body":{"attribute":"ATTRIBUTE","name":"Home town"}})"},
      {Action::AttributeTypeChanged,
       {kClass, kAttribute},
       R"({"seen":"latest","action":"attribute.type_changed",)"
       R"("body":{"attribute":"ATTRIBUTE","type":"integer"}})"},
      {Action::AttributeDeleted,
       {kClass, kAttribute},
       R"({"seen":"latest","action":"attribute.deleted",)"
       R"("body":{"attribute":"ATTRIBUTE"}})"},
      {Action::AttributeReordered,
       {kClass, kAttribute},
       R"({"seen":"latest","action":"attribute.reordered",)"
       R"("body":{"classification":"CLASSIFICATION","order":["ATTRIBUTE"]}})"},
      {Action::AttrvalueCreated, {kClass, kAttribute}, kValue},
      {Action::AttrvalueRenamed,
       {kClass, kAttribute, kValue},
       R"({"seen":"latest","action":"attrvalue.renamed","body":{"value":"VALUE",)"
       R"("name":"Oslo city"}})"},
      {Action::AttrvalueMerged,
       {kClass, kAttribute, kValue, kOtherValue},
       R"({"seen":"latest","action":"attrvalue.merged",)"
       R"("body":{"from":"OTHER_VALUE","into":"VALUE"}})"},
      {Action::AttrvalueDeleted,
       {kClass, kAttribute, kValue},
       R"({"seen":"latest","action":"attrvalue.deleted",)"
       R"("body":{"value":"VALUE"}})"},
      {Action::ItemClassified, {kCase, kClass}, kClassified},
      {Action::AttributeValueSet,
       {kCase, kClass, kClassified, kAttribute, kValue},
       R"({"seen":"latest","action":"attribute.value_set","body":{"item":"CASE",)"
       R"("attribute":"ATTRIBUTE","value":"VALUE"}})"},
      {Action::ReltypeCreated, {}, kReltype},
      {Action::ReltypeChanged,
       {kReltype},
       R"({"seen":"latest","action":"reltype.changed",)"
       R"("body":{"reltype":"RELTYPE","name":"has met"}})"},
      {Action::ReltypeDeleted,
       {kReltype},
       R"({"seen":"latest","action":"reltype.deleted",)"
       R"("body":{"reltype":"RELTYPE"}})"},
      {Action::RelationshipCreated, {kCase, kOtherCase, kReltype}, kRelation},
      {Action::RelationshipChanged,
       {kCase, kOtherCase, kReltype, kRelation},
       R"({"seen":"latest","action":"relationship.changed",)"
       R"("body":{"relationship":"RELATIONSHIP","description":"Since school"}})"},
      {Action::RelationshipDeleted,
       {kCase, kOtherCase, kReltype, kRelation},
       R"({"seen":"latest","action":"relationship.deleted",)"
       R"("body":{"relationship":"RELATIONSHIP"}})"},
      {Action::CodingBatchAdded,
       {kSource, kCode},
       R"({"action":"coding.batch_added","body":{"method":"words of calm",)"
       R"("codings":[{"id":"CODING","code":"CODE","source":"SOURCE","begin":20,)"
       R"("end":32}]}})"},
      {Action::HyperlinkCreated, {kSource, kLease}, kHyperlink},
      {Action::HyperlinkDeleted,
       {kSource, kLease, kHyperlink},
       R"({"session":"SESSION","seen":"latest","action":"hyperlink.deleted",)"
       R"("body":{"hyperlink":"HYPERLINK","token":4}})"},
      {Action::CommentPosted, {kCode}, kComment},
      {Action::CommentResolved,
       {kCode, kComment},
       R"({"seen":"latest","action":"comment.resolved",)"
       R"("body":{"comment":"COMMENT"}})"},
      {Action::SetCreated, {}, kSet},
      {Action::SetPropsChanged,
       {kSet},
       R"({"seen":"latest","action":"set.props_changed","body":{"set":"SET",)"
       R"("name":"Round 1"}})"},
      {Action::SetDeleted,
       {kSet},
       R"({"seen":"latest","action":"set.deleted","body":{"set":"SET"}})"},
      {Action::SetMemberAdded, {kSet, kCode}, kMember2},
      {Action::SetMemberRemoved,
       {kSet, kCode, kMember2},
       R"({"action":"set.member_removed","body":{"set":"SET","item":"CODE"}})"},
      {Action::SetOrdered,
       {kSet, kCode, kMember2},
       R"({"seen":"latest","action":"set.ordered","body":{"set":"SET",)"
       R"("order":["CODE"]}})"},
      {Action::SearchfolderSaved, {}, kSearch},
      {Action::SearchfolderChanged,
       {kSearch},
       R"({"seen":"latest","action":"searchfolder.changed",)"
       R"("body":{"searchfolder":"SEARCH","name":"Another name"}})"},
      {Action::SearchfolderDeleted,
       {kSearch},
       R"({"seen":"latest","action":"searchfolder.deleted",)"
       R"("body":{"searchfolder":"SEARCH"}})"},
      {Action::QuerySaved, {}, kQuery},
      {Action::QueryChanged,
       {kQuery},
       R"({"seen":"latest","action":"query.changed","body":{"query":"QUERY",)"
       R"("name":"Another name"}})"},
      {Action::QueryDeleted,
       {kQuery},
       R"({"seen":"latest","action":"query.deleted","body":{"query":"QUERY"}})"},
      {Action::QueryResultSaved,
       {kSource, kCode, kQuery},
       R"({"action":"query.result_saved","body":{"query":"QUERY",)"
       R"("at_sequence":5,"id":"PART","name":"Found: stress",)"
       R"("codings":[{"id":"CODING","code":"CODE","source":"SOURCE","begin":2,)"
       R"("end":6}]}})"},
      {Action::FmatrixCreated, {kCase, kCode}, kMatrix},
      {Action::FmatrixChanged,
       {kCase, kCode, kMatrix},
       R"({"seen":"latest","action":"fmatrix.changed",)"
       R"("body":{"fmatrix":"MATRIX","name":"Framework 2"}})"},
      {Action::FmatrixDeleted,
       {kCase, kCode, kMatrix},
       R"({"seen":"latest","action":"fmatrix.deleted",)"
       R"("body":{"fmatrix":"MATRIX"}})"},
      {Action::SummarySet,
       {kCase, kCode},
       R"({"seen":"latest","action":"summary.set","body":{"row":"CASE",)"
       R"("column":"CODE","text":"She swims to stay calm."}})"},
      {Action::SummaryLinkAdded, {kSource, kCase, kCode}, kSummaryLink},
      {Action::SummaryLinkRemoved,
       {kSource, kCase, kCode, kSummaryLink},
       R"({"seen":"latest","action":"summary.link_removed",)"
       R"("body":{"link":"SUMMARY_LINK"}})"},
      {Action::SummaryAutoFilled,
       {kCase, kCode, kMatrix},
       R"({"seen":"latest","action":"summary.auto_filled",)"
       R"("body":{"fmatrix":"MATRIX","cells":[{"row":"CASE","column":"CODE",)"
       R"("text":"I swim before work."}]}})"},
      {Action::MapCreated, {}, kMap},
      {Action::MapPropsChanged,
       {kMap},
       R"({"seen":"latest","action":"map.props_changed","body":{"map":"MAP",)"
       R"("description":"After round 1"}})"},
      {Action::MapMadeStatic,
       {kMap},
       R"({"seen":"latest","action":"map.made_static","body":{"map":"MAP",)"
       R"("sequence":3}})"},
      {Action::MapDeleted,
       {kMap},
       R"({"seen":"latest","action":"map.deleted","body":{"map":"MAP"}})"},
      {Action::MapEdited,
       {kMap, kMapLease},
       R"({"session":"SESSION","seen":"latest","action":"map.edited",)"
       R"("body":{"map":"MAP","token":4,"definition":"{\"shapes\":[]}"}})"},
      {Action::ReportCreated, {}, kReport},
      {Action::ReportChanged,
       {kReport, kReportLease},
       R"({"session":"SESSION","seen":"latest","action":"report.changed",)"
       R"("body":{"report":"REPORT","token":4,)"
       R"("definition":"{\"view\":\"cases\"}"}})"},
      {Action::ReportDeleted,
       {kReport},
       R"({"seen":"latest","action":"report.deleted","body":{"report":"REPORT"}})"},
      {Action::ExtractCreated, {}, kExtract},
      {Action::ExtractChanged,
       {kExtract, kExtractLease},
       R"({"session":"SESSION","seen":"latest","action":"extract.changed",)"
       R"("body":{"extract":"EXTRACT","token":4,)"
       R"("definition":"{\"view\":\"cases\"}"}})"},
      {Action::ExtractDeleted,
       {kExtract},
       R"({"seen":"latest","action":"extract.deleted",)"
       R"("body":{"extract":"EXTRACT"}})"},
      {Action::ImportFinished,
       {},
       R"({"actions":[{"action":"import.started",)"
       R"("body":{"format":"plain_text"}},{"action":"folder.created",)"
       R"("body":{"id":"FOLDER","name":"Interviews"}},)"
       R"({"action":"import.finished","body":{"counts":[{"kind":"folder",)"
       R"("created":1}]}}]})"},
      {Action::ImportIdMapped,
       {},
       R"({"actions":[{"action":"import.started",)"
       R"("body":{"format":"plain_text"}},{"action":"folder.created",)"
       R"("body":{"id":"FOLDER","name":"Interviews"}},)"
       R"({"action":"import.id_mapped","body":{"foreign":"FOREIGN",)"
       R"("item":"FOLDER"}}]})"},
      {Action::RedoApplied,
       {kSessionFolder, kUndone},
       R"({"session":"SESSION","action":"redo.applied","body":{}})"},
  };
}

}  // namespace qualog::tools
