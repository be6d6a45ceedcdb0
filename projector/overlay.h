// SPDX-License-Identifier: Apache-2.0
// Overlay: writes kept in memory over a base that is only read. A savepoint takes back what was
// written since; dropping the overlay takes everything back; write_to() hands its rows on in key
// order, which is what a B-tree likes best. Without a base it is the memory implementation of
// Store. Its rows lie in an arena: a row costs no allocation, and all are let go at once. One
// thread; the base outlives it.
#pragma once

#include "projector/store.h"

#include <array>
#include <map>
#include <memory_resource>
#include <string_view>
#include <vector>

namespace qualog::projector {

class Overlay : public Store {
 public:
  // A place to come back to. Savepoints nest: who was made last ends first. One that ends without
  // keep() takes back what was written since it was made.
  class Savepoint {
   public:
    explicit Savepoint(Overlay& rows);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void keep();
    void roll_back();

   private:
    Overlay* rows_;  // nullptr once it has ended
    std::size_t begin_;
  };

  // base may be nullptr.
  explicit Overlay(const Reader* base) : base_(base) {}
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  std::optional<ByteView> get(Table table, ByteView key) const override;
  void scan_from(Table table, ByteView prefix, ByteView first, Visit visit) const override;
  void put(Table table, ByteView key, ByteView value) override;
  void erase(Table table, ByteView key) override;

  // Where no savepoint is open.
  bool is_at_rest() const { return savepoints_ == 0; }
  void write_to(Store& target) const;
  // Another base that has the same rows: what lay between has been written there.
  void rest_on(const Reader* base) { base_ = base; }

 private:
  // Absent: the base's row shows. A value that fits takes the old one's room.
  enum class State : std::uint8_t { Absent, Value, Erased };
  struct Slot {
    std::uint8_t* bytes = nullptr;
    std::uint32_t size = 0;
    std::uint32_t room = 0;
    std::uint32_t saved_by = 0;  // the savepoint for which its older content was kept last
    State state = State::Absent;

    std::optional<ByteView> value() const {
      return state == State::Value ? std::optional(ByteView(bytes, size)) : std::nullopt;
    }
  };
  struct Saved {
    Slot* slot;
    Slot before;
  };
  using Rows = std::pmr::map<std::string_view, Slot>;

  static constexpr std::size_t kTables = 64;

  const Rows* find_rows(Table table) const { return rows_[static_cast<std::size_t>(table)]; }
  Rows& rows_of(Table table);
  static const Slot* find(const Rows& rows, std::string_view key);
  Slot& slot(Table table, ByteView key);
  Slot& changeable(Table table, ByteView key);
  std::uint8_t* keep(ByteView content);

  const Reader* base_;
  std::array<std::byte, 4096> first_block_;
  std::pmr::monotonic_buffer_resource arena_{first_block_.data(), first_block_.size()};
  std::array<Rows*, kTables> rows_{};  // in the arena; by table number
  std::vector<Saved> saved_;           // what the open savepoints bring back
  std::size_t savepoints_ = 0;         // that are open
  std::uint32_t last_savepoint_ = 0;   // its number
};

class MemoryStore : public Overlay {
 public:
  MemoryStore() : Overlay(static_cast<const Reader*>(nullptr)) {}
  MemoryStore(const MemoryStore& other) : MemoryStore() { other.write_to(*this); }
};

}  // namespace qualog::projector
