// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/interchange/fixture_writer.h"

#include "tests/tools/interchange/zip_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::test {

const std::vector<ProgramHabits> kPrograms = {
    {.name = "standard", .origin = "A careful program 1.0"},
    {.name = "standard-crlf",
     .origin = "A careful program 1.0",
     .crlf_in_file = true,
     .crlf_counted_twice = true},
    {.name = "nvivo",
     .origin = "NVivo 12.6.0.959",
     .utf16_units = true,
     .crlf_in_file = true,
     .crlf_counted_twice = true,
     .mark_in_file = true,
     .folder = "Sources/"},
    {.name = "atlas",
     .origin = "ATLAS.ti 8.4.0",
     .crlf_in_file = true,
     .upper_case = true,
     .project_entry = "My Study.QDE",
     .folder = "Sources/"},
    {.name = "maxqda",
     .origin = "MAXQDA 2022",
     .utf16_units = true,
     .mark_in_file = true,
     .mark_counted = true,
     .braces = true},
    {.name = "qualcoder", .origin = "QualCoder-3.0", .mark_in_file = true},
};

std::string utf8_of(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      tail(0);
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | c >> 12);
      tail(6);
      tail(0);
    } else {
      out += static_cast<char>(0xF0 | c >> 18);
      tail(12);
      tail(6);
      tail(0);
    }
  }
  return out;
}

std::string fixture_guid(std::uint32_t kind, std::uint64_t number) {
  return fmt::format("{:08x}-0000-4000-8000-{:012x}", kind, number);
}

namespace {

const std::u32string_view kWords[] = {
    U"we",    U"walked", U"home",    U"før",     U"regnet", U"kom",    U"mother",
    U"naïve", U"school", U"harvest", U"the",     U"and",    U"city",   U"Ærlig",
    U"дом",   U"πόλη",   U"twice",   U"winter",  U"😀",      U"𝒜nna",   U"👩‍🌾",
    U"I",     U"never",  U"saw",     U"anybody", U"𐍈𐌰𐌿𐍂𐌲",  U"letters"};

std::u32string random_text(Rng& rng, std::size_t paragraphs) {
  std::u32string text;
  for (std::size_t i = 0; i < paragraphs; ++i) {
    for (std::uint64_t word = 4 + below(rng, 12); word-- > 0;) {
      text += kWords[below(rng, std::size(kWords))];
      text += word == 0 ? U"." : below(rng, 9) == 0 ? U", " : U" ";
    }
    text += U"\n";
  }
  return text;
}

bool ends_word(char32_t c) { return c == U' ' || c == U'\n' || c == U'.' || c == U','; }

std::uint64_t word_start(const std::u32string& text, std::uint64_t at) {
  while (at > 0 && !ends_word(text[at - 1])) --at;
  while (at < text.size() && ends_word(text[at])) ++at;
  return at;
}

std::string preview_name(Rng& rng, std::u32string_view marked, std::size_t number) {
  std::string name = utf8_of(marked);
  std::replace(name.begin(), name.end(), '\n', ' ');
  switch (below(rng, 3)) {
    case 0:
      return fmt::format("Quotation {}", number);  // previews nothing
    case 1:
      return marked.size() < 20 ? name : utf8_of(marked.substr(0, 15)) + "…";
    default:
      return name;
  }
}

Quote random_quote(Rng& rng, const std::u32string& text, std::size_t number) {
  Quote quote;
  quote.start = word_start(text, below(rng, text.size() - 40));
  quote.end = std::min<std::uint64_t>(text.size() - 1, quote.start + 8 + below(rng, 60));
  while (!ends_word(text[quote.end])) ++quote.end;
  while (ends_word(text[quote.end - 1])) --quote.end;
  quote.name = preview_name(
      rng, std::u32string_view(text).substr(quote.start, quote.end - quote.start), number);
  return quote;
}

std::string shown_guid(std::string guid, const ProgramHabits& habits) {
  if (habits.upper_case) {
    std::transform(guid.begin(), guid.end(), guid.begin(),
                   [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  }
  return habits.braces ? "{" + guid + "}" : guid;
}

std::string source_element(const FixtureSource& source, std::size_t number,
                           const ProgramHabits& habits) {
  const auto guid = [&](std::uint32_t kind, std::size_t n) {
    return shown_guid(fixture_guid(kind, n), habits);
  };
  std::string xml =
      fmt::format(R"(<TextSource guid="{}" name="Interview {}" plainTextPath="internal://{}.txt">)",
                  guid(0x50, number), number, fixture_guid(0x50, number));
  for (std::size_t i = 0; i < source.quotes.size(); ++i) {
    const Quote& quote = source.quotes[i];
    const std::size_t id = number * 10'000 + i;
    xml += fmt::format(
        R"(<PlainTextSelection guid="{}" name="{}" startPosition="{}" endPosition="{}" )"
        R"(creatingUser="{}" creationDateTime="2019-05-17T12:00:0{}Z"><Coding guid="{}" )"
        R"(creatingUser="{}"><CodeRef targetGUID="{}"/></Coding></PlainTextSelection>)",
        guid(0x60, id), escaped(quote.name), foreign_position(source, quote.start, habits),
        foreign_position(source, quote.end, habits), guid(0x10, 1), i % 10, guid(0x70, id),
        guid(0x10, 1), guid(0x20, 1));
  }
  return xml + "</TextSource>";
}

}  // namespace

FixtureSource random_source(Rng& rng, std::size_t paragraphs, std::size_t quotes) {
  FixtureSource source;
  source.text = random_text(rng, paragraphs);
  for (std::size_t i = 0; i < quotes; ++i) {
    source.quotes.push_back(random_quote(rng, source.text, i));
  }
  return source;
}

std::int64_t foreign_position(const FixtureSource& source, std::uint64_t position,
                              const ProgramHabits& habits) {
  std::int64_t units = habits.mark_counted ? 1 : 0;
  for (std::uint64_t i = 0; i < position; ++i) {
    const char32_t c = source.text[i];
    const bool twice =
        (habits.utf16_units && c > 0xFFFF) || (habits.crlf_counted_twice && c == U'\n');
    units += twice ? 2 : 1;
  }
  return units;
}

std::string text_file(const FixtureSource& source, const ProgramHabits& habits) {
  std::u32string text = habits.mark_in_file ? U"\uFEFF" : U"";
  for (const char32_t c : source.text) {
    if (c == U'\n' && habits.crlf_in_file) text += U'\r';
    text += c;
  }
  return utf8_of(text);
}

std::string project_archive(const std::vector<FixtureSource>& sources,
                            const ProgramHabits& habits) {
  std::string body = fmt::format(
      R"(<Users><User guid="{}" name="Coder One"/></Users><CodeBook><Codes><Code guid="{}" )"
      R"(name="Seasons" isCodable="true"/></Codes></CodeBook><Sources>)",
      shown_guid(fixture_guid(0x10, 1), habits), shown_guid(fixture_guid(0x20, 1), habits));
  std::vector<ZipItem> items = {{.name = std::string(habits.folder), .content = ""}};
  items[0].external = 0040755U << 16;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    body += source_element(sources[i], i, habits);
    items.push_back({.name = fmt::format("{}{}.TXT", habits.folder, fixture_guid(0x50, i)),
                     .content = text_file(sources[i], habits),
                     .deflate = true});
  }
  items.push_back({.name = std::string(habits.project_entry),
                   .content = project_xml(body + "</Sources>", habits.origin),
                   .deflate = true});
  items.push_back({.name = "__MACOSX/._project.qde", .content = "junk"});
  return zip_bytes(items);
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string project_xml(std::string_view body, std::string_view origin) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"Fixture\" origin=\"{}\">\n{}\n"
      "</Project>\n",
      escaped(origin), body);
}

std::string archive_of(std::string_view xml, const std::vector<NamedText>& texts) {
  std::vector<ZipItem> items = {
      {.name = "project.qde", .content = std::string(xml), .deflate = true}};
  for (const NamedText& text : texts) {
    items.push_back({.name = "sources/" + text.name, .content = text.bytes});
  }
  return zip_bytes(items);
}

}  // namespace qualog::test
