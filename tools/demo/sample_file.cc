// SPDX-License-Identifier: Apache-2.0
// The sample as a REFI-QDA project file. GUIDs are counted, so that every demo imports the same.
#include "tools/demo/sample.h"

#include <fmt/format.h>

namespace qualog::demo {

namespace {

enum class Guid : std::uint32_t { user = 1, code, source, memo, selection, coding };

std::string guid(Guid kind, std::size_t number) {
  return fmt::format("9e3779b9-{:04x}-4000-8000-{:012x}", static_cast<std::uint32_t>(kind), number);
}

std::string escaped(std::string_view text) {
  std::string made;
  for (const char c : text) {
    switch (c) {
      case '&':
        made += "&amp;";
        break;
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '"':
        made += "&quot;";
        break;
      default:
        made += c;
    }
  }
  return made;
}

std::string users() {
  std::string xml = "<Users>\n";
  for (std::size_t at = 0; at < kCoders.size(); ++at)
    xml += fmt::format("<User guid=\"{}\" name=\"{}\"/>\n", guid(Guid::user, at), kCoders[at].name);
  return xml + "</Users>\n";
}

std::string note_references(std::string_view on) {
  std::string xml;
  const auto& memos = sample_memos();
  for (std::size_t at = 0; at < memos.size(); ++at)
    if (memos[at].on == on)
      xml += fmt::format("<NoteRef targetGUID=\"{}\"/>\n", guid(Guid::memo, at));
  return xml;
}

std::string codes_under(std::string_view parent) {
  std::string xml;
  const auto& codes = sample_codes();
  for (std::size_t at = 0; at < codes.size(); ++at)
    if (codes[at].parent == parent)
      xml += fmt::format(
          "<Code guid=\"{}\" name=\"{}\" isCodable=\"true\" color=\"{}\">\n"
          "<Description>{}</Description>\n{}{}</Code>\n",
          guid(Guid::code, at), codes[at].name, codes[at].color, escaped(codes[at].definition),
          note_references(codes[at].name), codes_under(codes[at].name));
  return xml;
}

std::string selection(const SampleCoding& coding, std::size_t number) {
  const auto& passage = sample_passages()[coding.passage];
  const auto user = guid(Guid::user, coding.coder);
  return fmt::format(
      "<PlainTextSelection guid=\"{}\" name=\"{}\" startPosition=\"{}\" endPosition=\"{}\" "
      "creatingUser=\"{}\">\n<Coding guid=\"{}\" creatingUser=\"{}\">"
      "<CodeRef targetGUID=\"{}\"/></Coding>\n</PlainTextSelection>\n",
      guid(Guid::selection, number), escaped(passage.text), passage.begin, passage.end, user,
      guid(Guid::coding, number), user, guid(Guid::code, coding.code));
}

std::string sources() {
  const auto codings = sample_codings();
  std::string xml = "<Sources>\n";
  for (std::size_t at = 0; at < sample_interviews().size(); ++at) {
    const auto& interview = sample_interviews()[at];
    xml += fmt::format("<TextSource guid=\"{}\" name=\"{}\" creatingUser=\"{}\">\n",
                       guid(Guid::source, at), interview.name, guid(Guid::user, 0));
    xml += fmt::format("<PlainTextContent>{}</PlainTextContent>\n", escaped(interview.text));
    for (std::size_t number = 0; number < codings.size(); ++number)
      if (sample_passages()[codings[number].passage].interview == at)
        xml += selection(codings[number], number);
    xml += note_references(interview.name) + "</TextSource>\n";
  }
  return xml + "</Sources>\n";
}

std::string notes() {
  std::string xml = "<Notes>\n";
  const auto& memos = sample_memos();
  for (std::size_t at = 0; at < memos.size(); ++at)
    xml += fmt::format(
        "<Note guid=\"{}\" name=\"{}\" creatingUser=\"{}\">\n"
        "<PlainTextContent>{}</PlainTextContent>\n</Note>\n",
        guid(Guid::memo, at), escaped(memos[at].name), guid(Guid::user, 0),
        escaped(memos[at].text));
  return xml + "</Notes>\n";
}

}  // namespace

std::string sample_file() {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"Qualog sample\">\n"
      "{}<CodeBook>\n<Codes>\n{}</Codes>\n</CodeBook>\n{}{}</Project>\n",
      kStudy, users(), codes_under(""), sources(), notes());
}

}  // namespace qualog::demo
