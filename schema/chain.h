// SPDX-License-Identifier: Apache-2.0
// The hash chain that makes the record tamper-evident: h(0) binds the lineage, h(n) binds h(n-1)
// and the stored bytes of item n. Events and asides have a chain each, told apart by their domain.
// SHA-256 (FIPS 180-4) by OpenSSL; the definition is in docs/log-format.md. One thread an object.
#pragma once

#include "schema/bytes.h"
#include "schema/ids.h"

#include <array>
#include <cstring>
#include <memory>

namespace qualog {

using Digest = std::array<std::uint8_t, 32>;

// Incremental SHA-256; finish() gives the digest and begins anew.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  Sha256& add(ByteView bytes);
  Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

Digest sha256(ByteView bytes);
// HMAC-SHA-256 (RFC 2104).
Digest hmac_sha256(ByteView key, ByteView bytes);

// The id that a digest gives: its first bytes.
template <class AnyId>
AnyId id_from(const Digest& digest) {
  AnyId id;
  std::memcpy(id.bytes.data(), digest.data(), id.bytes.size());
  return id;
}

enum class ChainDomain { Events, Asides };

class Chain {
 public:
  explicit Chain(ChainDomain domain) : domain_(domain) {}

  // h(0) of a lineage.
  Digest start(const LineageId& lineage);
  // h(n) from h(n-1) and the stored bytes of item n.
  Digest next(const Digest& previous, ByteView item);

 private:
  ChainDomain domain_;
  Sha256 hash_;
};

}  // namespace qualog
