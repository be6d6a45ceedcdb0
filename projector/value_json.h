// SPDX-License-Identifier: Apache-2.0
// Rows and values as JSON for people, from the one description that each row has: used in refusals
// and by `show`. Ids are UUID texts, times RFC 3339, digests and bytes hexadecimal, enums by name,
// a whole number past 2^53 a string; what is empty (no text, no id, number zero of a sequence) is
// left out. Pure functions.
#pragma once

#include "projector/tables.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace qualog::projector {

// "alive"; "growing".
std::string_view name(LifeState state);
std::string_view name(ContentState state);

// A text is its string; sealed: {"sealed":true,"length":N}.
boost::json::value text_json(const Text& text);
boost::json::value count_json(std::uint64_t value);
boost::json::string time_json(std::int64_t unix_us);
boost::json::string string_json(std::string_view utf8);

// Builds the object of one row; row_json() is the way to it.
class JsonVisitor {
 public:
  template <class Value>
  void operator()(const char* name, const Value& value) {
    if (auto shown = show(value); !shown.is_null()) object_[name] = std::move(shown);
  }
  boost::json::object take() { return std::move(object_); }

 private:
  using Json = boost::json::value;

  // null: empty.
  template <class Value>
  static Json show(const Value& value) {
    if constexpr (std::is_enum_v<Value>) {
      return string_json(name(value));
    } else if constexpr (std::is_same_v<Value, bool>) {
      return value;
    } else if constexpr (std::is_same_v<Value, std::int64_t>) {  // alone it is a time
      return value == 0 ? Json() : Json(time_json(value));
    } else if constexpr (std::is_integral_v<Value>) {
      return count_json(value);
    } else {
      JsonVisitor inner;
      describe(inner, const_cast<Value&>(value));
      return inner.take();
    }
  }
  static Json show(const Text& text) { return text.empty() ? Json() : text_json(text); }
  static Json show(const std::string& text) {
    return text.empty() ? Json() : Json(string_json(text));
  }
  static Json show(const Bytes& bytes) {
    return bytes.empty() ? Json() : Json(string_json(hex(bytes)));
  }
  template <class Tag>
  static Json show(const Id<Tag>& id) {
    return id ? Json(string_json(id.text())) : Json();
  }
  template <class Tag>
  static Json show(const Number<Tag>& number) {
    return number ? count_json(number.value) : Json();
  }
  template <std::size_t Size>
  static Json show(const std::array<std::uint8_t, Size>& bytes) {
    return string_json(hex(bytes));
  }
  static Json show(const std::optional<std::int64_t>& number) {
    return number ? Json(*number) : Json();
  }
  template <class Value>
  static Json show(const std::optional<Value>& value) {
    return value ? show(*value) : Json();
  }
  template <class Value>
  static Json show(const std::vector<Value>& values) {
    if (values.empty()) return {};
    boost::json::array list;
    for (const auto& value : values) list.push_back(show(value));
    return list;
  }

  boost::json::object object_;
};

template <class Row>
boost::json::object row_json(const Row& row) {
  JsonVisitor visitor;
  describe(visitor, const_cast<Row&>(row));
  return visitor.take();
}

// With its kind by name.
boost::json::object area_json(const Area& area);

// A facet's value: `value` as FacetRow or EffectEntry has it. Props have the names of the actions'
// fields. Where the value lies in a table of its own (content, ranges), `value` is an encoded
// ContentRow (content_at() gives an earlier one) or RangeRow, and empty means the value now. The
// text of a content is there up to limits::kRefusalSideBytesMax. null: no such value (no lease,
// `below`), or a value that cannot be read, which is damage.
boost::json::value facet_json(const Reader& reader, const ItemId& item, Facet facet,
                              ByteView value);

}  // namespace qualog::projector
