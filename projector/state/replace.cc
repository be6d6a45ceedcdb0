// SPDX-License-Identifier: Apache-2.0
#include "projector/state/replace.h"

#include "projector/state/durable_file.h"
#include "projector/state/mark.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>

namespace qualog::projector {

Result<void> remove_tree(const std::filesystem::path& what) {
  std::error_code error;
  std::filesystem::remove_all(what, error);
  if (error) return fail(Code::io, "remove " + what.string() + ": " + error.message());
  return {};
}

Result<bool> swap_names(const std::filesystem::path& one, const std::filesystem::path& other) {
  if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0)
    return true;
  if (errno == EINVAL || errno == ENOSYS) return false;
  return fail(Code::io,
              "swap " + one.string() + " and " + other.string() + ": " + std::strerror(errno));
}

Result<void> put_in_place(const std::filesystem::path& fresh,
                          const std::filesystem::path& directory) {
  QUALOG_TRY(unmark(directory));
  QUALOG_TRY(remove_tree(directory));
  std::error_code error;
  std::filesystem::rename(fresh, directory, error);
  if (error) return fail(Code::io, "rename to " + directory.string() + ": " + error.message());
  return sync_directory(directory.parent_path());
}

}  // namespace qualog::projector
