// SPDX-License-Identifier: Apache-2.0
#include "tests/replay/crafted_log.h"

#include "engine/log/little_endian.h"
#include "engine/log/rule.h"
#include "engine/log/witness.h"
#include "replay/meaning.h"
#include "tests/replay/workshop.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <fstream>

namespace qualog::test {

namespace {

fs::path segment(const engine::ProjectPlace& place) {
  return place.directory / "log" / "00000001.segment";
}

Bytes read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

// In place: the file keeps its inode.
void write_file(const fs::path& file, const Bytes& bytes) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
}

// CRC-32 of the record with the CRC's field zero (log-format).
void fix_crc(std::uint8_t* record, std::size_t bytes) {
  log::store(record + 12, std::uint32_t{0});
  log::store(record + 12, static_cast<std::uint32_t>(crc32(0, record, static_cast<uInt>(bytes))));
}

// Visits the records of the segment: offset and length. False stops.
template <class Visit>
void visit_records(Bytes& bytes, Visit visit) {
  for (std::size_t at = log::kSegmentHeaderBytes; at < bytes.size();) {
    const auto length = log::claimed_length(ByteView(bytes).subspan(at));
    if (!length || !visit(at, *length)) return;
    at += *length;
  }
}

void put_head(std::uint8_t* front, const log::Head& head) {
  log::store(front + 48, head.next_event.value);
  log::store(front + 56, head.next_aside.value);
  std::copy(head.chain.begin(), head.chain.end(), front + 64);
  std::copy(head.aside_chain.begin(), head.aside_chain.end(), front + 96);
}

void renew_witness(const engine::ProjectPlace& place, const log::Head& head) {
  const auto file = log::witness_path((place.directory / "log").string());
  auto bytes = read_file(file);
  for (const auto offset : log::kWitnessSlotOffsets) {
    const auto slot = ByteView(bytes).subspan(offset, log::kWitnessSlotBytes);
    auto mark = log::decode_mark(slot);
    if (!mark) continue;
    if (mark->head.next_event == head.next_event) mark->head = head;
    const auto encoded = log::encode_mark(*mark);
    std::copy(encoded.begin(), encoded.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
  }
  write_file(file, bytes);
}

// Makes every record continue the one before it, and the witness the last.
void fix_chains(const engine::ProjectPlace& place, Bytes& bytes) {
  log::Chains chains;
  log::RecordView header;
  BOOST_REQUIRE(log::decode(bytes, header) == log::Decoded::Valid);
  auto head = chains.start(log::ids_of(header).lineage);
  visit_records(bytes, [&](std::size_t at, std::size_t length) {
    put_head(bytes.data() + at, head);
    fix_crc(bytes.data() + at, length);
    log::RecordView record;
    BOOST_REQUIRE(log::decode(ByteView(bytes).subspan(at), record) == log::Decoded::Valid);
    if (record.front.kind == log::Kind::Batch) head = chains.fold(head, record);
    return true;
  });
  renew_witness(place, head);
}

}  // namespace

void flip(const fs::path& file, std::uint64_t offset) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekg(static_cast<std::streamoff>(offset));
  const auto byte = static_cast<char>(out.get() ^ 0x10);
  out.seekp(static_cast<std::streamoff>(offset));
  out.put(byte);
}

void replace_name(const engine::ProjectPlace& place, const std::string& from, const std::string& to,
                  bool chains_too) {
  BOOST_REQUIRE_EQUAL(from.size(), to.size());
  auto bytes = read_file(segment(place));
  const auto found = std::search(bytes.begin(), bytes.end(), from.begin(), from.end());
  BOOST_REQUIRE(found != bytes.end());
  std::copy(to.begin(), to.end(), found);
  const auto changed = static_cast<std::size_t>(found - bytes.begin());
  visit_records(bytes, [&](std::size_t at, std::size_t length) {
    if (changed >= at && changed < at + length) fix_crc(bytes.data() + at, length);
    return true;
  });
  if (chains_too) fix_chains(place, bytes);
  write_file(segment(place), bytes);
}

bool passes_without_chain(const engine::ProjectPlace& place) {
  auto bytes = read_file(segment(place));
  replay::Meaning meaning;
  Sequence next{1};
  bool sound = true;
  visit_records(bytes, [&](std::size_t at, std::size_t) {
    log::RecordView record;
    sound = log::decode(ByteView(bytes).subspan(at), record) == log::Decoded::Valid &&
            record.front.before.next_event == next;
    if (!sound || record.front.kind != log::Kind::Batch) return sound;
    log::ItemCursor items(record);
    for (auto n = record.front.events; n > 0; --n, next = next.next())
      meaning.event(next, items.next());
    meaning.settled({1, at});
    return true;
  });
  return sound && next > Sequence{1} && !meaning.finish();
}

std::uint64_t used_bytes(const engine::ProjectPlace& place) {
  auto bytes = read_file(segment(place));
  std::uint64_t end = 0;
  visit_records(bytes, [&](std::size_t at, std::size_t length) {
    end = at + length;
    return true;
  });
  return end;
}

}  // namespace qualog::test
