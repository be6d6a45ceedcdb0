// SPDX-License-Identifier: Apache-2.0
#include "tests/schema/gate.h"

#include "schema/assert.h"

#include <flatbuffers/reflection.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <unistd.h>

namespace qualog::test {

namespace fs = std::filesystem;

namespace {

using Problems = std::vector<std::string>;

// The files with a root table of their own.
constexpr std::array kRoots = {"event", "command", "aside"};

// Attributes of ours that change what a stored byte means or whether it is accepted.
constexpr std::array kFrozenAttributes = {"must", "name", "machine", "time", "computed"};

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool run(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

std::string fbs(const fs::path& folder, const char* root) {
  return fmt::format("'{}'", (folder / root).string() + ".fbs");
}

void check_conform(const fs::path& released, const fs::path& next, Problems& problems) {
  for (const char* root : kRoots)
    if (!run(fmt::format("{} --conform {} --conform-includes '{}' -I '{}' {}", QUALOG_FLATC,
                         fbs(released, root), released.string(), next.string(), fbs(next, root))))
      problems.push_back(fmt::format("conform: {}.fbs does not conform", root));
}

// The compiled reflection schema of a root; empty when flatc refuses it.
std::string compiled(const fs::path& folder, const char* root, const fs::path& scratch) {
  const bool done =
      run(fmt::format("{} --require-explicit-ids -b --schema -o '{}' -I '{}' {}", QUALOG_FLATC,
                      scratch.string(), folder.string(), fbs(folder, root)));
  const fs::path file = scratch / (std::string(root) + ".bfbs");
  const std::string bytes = done ? content(file) : "";
  fs::remove(file);
  return bytes;
}

// Compares what the two schemas say of one thing, by name.
class Comparison {
 public:
  Comparison(const reflection::Schema& released, const reflection::Schema& next, Problems& problems)
      : released_(released), next_(next), problems_(problems) {}

  void run() {
    same("the identifier", text(released_.file_ident()), text(next_.file_ident()));
    same("the root type", released_.root_table()->name()->str(), next_.root_table()->name()->str());
    for (const auto* old : *released_.objects()) object(*old);
    for (const auto* old : *released_.enums()) enumeration(*old);
  }

 private:
  static std::string text(const flatbuffers::String* value) { return value ? value->str() : ""; }

  void same(const std::string& what, const std::string& old, const std::string& now) {
    if (old != now)
      problems_.push_back(fmt::format("frozen: {} was '{}' and is '{}'", what, old, now));
  }

  void object(const reflection::Object& old) {
    const std::string name = old.name()->str();
    const auto* now = next_.objects()->LookupByKey(name.c_str());
    if (now == nullptr) return problems_.push_back("frozen: " + name + " is gone");
    same("the layout of " + name, layout(old), layout(*now));
    const auto before = by_id(old), after = by_id(*now);
    for (const auto& [id, field] : before)
      same(fmt::format("field {} of {}", id, name), described(released_, *field),
           after.count(id) != 0 ? described(next_, *after.at(id)) : "gone");
    for (const auto& [id, field] : after)
      if (before.count(id) == 0 && field->required())
        same(fmt::format("field {} of {}", id, name), "absent", described(next_, *field));
  }

  static std::string layout(const reflection::Object& object) {
    if (!object.is_struct()) return "a table";
    return fmt::format("a struct of {} bytes aligned to {}", object.bytesize(), object.minalign());
  }

  static std::map<int, const reflection::Field*> by_id(const reflection::Object& object) {
    std::map<int, const reflection::Field*> fields;
    for (const auto* field : *object.fields()) fields[field->id()] = field;
    return fields;
  }

  static std::string described(const reflection::Schema& schema, const reflection::Field& field) {
    std::string text = fmt::format("{} {} at {} otherwise {} {}", field.name()->str(),
                                   type_text(schema, *field.type()), field.offset(),
                                   field.default_integer(), field.default_real());
    if (field.required()) text += " required";
    if (field.optional()) text += " optional";
    for (const char* attribute : kFrozenAttributes)
      if (field.attributes() != nullptr && field.attributes()->LookupByKey(attribute) != nullptr)
        text += fmt::format(" {}", attribute);
    return text;
  }

  static std::string type_text(const reflection::Schema& schema, const reflection::Type& type) {
    std::string of;
    if (type.index() >= 0) {
      const auto index = static_cast<unsigned>(type.index());
      const auto core = type.base_type() == reflection::Vector ? type.element() : type.base_type();
      of = core == reflection::Obj ? schema.objects()->Get(index)->name()->str()
                                   : schema.enums()->Get(index)->name()->str();
    }
    return fmt::format("{}/{}/{} {}", reflection::EnumNameBaseType(type.base_type()),
                       reflection::EnumNameBaseType(type.element()), type.fixed_length(), of);
  }

  void enumeration(const reflection::Enum& old) {
    const std::string name = old.name()->str();
    const auto* now = next_.enums()->LookupByKey(name.c_str());
    if (now == nullptr) return problems_.push_back("frozen: " + name + " is gone");
    same("the type of " + name, type_text(released_, *old.underlying_type()),
         type_text(next_, *now->underlying_type()));
    for (const auto* value : *old.values()) {
      const auto* kept = now->values()->LookupByKey(value->value());
      same(fmt::format("member {} of {}", value->value(), name), member_text(released_, *value),
           kept == nullptr ? "gone" : member_text(next_, *kept));
    }
  }

  static std::string member_text(const reflection::Schema& schema,
                                 const reflection::EnumVal& value) {
    const auto* type = value.union_type();
    return value.name()->str() + (type == nullptr ? "" : " " + type_text(schema, *type));
  }

  const reflection::Schema& released_;
  const reflection::Schema& next_;
  Problems& problems_;
};

void check_frozen(const fs::path& released, const fs::path& next, Problems& problems) {
  const ScratchFolder scratch;
  for (const char* root : kRoots) {
    const std::string old = compiled(released, root, scratch.path());
    QUALOG_ASSERT(!old.empty());
    const std::string now = compiled(next, root, scratch.path());
    if (now.empty())
      problems.push_back(fmt::format("ids: {}.fbs does not compile with explicit ids", root));
    else
      Comparison(*reflection::GetSchema(old.data()), *reflection::GetSchema(now.data()), problems)
          .run();
  }
}

std::string without_comments(const std::string& source) {
  static const std::regex kComment("//[^\n]*");
  return std::regex_replace(source, kComment, "");
}

// Every member of every enum and union says its number: a number that is counted moves when
// something is put before it.
void check_numbers(const fs::path& next, Problems& problems) {
  static const std::regex kBlock(R"((?:enum|union)\s+(\w+)[^{]*\{([^}]*)\})");
  static const std::regex kMember(R"(\s*(\w+)\s*(=\s*\d+)?\s*(?:,|$))");
  for (const auto& file : fs::directory_iterator(next)) {
    const std::string source = without_comments(content(file.path()));
    for (std::sregex_iterator block(source.begin(), source.end(), kBlock), end; block != end;
         ++block) {
      const std::string members = (*block)[2];
      for (std::sregex_iterator member(members.begin(), members.end(), kMember); member != end;
           ++member)
        if (!(*member)[2].matched)
          problems.push_back(fmt::format("numbers: {} of {} has no number", (*member)[1].str(),
                                         (*block)[1].str()));
    }
  }
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string name = (fs::temp_directory_path() / "qualog-schema-XXXXXX").string();
  QUALOG_ASSERT(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<std::string> gate_problems(const fs::path& released, const fs::path& next) {
  Problems problems;
  check_conform(released, next, problems);
  check_frozen(released, next, problems);
  check_numbers(next, problems);
  return problems;
}

}  // namespace qualog::test
