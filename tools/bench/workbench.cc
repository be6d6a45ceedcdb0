// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/workbench.h"

#include "engine/log/file_log.h"
#include "projector/state/open.h"
#include "schema/assert.h"

namespace qualog::tools {

namespace {

// A segment gets its name when it is filled; the fill of zeros is no record.
bool is_segment(const std::string& path) {
  return path.ends_with(".segment") || path.ends_with("segment.tmp");
}
bool is_fill(ByteView bytes) { return !bytes.empty() && bytes.front() == 0; }

class CountingFile final : public log::File {
 public:
  CountingFile(std::unique_ptr<log::File> file, Counts* counts)
      : file_(std::move(file)), counts_(counts) {}

  Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) override {
    return file_->read(offset, into);
  }
  Result<void> write(std::uint64_t offset, ByteView bytes) override {
    if (counts_ != nullptr && !is_fill(bytes)) ++counts_->writes, counts_->bytes += bytes.size();
    return file_->write(offset, bytes);
  }
  Result<void> sync() override {
    if (counts_ != nullptr) ++counts_->syncs;
    return file_->sync();
  }
  Result<std::uint64_t> size() override { return file_->size(); }
  Result<log::FileIdentity> identity() override { return file_->identity(); }

 private:
  std::unique_ptr<log::File> file_;
  Counts* counts_;
};

}  // namespace

Result<std::unique_ptr<log::File>> CountingFiles::open(const std::string& path,
                                                       log::Access access) {
  QUALOG_ASSIGN(auto file, files_.open(path, access));
  return std::make_unique<CountingFile>(std::move(file), is_segment(path) ? &counts_ : nullptr);
}
Result<std::unique_ptr<log::File>> CountingFiles::create(const std::string& path) {
  QUALOG_ASSIGN(auto file, files_.create(path));
  return std::make_unique<CountingFile>(std::move(file), is_segment(path) ? &counts_ : nullptr);
}
Result<void> CountingFiles::rename(const std::string& from, const std::string& to) {
  return files_.rename(from, to);
}
Result<void> CountingFiles::remove(const std::string& path) { return files_.remove(path); }
Result<std::vector<std::string>> CountingFiles::list(const std::string& directory) {
  return files_.list(directory);
}
Result<void> CountingFiles::sync_directory(const std::string& directory) {
  return files_.sync_directory(directory);
}

Result<void> CountingFiles::make_directory(const std::string& path) {
  return files_.make_directory(path);
}
Result<std::unique_ptr<log::FileLock>> CountingFiles::lock(const std::string& path) {
  return files_.lock(path);
}
Result<bool> CountingFiles::locked(const std::string& path) { return files_.locked(path); }

Workbench::Workbench(const std::filesystem::path& directory)
    : Workbench(directory, [&](const log::LogIds& ids, Random& random) {
        std::filesystem::create_directories(directory / "log");
        return log::create_file_log(files_, (directory / "log").string(), ids.project, ids.lineage,
                                    random);
      }) {}

Workbench::Workbench(const std::filesystem::path& directory, const MakeLog& make)
    : directory_(directory) {
  std::filesystem::create_directories(directory);
  const auto lineage = engine::new_id<LineageId>(study_.effects());
  keys_.command = Bytes(32, 1);
  keys_.name.bytes = Bytes(32, 2);
  project_ = engine::new_id<ProjectId>(study_.effects());
  log_ = make({project_, lineage}, random_).value();
  state_ = std::move(projector::open_state(directory / "state").value().environment);
  owner_ = std::make_unique<engine::Owner>(*log_, *state_, keys_, clock_, 0);
  for (auto& command : study_.beginning(lineage))
    QUALOG_ASSERT(owner_->ask(std::move(command), "ada").outcome == engine::Outcome::accepted);
}

Workbench::~Workbench() {
  if (owner_) close();
}

void Workbench::close() {
  owner_.reset();
  log_->close().value();
  projector::close_state(std::move(state_), directory_ / "state").value();
}

}  // namespace qualog::tools
