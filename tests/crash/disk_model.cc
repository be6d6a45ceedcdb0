// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/disk_model.h"

#include <algorithm>
#include <fstream>

namespace qualog::test {

namespace {

constexpr std::uint64_t kSectorBytes = 512;
constexpr std::size_t kVersionsKept = 3;

bool toss(Rng& rng) { return below(rng, 2) == 0; }

// What another change has not left there cannot be renamed.
bool can_be_applied(const DiskTree& tree, const DiskOperation& change) {
  using Kind = DiskOperation::Kind;
  if (change.kind != Kind::Rename && change.kind != Kind::Swap) return true;
  return tree.file_of(change.name) && (change.kind == Kind::Rename || tree.file_of(change.to));
}

void write_below(const DiskImage& image, FileNumber directory, const std::filesystem::path& path) {
  std::filesystem::create_directory(path);
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  for (auto at = image.names.lower_bound({directory, ""});
       at != image.names.end() && at->first.first == directory; ++at) {
    const auto child = path / at->first.second;
    const auto file = image.files.find(at->second);
    if (file == image.files.end()) {
      write_below(image, at->second, child);
      continue;
    }
    std::ofstream out(child, std::ios::binary);
    out.write(reinterpret_cast<const char*>(file->second.data()),
              static_cast<std::streamsize>(file->second.size()));
  }
}

}  // namespace

void DiskImage::write_to(const std::filesystem::path& root) const {
  write_below(*this, kRootDirectory, root);
}

DiskModel::DiskModel(const DiskImage& image) : shown_(image.names), durable_(image.names) {
  shown_.set_last(image.last);
  for (const auto& [number, content] : image.files) files_[number] = {content, content, {}};
}

void DiskModel::apply(const DiskOperation& operation, Rng& rng) {
  using Kind = DiskOperation::Kind;
  switch (operation.kind) {
    case Kind::Name:
      shown_.set_last(std::max(shown_.last(), operation.file));
      if (!operation.is_directory) files_[operation.file];
      [[fallthrough]];
    case Kind::Rename:
    case Kind::Swap:
    case Kind::Unname:
      shown_.apply(operation);
      pending_[operation.name.first].push_back(operation);
      return;
    case Kind::Write:
      return put(files_.at(operation.file), operation.offset, operation.bytes);
    case Kind::Resize: {
      // As a file system does that logs its own sizes: durable in its order with the names.
      auto& file = files_.at(operation.file);
      file.shown.resize(operation.offset);
      file.durable.resize(std::min<std::size_t>(file.durable.size(), operation.offset));
      std::erase_if(file.dirty, [&](const auto& sector) {
        return sector.first * kSectorBytes >= operation.offset;
      });
      return;
    }
    case Kind::Sync:
      return sync(operation.file, false, rng);
    case Kind::BadSync:
      return sync(operation.file, true, rng);
  }
}

void DiskModel::put(File& file, std::uint64_t offset, ByteView bytes) {
  if (bytes.empty()) return;
  const auto end = offset + bytes.size();
  if (file.shown.size() < end) file.shown.resize(end);
  std::copy(bytes.begin(), bytes.end(), file.shown.begin() + static_cast<std::ptrdiff_t>(offset));
  for (auto sector = offset / kSectorBytes; sector * kSectorBytes < end; ++sector) {
    const auto begin = sector * kSectorBytes;
    const auto stop = std::min<std::uint64_t>(begin + kSectorBytes, file.shown.size());
    auto& versions = file.dirty[sector];
    if (versions.size() == kVersionsKept) versions.erase(versions.begin());
    versions.emplace_back(file.shown.begin() + static_cast<std::ptrdiff_t>(begin),
                          file.shown.begin() + static_cast<std::ptrdiff_t>(stop));
  }
}

void DiskModel::flush(Bytes& durable, std::uint64_t sector, const Bytes& version) {
  const auto begin = sector * kSectorBytes;
  if (durable.size() < begin + version.size()) durable.resize(begin + version.size());
  std::copy(version.begin(), version.end(), durable.begin() + static_cast<std::ptrdiff_t>(begin));
}

void DiskModel::sync(FileNumber number, bool fails, Rng& rng) {
  const auto found = files_.find(number);
  if (found == files_.end()) {
    if (fails) return;
    for (const auto& change : pending_[number]) durable_.apply(change);
    pending_.erase(number);
    return;
  }
  auto& file = found->second;
  for (const auto& [sector, versions] : file.dirty)
    if (!fails || toss(rng)) flush(file.durable, sector, versions.back());
  file.dirty.clear();
  if (!fails) file.durable.resize(file.shown.size());
}

DiskImage DiskModel::after_power_cut(Rng& rng) const {
  auto tree = durable_;
  for (const auto& [directory, changes] : pending_) {
    const bool ordered = toss(rng);
    const auto kept = below(rng, changes.size() + 1);
    for (std::size_t n = 0; n < changes.size(); ++n) {
      if (ordered ? n >= kept : toss(rng)) continue;
      if (can_be_applied(tree, changes[n])) tree.apply(changes[n]);
    }
  }
  DiskImage image{tree.names(), {}, shown_.last()};
  for (const auto& [number, file] : files_) {
    auto content = file.durable;
    for (const auto& [sector, versions] : file.dirty)
      if (toss(rng)) flush(content, sector, versions[below(rng, versions.size())]);
    image.files[number] = std::move(content);
  }
  return image;
}

DiskImage DiskModel::after_process_death() const {
  DiskImage image{shown_.names(), {}, shown_.last()};
  for (const auto& [number, file] : files_) image.files[number] = file.shown;
  return image;
}

}  // namespace qualog::test
