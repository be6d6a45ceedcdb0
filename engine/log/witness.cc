// SPDX-License-Identifier: Apache-2.0
#include "engine/log/witness.h"

#include "engine/log/little_endian.h"

#include <zlib.h>

#include <cstring>

namespace qualog::log {

namespace {

constexpr std::uint32_t kWitnessMagic = 0x574C51FF;
constexpr std::size_t kSlotCrcAt = 8;
constexpr int kReadsOfTornSlot = 64;

using Slot = std::array<std::uint8_t, kWitnessSlotBytes>;

std::uint32_t crc_of(Slot slot) {
  store(slot.data() + kSlotCrcAt, std::uint32_t{0});
  return static_cast<std::uint32_t>(crc32(0, slot.data(), slot.size()));
}

bool newer(const Mark& mark, const Mark& than) {
  if (mark.place != than.place) return mark.place > than.place;
  return mark.closed && !than.closed;
}

Result<std::optional<Mark>> read_slot(File& file, std::uint64_t offset) {
  Slot slot{};
  QUALOG_ASSIGN(const auto got, file.read(offset, slot));
  return got == slot.size() ? decode_mark(slot) : std::nullopt;
}

// A mark of the file itself comes before any that was copied into it.
void consider(WitnessReading& reading, const std::optional<Mark>& mark, std::size_t slot,
              const FileIdentity& identity) {
  if (!mark) {
    reading.torn = true;
    return;
  }
  const bool copied = mark->identity != identity;
  const bool better = !reading.mark || (reading.copied && !copied) ||
                      (reading.copied == copied && newer(*mark, *reading.mark));
  if (!better) return;
  reading.mark = mark;
  reading.slot = slot;
  reading.copied = copied;
}

Result<WitnessReading> read_once(File& file, const FileIdentity& identity) {
  WitnessReading reading;
  for (std::size_t slot = 0; slot < kWitnessSlotOffsets.size(); ++slot) {
    QUALOG_ASSIGN(const auto mark, read_slot(file, kWitnessSlotOffsets[slot]));
    consider(reading, mark, slot, identity);
  }
  return reading;
}

}  // namespace

std::array<std::uint8_t, kWitnessSlotBytes> encode_mark(const Mark& mark) {
  Slot slot{};
  auto* at = slot.data();
  store(at, kWitnessMagic);
  store(at + 4, std::uint16_t{1});
  store(at + 6, static_cast<std::uint16_t>(mark.closed ? 1 : 0));
  store(at + 16, mark.place.segment);
  store(at + 24, mark.place.offset);
  store(at + 32, mark.head.next_event.value);
  store(at + 40, mark.head.next_aside.value);
  std::memcpy(at + 48, mark.head.chain.data(), mark.head.chain.size());
  std::memcpy(at + 80, mark.head.aside_chain.data(), mark.head.aside_chain.size());
  store(at + 112, mark.identity.inode);
  store(at + 120, mark.identity.birth_seconds);
  store(at + 128, mark.identity.birth_nanoseconds);
  store(at + kSlotCrcAt, crc_of(slot));
  return slot;
}

std::optional<Mark> decode_mark(ByteView bytes) {
  Slot slot{};
  if (bytes.size() != slot.size()) return std::nullopt;
  std::memcpy(slot.data(), bytes.data(), slot.size());
  const auto* at = slot.data();
  if (load<std::uint32_t>(at) != kWitnessMagic ||
      load<std::uint32_t>(at + kSlotCrcAt) != crc_of(slot))
    return std::nullopt;
  if (load<std::uint16_t>(at + 4) != 1) return std::nullopt;
  Mark mark;
  mark.closed = load<std::uint16_t>(at + 6) == 1;
  mark.place = {load<std::uint64_t>(at + 16), load<std::uint64_t>(at + 24)};
  mark.head.next_event.value = load<std::uint64_t>(at + 32);
  mark.head.next_aside.value = load<std::uint64_t>(at + 40);
  std::memcpy(mark.head.chain.data(), at + 48, mark.head.chain.size());
  std::memcpy(mark.head.aside_chain.data(), at + 80, mark.head.aside_chain.size());
  mark.identity.inode = load<std::uint64_t>(at + 112);
  mark.identity.birth_seconds = load<std::uint64_t>(at + 120);
  mark.identity.birth_nanoseconds = load<std::uint32_t>(at + 128);
  return mark;
}

std::string witness_path(const std::string& directory) { return directory + "/witness"; }

Result<WitnessReading> read_witness(File& file) {
  QUALOG_ASSIGN(const auto identity, file.identity());
  QUALOG_ASSIGN(auto reading, read_once(file, identity));
  for (int n = 1; n < kReadsOfTornSlot && reading.torn; ++n) {
    QUALOG_ASSIGN(reading, read_once(file, identity));
  }
  return reading;
}

Result<void> Witness::create(Files& files, const std::string& directory, const Place& place,
                             const Head& head) {
  const auto path = witness_path(directory);
  QUALOG_ASSIGN(auto file, files.create(path + ".tmp"));
  QUALOG_TRY(file->write(0, Bytes(kWitnessFileBytes)));
  QUALOG_ASSIGN(const auto identity, file->identity());
  const auto slot = encode_mark({.place = place, .head = head, .identity = identity});
  for (const auto offset : kWitnessSlotOffsets) QUALOG_TRY(file->write(offset, slot));
  QUALOG_TRY(file->sync());
  QUALOG_TRY(files.rename(path + ".tmp", path));
  return files.sync_directory(directory);
}

Witness::Witness(std::unique_ptr<File> file, const FileIdentity& identity,
                 const WitnessReading& reading)
    : file_(std::move(file)), identity_(identity), slot_(1 - reading.slot) {}

Result<void> Witness::write(const Mark& mark) {
  dirty_ = true;
  return file_->write(kWitnessSlotOffsets[slot_], encode_mark(mark));
}

Result<void> Witness::renew(const Place& place, const Head& head) {
  QUALOG_TRY(put(place, head));
  QUALOG_TRY(sync());
  QUALOG_TRY(put(place, head));
  return sync();
}

Result<void> Witness::put(const Place& place, const Head& head) {
  const Mark mark{.place = place, .head = head, .identity = identity_};
  const std::lock_guard guard(mutex_);
  if (!syncing_) return write(mark);
  kept_back_ = mark;
  return {};
}

Result<void> Witness::sync() {
  const std::lock_guard one_at_a_time(sync_mutex_);
  {
    const std::lock_guard guard(mutex_);
    if (!dirty_) return {};
    syncing_ = true;
  }
  auto synced = file_->sync();
  const std::lock_guard guard(mutex_);
  syncing_ = false;
  if (!synced) return synced;
  dirty_ = false;
  slot_ = 1 - slot_;
  if (!kept_back_) return {};
  const auto mark = *kept_back_;
  kept_back_.reset();
  return write(mark);
}

Result<void> Witness::close(const Place& place, const Head& head) {
  {
    const std::lock_guard guard(mutex_);
    QUALOG_TRY(write({.place = place, .head = head, .identity = identity_, .closed = true}));
  }
  return sync();
}

}  // namespace qualog::log
