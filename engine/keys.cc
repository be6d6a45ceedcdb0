// SPDX-License-Identifier: Apache-2.0
#include "engine/keys.h"

#include "engine/log/posix_files.h"

#include <fmt/format.h>

#include <fstream>

namespace qualog::engine {

namespace {

constexpr std::size_t kKeyBytes = 32;

std::string file_name(const LineageId& lineage) { return lineage.text() + ".keys"; }

std::string content(const LineageKeys& keys) {
  return fmt::format("qualog keys 1\ncommand {}\nname {}\n", hex(keys.command),
                     hex(keys.name.bytes));
}

Bytes drawn(Random& random) {
  Bytes key(kKeyBytes);
  random.fill(key);
  return key;
}

}  // namespace

Result<LineageKeys> create_keys(const std::filesystem::path& directory, const LineageId& lineage,
                                Random& random) {
  const LineageKeys keys{drawn(random), {drawn(random)}};
  log::PosixFiles files;
  const std::string path = directory / file_name(lineage), temporary = path + ".new";
  QUALOG_ASSIGN(auto file, files.create(temporary));
  const std::string text = content(keys);
  QUALOG_TRY(file->write(0, view(text)));
  QUALOG_TRY(file->sync());
  QUALOG_TRY(files.rename(temporary, path));
  QUALOG_TRY(files.sync_directory(directory));
  return keys;
}

Result<LineageKeys> load_keys(const std::filesystem::path& directory, const LineageId& lineage) {
  const auto path = directory / file_name(lineage);
  std::ifstream file(path);
  if (!file)
    return fail(
        Code::not_found,
        fmt::format("{}: the keys of this project are missing; copy them back from a backup",
                    path.string()));
  std::string title, word, command, name;
  std::getline(file, title);
  file >> word >> command >> word >> name;
  LineageKeys keys{from_hex(command), {from_hex(name)}};
  if (title == "qualog keys 1" && keys.command.size() == kKeyBytes &&
      keys.name.bytes.size() == kKeyBytes)
    return keys;
  return fail(
      Code::damaged,
      fmt::format("{}: not a key file of this version; copy it back from a backup", path.string()));
}

}  // namespace qualog::engine
