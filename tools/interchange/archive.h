// SPDX-License-Identifier: Apache-2.0
// Archive: a .qdpx (zip) opened for reading as if it were made by an enemy. Nothing is ever written
// to disk by a name of the archive. The directory is read and judged first (central_directory.h),
// then libzip must agree with that reading, then entries are unpacked piece by piece under budgets:
// per entry, and one for all that an Archive ever hands out. One thread.
// Clauses: REFI-QDA 1.5 section 8.1, read leniently (any *.qde in the root, any case of `sources`).
#pragma once

#include "schema/limits.h"
#include "tools/interchange/central_directory.h"
#include "tools/interchange/input_file.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace qualog::interchange {

class Archive {
 public:
  // Errors: invalid or too_large, naming the entry by number.
  // `unpacked_max`: of all that is ever handed out.
  static Result<Archive> open(InputFile input,
                              std::uint64_t unpacked_max = limits::kArchiveInflatedBytesMax);
  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;

  std::size_t size() const { return entries_.size(); }
  const DirectoryEntry& entry(std::size_t index) const { return entries_[index]; }
  std::string label(std::size_t index) const;

  // The entry of that name in any case, seen from the folder of the project; nothing if there is
  // none.
  std::optional<std::size_t> find(std::string_view name) const;
  // The *.qde entries of the root, or else of a folder in it (people pack a project anew with its
  // folder): project.qde first, then in the archive's order.
  std::vector<std::size_t> project_entries() const;

  // The entry's bytes, unpacked as they are pulled; the last pull has checked the CRC. Errors on
  // opening or pulling: invalid (encrypted, unknown method, broken), too_large past `bytes_max`.
  // The source must not outlive the Archive.
  Result<ByteSource> stream(std::size_t index, std::uint64_t bytes_max);

 private:
  struct Zip;
  Archive();
  std::vector<std::size_t> project_entries_at(std::size_t depth) const;

  std::unique_ptr<Zip> zip_;
  std::vector<DirectoryEntry> entries_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::string folder_;  // where the project lies, folded, with its slash
};

}  // namespace qualog::interchange
