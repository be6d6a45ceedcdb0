// SPDX-License-Identifier: Apache-2.0
#include "schema/chain.h"

#include "schema/assert.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>

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

namespace {
// A keyed context; fetching the algorithm and setting the key cost more than most messages.
class Hmac {
 public:
  Hmac() {
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);
    context_ = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    QUALOG_ASSERT(context_ != nullptr);
  }
  ~Hmac() { EVP_MAC_CTX_free(context_); }
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;

  Digest of(ByteView key, ByteView bytes) {
    begin(key);
    Digest digest;
    std::size_t size = 0;
    QUALOG_ASSERT(EVP_MAC_update(context_, bytes.data(), bytes.size()) == 1);
    QUALOG_ASSERT(EVP_MAC_final(context_, digest.data(), &size, digest.size()) == 1);
    return digest;
  }

 private:
  void begin(ByteView key) {
    if (!key_.empty() && std::equal(key.begin(), key.end(), key_.begin(), key_.end())) {
      QUALOG_ASSERT(EVP_MAC_init(context_, nullptr, 0, nullptr) == 1);
      return;
    }
    key_.assign(key.begin(), key.end());
    const OSSL_PARAM digest[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name_, 0),
        OSSL_PARAM_construct_end()};
    QUALOG_ASSERT(EVP_MAC_init(context_, key.data(), key.size(), digest) == 1);
  }

  EVP_MAC_CTX* context_;
  Bytes key_;
  char digest_name_[7] = "SHA256";
};
}  // namespace

Digest hmac_sha256(ByteView key, ByteView bytes) {
  thread_local Hmac hmac;
  return hmac.of(key, bytes);
}

Digest Chain::start(const LineageId& lineage) {
  return hash_.add(view(domain_text(domain_))).add(lineage.view()).finish();
}

Digest Chain::next(const Digest& previous, ByteView item) {
  return hash_.add(view(domain_text(domain_))).add(previous).add(item).finish();
}

}  // namespace qualog
