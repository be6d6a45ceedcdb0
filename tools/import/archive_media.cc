// SPDX-License-Identifier: Apache-2.0
#include "tools/import/archive_media.h"

#include "schema/limits.h"
#include "tools/import/add.h"
#include "tools/import/bring.h"
#include "tools/interchange/refi/source_path.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace qualog::tools {

namespace {

using documents::Material;
using documents::MaterialKind;
using interchange::Archive;
using interchange::Index;

// In the order of interchange::SourceKind.
constexpr MaterialKind kMaterialKinds[] = {MaterialKind::Text, MaterialKind::Picture,
                                           MaterialKind::Pdf, MaterialKind::Audio,
                                           MaterialKind::Video};

MaterialKind kind_of(interchange::SourceKind kind) {
  return kMaterialKinds[static_cast<std::size_t>(kind)];
}

bool is_recording(MaterialKind kind) {
  return kind == MaterialKind::Audio || kind == MaterialKind::Video;
}

Result<Archive> open_archive(const std::filesystem::path& path) {
  QUALOG_ASSIGN(auto input, interchange::open_input(path));
  return Archive::open(std::move(input), limits::kArchiveMediaBytesMax);
}

Error staging_error() {
  const auto code = errno == ENOSPC ? Code::no_space : Code::io;
  return fail(code, fmt::format("a file of the archive cannot be unpacked (errno {}): make room in "
                                "the folder for temporary files, or name another with TMPDIR",
                                errno));
}

// A file that is gone when it is closed.
Result<interchange::InputFile> temporary_file() {
  std::error_code ignored;
  auto path = (std::filesystem::temp_directory_path(ignored) / "qualog-XXXXXX").string();
  const int handle = ::mkostemp(path.data(), O_CLOEXEC);
  if (handle < 0) return staging_error();
  ::unlink(path.c_str());
  std::FILE* file = ::fdopen(handle, "w+b");
  if (file != nullptr) return interchange::InputFile{interchange::FileHandle(file), 0};
  ::close(handle);
  return staging_error();
}

// The entry in a file of its own; its size and hash go into the material.
Result<interchange::InputFile> staged(Archive& archive, std::size_t entry, Material& material) {
  QUALOG_ASSIGN(const auto bytes, archive.stream(entry, engine::kBlobBytesMax));
  QUALOG_ASSIGN(auto file, temporary_file());
  std::string piece(engine::kBlobPieceBytesMax, '\0');
  Sha256 hash;
  while (true) {
    QUALOG_ASSIGN(const auto count, bytes(piece));
    if (count == 0) break;
    if (std::fwrite(piece.data(), 1, count, file.file.get()) != count) return staging_error();
    hash.add(view(std::string_view(piece).substr(0, count)));
    file.size += count;
  }
  if (std::fflush(file.file.get()) != 0) return staging_error();
  material.bytes = file.size;
  material.digest = hash.finish();
  return file;
}

// Nothing but the file: what was found in it holds for no source of this kind.
void forget_contents(Material& material) {
  material.pages.clear();
  material.text = nullptr;
  material.width = material.height = 0;
  material.duration_ms = 0;
}

// What the file is, where that is what its element says.
void look_into(const interchange::InputFile& file, Material& material) {
  const MaterialKind wanted = material.kind;
  const auto read = documents::read_medium(file, material);
  const bool fits =
      material.kind == wanted || (is_recording(material.kind) && is_recording(wanted));
  material.kind = wanted;
  if (read && fits) return;
  forget_contents(material);
  interchange::LossList losses;
  losses.doubt("file", read ? "it is of another kind than its source: kept as it is, and not read"
                            : "it cannot be read: kept as it is");
  for (auto& row : losses.take()) material.losses.push_back(std::move(row));
}

Result<std::shared_ptr<const Material>> read_entry(Archive& archive, std::size_t entry,
                                                   MaterialKind kind) {
  Material material;
  material.kind = kind;
  material.file = std::filesystem::path(archive.entry(entry).name).filename().string();
  QUALOG_ASSIGN(const auto file, staged(archive, entry, material));
  look_into(file, material);
  fit_into_events(material);
  return std::make_shared<const Material>(std::move(material));
}

std::optional<std::size_t> entry_of(const Archive& archive, const std::string& path) {
  const auto name = interchange::archive_name(path);
  if (!name) return std::nullopt;
  const auto in_folder = archive.find("sources/" + *name);
  return in_folder ? in_folder : archive.find(*name);
}

}  // namespace

Result<ArchiveMedia> ArchiveMedia::read(const std::filesystem::path& path,
                                        const interchange::Project& project) {
  ArchiveMedia media;
  media.archive_ = path;
  QUALOG_ASSIGN(auto archive, open_archive(path));
  for (Index index = 0; index < project.sources.size(); ++index) {
    const auto& source = project.sources[index];
    const auto entry = entry_of(archive, source.path);
    if (source.kind == interchange::SourceKind::Text || !entry) continue;
    auto& known = media.entries_[*entry];
    if (!known) {
      QUALOG_ASSIGN(known, read_entry(archive, *entry, kind_of(source.kind)));
    }
    media.files_[index] = known;
  }
  return media;
}

Result<void> ArchiveMedia::bring(engine::BlobStore& store) const {
  if (entries_.empty()) return {};
  QUALOG_ASSIGN(auto archive, open_archive(archive_));
  for (const auto& [entry, material] : entries_) {
    if (entry >= archive.size())
      return fail(Code::invalid, "the archive changed while it was read; import it again");
    QUALOG_ASSIGN(const auto bytes, archive.stream(entry, engine::kBlobBytesMax));
    QUALOG_TRY(bring_bytes(store, {material->digest, material->bytes}, bytes));
  }
  return {};
}

}  // namespace qualog::tools
