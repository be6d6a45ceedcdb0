// SPDX-License-Identifier: Apache-2.0
// JSON lines, in and out. The strict parser behind parse_json_line is Boost.JSON's event parser,
// because its own tree builder lets the last of two equal keys win.
#include "schema/json.h"
#include "schema/limits.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>
#include <fmt/format.h>

#include <array>
#include <unordered_set>

namespace qualog {

namespace json = boost::json;

namespace {

// Our own errors, beside those of the library.
enum class Refusal { None, DuplicateKey, Nul, NotAnObject };

const char* words(Refusal refusal) {
  switch (refusal) {
    case Refusal::DuplicateKey:
      return "a key is given twice";
    case Refusal::Nul:
      return "a text holds U+0000";
    default:
      return "the line must hold an object";
  }
}

// Builds the value from the parser's events.
class Handler {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  using error_code = json::error_code;
  using string_view = json::string_view;

  Refusal refusal() const { return refusal_; }
  json::value release() { return values_.release(); }

  bool on_document_begin(error_code&) {
    values_.reset();
    return true;
  }
  bool on_document_end(error_code&) { return true; }

  bool on_object_begin(error_code&) {
    keys_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t count, error_code&) {
    keys_.pop_back();
    values_.push_object(count);
    return true;
  }
  bool on_array_begin(error_code& error) {
    return !keys_.empty() || refuse(Refusal::NotAnObject, error);
  }
  bool on_array_end(std::size_t count, error_code&) {
    values_.push_array(count);
    return true;
  }

  bool on_key_part(string_view part, std::size_t, error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_key(string_view part, std::size_t, error_code& error) {
    text_.append(part.data(), part.size());
    const std::string key = std::exchange(text_, {});
    if (key.find('\0') != std::string::npos) return refuse(Refusal::Nul, error);
    values_.push_key(key);
    return keys_.back().insert(key).second || refuse(Refusal::DuplicateKey, error);
  }
  bool on_string_part(string_view part, std::size_t, error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_string(string_view part, std::size_t, error_code& error) {
    text_.append(part.data(), part.size());
    const std::string text = std::exchange(text_, {});
    if (text.find('\0') != std::string::npos) return refuse(Refusal::Nul, error);
    return scalar(error, [&] { values_.push_string(text); });
  }

  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t value, string_view, error_code& error) {
    return scalar(error, [&] { values_.push_int64(value); });
  }
  bool on_uint64(std::uint64_t value, string_view, error_code& error) {
    return scalar(error, [&] { values_.push_uint64(value); });
  }
  bool on_double(double value, string_view, error_code& error) {
    return scalar(error, [&] { values_.push_double(value); });
  }
  bool on_bool(bool value, error_code& error) {
    return scalar(error, [&] { values_.push_bool(value); });
  }
  bool on_null(error_code& error) {
    return scalar(error, [&] { values_.push_null(); });
  }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  bool refuse(Refusal refusal, error_code& error) {
    refusal_ = refusal;
    error = json::error::syntax;
    return false;
  }

  template <class Push>
  bool scalar(error_code& error, Push push) {
    if (keys_.empty()) return refuse(Refusal::NotAnObject, error);
    push();
    return true;
  }

  json::value_stack values_;
  std::vector<std::unordered_set<std::string>> keys_;  // of each object that is open
  std::string text_;                                   // a key or string that comes in parts
  Refusal refusal_ = Refusal::None;
};

json::parse_options strict() {
  json::parse_options options;
  options.max_depth = limits::kJsonDepthMax;
  return options;
}

Error at_column(std::string_view line, std::size_t byte, const std::string& problem) {
  const std::size_t column = code_points(line.substr(0, byte)) + std::size_t{1};
  return fail(Code::invalid,
              fmt::format("column {}: {}; give one JSON object a line", column, problem));
}

}  // namespace

Result<json::object> parse_json_line(std::string_view line) {
  if (line.size() > limits::kJsonLineBytesMax)
    return fail(Code::too_large, fmt::format("the line has {} bytes; at most {} are read",
                                             line.size(), limits::kJsonLineBytesMax));
  json::basic_parser<Handler> parser(strict());
  json::error_code error;
  const std::size_t read = parser.write_some(false, line.data(), line.size(), error);
  const Refusal refusal = parser.handler().refusal();
  if (refusal != Refusal::None) return at_column(line, read, words(refusal));
  if (error) return at_column(line, read, error.message());
  if (read < line.size()) return at_column(line, read, "more text follows the object");
  return std::move(parser.handler().release().as_object());
}

std::string one_line_json(const json::value& value) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kEnds = {
      {{"\u0085", "\\u0085"}, {"\u2028", "\\u2028"}, {"\u2029", "\\u2029"}}};
  std::string line = json::serialize(value);
  for (const auto& [end, escaped] : kEnds)
    for (auto at = line.find(end); at != std::string::npos; at = line.find(end, at))
      line.replace(at, end.size(), escaped);
  return line;
}

}  // namespace qualog
