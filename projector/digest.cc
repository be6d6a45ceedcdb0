// SPDX-License-Identifier: Apache-2.0
// The digests over whole tables; the digest of the content is in content_digest.cc.
#include "projector/digest.h"

#include "projector/hash_input.h"

#include <array>
#include <span>

namespace qualog::projector {

namespace {

// Ascending. Meta says where a log was read to, which is no part of what is true.
constexpr std::array kEventTables = {
    Table::Facts,    Table::Items,    Table::Ranges,  Table::Anchors,
    Table::Contents, Table::Texts,    Table::History, Table::Names,
    Table::Children, Table::Coded,    Table::Links,   Table::Merged,
    Table::Sessions, Table::Commands, Table::Effects, Table::Uses};
constexpr std::array kAsideTables = {Table::Answers, Table::Inbox, Table::AsideSessions};

Digest digest_of(const Reader& reader, std::string_view domain, std::span<const Table> tables) {
  HashInput input(domain);
  for (const Table table : tables)
    reader.scan(table, {}, [&](ByteView key, ByteView value) {
      input.byte(static_cast<std::uint8_t>(table)).bytes(key).bytes(value);
      return true;
    });
  return input.finish();
}

}  // namespace

Digest state_digest(const Reader& reader) {
  return digest_of(reader, "qualog.state.v1", kEventTables);
}

Digest aside_digest(const Reader& reader) {
  return digest_of(reader, "qualog.aside.v1", kAsideTables);
}

Digests digests(const Reader& reader) {
  return {content_digest(reader), state_digest(reader), aside_digest(reader)};
}

}  // namespace qualog::projector
