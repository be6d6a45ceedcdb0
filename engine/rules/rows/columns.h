// SPDX-License-Identifier: Apache-2.0
// Columns: what the cells of the rule table are made of, as constants: short lists and sets of
// kinds. Pure.
#pragma once

#include "projector/values.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace qualog::engine {

// A short list that is known when the program is built.
template <class Value, std::size_t Most>
class Cells {
 public:
  constexpr Cells() = default;
  constexpr Cells(std::initializer_list<Value> values) {
    for (const auto& value : values) values_[size_++] = value;
  }
  constexpr Value& operator[](std::size_t at) { return values_[at]; }
  constexpr const Value& operator[](std::size_t at) const { return values_[at]; }
  constexpr const Value* begin() const { return values_.data(); }
  constexpr const Value* end() const { return values_.data() + size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr std::size_t size() const { return size_; }

 private:
  std::array<Value, Most> values_{};
  std::size_t size_ = 0;
};

// Any of these kinds.
class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(std::initializer_list<projector::Kind> kinds) {
    for (const auto kind : kinds) bits_ |= bit(kind);
  }
  static constexpr KindSet all() {
    KindSet every;
    every.bits_ = ~std::uint64_t{0};
    return every;
  }
  constexpr bool has(projector::Kind kind) const { return (bits_ & bit(kind)) != 0; }
  // In the order of their numbers.
  std::vector<projector::Kind> list() const {
    std::vector<projector::Kind> kinds;
    for (unsigned number = 0; number < 64; ++number)
      if (has(static_cast<projector::Kind>(number)))
        kinds.push_back(static_cast<projector::Kind>(number));
    return kinds;
  }
  constexpr bool operator==(const KindSet&) const = default;

 private:
  // A kind comes from rows on disk: a number that none has is in no set.
  static constexpr std::uint64_t bit(projector::Kind kind) {
    const auto number = static_cast<unsigned>(kind);
    return number < 64 ? std::uint64_t{1} << number : 0;
  }
  std::uint64_t bits_ = 0;
};

}  // namespace qualog::engine
