// SPDX-License-Identifier: Apache-2.0
// Attacks on the XML reader, one document each, as a bare .qde and inside of an archive where it
// fits; each is refused in one line with a line number and nothing of the document, within 64 MiB
// and two seconds. Then random damage: any bytes are read or refused, never a crash.
#include "tests/tools/interchange/confined.h"
#include "tests/tools/interchange/fixture_writer.h"
#include "tools/interchange/project_file.h"
#include "tools/interchange/xml_guard.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace qualog;
using namespace qualog::test;
using interchange::read_project_file;

namespace {

constexpr std::uint64_t kGrowthMax = 64ULL * 1024 * 1024;
constexpr double kSecondsMax = 2;

struct Attack {
  std::string name;
  std::string xml;
  std::string says;
  std::string code = "invalid";
};

constexpr const char* kRoot = R"(<Project xmlns="urn:QDA-XML:project:1.0" name="jane-doe">)";
constexpr const char* kOpen = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string repeated(std::string_view piece, std::size_t count) {
  std::string all;
  all.reserve(piece.size() * count);
  while (count-- > 0) all += piece;
  return all;
}

std::string with_doctype(const std::string& subset, const std::string& body) {
  return fmt::format("{}<!DOCTYPE Project {}>\n{}<Description>{}</Description></Project>", kOpen,
                     subset, kRoot, body);
}

std::string inside(const std::string& body) { return kOpen + (kRoot + body) + "</Project>"; }

std::string utf16_of(std::string_view ascii) {
  std::string out = "\xFF\xFE";
  for (const char c : ascii) (out += c) += '\0';
  return out;
}

std::string laughs() {
  std::string subset = "[<!ENTITY l0 \"jane-doe\">";
  for (int i = 1; i < 30; ++i) {
    subset += fmt::format("<!ENTITY l{} \"{}\">", i, repeated(fmt::format("&l{};", i - 1), 10));
  }
  return with_doctype(subset + "]", "&l29;");
}

std::vector<Attack> doctype_attacks() {
  const std::string says = "document type";
  return {
      {"plain", with_doctype("", ""), says},
      {"billion laughs", laughs(), says},
      {"quadratic",
       with_doctype(fmt::format("[<!ENTITY a \"{}\">]", std::string(60'000, 'a')),
                    repeated("&a;", 60'000)),
       says},
      {"local file", with_doctype("[<!ENTITY x SYSTEM \"file:///etc/passwd\">]", "&x;"), says},
      {"network", with_doctype("[<!ENTITY x SYSTEM \"http://127.0.0.1:1/\">]", "&x;"), says},
      {"parameter entity", with_doctype("[<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]", ""),
       says},
      {"external subset", with_doctype("SYSTEM \"file:///etc/passwd\"", ""), says},
      {"public subset", with_doctype("PUBLIC \"-//X\" \"http://127.0.0.1:1/x.dtd\"", ""), says},
      {"attribute default", with_doctype("[<!ATTLIST Project name CDATA \"jane-doe\">]", ""), says},
      {"late", fmt::format("{}<!-- a --><?p?>\n\n<!DOCTYPE x>{}</Project>", kOpen, kRoot), says},
      {"lower case", fmt::format("{}<!doctype x>{}</Project>", kOpen, kRoot), says},
      {"inside", inside("<!DOCTYPE x>"), says},
      {"conditional", inside("<![INCLUDE[<a/>]]>"), says},
      {"bare declaration", inside("<!ENTITY x \"jane-doe\">"), says},
      {"in UTF-16", utf16_of(with_doctype("", "")), "UTF-8"},
      {"UTF-16 without mark", utf16_of(with_doctype("", "")).substr(2), "UTF-8"},
      {"UTF-7", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADwAIQ-DOCTYPE x+AD4-", "line 1"},
  };
}

// A million different names in the place of {}.
std::string numbered(const char* pattern) {
  std::string all;
  for (int i = 0; i < 1'000'000; ++i) all += fmt::format(fmt::runtime(pattern), i);
  return all;
}

std::vector<Attack> size_attacks() {
  const std::string deep = repeated("<Code>", 200'000);
  const std::string foreign_deep = repeated("<x xmlns=\"y\">", 200'000);
  std::string attributes = "<User ";
  std::string spaces = "<User ";
  for (int i = 0; i < 300'000; ++i) {
    attributes += fmt::format("a{}='' ", i);
    spaces += fmt::format("xmlns:n{}='{}' ", i, i);
  }
  const std::string large = "too_large";
  return {
      {"deep", inside("<CodeBook><Codes>" + deep), "too deep", large},
      {"deep elsewhere", inside(foreign_deep), "too deep", large},
      {"many attributes", inside("<Users>" + attributes + "/>"), "too many attributes", large},
      {"many namespaces", inside("<Users>" + spaces + "/>"), "too many attributes", large},
      {"long name", inside("<" + std::string(30'000'000, 'a')), "too long", large},
      {"long value", inside("<User name='" + std::string(30'000'000, 'a')), "too long", large},
      {"long comment", inside("<!--" + std::string(30'000'000, 'a')), "too long", large},
      {"long instruction", inside("<?p " + std::string(30'000'000, 'a')), "too long", large},
      {"long text", inside("<Description>" + std::string(30'000'000, 'a')), "too long", large},
      {"long CDATA", inside("<Description><![CDATA[" + std::string(30'000'000, 'a')), "too long",
       large},
      {"nameless objects", inside("<Users>" + repeated("<User/>", 1'000'000)), "too many objects",
       large},
      {"many names", inside(numbered("<jane{}/>")), "different names", large},
      {"many attribute names", inside(numbered("<User jane{}='x'/>")), "different names", large},
      {"many instructions", inside(numbered("<?jane{}?>")), "comments or instructions", large},
      {"many comments", inside(repeated("<!---->", 2'000'000)), "comments or instructions", large},
      {"many CDATA", inside("<Description>" + repeated("<![CDATA[a]]>", 2'000'000) + "<"), "line"},
      {"many texts", inside("<Description>" + repeated("a<x/>", 2'000'000) + "<"), "line"},
      {"many values", inside("<Users><User name='" + repeated("&lt;", 2'000'000)), "too long",
       large},
      {"many references to characters",
       inside("<Description>" + repeated("&#65;", 1'500'000) + "<"), "line"},
      {"many namespace names", inside(numbered("<a xmlns='jane{}'/>")), "different names", large},
      {"many references", inside(repeated("<NoteRef/>", 1'000'000) + "<"), "line"},
  };
}

std::vector<Attack> malformed() {
  return {
      {"empty", "", "ends too early"},
      {"spaces", "   \n ", "ends too early"},
      {"other root", "<html/>", "no REFI-QDA"},
      {"other namespace", "<Project xmlns='urn:x' name='jane-doe'/>", "no REFI-QDA"},
      {"other root without namespace", "<Projects name='jane-doe'/>", "no REFI-QDA"},
      {"mismatch", inside("<Users></Cases>"), "end tag"},
      {"cut", kOpen + std::string(kRoot) + "<Users>", "line 2"},
      {"cut tag", kOpen + std::string(kRoot) + "<User name=\"jane-doe", "line 2"},
      {"two roots", inside("") + inside(""), "line"},
      {"twice", inside("<User guid='1' guid='2'/>"), "twice"},
      {"entity", inside("<Description>&jane-doe;</Description>"), "entity"},
      {"entity in value", inside("<User name='&jane;'/>"), "entity"},
      {"null reference", inside("<Description>&#0;</Description>"), "does not allow"},
      {"vast reference", inside("<Description>&#x110000;</Description>"), "line 2"},
      {"NUL", inside(std::string("<Description>\0</Description>", 28)), "UTF-8"},
      {"control", inside("<Description>\x01</Description>"), "does not allow"},
      {"broken UTF-8", inside("<Description>jane-doe \xC3(</Description>"), "does not allow"},
      {"overlong UTF-8", inside("<Description>\xC0\xBC</Description>"), "does not allow"},
      {"less in value", inside("<User name='<jane-doe'/>"), "line 2"},
      {"prefix", inside("<a:User name='jane-doe'/>"), "namespace prefix"},
      {"Latin-1", "\xA0<Project/>", "UTF-8"},
  };
}

void check_refused(const Attack& attack, const Outcome& outcome) {
  BOOST_TEST_CONTEXT(attack.name << ": " << outcome.message << " (" << outcome.growth_bytes
                                 << " bytes, " << outcome.seconds << " s)") {
    BOOST_TEST(outcome.finished);
    BOOST_TEST(!outcome.read);
    BOOST_TEST(outcome.code == attack.code);
    BOOST_TEST(outcome.message.find(attack.says) != std::string::npos);
    BOOST_TEST(outcome.message.find("line ") != std::string::npos);
    BOOST_TEST(outcome.message.find("jane") == std::string::npos);
    BOOST_TEST(outcome.message.find("root:") == std::string::npos);
    BOOST_TEST(outcome.message.find('\n') == std::string::npos);
    if (!costs_are_real()) return;
    BOOST_TEST(outcome.growth_bytes < kGrowthMax);
    BOOST_TEST(outcome.seconds < kSecondsMax);
  }
}

void check_all_refused(const std::vector<Attack>& attacks) {
  const ScratchFolder folder;
  for (const Attack& attack : attacks) {
    check_refused(attack, read_confined(folder.write("hostile.qde", attack.xml)));
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(xml_refuses_every_document_type) { check_all_refused(doctype_attacks()); }

BOOST_AUTO_TEST_CASE(xml_refuses_what_is_too_large) { check_all_refused(size_attacks()); }

BOOST_AUTO_TEST_CASE(xml_refuses_what_is_malformed) { check_all_refused(malformed()); }

BOOST_AUTO_TEST_CASE(xml_refuses_the_same_inside_of_an_archive) {
  const ScratchFolder folder;
  for (const Attack& attack : doctype_attacks()) {
    check_refused(attack, read_confined(folder.write("hostile.qdpx", archive_of(attack.xml))));
  }
}

// The control: the frame around the attacks is a project that reads.
BOOST_AUTO_TEST_CASE(xml_reads_the_frame_of_the_attacks) {
  const ScratchFolder folder;
  const auto project = read_project_file(folder.write("a.qde", inside("<Users/>")));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(project->name == "jane-doe");
}

// XInclude is an element of another namespace like any other: named as lost, never followed.
BOOST_AUTO_TEST_CASE(xml_follows_no_inclusion) {
  const ScratchFolder folder;
  const auto project = read_project_file(folder.write(
      "a.qde", inside("<Description>a<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' "
                      "parse='text' href='file:///etc/passwd'/>b</Description>")));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(project->description == "ab");
  BOOST_TEST(project->losses.at(0).element == "include");
}

BOOST_AUTO_TEST_CASE(xml_takes_depth_and_attributes_up_to_the_limit) {
  const ScratchFolder folder;
  const auto read_deep = [&](std::size_t codes) {
    return read_project_file(
        folder.write("a.qde", inside("<CodeBook><Codes>" + repeated("<Code>", codes) +
                                     repeated("</Code>", codes) + "</Codes></CodeBook>")));
  };
  BOOST_TEST(read_deep(61).has_value());  // with Project, CodeBook and Codes: 64
  BOOST_TEST(!read_deep(62).has_value());
  const auto read_wide = [&](int count) {
    std::string user = "<Users><User";
    for (int i = 0; i < count; ++i) user += fmt::format(" a{}='x'", i);
    return read_project_file(folder.write("a.qde", inside(user + "/></Users>")));
  };
  BOOST_TEST(read_wide(256).has_value());
  BOOST_TEST(!read_wide(257).has_value());
}

BOOST_AUTO_TEST_CASE(xml_takes_markup_characters_in_values_comments_and_cdata) {
  const ScratchFolder folder;
  const auto project = read_project_file(folder.write(
      "a.qde", inside("<!-- > <!DOCTYPE x> = --><?p <!DOCTYPE?><Description>a <![CDATA[<!DOCTYPE "
                      "x>]]> &lt;b&gt; &amp; &#x1F600;</Description>")));
  BOOST_REQUIRE(project.has_value());
  BOOST_TEST(project->description == "a <!DOCTYPE x> <b> & \xF0\x9F\x98\x80");
}

BOOST_AUTO_TEST_CASE(xml_texts_survive_any_cut_of_the_input) {
  const std::string text = utf8_of(U"før 😀 «x» ") + std::string(3'000, 'y');
  const std::string xml = inside("<Description>" + repeated(text, 50) + "</Description>");
  for (const std::size_t piece : {1UL, 7UL, 511UL, 4'096UL}) {
    std::size_t at = 0;
    const auto project = interchange::read_project_xml([&](std::span<char> into) {
      const std::size_t count = std::min({piece, into.size(), xml.size() - at});
      std::copy_n(xml.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
      at += count;
      return Result<std::size_t>(count);
    });
    BOOST_REQUIRE(project.has_value());
    BOOST_TEST((project->description == repeated(text, 50)));
  }
}

BOOST_AUTO_TEST_CASE(guard_tells_the_line) {
  interchange::XmlGuard guard;
  const std::string xml = "<a>\n\n<!DOCTYPE x>";
  const auto fault = guard.feed(xml);
  BOOST_REQUIRE(fault.has_value());
  BOOST_TEST(fault->line == 3U);
}

// Any damage gives a project or one line.
BOOST_AUTO_TEST_CASE(reader_survives_random_damage) {
  const ScratchFolder folder;
  for_seeds(400, [&](Rng& rng, std::uint64_t seed) {
    const auto& habits = kPrograms[below(rng, kPrograms.size())];
    std::string bytes = project_archive({random_source(rng, 4, 6)}, habits);
    if (below(rng, 2) == 0) {
      bytes = project_xml(
          "<Users><User guid='x'/></Users><Sources><TextSource guid='y'>"
          "<PlainTextContent>abc 😀 def</PlainTextContent><PlainTextSelection "
          "startPosition='2' endPosition='9'/></TextSource></Sources>");
    }
    for (std::uint64_t hits = 1 + below(rng, 4); hits-- > 0;) {
      bytes[below(rng, bytes.size())] = static_cast<char>(below(rng, 256));
    }
    if (below(rng, 4) == 0) bytes.resize(below(rng, bytes.size()));
    const auto project = read_project_file(folder.write("a.bin", bytes));
    if (project) return;
    BOOST_TEST_CONTEXT("QUALOG_SEED=" << seed << ": " << project.error().message) {
      BOOST_TEST(!project.error().message.empty());
      BOOST_TEST(project.error().message.find('\n') == std::string::npos);
    }
  });
}
