// SPDX-License-Identifier: Apache-2.0
#include "replay/mirror/cursor.h"

#include "schema/json.h"

#include <boost/json/serialize.hpp>

#include <optional>

namespace qualog::mirror {

namespace json = boost::json;

std::string text_of(const Cursor& cursor) {
  return json::serialize(json::object{{"project_id", cursor.project.text()},
                                      {"seq", cursor.sequence.value},
                                      {"segment", cursor.place.segment},
                                      {"offset", cursor.place.offset},
                                      {"with_text", cursor.kind.with_text},
                                      {"pseudonyms", cursor.kind.pseudonyms}});
}

namespace {

std::optional<std::uint64_t> number_in(const json::object& line, const char* key) {
  const auto* value = line.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->to_number<std::uint64_t>(error);
  return error ? std::nullopt : std::optional(number);
}

std::optional<bool> flag_in(const json::object& line, const char* key) {
  const auto* value = line.if_contains(key);
  if (value == nullptr || !value->is_bool()) return std::nullopt;
  return value->get_bool();
}

std::optional<ProjectId> project_in(const json::object& line) {
  const auto* value = line.if_contains("project_id");
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return ProjectId::parse(value->get_string());
}

}  // namespace

Result<Cursor> parse_cursor(std::string_view text) {
  const auto line = parse_json_line(text);
  if (line) {
    const auto project = project_in(*line);
    const auto sequence = number_in(*line, "seq");
    const auto segment = number_in(*line, "segment"), offset = number_in(*line, "offset");
    const auto with_text = flag_in(*line, "with_text"), pseudonyms = flag_in(*line, "pseudonyms");
    if (project && sequence && segment && offset && with_text && pseudonyms)
      return Cursor{*project, Sequence{*sequence}, {*segment, *offset}, {*with_text, *pseudonyms}};
  }
  return fail(Code::damaged, "it is no cursor of a mirror");
}

}  // namespace qualog::mirror
