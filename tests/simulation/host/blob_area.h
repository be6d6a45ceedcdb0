// SPDX-License-Identifier: Apache-2.0
// BlobArea: a blob area that nobody fills and that never changes: of the hashes that could be,
// three in four are complete, in any size. So the same command is decided the same by every owner,
// and by whoever checks. Any thread.
#pragma once

#include "engine/blobs/blob_store.h"

namespace qualog::simulation {

class BlobArea final : public engine::BlobStore {
 public:
  Result<bool> is_complete(const engine::BlobInfo& blob) override { return blob.hash[0] < 192; }

  Result<std::unique_ptr<engine::BlobUpload>> begin(const engine::BlobInfo&) override {
    return closed();
  }
  Result<std::vector<engine::UnfinishedBlob>> unfinished() override { return closed(); }
  Result<void> discard(const Digest&) override { return closed(); }
  Result<void> remove(const Digest&, MayGo) override { return closed(); }
  Result<std::vector<engine::BlobInfo>> complete() override { return closed(); }
  Result<std::uint64_t> read(const Digest&, Sink) override { return closed(); }
  Result<void> destroy() override { return closed(); }
  std::string name() const override { return "the simulated blob area"; }
  std::string name_of(const Digest&) const override { return name(); }

 private:
  static Error closed() { return fail(Code::io, "the simulated blob area holds no bytes"); }
};

}  // namespace qualog::simulation
