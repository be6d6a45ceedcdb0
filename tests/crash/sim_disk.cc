// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/sim_disk.h"

#include <algorithm>

namespace qualog::test {

namespace {
constexpr std::uint64_t kSectorBytes = 512;
constexpr std::size_t kVersionsKept = 4;

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }
}  // namespace

class SimFile final : public log::File {
 public:
  SimFile(SimDisk& disk, SimDisk::InodePointer inode)
      : disk_(disk), inode_(std::move(inode)), process_(disk.process_) {}

  Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) override {
    if (gone()) return disk_.dead_error();
    const auto& shown = inode_->shown;
    if (offset >= shown.size()) return std::size_t{0};
    const auto size = std::min<std::size_t>(into.size(), shown.size() - offset);
    std::copy_n(shown.begin() + static_cast<std::ptrdiff_t>(offset), size, into.begin());
    disk_.bytes_read_ += size;
    return size;
  }
  Result<void> write(std::uint64_t offset, ByteView bytes) override {
    return gone() ? disk_.dead_error() : disk_.write(*inode_, offset, bytes);
  }
  Result<void> sync() override { return gone() ? disk_.dead_error() : disk_.sync(*inode_); }
  Result<std::uint64_t> size() override {
    if (gone()) return disk_.dead_error();
    return std::uint64_t{inode_->shown.size()};
  }
  Result<log::FileIdentity> identity() override {
    if (gone()) return disk_.dead_error();
    return inode_->identity;
  }

 private:
  bool gone() const { return disk_.dead_ || disk_.process_ != process_; }

  SimDisk& disk_;
  SimDisk::InodePointer inode_;
  std::uint64_t process_;
};

class SimLock final : public log::FileLock {
 public:
  SimLock(SimDisk& disk, std::string path)
      : disk_(disk), path_(std::move(path)), process_(disk.process_) {}
  ~SimLock() override {
    if (disk_.process_ == process_) disk_.locks_.erase(path_);
  }

 private:
  SimDisk& disk_;
  std::string path_;
  std::uint64_t process_;
};

bool SimDisk::Countdown::fires() {
  if (left == 0) return false;
  if (--left > 0) return false;
  if (again > 0) {
    --again;
    left = 1;
  }
  return true;
}

void SimDisk::fail_sync(std::uint64_t nth, std::uint64_t again) { failing_syncs_ = {nth, again}; }
void SimDisk::fail_write(std::uint64_t nth, std::uint64_t again) { failing_writes_ = {nth, again}; }
void SimDisk::heal() { failing_syncs_ = failing_writes_ = {}; }

Error SimDisk::dead_error() const { return fail(Code::io, "the process is dead"); }

SimDisk::Step SimDisk::step() {
  if (dead_) return Step::Dead;
  ++operations_;
  if (operations_ != dies_at_) return Step::Live;
  dead_ = true;
  return toss() ? Step::DieBefore : Step::DieAfter;
}

void SimDisk::begin_process() {
  ++process_;
  locks_.clear();
  dead_ = false;
  dies_at_ = 0;
  heal();
}

void SimDisk::restart_process() { begin_process(); }

void SimDisk::cut_power() {
  const bool ordered = toss();
  const auto kept = below(rng_, pending_.size() + 1);
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (ordered ? i < kept : toss()) apply(durable_, pending_[i]);
  }
  pending_.clear();
  drop_lost_directories();
  shown_ = durable_;
  for (auto& [name, inode] : shown_) {
    for (const auto& [sector, versions] : inode->dirty) {
      if (toss()) flush(*inode, sector, versions[below(rng_, versions.size())]);
    }
    inode->dirty.clear();
    inode->shown = inode->durable;
  }
  begin_process();
}

void SimDisk::copy_directory(const std::string& from, const std::string& to) {
  const Names names = shown_;
  for (const auto& [name, inode] : names) {
    if (!name.starts_with(from + "/")) continue;
    auto copy = new_inode();
    copy->shown = copy->durable = inode->shown;
    const auto path = to + name.substr(from.size());
    shown_[path] = durable_[path] = copy;
  }
}

Bytes SimDisk::content(const std::string& path) const { return shown_.at(path)->shown; }

void SimDisk::overwrite(const std::string& path, const Bytes& content) {
  auto& inode = *shown_.at(path);
  inode.shown = inode.durable = content;
  inode.dirty.clear();
}

SimDisk::InodePointer SimDisk::new_inode() {
  auto inode = std::make_shared<Inode>();
  inode->identity = {.inode = next_inode_, .birth_seconds = 1000 + next_inode_};
  ++next_inode_;
  return inode;
}

void SimDisk::apply(Names& names, const Change& change) {
  if (!change.removed.empty()) names.erase(change.removed);
  if (!change.added.empty()) names[change.added] = change.inode;
}

bool SimDisk::has_room_for(const std::string& path) const {
  const auto parent = parent_of(path);
  return made_directories_.count(parent) == 0 || shown_.count(parent) > 0;
}

// In the order of their paths, so that what was in them goes too.
void SimDisk::drop_lost_directories() {
  std::erase_if(durable_, [this](const auto& entry) {
    const auto parent = parent_of(entry.first);
    return made_directories_.count(parent) > 0 && durable_.count(parent) == 0;
  });
}

Result<void> SimDisk::change(const Change& change) {
  const auto now = step();
  if (now == Step::Live || now == Step::DieAfter) {
    apply(shown_, change);
    pending_.push_back(change);
  }
  return now == Step::Live ? Result<void>() : dead_error();
}

void SimDisk::put(Inode& inode, std::uint64_t offset, ByteView bytes) {
  if (bytes.empty()) return;
  const auto end = offset + bytes.size();
  if (inode.shown.size() < end) inode.shown.resize(end);
  std::copy(bytes.begin(), bytes.end(), inode.shown.begin() + static_cast<std::ptrdiff_t>(offset));
  for (auto sector = offset / kSectorBytes; sector * kSectorBytes < end; ++sector) {
    const auto begin = sector * kSectorBytes;
    const auto stop = std::min<std::uint64_t>(begin + kSectorBytes, inode.shown.size());
    auto& versions = inode.dirty[sector];
    if (versions.size() == kVersionsKept) versions.erase(versions.begin());
    versions.emplace_back(inode.shown.begin() + static_cast<std::ptrdiff_t>(begin),
                          inode.shown.begin() + static_cast<std::ptrdiff_t>(stop));
  }
}

void SimDisk::flush(Inode& inode, std::uint64_t sector, const Bytes& version) {
  const auto begin = sector * kSectorBytes;
  if (inode.durable.size() < begin + version.size()) inode.durable.resize(begin + version.size());
  std::copy(version.begin(), version.end(),
            inode.durable.begin() + static_cast<std::ptrdiff_t>(begin));
}

Result<void> SimDisk::write(Inode& inode, std::uint64_t offset, ByteView bytes) {
  const auto now = step();
  const bool fails = now == Step::Live && failing_writes_.fires();
  const auto growth =
      offset + bytes.size() - std::min<std::uint64_t>(offset + bytes.size(), inode.shown.size());
  if (now == Step::Live && !fails && space_ && growth > *space_) {
    return fail(Code::no_space, "the disk is full");
  }
  if (space_) *space_ -= std::min(growth, *space_);
  if (now == Step::Live && !fails) {
    put(inode, offset, bytes);
    return {};
  }
  put(inode, offset, bytes.first(below(rng_, bytes.size() + 1)));
  return fails ? fail(Code::io, "a write failed") : dead_error();
}

Result<void> SimDisk::sync(Inode& inode) {
  const auto now = step();
  if (now == Step::DieBefore) return dead_error();
  const bool fails = now == Step::Live && failing_syncs_.fires();
  for (const auto& [sector, versions] : inode.dirty) {
    if (!fails || toss()) flush(inode, sector, versions.back());
  }
  inode.dirty.clear();
  if (fails) return fail(Code::io, "a sync failed");
  return now == Step::Live ? Result<void>() : dead_error();
}

Result<std::unique_ptr<log::File>> SimDisk::open(const std::string& path, log::Access) {
  if (dead_) return dead_error();
  const auto found = shown_.find(path);
  if (found == shown_.end()) return fail(Code::not_found, path + ": cannot open");
  return std::unique_ptr<log::File>(std::make_unique<SimFile>(*this, found->second));
}

Result<std::unique_ptr<log::File>> SimDisk::create(const std::string& path) {
  if (!dead_ && !has_room_for(path)) return fail(Code::not_found, path + ": cannot create");
  auto inode = new_inode();
  QUALOG_TRY(change({.removed = {}, .added = path, .inode = inode}));
  return std::unique_ptr<log::File>(std::make_unique<SimFile>(*this, inode));
}

Result<void> SimDisk::rename(const std::string& from, const std::string& to) {
  if (!dead_ && (shown_.count(from) == 0 || !has_room_for(to)))
    return fail(Code::not_found, from + ": cannot rename");
  return change({.removed = from, .added = to, .inode = dead_ ? nullptr : shown_.at(from)});
}

Result<void> SimDisk::remove(const std::string& path) {
  if (!dead_ && shown_.count(path) == 0) return fail(Code::not_found, path + ": cannot remove");
  return change({.removed = path, .added = {}, .inode = nullptr});
}

Result<std::vector<std::string>> SimDisk::list(const std::string& directory) {
  if (dead_) return dead_error();
  std::vector<std::string> names;
  for (const auto& [path, inode] : shown_) {
    if (parent_of(path) == directory) names.push_back(path.substr(directory.size() + 1));
  }
  return names;
}

// A renamed file is in one of its directories at any time: either one's sync makes it last.
Result<void> SimDisk::sync_directory(const std::string& directory) {
  const auto now = step();
  if (now == Step::Dead || now == Step::DieBefore) return dead_error();
  if (now == Step::Live && failing_syncs_.fires()) return fail(Code::io, "a sync failed");
  std::erase_if(pending_, [&](const Change& change) {
    const bool is_here =
        parent_of(change.added) == directory || parent_of(change.removed) == directory;
    if (is_here) apply(durable_, change);
    return is_here;
  });
  return now == Step::Live ? Result<void>() : dead_error();
}

Result<void> SimDisk::make_directory(const std::string& path) {
  if (!dead_ && shown_.count(path) > 0) return {};
  if (!dead_ && !has_room_for(path)) return fail(Code::not_found, path + ": cannot make");
  made_directories_.insert(path);
  return change({.removed = {}, .added = path, .inode = new_inode()});
}

Result<std::unique_ptr<log::FileLock>> SimDisk::lock(const std::string& path) {
  if (dead_) return dead_error();
  if (!has_room_for(path)) return fail(Code::not_found, path + ": cannot lock");
  if (!locks_.insert(path).second) return fail(Code::held, path + ": another process owns it");
  return std::unique_ptr<log::FileLock>(std::make_unique<SimLock>(*this, path));
}

Result<bool> SimDisk::locked(const std::string& path) {
  if (dead_) return dead_error();
  return locks_.count(path) > 0;
}

}  // namespace qualog::test
