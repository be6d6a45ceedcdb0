// SPDX-License-Identifier: Apache-2.0
// Overlay: writes kept in memory over a base that is only read. Dropping it takes everything back;
// write_to() hands its rows on in key order, which is what a B-tree likes best. Without a base it
// is the memory implementation of Store. Its rows lie in an arena: a row costs no allocation, and
// all are let go at once. One thread; the base outlives it.
#pragma once

#include "projector/store.h"

#include <array>
#include <map>
#include <memory_resource>
#include <string_view>

namespace qualog::projector {

class Overlay : public Store {
 public:
  // base may be nullptr.
  explicit Overlay(const Reader* base) : base_(base), arena_(&own_arena_) {}
  // Over another overlay, in whose arena it keeps its rows, so that absorb() need not copy them.
  explicit Overlay(Overlay* below) : base_(below), arena_(below->arena_) {}
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  std::optional<ByteView> get(Table table, ByteView key) const override;
  void scan(Table table, ByteView prefix, Visit visit) const override;
  void put(Table table, ByteView key, ByteView value) override;
  void erase(Table table, ByteView key) override;

  void write_to(Store& target) const;
  // Takes the rows of an overlay that was made on this one; `upper` is empty after.
  void absorb(Overlay& upper);
  void clear();
  bool empty() const;
  // Another base that has the same rows: what lay between has been written there.
  void rest_on(const Reader* base) { base_ = base; }

 private:
  // A value, or the mark that the base's row is erased. A value that fits takes the old one's room.
  struct Slot {
    std::uint8_t* bytes = nullptr;
    std::uint32_t size = 0;
    std::uint32_t room = 0;
    bool erased = false;

    std::optional<ByteView> value() const {
      return erased ? std::nullopt : std::optional(ByteView(bytes, size));
    }
  };
  using Rows = std::pmr::map<std::string_view, Slot>;

  static constexpr std::size_t kTables = 64;

  const Rows* find_rows(Table table) const { return rows_[static_cast<std::size_t>(table)]; }
  Rows& rows_of(Table table);
  static const Slot* find(const Rows& rows, std::string_view key);
  Slot& slot(Table table, ByteView key);
  std::uint8_t* keep(ByteView content);

  const Reader* base_;
  std::array<std::byte, 4096> first_block_;
  std::pmr::monotonic_buffer_resource own_arena_{first_block_.data(), first_block_.size()};
  std::pmr::monotonic_buffer_resource* arena_;
  std::array<Rows*, kTables> rows_{};  // in the arena; by table number
};

class MemoryStore : public Overlay {
 public:
  MemoryStore() : Overlay(static_cast<const Reader*>(nullptr)) {}
  MemoryStore(const MemoryStore& other) : MemoryStore() { other.write_to(*this); }
};

}  // namespace qualog::projector
