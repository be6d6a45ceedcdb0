// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/disk_tree.h"

namespace qualog::test {

std::optional<EntryName> DiskTree::name_at(const std::string& path) const {
  EntryName name{kRootDirectory, {}};
  std::size_t begin = 0;
  while (true) {
    const auto end = path.find('/', begin);
    name.second = path.substr(begin, end == std::string::npos ? end : end - begin);
    if (end == std::string::npos) return name;
    const auto directory = file_of(name);
    if (!directory) return std::nullopt;
    name.first = *directory;
    begin = end + 1;
  }
}

std::optional<FileNumber> DiskTree::file_at(const std::string& path) const {
  if (path.empty()) return kRootDirectory;
  const auto name = name_at(path);
  return name ? file_of(*name) : std::nullopt;
}

std::optional<FileNumber> DiskTree::file_of(const EntryName& name) const {
  const auto found = names_.find(name);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

void DiskTree::apply(const DiskOperation& operation) {
  using Kind = DiskOperation::Kind;
  if (operation.kind == Kind::Name) names_[operation.name] = operation.file;
  if (operation.kind == Kind::Unname) names_.erase(operation.name);
  if (operation.kind == Kind::Swap) std::swap(names_.at(operation.name), names_.at(operation.to));
  if (operation.kind != Kind::Rename) return;
  const auto file = names_.at(operation.name);
  names_.erase(operation.name);
  names_[operation.to] = file;
}

}  // namespace qualog::test
