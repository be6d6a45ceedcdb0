// SPDX-License-Identifier: Apache-2.0
// Overlay: writes kept in memory over a base that is only read. Dropping it takes everything back;
// write_to() hands its rows on in key order, which is what a B-tree likes best. Without a base it
// is the memory implementation of Store. One thread; the base outlives it.
#pragma once

#include "projector/store.h"

#include <array>
#include <map>
#include <string>

namespace qualog::projector {

class Overlay : public Store {
 public:
  // base may be nullptr.
  explicit Overlay(const Reader* base) : base_(base) {}

  std::optional<ByteView> get(Table table, ByteView key) const override;
  void scan(Table table, ByteView prefix, Visit visit) const override;
  void put(Table table, ByteView key, ByteView value) override;
  void erase(Table table, ByteView key) override;

  void write_to(Store& target) const;
  // Takes the rows of an overlay that lies on this one; `upper` is empty after.
  void absorb(Overlay& upper);
  void clear();
  bool empty() const { return rows_.empty(); }
  // Bytes of keys and values held.
  std::size_t bytes() const { return bytes_; }

 private:
  // Key with its table in front -> value; nothing: erased.
  using Rows = std::map<std::string, std::optional<std::string>, std::less<>>;

  void set(Table table, ByteView key, std::optional<std::string> value);

  const Reader* base_;
  Rows rows_;
  std::size_t bytes_ = 0;
};

class MemoryStore : public Overlay {
 public:
  MemoryStore() : Overlay(nullptr) {}
};

}  // namespace qualog::projector
