// SPDX-License-Identifier: Apache-2.0
// What a digest is taken of: bytes gathered in a buffer, so that a hash of many small fields costs
// what a hash of their bytes does. One thread.
#pragma once

#include "projector/row_codec.h"
#include "schema/chain.h"

#include <string_view>

namespace qualog::projector {

class HashInput {
 public:
  // `domain` tells this digest from every other.
  explicit HashInput(std::string_view domain) { raw(view(domain)); }

  HashInput& byte(std::uint8_t value) {
    buffer_.push_back(value);
    return *this;
  }
  HashInput& number(std::uint64_t value) {
    RowWriter(buffer_).number(value);
    return *this;
  }
  // The bytes alone: their number is known otherwise.
  HashInput& raw(ByteView bytes) {
    if (buffer_.size() + bytes.size() > kBufferBytes) flush();
    if (bytes.size() > kBufferBytes)
      hash_.add(bytes);
    else
      buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  // Length and bytes.
  HashInput& bytes(ByteView content) { return number(content.size()).raw(content); }

  Digest finish() {
    flush();
    return hash_.finish();
  }

 private:
  static constexpr std::size_t kBufferBytes = 16 * 1024;

  void flush() {
    hash_.add(buffer_);
    buffer_.clear();
  }

  Sha256 hash_;
  Bytes buffer_;
};

}  // namespace qualog::projector
