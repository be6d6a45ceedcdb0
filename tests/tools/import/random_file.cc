// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/import/random_file.h"

#include <fmt/format.h>

#include <array>

namespace qualog::test {

namespace {

// Parts of names: equal once they are normalised, invisible, turning, of every plane, controls that
// XML allows, and markup.
constexpr std::string_view kNameParts[] = {
    "Trust",  "trust",  "TRUST ", "ﬁ",      "fi",     "Café",      "Cafe\u0301",  "a\u00ADb",
    "ab",     "\u200B", " ",      "  ",     "\u00A0", "&#9;",      "&#10;",       "&#13;",
    "\u0085", "\u0090", "\u2028", "\u2029", "\u202E", "😀",         "👩‍🌾", "𐍈",
    "家",     "Ａ",     "A",      "(2)",    " (2)",   " (3)",      "&amp;",       "&lt;",
    "&quot;", "\u0344", "\uFFFD", "\u1E9E", "ß",      "İ",         "Ǆ",           "ﷺ",
    "\uFEFF", "\\",     "/",      "..",     "%n",     "\U000E0001"};

constexpr std::string_view kTextParts[] = {
    "we walked home ", "før ",   "😀 ",    "𝒜",    "e\u0301", "\n",     "\n\n", "&#13;\n",
    "&#13;",           "&#9;",   "&amp;", "家家", "\u2028",  "\u0085", ".",    " ",
    "👩‍🌾",     "\uFEFF", "word "};

constexpr std::string_view kDates[] = {"",
                                       "2019-05-17T12:00:00Z",
                                       "2019-05-17T12:00:00",
                                       "yesterday",
                                       "0000-00-00",
                                       "&#10;",
                                       "9999-99-99T99:99:99+99:99",
                                       "\u0085",
                                       "2019-05-17T12:00:00.123456789+02:00",
                                       "-1"};

constexpr std::string_view kOrigins[] = {
    "",        "NVivo 12.6", "ATLAS.ti 23", "MAXQDA 2022", "QualCoder-3.0", "\u0085\u2028odd&#10;",
    "Transana"};

constexpr std::string_view kSources[] = {"TextSource", "PDFSource", "PictureSource", "AudioSource",
                                         "VideoSource"};
constexpr std::string_view kForms[] = {"Representation", "Transcript", "TextDescription"};
// In the order of kSources.
constexpr std::string_view kAreas[] = {"PlainTextSelection", "PDFSelection", "PictureSelection",
                                       "AudioSelection", "VideoSelection"};
constexpr std::string_view kValues[] = {"TextValue",  "BooleanValue", "IntegerValue",
                                        "FloatValue", "DateValue",    "DateTimeValue"};

template <std::size_t size>
std::string_view any(Rng& rng, const std::string_view (&choices)[size]) {
  return choices[below(rng, size)];
}

std::string element(std::string_view name, const std::string& attributes,
                    const std::string& inner = "") {
  return fmt::format("<{0}{1}>{2}</{0}>", name, attributes, inner);
}

}  // namespace

// ---- values -------------------------------------------------------------------------------------

std::string RandomFile::guid() {
  const std::uint64_t number = one_in(4) ? below(rng_, used_ + 2) : used_++;
  const auto plain = fmt::format("{:08x}-0000-4000-8000-{:012x}", one_in(9) ? 0 : 0xAB, number);
  switch (below(rng_, 12)) {
    case 0:
      return "{" + plain + "}";
    case 1:
      return fmt::format("{:08X}-0000-4000-8000-{:012X}", 0xAB, number);
    case 2:
      return fmt::format("id {}", number);
    case 3:
      return "00000000-0000-0000-0000-00000000000" + std::to_string(below(rng_, 3));
    default:
      return plain;
  }
}

std::string RandomFile::identity() {
  return one_in(15) ? std::string() : fmt::format(" guid=\"{}\"", guid());
}

std::string RandomFile::reference(const char* name) {
  if (one_in(15)) return "";
  const std::uint64_t number = below(rng_, used_ + 2);
  return one_in(20) ? fmt::format(" {}=\"nothing\"", name)
                    : fmt::format(" {}=\"{:08x}-0000-4000-8000-{:012x}\"", name, 0xAB, number);
}

std::string RandomFile::name() {
  if (one_in(60)) return std::string(below(rng_, 90'000), 'x');
  if (one_in(60)) {
    std::string many;
    for (std::uint64_t left = below(rng_, 2'000); left > 0; --left) many += "😀";
    return many;
  }
  return several(4, [&] { return std::string(any(rng_, kNameParts)); });
}

std::string RandomFile::named() {
  return one_in(10) ? std::string() : fmt::format(" name=\"{}\"", name());
}

std::string RandomFile::text() {
  if (one_in(40)) return std::string(below(rng_, 120'000), 'y') + "😀";
  return several(30, [&] { return std::string(any(rng_, kTextParts)); });
}

std::string RandomFile::date() {
  return one_in(20) ? std::string(300, '1') : std::string(any(rng_, kDates));
}

std::string RandomFile::claims() {
  std::string all;
  if (!one_in(3)) all += reference("creatingUser");
  if (!one_in(3)) all += fmt::format(" creationDateTime=\"{}\"", date());
  if (one_in(3)) all += reference("modifyingUser");
  if (one_in(3)) all += fmt::format(" modifiedDateTime=\"{}\"", date());
  return all;
}

std::string RandomFile::position(const std::string& text) {
  switch (below(rng_, 30)) {
    case 0:
      return "-1";
    case 1:
      return "99999999999999999999";
    case 2:
      return "x";
    case 3:
      return std::to_string(below(rng_, 1ULL << 40));
    case 4:
      return "9223372036854775807";
    default:
      return std::to_string(below(rng_, text.size() + 3));
  }
}

std::string RandomFile::description() {
  if (!one_in(3)) return "";
  return element("Description", "", one_in(20) ? std::string(100'000, 'd') : text());
}

std::string RandomFile::note_references() {
  return several(3, [&] { return element("NoteRef", reference("targetGUID")); });
}

// Elements where none belong, and foreign ones.
std::string RandomFile::strange() {
  if (!one_in(6)) return "";
  constexpr std::string_view kOdd[] = {"Code",       "Coding", "User",  "Case",
                                       "TextSource", "Sets",   "x:Row", "Nothing"};
  const auto name = any(rng_, kOdd);
  const bool foreign = name.find(':') != name.npos;
  return element(name, (foreign ? " xmlns:x=\"urn:x\"" : "") + identity() + named(),
                 one_in(2) ? codings() : "");
}

// ---- objects ------------------------------------------------------------------------------------

std::string RandomFile::users() {
  return element("Users", "", several(5, [&] {
                   return element(
                       "User", identity() + named() + (one_in(3) ? " id=\"" + name() + "\"" : ""));
                 }));
}

std::string RandomFile::codes(int depth) {
  return several(5, [&] {
    const std::string codable = one_in(4) ? " isCodable=\"false\"" : " isCodable=\"true\"";
    const std::string colour = one_in(3) ? " color=\"#1a2\"" : one_in(3) ? " color=\"red\"" : "";
    return element("Code", identity() + named() + codable + colour,
                   description() + note_references() +
                       (depth < 40 && one_in(2) ? codes(depth + 1) : std::string()));
  });
}

std::string RandomFile::codebook() {
  return element("CodeBook", "", element("Codes", "", codes(0)));
}

std::string RandomFile::codings() {
  return several(4, [&] {
    return element(
        "Coding", identity() + claims(),
        (one_in(15) ? "" : element("CodeRef", reference("targetGUID"))) + note_references());
  });
}

std::string RandomFile::selection(const std::string& text) {
  const auto range = [&](const char* from, const char* to) {
    return fmt::format(" {}=\"{}\" {}=\"{}\"", from, position(text), to, position(text));
  };
  const auto head = identity() + named() + claims();
  const auto inner = description() + codings() + note_references();
  if (one_in(10))
    return element("TranscriptSelection",
                   head + reference("fromSyncPoint") + reference("toSyncPoint"), inner);
  if (one_in(10)) return area(any(rng_, kAreas));
  return element("PlainTextSelection", head + range("startPosition", "endPosition"), inner);
}

// Along a side of a picture, a page or a recording.
std::string RandomFile::distance() {
  constexpr std::string_view kOdd[] = {"-1",
                                       "0",
                                       "-9223372036854775808",
                                       "9223372036854775807",
                                       "4294967295",
                                       "4294967296",
                                       "4294968",
                                       "99999999999999999999",
                                       "NaN",
                                       "1e3",
                                       "12.5",
                                       "",
                                       "1000000000"};
  return one_in(6) ? std::string(any(rng_, kOdd)) : std::to_string(below(rng_, 700));
}

std::string RandomFile::area(std::string_view name) {
  std::string sides;
  for (const auto* side : {"firstX", "firstY", "secondX", "secondY", "begin", "end"})
    if (!one_in(30)) sides += fmt::format(" {}=\"{}\"", side, distance());
  if (!one_in(8))
    sides += fmt::format(" page=\"{}\"", one_in(6) ? distance() : std::to_string(below(rng_, 3)));
  return element(name, identity() + named() + claims() + sides,
                 description() + codings() + note_references());
}

std::string RandomFile::text_parts(const std::string& text) {
  std::string points = several(3, [&] {
    return element("SyncPoint", identity() + fmt::format(" position=\"{}\" timeStamp=\"{}\"",
                                                         position(text), position(text)));
  });
  return (one_in(8) ? "" : element("PlainTextContent", "", text)) + points +
         several(6, [&] { return selection(text); });
}

std::string RandomFile::media() {
  const auto content = text();
  return element(any(rng_, kForms), identity() + named() + claims(),
                 description() + text_parts(content) + codings());
}

std::string RandomFile::source() {
  const auto number = one_in(2) ? 0 : below(rng_, std::size(kSources));
  const auto kind = kSources[number];
  const std::string path = one_in(8) ? " plainTextPath=\"internal://gone.txt\"" : "";
  const auto content = text();
  const auto own = number == 0 ? text_parts(content)
                               : several(3, [&] { return media(); }) +
                                     several(9, [&] { return area(kAreas[number]); });
  return element(kind, identity() + named() + claims() + path,
                 description() + own + codings() + note_references() + values() + strange());
}

std::string RandomFile::sources() {
  return element("Sources", "", several(5, [&] { return source(); }) + strange());
}

std::string RandomFile::notes() {
  return element("Notes", "", several(6, [&] {
                   const auto content = text();
                   return element("Note", identity() + named() + claims(),
                                  description() + text_parts(content) + codings() +
                                      note_references() + values());
                 }));
}

std::string RandomFile::links() {
  constexpr std::string_view kDirections[] = {"", "OneWay", "Associative", "Bidirectional", "odd"};
  return element("Links", "", several(8, [&] {
                   return element("Link",
                                  identity() + named() + reference("originGUID") +
                                      reference("targetGUID") +
                                      fmt::format(" direction=\"{}\"", any(rng_, kDirections)),
                                  note_references());
                 }));
}

std::string RandomFile::values() {
  return several(3, [&] {
    return element(
        "VariableValue", "",
        element("VariableRef", reference("targetGUID")) + element(any(rng_, kValues), "", name()));
  });
}

std::string RandomFile::variables() {
  return element("Variables", "", several(3, [&] {
                   return element("Variable", identity() + named() + " typeOfVariable=\"Text\"",
                                  description());
                 }));
}

std::string RandomFile::cases() {
  return element("Cases", "", several(4, [&] {
                   return element("Case", identity() + named(),
                                  description() + values() +
                                      element("SourceRef", reference("targetGUID")) +
                                      element("CodeRef", reference("targetGUID")) +
                                      element("SelectionRef", reference("targetGUID")));
                 }));
}

std::string RandomFile::sets() {
  return element("Sets", "", several(3, [&] {
                   return element("Set", identity() + named(),
                                  description() + element("MemberCode", reference("targetGUID")));
                 }));
}

std::string RandomFile::xml() {
  std::array<std::string, 9> parts = {users(), codebook(),  sources(), notes(),  links(),
                                      cases(), variables(), sets(),    strange()};
  for (std::size_t i = parts.size(); i > 1; --i) std::swap(parts[i - 1], parts[below(rng_, i)]);
  std::string body = description() + note_references();
  for (const auto& part : parts) body += part;
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" +
         element("Project",
                 " xmlns=\"urn:QDA-XML:project:1.0\"" + named() + claims() +
                     fmt::format(" origin=\"{}\"", any(rng_, kOrigins)),
                 body);
}

}  // namespace qualog::test
