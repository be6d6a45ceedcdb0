// SPDX-License-Identifier: Apache-2.0
#include "engine/write_behind.h"

#include "engine/folding.h"
#include "schema/assert.h"

namespace qualog::engine {

namespace {

Result<void> write_all(projector::Environment& environment, const projector::Overlay& rows) {
  QUALOG_ASSIGN(auto txn, projector::WriteTransaction::begin(environment));
  rows.write_to(*txn);
  return txn->commit();
}

}  // namespace

WriteBehind::~WriteBehind() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (writer_.joinable()) writer_.join();
}

Result<projector::Overlay*> WriteBehind::state() {
  if (!writing()) QUALOG_TRY(wait_until_written());
  if (!gathered_) {
    if (!being_written_ && !committed_) QUALOG_TRY(read_committed());
    const projector::Reader* below = committed_.get();
    if (being_written_) below = being_written_.get();
    gathered_ = std::make_unique<projector::Overlay>(below);
  }
  return gathered_.get();
}

Result<void> WriteBehind::reached(const log::Applied& place) {
  QUALOG_TRY(state());
  reached_ = place;
  return {};
}

Result<void> WriteBehind::write() {
  if (!reached_) return writing() ? Result<void>{} : wait_until_written();
  QUALOG_ASSERT(gathered_->is_at_rest());
  QUALOG_TRY(gathered_->undamaged());
  QUALOG_TRY(wait_until_written());
  put_applied(*gathered_, *reached_);
  being_written_ = std::move(gathered_);
  reached_.reset();
  hand_to_writer(*being_written_);
  return {};
}

bool WriteBehind::writing() const {
  const std::lock_guard lock(mutex_);
  return due_ != nullptr;
}

Result<void> WriteBehind::finish() {
  QUALOG_TRY(write());
  QUALOG_TRY(wait_until_written());
  gathered_.reset();
  committed_.reset();
  return {};
}

void WriteBehind::hand_to_writer(const projector::Overlay& rows) {
  {
    const std::lock_guard lock(mutex_);
    due_ = &rows;
  }
  if (!writer_.joinable()) writer_ = std::thread([this] { loop(); });
  changed_.notify_all();
}

Result<void> WriteBehind::read_committed() {
  committed_.reset();
  QUALOG_ASSIGN(committed_, projector::ReadTransaction::begin(environment_));
  return {};
}

Result<void> WriteBehind::wait_until_written() {
  if (!being_written_) return {};
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return due_ == nullptr; });
    QUALOG_TRY(written_);
  }
  QUALOG_TRY(read_committed());
  if (gathered_) gathered_->rest_on(committed_.get());
  being_written_.reset();
  return {};
}

// The rows are still there when a commit fails, so it is tried a second time.
void WriteBehind::loop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || due_ != nullptr; });
    if (due_ == nullptr) return;
    lock.unlock();
    auto written = write_all(environment_, *due_);
    if (!written) written = write_all(environment_, *due_);
    lock.lock();
    written_ = std::move(written);
    due_ = nullptr;
    changed_.notify_all();
  }
}

}  // namespace qualog::engine
