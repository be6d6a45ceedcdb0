// SPDX-License-Identifier: Apache-2.0
// Small files that are whole or absent, directories for nobody else and what lies in them, what
// goes away or gets another name, and the syncs of directories behind it all (POSIX). Errors: io,
// no_space, not_found, as schema/file_error.h says them.
#pragma once

#include "schema/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::projector {

// Replaces a file: after any crash it has the old content or the new one. Durable on return.
Result<void> write_durably(const std::filesystem::path& file, std::string_view content);

// The whole content. Error not_found when there is no such file; too_large above 64 KiB.
Result<std::string> read_small(const std::filesystem::path& file);

// Whether anything has this name. An error: nobody can say.
Result<bool> is_there(const std::filesystem::path& path);

// What lies in a directory, in any order; nothing where there is none.
Result<std::vector<std::filesystem::path>> entries_of(const std::filesystem::path& directory);

// Makes a directory that only its owner may enter (0700), or one that is there such. Its own name
// is not yet durable.
Result<void> make_private_directory(const std::filesystem::path& directory);

// Removes a file, or a directory with all that is in it. What is not there is no error. Not yet
// durable.
Result<void> remove_file(const std::filesystem::path& file);
Result<void> remove_tree(const std::filesystem::path& what);

// Replaces `to`, if it is a file that is there. Not yet durable.
Result<void> rename_to(const std::filesystem::path& from, const std::filesystem::path& to);

// Makes the names in a directory durable.
Result<void> sync_directory(const std::filesystem::path& directory);

}  // namespace qualog::projector
