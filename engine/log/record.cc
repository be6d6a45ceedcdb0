// SPDX-License-Identifier: Apache-2.0
#include "engine/log/record.h"

#include "engine/log/little_endian.h"
#include "schema/assert.h"
#include "schema/limits.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace qualog::log {

namespace {

constexpr std::size_t kCrcAt = 12;

constexpr std::size_t padded(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

std::uint32_t crc_of(ByteView record) {
  static constexpr std::array<std::uint8_t, 4> kZero{};
  uLong crc = crc32(0, record.data(), kCrcAt);
  crc = crc32(crc, kZero.data(), kZero.size());
  const auto rest = record.subspan(kCrcAt + 4);
  return static_cast<std::uint32_t>(crc32(crc, rest.data(), static_cast<uInt>(rest.size())));
}

bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

template <std::size_t N>
void put(std::uint8_t* at, const std::array<std::uint8_t, N>& bytes) {
  std::memcpy(at, bytes.data(), N);
}

template <std::size_t N>
void get(const std::uint8_t* at, std::array<std::uint8_t, N>& bytes) {
  std::memcpy(bytes.data(), at, N);
}

// Numbers and chains lie in the same order in a front and in a segment header's tail.
void put_head(std::uint8_t* at, const Head& head) {
  store(at, head.next_event.value);
  store(at + 8, head.next_aside.value);
  put(at + 16, head.chain);
  put(at + 48, head.aside_chain);
}

Head get_head(const std::uint8_t* at) {
  Head head;
  head.next_event.value = load<std::uint64_t>(at);
  head.next_aside.value = load<std::uint64_t>(at + 8);
  get(at + 16, head.chain);
  get(at + 48, head.aside_chain);
  return head;
}

void put_ids(std::uint8_t* at, const LogIds& ids) {
  put(at, ids.project.bytes);
  put(at + 16, ids.lineage.bytes);
}

void put_front(std::uint8_t* at, const Front& front) {
  store(at, kMagic);
  store(at + 4, kFormatVersion);
  store(at + 6, static_cast<std::uint16_t>(front.kind));
  store(at + 8, front.length);
  store(at + 16, front.epoch.value);
  store(at + 24, front.owner);
  store(at + 32, front.index);
  at[36] = front.more ? 1 : 0;
  store(at + 40, front.events);
  store(at + 44, front.asides);
  put_head(at + 48, front.before);
}

Front get_front(const std::uint8_t* at) {
  Front front;
  front.kind = static_cast<Kind>(load<std::uint16_t>(at + 6));
  front.length = load<std::uint32_t>(at + 8);
  front.epoch.value = load<std::uint64_t>(at + 16);
  front.owner = load<std::uint64_t>(at + 24);
  front.index = load<std::uint32_t>(at + 32);
  front.more = at[36] == 1;
  front.events = load<std::uint32_t>(at + 40);
  front.asides = load<std::uint32_t>(at + 44);
  front.before = get_head(at + 48);
  return front;
}

Front front_behind(const State& state, Kind kind) {
  return {.kind = kind,
          .epoch = state.epoch,
          .owner = state.owner,
          .index = state.index,
          .before = state.head};
}

// Makes room for the record; items are written over the zeros.
std::uint8_t* begin_record(Front& front, std::size_t length, Bytes& into) {
  QUALOG_ASSERT(length <= limits::kRecordBytesMax && length % 8 == 0);
  front.length = static_cast<std::uint32_t>(length);
  into.assign(length, 0);
  put_front(into.data(), front);
  return into.data() + kFrontBytes;
}

RecordView finish_record(const Front& front, Bytes& into) {
  store(into.data() + kCrcAt, crc_of(into));
  return {front, into};
}

std::uint8_t* put_item(std::uint8_t* at, const Bytes& item) {
  store(at, static_cast<std::uint32_t>(item.size()));
  std::copy(item.begin(), item.end(), at + 8);
  return at + 8 + padded(item.size());
}

std::size_t items_bytes(const std::vector<Bytes>& items) {
  std::size_t sum = 0;
  for (const auto& item : items) sum += item_bytes(item);
  return sum;
}

// Bytes of the item at the front of `rest` with its frame; zero if it is malformed.
std::size_t framed_item_bytes(ByteView rest) {
  if (rest.size() < 8) return 0;
  const std::size_t size = load<std::uint32_t>(rest.data());
  if (load<std::uint32_t>(rest.data() + 4) != 0) return 0;
  if (size > limits::kItemBytesMax || rest.size() - 8 < padded(size)) return 0;
  return all_zero(rest.subspan(8 + size, padded(size) - size)) ? 8 + padded(size) : 0;
}

bool good_items(const RecordView& record) {
  auto rest = record.body();
  for (std::uint64_t n = std::uint64_t{record.front.events} + record.front.asides; n > 0; --n) {
    const auto size = framed_item_bytes(rest);
    if (size == 0) return false;
    rest = rest.subspan(size);
  }
  return rest.empty();
}

bool carries_no_items(const Front& front) {
  return !front.more && front.events == 0 && front.asides == 0;
}

bool good_seal(const RecordView& record) {
  const auto body = record.body();
  if (!carries_no_items(record.front) || body.size() < 48) return false;
  const std::size_t size = load<std::uint32_t>(body.data() + 40);
  if (load<std::uint32_t>(body.data() + 44) != 0 || size > kSealPlaceBytesMax) return false;
  return body.size() == 48 + padded(size) && all_zero(body.subspan(48 + size));
}

bool good_header(const RecordView& record) {
  return carries_no_items(record.front) && record.bytes.size() == kSegmentHeaderBytes &&
         all_zero(record.bytes.subspan(256));
}

bool good_body(const RecordView& record) {
  switch (record.front.kind) {
    case Kind::Fence:
      return record.front.events == 0 && record.front.asides == 0 &&
             record.bytes.size() == kFenceBytes;
    case Kind::Batch:
      return good_items(record);
    case Kind::Seal:
      return good_seal(record);
    case Kind::Segment:
      return good_header(record);
  }
  return false;
}

bool known_kind(std::uint16_t kind) { return kind >= 1 && kind <= 4; }

}  // namespace

ByteView ItemCursor::next() {
  const std::size_t size = load<std::uint32_t>(rest_.data());
  const auto item = rest_.subspan(8, size);
  rest_ = rest_.subspan(8 + padded(size));
  return item;
}

std::size_t item_bytes(ByteView item) { return 8 + padded(item.size()); }

std::size_t batch_bytes(const Batch& batch) {
  return kFrontBytes + items_bytes(batch.events) + items_bytes(batch.asides);
}

bool is_too_large(const Batch& batch) {
  const auto large = [](const Bytes& item) { return item.size() > limits::kItemBytesMax; };
  return std::any_of(batch.events.begin(), batch.events.end(), large) ||
         std::any_of(batch.asides.begin(), batch.asides.end(), large) ||
         batch_bytes(batch) > limits::kRecordBytesMax;
}

std::size_t seal_bytes(const Seal& seal) { return kFrontBytes + 48 + padded(seal.place.size()); }

RecordView encode_batch(const State& state, const Batch& batch, Bytes& into) {
  auto front = front_behind(state, Kind::Batch);
  front.more = batch.more;
  front.events = static_cast<std::uint32_t>(batch.events.size());
  front.asides = static_cast<std::uint32_t>(batch.asides.size());
  auto* at = begin_record(front, batch_bytes(batch), into);
  for (const auto& event : batch.events) at = put_item(at, event);
  for (const auto& aside : batch.asides) at = put_item(at, aside);
  return finish_record(front, into);
}

RecordView encode_seal(const State& state, const Seal& seal, Bytes& into) {
  auto front = front_behind(state, Kind::Seal);
  auto* at = begin_record(front, seal_bytes(seal), into);
  store(at, seal.sequence.value);
  put(at + 8, seal.chain);
  store(at + 40, static_cast<std::uint32_t>(seal.place.size()));
  std::copy(seal.place.begin(), seal.place.end(), at + 48);
  return finish_record(front, into);
}

RecordView encode_fence(const Term& term, const Head& settled, const LogIds& ids, Bytes& into) {
  Front front{.kind = Kind::Fence,
              .epoch = term.epoch,
              .owner = term.owner,
              .more = term.unfinished,
              .before = settled};
  put_ids(begin_record(front, kFenceBytes, into), ids);
  return finish_record(front, into);
}

RecordView encode_segment_header(const SegmentHeader& header, Bytes& into) {
  auto front = front_behind(header.state, Kind::Segment);
  auto* at = begin_record(front, kSegmentHeaderBytes, into);
  put_ids(at, header.ids);
  store(at + 32, header.number);
  store(at + 40, header.previous_bytes);
  put_head(at + 48, header.state.settled);
  return finish_record(front, into);
}

std::optional<std::size_t> claimed_length(ByteView from) {
  if (from.size() < kCrcAt || load<std::uint32_t>(from.data()) != kMagic) return std::nullopt;
  const std::size_t length = load<std::uint32_t>(from.data() + 8);
  if (length < kFrontBytes || length > limits::kRecordBytesMax || length % 8 != 0) {
    return std::nullopt;
  }
  return length;
}

Decoded decode(ByteView from, RecordView& record) {
  const auto length = claimed_length(from);
  if (!length || *length > from.size()) return Decoded::Nothing;
  const auto bytes = from.first(*length);
  if (load<std::uint32_t>(bytes.data() + kCrcAt) != crc_of(bytes)) return Decoded::Nothing;
  const auto version = load<std::uint16_t>(bytes.data() + 4);
  if (version > kFormatVersion || !known_kind(load<std::uint16_t>(bytes.data() + 6))) {
    return Decoded::TooNew;
  }
  if (version == 0 || bytes[36] > 1 || !all_zero(bytes.subspan(37, 3))) return Decoded::Malformed;
  record = {get_front(bytes.data()), bytes};
  return good_body(record) ? Decoded::Valid : Decoded::Malformed;
}

LogIds ids_of(const RecordView& fence_or_header) {
  LogIds ids;
  get(fence_or_header.bytes.data() + 128, ids.project.bytes);
  get(fence_or_header.bytes.data() + 144, ids.lineage.bytes);
  return ids;
}

Seal seal_of(const RecordView& seal) {
  const auto body = seal.body();
  Seal result;
  result.sequence.value = load<std::uint64_t>(body.data());
  get(body.data() + 8, result.chain);
  result.place = text_of(body.subspan(48, load<std::uint32_t>(body.data() + 40)));
  return result;
}

SegmentHeader segment_header_of(const RecordView& header) {
  const auto& front = header.front;
  const auto* at = header.bytes.data();
  return {.ids = ids_of(header),
          .number = load<std::uint64_t>(at + 160),
          .previous_bytes = load<std::uint64_t>(at + 168),
          .state = {.epoch = front.epoch,
                    .owner = front.owner,
                    .index = front.index,
                    .head = front.before,
                    .settled = get_head(at + 176)}};
}

}  // namespace qualog::log
