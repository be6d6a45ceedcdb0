// SPDX-License-Identifier: Apache-2.0
#include "projector/lmdb/copy.h"

#include <lmdb.h>

#include <cerrno>

namespace qualog::projector {

Result<void> copy_compactly(const Environment& environment,
                            const std::filesystem::path& directory) {
  const int code = mdb_env_copy2(environment.handle(), directory.c_str(), MDB_CP_COMPACT);
  if (code == 0) return {};
  return fail(code == ENOSPC ? Code::no_space : Code::io,
              "the state: copy to " + directory.string() + ": " + mdb_strerror(code));
}

}  // namespace qualog::projector
