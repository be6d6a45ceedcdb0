// SPDX-License-Identifier: Apache-2.0
// EveryBlob: a blob area in which whatever is asked for is complete, for tests of rules that have
// no files. It holds nothing and takes nothing.
#pragma once

#include "engine/blobs/blob_store.h"

namespace qualog::test {

class EveryBlob final : public engine::BlobStore {
 public:
  Result<std::unique_ptr<engine::BlobUpload>> begin(const engine::BlobInfo&) override {
    return std::unique_ptr<engine::BlobUpload>();
  }
  Result<std::vector<engine::UnfinishedBlob>> unfinished() override {
    return std::vector<engine::UnfinishedBlob>();
  }
  Result<void> discard(const Digest&) override { return {}; }
  Result<void> remove(const Digest&, MayGo) override { return {}; }
  Result<bool> is_complete(const engine::BlobInfo&) override { return true; }
  Result<std::vector<engine::BlobInfo>> complete() override {
    return std::vector<engine::BlobInfo>();
  }
  Result<std::uint64_t> read(const Digest&, Sink) override {
    return fail(Code::not_found, "no file is kept here");
  }
  Result<void> destroy() override { return {}; }
  std::string name() const override { return "every blob"; }
  std::string name_of(const Digest&) const override { return "any blob"; }
};

}  // namespace qualog::test
