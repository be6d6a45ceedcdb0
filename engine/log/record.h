// SPDX-License-Identifier: Apache-2.0
// The bytes of a record: what every backend stores. A record is a front of 128 bytes, then a body
// that depends on its kind. Little-endian; every length is a multiple of eight; bytes without a
// meaning are zero and are judged. No I/O. Format: docs/log-format.md, drawn from these tables.
//
//   front    0  4  magic FF 51 4C 47 (0xFF: no UTF-8 text holds a record)
//            4  2  version, 1           6  2  kind
//            8  4  length of the record, front and all
//           12  4  CRC-32 (zlib) of the record with this field zero; judged before version and kind
//           16  8  epoch               24  8  owner
//           32  4  index               36  1  more; of a Fence: unfinished     37  3  zero
//           40  4  number of events    44  4  number of asides
//           48  8  first sequence      56  8  first aside
//           64 32  chain before        96 32  aside chain before
//   Batch  128  .  items, events first; an item: u32 length, u32 zero, bytes, zeros to eight
//   Fence  128 16  project id         144 16  lineage id        (the front holds settled) = 160
//   Seal   128  8  sequence there     136 32  chain there
//          168  4  length of place    172  4  zero    176 .  place, UTF-8, zeros to eight
//   Segment header: exactly 512 bytes; the front holds epoch, owner, index and head
//          128 16  project id         144 16  lineage id
//          160  8  number of the segment, from 1
//          168  8  byte length at which the segment before ends (0 in segment 1)
//          176  8  settled: first sequence     184  8  settled: first aside
//          192 32  settled: chain              224 32  settled: aside chain   256 .  zeros
#pragma once

#include "engine/log/log.h"
#include "schema/bytes.h"
#include "schema/ids.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace qualog::log {

inline constexpr std::size_t kFrontBytes = 128;
inline constexpr std::size_t kFenceBytes = 160;
inline constexpr std::size_t kSegmentHeaderBytes = 512;
inline constexpr std::size_t kSealPlaceBytesMax = 4096;
inline constexpr std::uint16_t kFormatVersion = 1;
inline constexpr std::uint32_t kMagic = 0x474C51FF;

enum class Kind : std::uint16_t { Fence = 1, Batch = 2, Seal = 3, Segment = 4 };

// Whose log it is.
struct LogIds {
  ProjectId project;
  LineageId lineage;
  bool operator==(const LogIds&) const = default;
};

// S of the rule (rule.h): `head` after all that is folded, `settled` after the last record without
// `more`.
struct State {
  Epoch epoch{};
  std::uint64_t owner = 0;
  std::uint32_t index = 0;
  Head head{};
  Head settled{};
  bool unfinished = false;  // the last Fence was that of whoever makes the log
  bool sealed = false;
  bool operator==(const State&) const = default;
};

// What a Fence begins: an owner's term. `unfinished`: of whoever makes the log; it is nobody else's
// before a Fence without it.
struct Term {
  Epoch epoch{};
  std::uint64_t owner = 0;
  bool unfinished = false;
};

// What the first 128 bytes say. `before` is head before the record; of a Fence: settled.
struct Front {
  Kind kind = Kind::Batch;
  std::uint32_t length = 0;
  Epoch epoch{};
  std::uint64_t owner = 0;
  std::uint32_t index = 0;
  bool more = false;
  std::uint32_t events = 0;
  std::uint32_t asides = 0;
  Head before{};
};

// A record that passed every check of decode(), or was just encoded. Valid while its bytes are.
struct RecordView {
  Front front;
  ByteView bytes;
  ByteView body() const { return bytes.subspan(kFrontBytes); }
};

struct SegmentHeader {
  LogIds ids;
  std::uint64_t number = 1;
  std::uint64_t previous_bytes = 0;
  State state;
  bool operator==(const SegmentHeader&) const = default;
};

// The items of a Batch one after another: events first. Call exactly events + asides times.
class ItemCursor {
 public:
  explicit ItemCursor(const RecordView& record) : rest_(record.body()) {}
  ByteView next();

 private:
  ByteView rest_;
};

// Bytes that an event or aside takes in a record, with its frame.
std::size_t item_bytes(ByteView item);
// Bytes of the record that would hold this batch.
std::size_t batch_bytes(const Batch& batch);
// Whether an item or the record passes limits::kItemBytesMax or kRecordBytesMax.
bool is_too_large(const Batch& batch);
std::size_t seal_bytes(const Seal& seal);

// Each writes one whole record over `into`, whose capacity is reused, and gives a view of it.
// The batch and the seal are numbered by `state`, behind its head.
RecordView encode_batch(const State& state, const Batch& batch, Bytes& into);
RecordView encode_seal(const State& state, const Seal& seal, Bytes& into);
RecordView encode_fence(const Term& term, const Head& settled, const LogIds& ids, Bytes& into);
RecordView encode_segment_header(const SegmentHeader& header, Bytes& into);

enum class Decoded {
  Valid,
  Nothing,    // no whole record begins here: magic, length or CRC is wrong
  TooNew,     // a record of ours with an unknown kind or a newer version: stop
  Malformed,  // the CRC holds, the fields contradict each other: damage
};

// Judges the record that begins at the first byte of `from`; sets `record` when Valid.
Decoded decode(ByteView from, RecordView& record);
// The length that a record beginning here claims, of 12 bytes or more; nothing without the magic
// or with an impossible length.
std::optional<std::size_t> claimed_length(ByteView from);

// The bodies of checked records of these kinds.
LogIds ids_of(const RecordView& fence_or_header);
Seal seal_of(const RecordView& seal);
SegmentHeader segment_header_of(const RecordView& header);

}  // namespace qualog::log
