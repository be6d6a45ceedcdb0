// SPDX-License-Identifier: Apache-2.0
#include "replay/scratch_state.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace qualog::replay {

namespace fs = std::filesystem;

namespace {

Result<fs::path> make_directory() {
  std::error_code error;
  const auto parent = fs::temp_directory_path(error);
  if (error) return fail(Code::io, "the directory for temporary files: " + error.message());
  auto pattern = (parent / "qualog-XXXXXX").string();
  // mkdtemp(3) makes it with mode 0700: interviews lie in it.
  if (::mkdtemp(pattern.data()) == nullptr)
    return fail(
        errno == ENOSPC ? Code::no_space : Code::io,
        fmt::format("{}: {}; set TMPDIR to a directory with room", pattern, std::strerror(errno)));
  return fs::path(pattern);
}

}  // namespace

Result<std::unique_ptr<ScratchState>> ScratchState::make(std::uint64_t bytes) {
  std::unique_ptr<ScratchState> made(new ScratchState);
  if (bytes <= kFoldInMemoryBytesMax)
    made->memory_ = std::make_unique<engine::MemoryFolding>(nullptr);
  else
    QUALOG_TRY(made->make_environment());
  return made;
}

Result<void> ScratchState::make_environment() {
  QUALOG_ASSIGN(directory_, make_directory());
  QUALOG_ASSIGN(environment_,
                projector::Environment::open(directory_, projector::Environment::Mode::ReadWrite));
  folding_ = std::make_unique<engine::StateFolding>(*environment_);
  return {};
}

ScratchState::~ScratchState() {
  txn_.reset();
  folding_.reset();
  environment_.reset();
  std::error_code ignored;
  if (!directory_.empty()) fs::remove_all(directory_, ignored);
}

log::Sink& ScratchState::sink() {
  if (memory_) return *memory_;
  return *folding_;
}

Result<void> ScratchState::finish() {
  if (memory_) return {};
  QUALOG_TRY(folding_->finish());
  QUALOG_ASSIGN(txn_, projector::ReadTransaction::begin(*environment_));
  return {};
}

const projector::Reader& ScratchState::state() const {
  if (memory_) return memory_->state();
  return *txn_;
}

}  // namespace qualog::replay
