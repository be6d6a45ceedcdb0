// SPDX-License-Identifier: Apache-2.0
// WatchedLog: stands between an owner and its log and tells the truth what is settled for good. A
// planted bug breaks one promise here; it then tells the owner something else than the truth. One
// thread; truth and bugs outlive it.
#pragma once

#include "engine/log/log.h"
#include "tests/simulation/check/truth.h"
#include "tests/simulation/host/faults.h"

#include <memory>

namespace qualog::simulation {

class WatchedLog final : public log::Log {
 public:
  WatchedLog(std::unique_ptr<log::Log> inner, Truth& truth, const HostBugs& bugs)
      : inner_(std::move(inner)), truth_(truth), bugs_(bugs) {}

  log::Appended append(const log::Batch& batch) override;
  log::Appended seal(const log::Seal& seal) override { return inner_->seal(seal); }
  Result<void> abandon_group() override;
  log::Head head() const override { return inner_->head(); }
  log::Head settled() const override { return inner_->settled(); }
  log::Place settled_place() const override { return inner_->settled_place(); }
  bool writable() const override { return inner_->writable(); }
  void maintain() override { inner_->maintain(); }
  Result<void> close() override { return inner_->close(); }

 private:
  bool breaks(bool bug) { return bug && ++appends_ % 5 == 0; }
  log::Appended as_told(log::Appended appended) const;

  std::unique_ptr<log::Log> inner_;
  Truth& truth_;
  const HostBugs& bugs_;
  log::Head before_group_;
  std::vector<log::Batch> group_;  // of the group that is open, all durable
  std::uint64_t appends_ = 0;
};

}  // namespace qualog::simulation
