// SPDX-License-Identifier: Apache-2.0
#include "engine/keys.h"

#include "projector/state/durable_file.h"

#include <fmt/format.h>

#include <sstream>

namespace qualog::engine {

namespace {

constexpr std::size_t kKeyBytes = 32;

std::string file_name(const LineageId& lineage) { return lineage.text() + ".keys"; }

std::string content(const LineageKeys& keys) {
  return fmt::format("qualog keys 1\ncommand {}\nname {}\n", hex(keys.command),
                     hex(keys.name.bytes));
}

std::string aside_name(const LineageId& lineage) { return file_name(lineage) + ".aside"; }

Result<void> rename_if_there(const std::filesystem::path& directory, const std::string& from,
                             const std::string& to) {
  const auto renamed = projector::rename_to(directory / from, directory / to);
  if (!renamed && renamed.error().code != Code::not_found) return renamed;
  return projector::sync_directory(directory);
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
  QUALOG_TRY(projector::write_durably(directory / file_name(lineage), content(keys)));
  return keys;
}

Result<LineageKeys> load_keys(const std::filesystem::path& directory, const LineageId& lineage) {
  const auto path = directory / file_name(lineage);
  const auto text = projector::read_small(path);
  if (!text && text.error().code == Code::not_found)
    return fail(
        Code::not_found,
        fmt::format("{}: the keys of this project are missing; copy them back from a backup",
                    path.string()));
  if (!text) return text.error();
  std::istringstream file(*text);
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

Result<void> set_keys_aside(const std::filesystem::path& directory, const LineageId& lineage) {
  return rename_if_there(directory, file_name(lineage), aside_name(lineage));
}

Result<void> put_keys_back(const std::filesystem::path& directory, const LineageId& lineage) {
  return rename_if_there(directory, aside_name(lineage), file_name(lineage));
}

Result<void> remove_keys_aside(const std::filesystem::path& directory, const LineageId& lineage) {
  QUALOG_TRY(projector::remove_file(directory / aside_name(lineage)));
  return projector::sync_directory(directory);
}

Result<void> copy_keys(const std::filesystem::path& from, const std::filesystem::path& to,
                       const LineageId& lineage) {
  QUALOG_ASSIGN(const bool is_there, projector::is_there(to / file_name(lineage)));
  if (is_there) return {};
  QUALOG_ASSIGN(const auto keys, load_keys(from, lineage));
  return projector::write_durably(to / file_name(lineage), content(keys));
}

}  // namespace qualog::engine
