// SPDX-License-Identifier: Apache-2.0
// Lines that several examples begin with, and a row of the table of examples. A word in capitals
// stands for an id.
#pragma once

#include "schema/fbs/action_generated.h"

#include <string_view>
#include <vector>

namespace qualog::tools {

struct ExampleRow {
  fb::Action action;
  std::vector<std::string_view> before;
  std::string_view line;
};

// The examples of classes, sets, files and definitions.
std::vector<ExampleRow> catalogue_examples();

inline constexpr std::string_view kFolder =
    R"({"action":"folder.created","body":{"id":"FOLDER","name":"Interviews"}})";
inline constexpr std::string_view kOtherFolder =
    R"({"action":"folder.created","body":{"id":"OTHER_FOLDER","name":"Round 2"}})";
inline constexpr std::string_view kSource =
    R"({"action":"source.created","body":{"id":"SOURCE","name":"Interview 1",)"
    R"("text":"I swim before work. It calms me.","length":32}})";
inline constexpr std::string_view kTextless =
    R"({"action":"source.created","body":{"id":"OTHER_SOURCE","name":"Interview 2",)"
    R"("text_state":"missing"}})";
inline constexpr std::string_view kMemo =
    R"({"action":"source.created","body":{"id":"MEMO","kind":"memo","name":"On calm",)"
    R"("text":"Water again.","length":12}})";
inline constexpr std::string_view kCode =
    R"({"action":"code.created","body":{"id":"CODE","name":"Stress","color":"#d9480f"}})";
inline constexpr std::string_view kOtherCode =
    R"({"action":"code.created","body":{"id":"OTHER_CODE","name":"Coping"}})";
inline constexpr std::string_view kCoding =
    R"({"seen":4,"action":"coding.added","body":{"id":"CODING","code":"CODE","source":"SOURCE",)"
    R"("begin":2,"end":18}})";
inline constexpr std::string_view kNote =
    R"({"action":"annotation.created","body":{"id":"NOTE","source":"SOURCE","begin":20,)"
    R"("end":32,"text":"Ask why."}})";
inline constexpr std::string_view kLink =
    R"({"action":"seealso.created","body":{"id":"LINK","from":"SOURCE","from_begin":2,)"
    R"("from_end":6,"to":"CODE"}})";
inline constexpr std::string_view kLease =
    R"({"session":"SESSION","action":"lease.acquired","body":{"item":"SOURCE"}})";
inline constexpr std::string_view kMember =
    R"({"action":"member.added","body":{"principal":"ida","group":"contributor"}})";
inline constexpr std::string_view kIdas =
    R"({"actor":"ida","action":"folder.created","body":{"id":"FOLDER","name":"Interviews"}})";
inline constexpr std::string_view kDeleted =
    R"({"seen":"latest","action":"project.deleted","body":{}})";
inline constexpr std::string_view kMerged =
    R"({"seen":"latest","action":"code.merged","body":{"from":["OTHER_CODE"],"into":"CODE"}})";
inline constexpr std::string_view kLinked =
    R"({"seen":"latest","action":"memo.linked","body":{"item":"SOURCE","memo":"MEMO"}})";

}  // namespace qualog::tools
