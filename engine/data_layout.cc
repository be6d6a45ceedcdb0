// SPDX-License-Identifier: Apache-2.0
#include "engine/data_layout.h"

#include "projector/state/durable_file.h"
#include "schema/file_error.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sstream>
#include <unistd.h>

namespace qualog::engine {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormatFile = "qualog.format";
constexpr const char* kIdentityFile = "qualog.store";
constexpr const char* kNamespace = ".namespace";
constexpr const char* kEmbedded = "qualog data directory 1";
constexpr const char* kOnKafka = "qualog data directory 2";
constexpr const char* kOfAny = "qualog data directory ";

std::string not_as_written(const fs::path& file) {
  return fmt::format("{}: not as qualog init wrote it; copy it back from a backup", file.string());
}

Error no_directory(const fs::path& directory, const std::string& why) {
  return fail(Code::not_found,
              fmt::format("{}: {}; make one with qualog init", directory.string(), why));
}

// Where this account may not look, nobody can say what is there.
Result<void> check_readable(const fs::path& directory) {
  const auto file = directory / kFormatFile;
  if (::faccessat(AT_FDCWD, file.c_str(), R_OK, AT_EACCESS) == 0 || errno != EACCES) return {};
  return fail(Code::forbidden,
              fmt::format("{}: the account with uid {} may not read it (permission denied); run "
                          "qualog as the account that made it",
                          directory.string(), ::geteuid()));
}

// The rest of the next line, which begins with `word`.
bool read_line(std::istream& file, const std::string& word, std::string& rest) {
  std::string line;
  if (!std::getline(file, line) || !line.starts_with(word + " ")) return false;
  rest = line.substr(word.size() + 1);
  return true;
}

bool read_store(std::istream& file, const std::string& word, SharedStore& store) {
  std::string rest;
  if (!read_line(file, word, rest)) return false;
  const auto space = rest.find(' ');
  if (space == rest.npos) return false;
  store = {rest.substr(space + 1), rest.substr(0, space)};
  return true;
}

Result<KafkaLayout> read_kafka(const fs::path& directory, std::istream& file) {
  KafkaLayout kafka;
  std::string address, copies;
  const bool whole = read_line(file, "log", address) && read_line(file, "replicas", copies) &&
                     read_store(file, "keys", kafka.keys) && read_store(file, "blobs", kafka.blobs);
  std::istringstream numbers(copies);
  if (!whole || !(numbers >> kafka.replication.replicas >> kafka.replication.in_sync))
    return fail(Code::damaged, not_as_written(directory / kFormatFile));
  QUALOG_ASSIGN(kafka.address, log::parse_kafka_address(address));
  return kafka;
}

std::string line_of(const char* word, const SharedStore& store) {
  return fmt::format("{} {} {}\n", word, store.identity, store.path.string());
}

std::string text_of(const DataLayout& layout) {
  if (!layout.kafka) return fmt::format("{}\n", kEmbedded);
  const auto& kafka = *layout.kafka;
  return fmt::format("{}\nlog {}\nreplicas {} {}\n", kOnKafka, log::text_of(kafka.address),
                     kafka.replication.replicas, kafka.replication.in_sync) +
         line_of("keys", kafka.keys) + line_of("blobs", kafka.blobs);
}

// Empty: none is there.
Result<std::string> identity_in(const fs::path& path) {
  const auto file = path / kIdentityFile;
  const auto text = projector::read_small(file);
  if (!text && text.error().code == Code::not_found) return std::string();
  if (!text) return text.error();
  if (auto identity = text->substr(0, text->find('\n')); !identity.empty()) return identity;
  return fail(Code::damaged, not_as_written(file));
}

Result<fs::path> directory_at(const fs::path& path) {
  std::error_code error;
  auto whole = fs::weakly_canonical(fs::absolute(path, error), error);
  const auto type = error ? fs::file_type::none : fs::status(whole, error).type();
  if (type == fs::file_type::none)
    return file_error("cannot look at", path.string(), error.value());
  if (type == fs::file_type::directory) return whole;
  return fail(Code::not_found,
              fmt::format("{}: no such directory; make it, or mount it", path.string()));
}

}  // namespace

Result<DataLayout> read_layout(const fs::path& directory) {
  QUALOG_TRY(check_readable(directory));
  const auto text = projector::read_small(directory / kFormatFile);
  if (!text && text.error().code == Code::not_found)
    return no_directory(directory, "not a data directory");
  if (!text) return text.error();
  std::istringstream file(*text);
  std::string line;
  std::getline(file, line);
  if (line == kEmbedded) return DataLayout{};
  if (line == kOnKafka) {
    QUALOG_ASSIGN(auto kafka, read_kafka(directory, file));
    return DataLayout{std::move(kafka)};
  }
  if (line.starts_with(kOfAny))
    return fail(Code::too_new, fmt::format("{}: made by another version of qualog; use that one",
                                           directory.string()));
  return fail(Code::not_found, fmt::format("{}: no data directory, its {} is another file",
                                           directory.string(), kFormatFile));
}

Result<void> write_layout(const fs::path& directory, const DataLayout& layout) {
  return projector::write_durably(directory / kFormatFile, text_of(layout));
}

Result<SharedStore> claim_store(const fs::path& path, const std::string& fresh) {
  QUALOG_ASSIGN(const auto whole, directory_at(path));
  QUALOG_ASSIGN(const auto identity, identity_in(whole));
  if (!identity.empty()) return SharedStore{whole, identity};
  QUALOG_TRY(projector::write_durably(whole / kIdentityFile, fresh + "\n"));
  return SharedStore{whole, fresh};
}

Result<void> note_namespace(const SharedStore& store, const std::string& space) {
  return projector::write_durably(store.path / (space + kNamespace), "");
}

Result<std::vector<std::string>> namespaces_of(const fs::path& store) {
  QUALOG_ASSIGN(const auto entries, projector::entries_of(store));
  std::vector<std::string> found;
  for (const auto& entry : entries)
    if (entry.extension() == kNamespace) found.push_back(entry.stem().string());
  return found;
}

Result<void> check_store(const SharedStore& store) {
  QUALOG_ASSIGN(const auto identity, identity_in(store.path));
  if (identity == store.identity) return {};
  return fail(Code::not_found,
              fmt::format("{}: not the directory that the machines of this namespace share; see "
                          "that it is mounted",
                          store.path.string()));
}

}  // namespace qualog::engine
