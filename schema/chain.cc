// SPDX-License-Identifier: Apache-2.0
#include "schema/chain.h"

#include "schema/assert.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace qualog {

namespace {
// Fetched once: an implicit fetch at each digest doubles its cost.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  QUALOG_ASSERT(fetched != nullptr);
  return fetched;
}

std::string_view domain_text(ChainDomain domain) {
  return domain == ChainDomain::Events ? "qualog.chain.v1" : "qualog.aside.v1";
}
}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* md = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(md); }
  void begin() { QUALOG_ASSERT(EVP_DigestInit_ex2(md, algorithm(), nullptr) == 1); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) { context_->begin(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::add(ByteView bytes) {
  QUALOG_ASSERT(EVP_DigestUpdate(context_->md, bytes.data(), bytes.size()) == 1);
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  QUALOG_ASSERT(EVP_DigestFinal_ex(context_->md, digest.data(), nullptr) == 1);
  context_->begin();
  return digest;
}

Digest sha256(ByteView bytes) { return Sha256{}.add(bytes).finish(); }

Digest hmac_sha256(ByteView key, ByteView bytes) {
  Digest digest;
  unsigned size = 0;
  QUALOG_ASSERT(HMAC(algorithm(), key.data(), static_cast<int>(key.size()), bytes.data(),
                     bytes.size(), digest.data(), &size) != nullptr);
  return digest;
}

Digest Chain::start(const LineageId& lineage) {
  return hash_.add(view(domain_text(domain_))).add(lineage.view()).finish();
}

Digest Chain::next(const Digest& previous, ByteView item) {
  return hash_.add(view(domain_text(domain_))).add(previous).add(item).finish();
}

}  // namespace qualog
