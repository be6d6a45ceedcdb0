// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/xml_stream.h"

#include "schema/limits.h"

#include <fmt/format.h>
#include <libxml/xmlreader.h>

#include <algorithm>
#include <climits>

namespace qualog::interchange {

namespace {

struct FreeReader {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

struct ParserReason {
  int number;
  std::string_view reason;
};

// What people can act on; every other number is "malformed".
constexpr ParserReason kParserReasons[] = {
    {XML_ERR_DOCUMENT_EMPTY, "the XML is empty"},
    {XML_ERR_DOCUMENT_END, "the XML ends too early or goes on after its end"},
    {XML_ERR_TAG_NOT_FINISHED, "the XML ends inside an element"},
    {XML_ERR_TAG_NAME_MISMATCH, "an end tag does not fit its start tag"},
    {XML_ERR_ATTRIBUTE_REDEFINED, "an attribute is given twice"},
    {XML_ERR_UNDECLARED_ENTITY, "an entity beyond the five of XML is used"},
    {XML_WAR_UNDECLARED_ENTITY, "an entity beyond the five of XML is used"},
    {XML_ERR_INVALID_CHAR, "a character that XML does not allow is used"},
    {XML_ERR_INVALID_CHARREF, "a character that XML does not allow is used"},
    {XML_ERR_INVALID_ENCODING, "the XML is not in UTF-8"},
    {XML_ERR_UNSUPPORTED_ENCODING, "the XML is not in UTF-8"},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "a namespace prefix is not declared"},
};

std::string_view parser_reason(int number) {
  const auto* found = std::find_if(std::begin(kParserReasons), std::end(kParserReasons),
                                   [&](const ParserReason& row) { return row.number == number; });
  return found != std::end(kParserReasons) ? found->reason : "the XML is malformed";
}

std::string_view view_of(const xmlChar* text) {
  return text != nullptr ? std::string_view(reinterpret_cast<const char*>(text))
                         : std::string_view();
}

}  // namespace

// What libxml2 calls back into; its address must not change.
struct XmlStream::Parser {
  ByteSource source;
  std::string label;
  XmlGuard guard;
  std::optional<Error> error;
  std::unique_ptr<xmlTextReader, FreeReader> reader;

  void fail_at(Code code, std::string_view reason, std::uint64_t line) {
    if (!error) {
      error =
          fail(code, fmt::format("{}, line {}: {}; export the file again", label, line, reason));
    }
  }

  static int read(void* context, char* buffer, int size) {
    auto& self = *static_cast<Parser*>(context);
    if (self.error) return -1;
    auto count = self.source(std::span(buffer, static_cast<std::size_t>(size)));
    if (!count) {
      self.error = count.error();
      return -1;
    }
    if (const auto fault = self.guard.feed(std::span<const char>(buffer, *count))) {
      self.fail_at(fault->code, fault->reason, fault->line);
      return -1;
    }
    return static_cast<int>(*count);
  }

  static void on_error(void* context, xmlErrorPtr parser_error) {
    if (parser_error == nullptr || parser_error->level < XML_ERR_ERROR) return;
    static_cast<Parser*>(context)->fail_at(Code::invalid, parser_reason(parser_error->code),
                                           static_cast<std::uint64_t>(parser_error->line));
  }
};

XmlStream::XmlStream() : parser_(std::make_unique<Parser>()) {}
XmlStream::~XmlStream() = default;
XmlStream::XmlStream(XmlStream&&) noexcept = default;
XmlStream& XmlStream::operator=(XmlStream&&) noexcept = default;

Result<XmlStream> XmlStream::open(ByteSource source, std::string label) {
  // Without XML_PARSE_HUGE, so that libxml2's own limits on names, texts and its dictionary hold;
  // without NOENT, DTDLOAD, DTDATTR and XINCLUDE, so that nothing is ever loaded.
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
                           XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES;
  XmlStream stream;
  stream.parser_->source = std::move(source);
  stream.parser_->label = std::move(label);
  stream.parser_->reader.reset(
      xmlReaderForIO(&Parser::read, nullptr, stream.parser_.get(), nullptr, nullptr, kOptions));
  if (stream.parser_->error) return *stream.parser_->error;
  if (stream.parser_->reader == nullptr) return stream.error(Code::invalid, "the XML is empty");
  xmlTextReaderSetStructuredErrorHandler(stream.parser_->reader.get(), &Parser::on_error,
                                         stream.parser_.get());
  return stream;
}

std::uint64_t XmlStream::line() const {
  xmlTextReader* reader = parser_->reader.get();
  xmlNode* node = reader != nullptr ? xmlTextReaderCurrentNode(reader) : nullptr;
  const long line = node != nullptr ? xmlGetLineNo(node) : 1;
  return line > 0 ? static_cast<std::uint64_t>(line) : 1;
}

Error XmlStream::error(Code code, std::string_view reason) const {
  return fail(
      code, fmt::format("{}, line {}: {}; export the file again", parser_->label, line(), reason));
}

std::optional<std::string_view> XmlStream::take(std::string_view name) {
  for (XmlAttribute& attribute : attributes_) {
    if (attribute.name != name) continue;
    attribute.taken = true;
    if (attribute.value.empty()) return std::nullopt;
    return attribute.value;
  }
  return std::nullopt;
}

std::optional<std::string_view> XmlStream::in_any_space(std::string_view name) const {
  for (const auto* all : {&spaced_, &attributes_}) {
    for (const XmlAttribute& attribute : *all) {
      if (attribute.name == name) return attribute.value;
    }
  }
  return std::nullopt;
}

void XmlStream::read_attributes() {
  xmlTextReader* reader = parser_->reader.get();
  attributes_.clear();
  spaced_.clear();
  while (xmlTextReaderMoveToNextAttribute(reader) == 1) {
    if (xmlTextReaderIsNamespaceDecl(reader) == 1) continue;
    const bool spaced = xmlTextReaderConstNamespaceUri(reader) != nullptr;
    (spaced ? spaced_ : attributes_)
        .push_back({std::string(view_of(xmlTextReaderConstLocalName(reader))),
                    std::string(view_of(xmlTextReaderConstValue(reader)))});
  }
  xmlTextReaderMoveToElement(reader);
}

Result<XmlEvent> XmlStream::start_element() {
  xmlTextReader* reader = parser_->reader.get();
  // The root is at depth 0.
  if (xmlTextReaderDepth(reader) >= static_cast<int>(limits::kXmlDepthMax)) {
    return error(Code::too_large, "elements are nested too deep");
  }
  end_pending_ = xmlTextReaderIsEmptyElement(reader) == 1;
  read_attributes();
  local_name_ = view_of(xmlTextReaderConstLocalName(reader));
  name_space_ = view_of(xmlTextReaderConstNamespaceUri(reader));
  return XmlEvent::Start;
}

// libxml2 keeps every name it has seen, in chains that grow with their number: a million different
// ones cost twenty seconds.
bool XmlStream::has_too_many_names() const {
  const xmlNode* node = xmlTextReaderCurrentNode(parser_->reader.get());
  const bool known = node != nullptr && node->doc != nullptr && node->doc->dict != nullptr;
  return known && xmlDictSize(node->doc->dict) > static_cast<int>(limits::kXmlNamesMax);
}

Result<XmlEvent> XmlStream::next() {
  if (std::exchange(end_pending_, false)) return XmlEvent::End;
  xmlTextReader* reader = parser_->reader.get();
  while (true) {
    const int status = parser_->error ? -1 : xmlTextReaderRead(reader);
    if (parser_->error) return *parser_->error;
    if (status < 0) return error(Code::invalid, "the XML is malformed");
    if (status == 0) return XmlEvent::Finish;
    if (has_too_many_names()) return error(Code::too_large, "too many different names are used");
    switch (xmlTextReaderNodeType(reader)) {
      case XML_READER_TYPE_ELEMENT:
        return start_element();
      case XML_READER_TYPE_END_ELEMENT:
        return XmlEvent::End;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        text_ = view_of(xmlTextReaderConstValue(reader));
        return XmlEvent::Text;
      case XML_READER_TYPE_DOCUMENT_TYPE:
      case XML_READER_TYPE_ENTITY_REFERENCE:
        return error(Code::invalid, "a document type or an entity is not allowed");
      default:
        break;
    }
  }
}

}  // namespace qualog::interchange
