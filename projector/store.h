// SPDX-License-Identifier: Apache-2.0
// Store: the ordered key-value interface on which decide and fold run. LMDB and memory implement
// it, so the same code serves the server, replay and the tests.
// A view that get() or scan() gives is valid until the next put() or erase(). One thread.
// Damage found in a row is sticky: whoever commits or answers asks undamaged() first.
#pragma once

#include "schema/bytes.h"
#include "schema/function_ref.h"
#include "schema/result.h"

#include <optional>
#include <string>

namespace qualog::projector {

// Every table; keys and values are in projector/tables.h. Numbers are stored: never reused.
enum class Table : std::uint8_t {
  Meta = 1,  // where the log was read to; not part of any digest
  Facts = 2,
  Items = 3,
  Ranges = 5,
  Anchors = 6,
  Contents = 7,
  Texts = 8,
  History = 9,
  Names = 10,
  Children = 11,
  Coded = 12,
  Links = 13,
  Merged = 14,
  Sessions = 15,
  Commands = 16,
  Effects = 17,
  Uses = 18,
  Answers = 32,  // from here on: folded from asides
  Inbox = 33,
  AsideSessions = 34,
};

class Reader {
 public:
  // Returns false to stop.
  using Visit = FunctionRef<bool(ByteView key, ByteView value)>;

  virtual ~Reader() = default;
  virtual std::optional<ByteView> get(Table table, ByteView key) const = 0;
  // Visits the rows whose keys begin with `prefix`, ascending by key. The visitor writes nothing.
  void scan(Table table, ByteView prefix, Visit visit) const {
    scan_from(table, prefix, prefix, visit);
  }
  // The same from the key `first` on, there or not: it begins with `prefix`.
  virtual void scan_from(Table table, ByteView prefix, ByteView first, Visit visit) const = 0;

  void report_damage(std::string what) const {
    if (damage_.empty()) damage_ = std::move(what);
  }
  const std::string& damage() const { return damage_; }
  // Error: damaged, with the first that was found.
  Result<void> undamaged() const {
    if (damage_.empty()) return {};
    return fail(Code::damaged, damage_);
  }

 private:
  mutable std::string damage_;
};

class Store : public Reader {
 public:
  virtual void put(Table table, ByteView key, ByteView value) = 0;
  virtual void erase(Table table, ByteView key) = 0;
};

}  // namespace qualog::projector
