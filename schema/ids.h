// SPDX-License-Identifier: Apache-2.0
// Strong types for ids and numbers: what names one thing cannot stand for another.
// Ids are 128-bit UUIDs made by clients (version 7, RFC 9562, so that they grow); zero is "none".
// Text form: 8-4-4-4-12 lower-case hexadecimal digits; either case and braces are read.
#pragma once

#include "schema/bytes.h"

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace qualog {

using UuidBytes = std::array<std::uint8_t, 16>;

std::string uuid_text(const UuidBytes& bytes);
std::optional<UuidBytes> parse_uuid(std::string_view text);
// A UUID of version 7 from milliseconds since 1970 and 10 random bytes.
UuidBytes make_uuid7(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random);

template <class Tag>
struct Id {
  UuidBytes bytes{};

  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return *this != Id{}; }
  ByteView view() const { return bytes; }
  std::string text() const { return uuid_text(bytes); }
  static std::optional<Id> parse(std::string_view text) {
    if (auto bytes = parse_uuid(text)) return Id{*bytes};
    return std::nullopt;
  }
};

using ItemId = Id<struct ItemTag>;        // a source, code, coding, annotation ... of a project
using CommandId = Id<struct CommandTag>;  // one command, the same in every retry
using SessionId = Id<struct SessionTag>;  // one working copy's line of work
using ProjectId = Id<struct ProjectTag>;  // one project on one server
using LineageId = Id<struct LineageTag>;  // a project and all its forks: they share chain and keys

template <class Tag>
struct Number {
  std::uint64_t value = 0;

  auto operator<=>(const Number&) const = default;
  Number next() const { return Number{value + 1}; }
  Number previous() const { return Number{value - 1}; }
  explicit operator bool() const { return value != 0; }
};

using Sequence = Number<struct SequenceTag>;        // an event's number: 1, 2, 3 ... without gaps
using AsideNumber = Number<struct AsideNumberTag>;  // an aside's number, dense too
using Epoch = Number<struct EpochTag>;              // an owner's term

}  // namespace qualog

template <class Tag>
struct std::hash<qualog::Id<Tag>> {
  // The last bytes: the random part of a version 7 UUID.
  std::size_t operator()(const qualog::Id<Tag>& id) const noexcept {
    std::size_t value;
    std::memcpy(&value, id.bytes.data() + 8, sizeof value);
    return value;
  }
};
