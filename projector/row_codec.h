// SPDX-License-Identifier: Apache-2.0
// The canonical encoding of rows, version 1: what tables store and what the digests hash. A row
// type says its members once, in describe(visitor, row); writing, reading and JSON follow from it.
//   integers: LEB128, unsigned (time: zigzag)   bool, enum: one byte   id: 16 bytes
//   string, bytes: length and content           optional: one byte, then the value
//   vector: count and elements                  row: its members in order
// Format: docs/state.md. A reader never reads past the end: a short or long row is damage.
#pragma once

#include "schema/bytes.h"
#include "schema/ids.h"
#include "schema/text.h"

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace qualog::projector {

class RowWriter {
 public:
  explicit RowWriter(Bytes& into) : into_(into) {}

  void number(std::uint64_t value);
  void raw(ByteView bytes) { into_.insert(into_.end(), bytes.begin(), bytes.end()); }
  void bytes(ByteView content) { number(content.size()), raw(content); }

 private:
  Bytes& into_;
};

class RowReader {
 public:
  explicit RowReader(ByteView from) : from_(from) {}

  std::uint64_t number();
  ByteView raw(std::size_t size);
  ByteView bytes() { return raw(static_cast<std::size_t>(number())); }
  bool sound() const { return sound_; }
  bool at_end() const { return from_.empty(); }

 private:
  ByteView from_;
  bool sound_ = true;
};

template <class Visitor>
void describe(Visitor& visit, SealedText& seal) {
  visit("subject", seal.subject);
  visit("key", seal.key);
  visit("nonce", seal.nonce);
  visit("bytes", seal.bytes);
}

template <class Visitor>
void describe(Visitor& visit, Text& text) {
  visit("plain", text.plain);
  visit("seal", text.seal);
  visit("length", text.length);
  visit("match", text.match);
}

class Encoder {
 public:
  explicit Encoder(Bytes& into) : out_(into) {}

  template <class Value>
  void operator()(const char*, const Value& value) {
    write(value);
  }

 private:
  template <class Value>
  void write(const Value& value) {
    if constexpr (std::is_enum_v<Value> || std::is_same_v<Value, bool>)
      out_.number(static_cast<std::uint64_t>(value));
    else if constexpr (std::is_same_v<Value, std::int64_t>)
      out_.number(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
    else if constexpr (std::is_integral_v<Value>)
      out_.number(value);
    else
      describe(*this, const_cast<Value&>(value));
  }
  void write(const std::string& value) { out_.bytes(view(value)); }
  void write(const Bytes& value) { out_.bytes(value); }
  template <class Tag>
  void write(const Id<Tag>& id) {
    out_.raw(id.view());
  }
  template <class Tag>
  void write(const Number<Tag>& number) {
    out_.number(number.value);
  }
  template <std::size_t Size>
  void write(const std::array<std::uint8_t, Size>& value) {
    out_.raw(value);
  }
  template <class Value>
  void write(const std::optional<Value>& value) {
    out_.number(value.has_value());
    if (value) write(*value);
  }
  template <class Value>
  void write(const std::vector<Value>& values) {
    out_.number(values.size());
    for (const auto& value : values) write(value);
  }

  RowWriter out_;
};

class Decoder {
 public:
  explicit Decoder(ByteView from) : in_(from) {}

  template <class Value>
  void operator()(const char*, Value& value) {
    read(value);
  }
  bool complete() const { return in_.sound() && in_.at_end(); }

 private:
  template <class Value>
  void read(Value& value) {
    if constexpr (std::is_enum_v<Value> || std::is_same_v<Value, bool>) {
      value = static_cast<Value>(in_.number());
    } else if constexpr (std::is_same_v<Value, std::int64_t>) {
      const auto coded = in_.number();
      value = static_cast<std::int64_t>(coded >> 1 ^ (~(coded & 1) + 1));
    } else if constexpr (std::is_integral_v<Value>) {
      value = static_cast<Value>(in_.number());
    } else {
      describe(*this, value);
    }
  }
  void read(std::string& value) { value = text_of(in_.bytes()); }
  // Borrowed from the row: a scan over many rows allocates nothing.
  void read(ByteView& value) { value = in_.bytes(); }
  void read(Bytes& value) {
    const auto content = in_.bytes();
    value.assign(content.begin(), content.end());
  }
  template <class Tag>
  void read(Id<Tag>& id) {
    read(id.bytes);
  }
  template <class Tag>
  void read(Number<Tag>& number) {
    number.value = in_.number();
  }
  template <std::size_t Size>
  void read(std::array<std::uint8_t, Size>& value) {
    const auto content = in_.raw(Size);
    if (content.size() == Size) std::copy(content.begin(), content.end(), value.begin());
  }
  template <class Value>
  void read(std::optional<Value>& value) {
    value.reset();
    if (in_.number() != 0) read(value.emplace());
  }
  template <class Value>
  void read(std::vector<Value>& values) {
    values.clear();
    auto left = in_.number();
    // A count is believed only as far as rows usually go.
    values.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(left, 16)));
    for (; left > 0 && in_.sound(); --left) read(values.emplace_back());
  }

  RowReader in_;
};

template <class Row>
Bytes encode(const Row& row) {
  Bytes bytes;
  bytes.reserve(256);  // most rows: one allocation instead of eight
  Encoder encoder(bytes);
  describe(encoder, const_cast<Row&>(row));
  return bytes;
}

// Nothing when the bytes are not exactly one such row.
template <class Row>
std::optional<Row> decode(ByteView bytes) {
  Row row;
  Decoder decoder(bytes);
  describe(decoder, row);
  if (!decoder.complete()) return std::nullopt;
  return row;
}

}  // namespace qualog::projector
