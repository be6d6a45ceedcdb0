// SPDX-License-Identifier: Apache-2.0
// Controls: a Files that takes one safeguard out of everything above it. A harness that does not
// notice any one of these proves nothing.
#pragma once

#include "engine/log/files.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace qualog::test {

enum class Weakness {
  None,
  NoSync,           // files are never synced
  NoDirectorySync,  // names are never synced
  NoRewrite,        // writing the same bytes again does nothing
  SyncAgain,        // a failed sync is simply repeated, and the second answer believed
};

class WeakFile final : public log::File {
 public:
  WeakFile(std::unique_ptr<log::File> file, Weakness weakness)
      : file_(std::move(file)), weakness_(weakness) {}

  Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) override {
    return file_->read(offset, into);
  }
  Result<void> write(std::uint64_t offset, ByteView bytes) override {
    if (weakness_ == Weakness::NoRewrite && shows(offset, bytes)) return {};
    return file_->write(offset, bytes);
  }
  Result<void> sync() override {
    if (weakness_ == Weakness::NoSync) return {};
    auto synced = file_->sync();
    return !synced && weakness_ == Weakness::SyncAgain ? file_->sync() : synced;
  }
  Result<std::uint64_t> size() override { return file_->size(); }
  Result<log::FileIdentity> identity() override { return file_->identity(); }

 private:
  bool shows(std::uint64_t offset, ByteView bytes) {
    Bytes there(bytes.size());
    const auto got = file_->read(offset, there);
    return got && *got == bytes.size() && std::equal(there.begin(), there.end(), bytes.begin());
  }

  std::unique_ptr<log::File> file_;
  Weakness weakness_;
};

class WeakFiles final : public log::Files {
 public:
  WeakFiles(log::Files& files, Weakness weakness) : files_(files), weakness_(weakness) {}

  Result<std::unique_ptr<log::File>> open(const std::string& path, log::Access access) override {
    return wrap(files_.open(path, access));
  }
  Result<std::unique_ptr<log::File>> create(const std::string& path) override {
    return wrap(files_.create(path));
  }
  Result<void> rename(const std::string& from, const std::string& to) override {
    return files_.rename(from, to);
  }
  Result<void> remove(const std::string& path) override { return files_.remove(path); }
  Result<std::vector<std::string>> list(const std::string& directory) override {
    return files_.list(directory);
  }
  Result<void> sync_directory(const std::string& directory) override {
    if (weakness_ == Weakness::NoDirectorySync) return {};
    return files_.sync_directory(directory);
  }
  Result<void> make_directory(const std::string& path) override {
    return files_.make_directory(path);
  }
  Result<std::unique_ptr<log::FileLock>> lock(const std::string& path) override {
    return files_.lock(path);
  }
  Result<bool> locked(const std::string& path) override { return files_.locked(path); }

 private:
  Result<std::unique_ptr<log::File>> wrap(Result<std::unique_ptr<log::File>> file) {
    if (!file) return file;
    return std::unique_ptr<log::File>(std::make_unique<WeakFile>(std::move(*file), weakness_));
  }

  log::Files& files_;
  Weakness weakness_;
};

}  // namespace qualog::test
