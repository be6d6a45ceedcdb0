// SPDX-License-Identifier: Apache-2.0
// The compatibility gate between each released schema and today's. Its controls are broken copies
// of the schema, one change each: the gate must name every one of them, and must let additions
// pass.
#include "tests/schema/gate.h"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

using namespace qualog::test;

namespace fs = std::filesystem;

namespace {

const fs::path kToday = fs::path(QUALOG_SOURCE_DIR) / "schema/fbs";
const fs::path kReleased = fs::path(QUALOG_SOURCE_DIR) / "schema/released";

std::string joined(const std::vector<std::string>& problems) {
  std::string text;
  for (const auto& problem : problems) text += problem + "\n";
  return text;
}

struct Change {
  const char* what;
  const char* file;
  std::string from;
  std::string to;
  const char* problem;  // what the gate says, at least
};

void apply(const Change& change, const fs::path& folder) {
  const fs::path file = folder / change.file;
  std::ifstream in(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  in.close();
  const auto at = text.find(change.from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, change.what << ": the schema has no such text");
  text.replace(at, change.from.size(), change.to);
  std::ofstream(file, std::ios::binary) << text;
}

std::string problems_after(const Change& change) {
  const ScratchFolder scratch;
  fs::copy(kReleased / "v1", scratch.path(), fs::copy_options::recursive);
  apply(change, scratch.path());
  return joined(gate_problems(kReleased / "v1", scratch.path()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gate)

BOOST_AUTO_TEST_CASE(todays_schema_reads_every_released_one) {
  std::size_t checked = 0;
  for (const auto& version : fs::directory_iterator(kReleased)) {
    if (!version.is_directory()) continue;
    BOOST_TEST(joined(gate_problems(version.path(), kToday)) == "", version.path());
    ++checked;
  }
  BOOST_TEST(checked > 0u);
}

BOOST_AUTO_TEST_CASE(a_change_that_breaks_is_named) {
  const Change changes[] = {
      {"a field is put in between", "sources.fbs", "folder:ItemId (id: 0, native_inline, must);\n}",
       "more:uint (id: 0);\n  folder:ItemId (id: 1, native_inline, must);\n}",
       "conform: event.fbs"},
      {"the type of a field changes", "codes.fbs", "position:uint (id: 2)", "position:int (id: 2)",
       "conform: event.fbs"},
      {"a default changes", "codes.fbs", "codable:bool = true", "codable:bool",
       "conform: event.fbs"},
      {"the last field goes", "sources.fbs", "  length:uint (id: 3);\n", "",
       "field 3 of qualog.fb.SourceTextSupplied"},
      {"a field is renamed", "notes.fbs", "weight:int", "value:int",
       "field 1 of qualog.fb.CodingWeightOrCommentSet"},
      {"a number becomes optional", "codes.fbs", "position:uint (id: 2)",
       "position:uint = null (id: 2)", "field 2 of qualog.fb.CodeMoved"},
      {"a field becomes required", "sources.fbs", "description:Text (id: 4)",
       "description:Text (id: 4, required)", "field 4 of qualog.fb.SourceCreated"},
      {"a new field is required", "sources.fbs", "  length:uint (id: 3);\n",
       "  length:uint (id: 3);\n  more:Text (id: 4, required);\n",
       "field 4 of qualog.fb.SourceTextSupplied"},
      {"a field must be given from now on", "notes.fbs", "comment:Text (id: 2)",
       "comment:Text (id: 2, must)", "field 2 of qualog.fb.CodingWeightOrCommentSet"},
      {"a text is compared from now on", "project.fbs", "name:Text (id: 1);",
       "name:Text (id: 1, name);", "field 1 of qualog.fb.UserPropsChanged"},
      {"the last union member goes", "action.fbs", ",\n  RedoApplied = 175", "",
       "member 175 of qualog.fb.Action"},
      {"a union member gets another number", "action.fbs", "CodeSplit = 65", "CodeSplit = 59",
       "member 65 of qualog.fb.Action"},
      {"a union member changes its table", "action.fbs", "MapEdited = 153",
       "MapEdited:MapDeleted = 153", "frozen: "},
      {"a union member is renamed", "aside.fbs", "SecurityExported = 8",
       "Exported:SecurityExported = 8", "member 8 of qualog.fb.AsideBody"},
      {"an enum value goes", "sources.fbs", ", Picture = 8", "",
       "member 8 of qualog.fb.SourceKind"},
      {"an enum is widened", "codes.fbs", "enum CodeKind : ubyte", "enum CodeKind : ushort",
       "the type of qualog.fb.CodeKind"},
      {"a struct grows", "common.fbs", "{ bytes:[ubyte:32]; }", "{ bytes:[ubyte:40]; }",
       "the layout of qualog.fb.Digest"},
      {"a struct gets a field", "common.fbs", "{ bytes:[ubyte:32]; }",
       "{ bytes:[ubyte:32]; more:ubyte; }", "the layout of qualog.fb.Digest"},
      {"a table becomes a struct", "sources.fbs",
       "table FolderDeleted {\n  folder:ItemId (id: 0, native_inline, must);",
       "struct FolderDeleted {\n  folder:ItemId;", "the layout of qualog.fb.FolderDeleted"},
      {"the identifier changes", "event.fbs", "\"QLEV\"", "\"QLEW\"", "the identifier"},
      {"the identifier of a command changes", "command.fbs", "\"QLCM\"", "\"QLCN\"",
       "the identifier"},
      {"the root changes", "command.fbs", "root_type Command", "root_type Proposal",
       "the root type"},
      {"a field has no id", "sources.fbs", "folder:ItemId (id: 0, native_inline, must);\n}",
       "folder:ItemId (native_inline, must);\n}", "ids: event.fbs"},
      {"a union member has no number", "action.fbs", "RedoApplied = 175",
       "RedoApplied = 175,\n  Splice", "numbers: Splice of Action"},
      {"an enum value has no number", "codes.fbs", "MatrixResult = 3", "MatrixResult",
       "numbers: MatrixResult of CodeKind"},
  };
  for (const Change& change : changes) {
    const std::string problems = problems_after(change);
    BOOST_TEST((problems.find(change.problem) != std::string::npos),
               change.what << ": " << problems);
  }
}

BOOST_AUTO_TEST_CASE(an_addition_passes) {
  const Change changes[] = {
      {"a field at the end", "sources.fbs", "  length:uint (id: 3);\n",
       "  length:uint (id: 3);\n  more:Text (id: 4);\n", ""},
      {"fields where there were none", "history.fbs", "table ErasurePerformed {}",
       "table ErasurePerformed { item:ItemId (id: 0, native_inline, must); }", ""},
      {"a union member", "action.fbs", "RedoApplied = 175", "RedoApplied = 175,\n  Splice = 176",
       ""},
      {"an enum value", "codes.fbs", "MatrixResult = 3", "MatrixResult = 3, Theme = 4", ""},
      {"a comment", "codes.fbs", "/// A redirect", "/// A true redirect", ""},
  };
  for (const Change& change : changes) BOOST_TEST(problems_after(change) == "", change.what);
}

BOOST_AUTO_TEST_SUITE_END()
