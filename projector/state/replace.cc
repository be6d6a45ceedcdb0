// SPDX-License-Identifier: Apache-2.0
#include "projector/state/replace.h"

#include "projector/state/durable_file.h"
#include "projector/state/mark.h"
#include "schema/file_error.h"

#include <cstdio>
#include <fcntl.h>

namespace qualog::projector {

Result<bool> swap_names(const std::filesystem::path& one, const std::filesystem::path& other) {
  if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0)
    return true;
  if (errno == EINVAL || errno == ENOSYS) return false;
  return file_error("cannot swap with " + other.string(), one);
}

Result<void> put_in_place(const std::filesystem::path& fresh,
                          const std::filesystem::path& directory) {
  QUALOG_TRY(unmark(directory));
  QUALOG_TRY(remove_tree(directory));
  QUALOG_TRY(rename_to(fresh, directory));
  return sync_directory(directory.parent_path());
}

}  // namespace qualog::projector
