// SPDX-License-Identifier: Apache-2.0
// Projects with one habit each of the programs that wrote them, and what the report says of it.
#pragma once

#include "tests/tools/interchange/confined.h"
#include "tests/tools/interchange/fixture_writer.h"
#include "tests/tools/interchange/zip_writer.h"
#include "tools/interchange/project_file.h"

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace qualog::test::traps {

inline std::string guid(std::uint32_t kind, std::uint64_t number = 1) {
  return fixture_guid(kind, number);
}

inline interchange::Project read(std::string_view body, const std::vector<NamedText>& texts = {},
                                 std::string_view origin = "fixture") {
  const ScratchFolder folder;
  auto project = interchange::read_project_file(
      folder.write("a.qdpx", archive_of(project_xml(body, origin), texts)));
  BOOST_REQUIRE(project.has_value());
  return std::move(*project);
}

// How often the report says so; 0 where it does not.
inline std::uint64_t said(const interchange::Project& project, std::string_view element,
                          std::string_view part) {
  std::uint64_t total = 0;
  for (const interchange::Loss& loss : project.losses) {
    if (loss.element == element && loss.reason.find(part) != std::string::npos) total += loss.count;
  }
  return total;
}

inline std::string text_source(std::string_view inner, std::string_view attributes = "",
                               std::uint64_t number = 1) {
  return fmt::format("<TextSource guid='{}' name='Talk' {}>{}</TextSource>", guid(5, number),
                     attributes, inner);
}

inline std::string sources(std::string_view inner) {
  return fmt::format("<Sources>{}</Sources>", inner);
}

inline std::string selection(std::uint64_t number, int start, int end,
                             std::string_view inner = "") {
  return fmt::format(
      "<PlainTextSelection guid='{}' startPosition='{}' endPosition='{}'>{}</PlainTextSelection>",
      guid(7, number), start, end, inner);
}

inline std::string coding(std::uint64_t number, std::uint64_t code = 1) {
  return fmt::format("<Coding guid='{}'><CodeRef targetGUID='{}'/></Coding>", guid(8, number),
                     guid(2, code));
}

inline const std::string kCodeBook = fmt::format(
    "<CodeBook><Codes><Code guid='{}' name='A' isCodable='true'/></Codes></CodeBook>", guid(2));

}  // namespace qualog::test::traps
