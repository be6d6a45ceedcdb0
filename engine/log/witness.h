// SPDX-License-Identifier: Apache-2.0
// The witness: a file of its own that knows how far the log had come, so that a lost end is noticed
// and a copy is told from the original. Two slots, each in a sector of its own with its own check.
// It is written after each durable record and synced once a second; between two syncs only one slot
// is written, at each sync they change roles, so one durable slot is never being written.
// It is judged by place, never by sequence: a Fence may lower the sequence.
//
// A slot of 136 bytes, little-endian, at 0 and at 4096 of a file of 8192 bytes:
//     0 4 magic FF 51 4C 57    4 2 version, 1    6 2 closed: 1 after a clean close
//     8 4 CRC-32 (zlib) of the slot with this field zero    12 4 zero
//    16 8 segment   24 8 offset: the end of the record     32 8 next sequence   40 8 next aside
//    48 32 chain    80 32 aside chain
//   112 8 inode    120 8 birth, seconds   128 4 birth, nanoseconds   132 4 zero: of this very file
#pragma once

#include "engine/log/files.h"
#include "engine/log/log.h"

#include <array>
#include <memory>
#include <mutex>
#include <optional>

namespace qualog::log {

inline constexpr std::size_t kWitnessSlotBytes = 136;
inline constexpr std::array<std::uint64_t, 2> kWitnessSlotOffsets{0, 4096};
inline constexpr std::size_t kWitnessFileBytes = 8192;

struct Mark {
  Place place;
  Head head;
  FileIdentity identity;
  bool closed = false;
  bool operator==(const Mark&) const = default;
};

std::array<std::uint8_t, kWitnessSlotBytes> encode_mark(const Mark& mark);
// Nothing unless magic, version and check are right.
std::optional<Mark> decode_mark(ByteView slot);

// What the two slots say together.
struct WitnessReading {
  std::optional<Mark> mark;  // the valid slot with the greater place; the file's own identity first
  std::size_t slot = 0;      // where it lies
  bool torn = false;         // a slot is not valid
  bool copied = false;       // the mark was written into another file: this one is a copy
  // A copy made while its original ran: its mark is no evidence.
  bool running_copy() const { return copied && mark && !mark->closed; }
};

std::string witness_path(const std::string& directory);
// Reads both slots; a torn one again, because its owner may be writing it.
Result<WitnessReading> read_witness(File& file);

// The owner's side. put() and sync() may run in different threads.
class Witness {
 public:
  // Writes and syncs a new witness, both slots, under a temporary name; then renames it.
  static Result<void> create(Files& files, const std::string& directory, const Place& place,
                             const Head& head);
  // `reading` is what read_witness() gave for this file.
  Witness(std::unique_ptr<File> file, const FileIdentity& identity, const WitnessReading& reading);

  // After an opening: the slot that was not the newest, synced, then the other one. From then on
  // the file is known as its own original and as not closed.
  Result<void> renew(const Place& place, const Head& head);
  // Notes a durable record. While a sync runs it is kept back and written by that sync.
  Result<void> put(const Place& place, const Head& head);
  // Makes the newest note durable, and changes the roles of the slots.
  Result<void> sync();
  // The last note, with the closed mark, synced.
  Result<void> close(const Place& place, const Head& head);

 private:
  Result<void> write(const Mark& mark);

  std::unique_ptr<File> file_;
  FileIdentity identity_;
  std::mutex sync_mutex_;  // one sync at a time
  std::mutex mutex_;       // the rest
  std::size_t slot_;       // the one that is written until the next sync
  bool dirty_ = false;
  bool syncing_ = false;
  std::optional<Mark> kept_back_;
};

}  // namespace qualog::log
