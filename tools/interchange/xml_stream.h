// SPDX-License-Identifier: Apache-2.0
// XmlStream: the events of an XML document, one at a time, by libxml2's xmlTextReader without
// network, DTD or entities beyond the five, under the limits of XmlGuard and kXmlDepthMax. The
// document is never in memory as a whole. Errors name the line and the cause and hold nothing of
// the document. After an error the stream is done. One thread an object.
#pragma once

#include "tools/interchange/input_file.h"
#include "tools/interchange/xml_guard.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::interchange {

enum class XmlEvent { Start, End, Text, Finish };

struct XmlAttribute {
  std::string name;
  std::string value;
  bool taken = false;
};

class XmlStream {
 public:
  // `label` begins every message, e.g. "the project file".
  static Result<XmlStream> open(ByteSource source, std::string label);
  ~XmlStream();
  XmlStream(XmlStream&&) noexcept;
  XmlStream& operator=(XmlStream&&) noexcept;

  // An empty element gives Start and End. Errors: invalid, too_large, or the source's own.
  Result<XmlEvent> next();

  // Of Start: valid until the next call.
  std::string_view local_name() const { return local_name_; }
  std::string_view name_space() const { return name_space_; }
  // The value of the attribute without a namespace; empty values are absent. Marks it as taken.
  std::optional<std::string_view> take(std::string_view name);
  const std::vector<XmlAttribute>& attributes() const { return attributes_; }
  // The same of an attribute in whatever namespace ("w:val" is "val").
  std::optional<std::string_view> in_any_space(std::string_view name) const;
  // Of Text.
  std::string_view text() const { return text_; }

  std::uint64_t line() const;
  // An error at this line.
  Error error(Code code, std::string_view reason) const;

 private:
  struct Parser;
  XmlStream();

  Result<XmlEvent> start_element();
  bool has_too_many_names() const;
  void read_attributes();

  std::unique_ptr<Parser> parser_;
  std::vector<XmlAttribute> attributes_;
  std::vector<XmlAttribute> spaced_;  // in a namespace
  std::string_view local_name_;
  std::string_view name_space_;
  std::string_view text_;
  bool end_pending_ = false;
};

}  // namespace qualog::interchange
