// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/archive.h"

#include "schema/limits.h"
#include "tools/interchange/entry_name.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <tuple>

namespace qualog::interchange {

namespace {

struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Error broken(const std::string& label, std::string_view cause, Code code = Code::invalid) {
  return fail(code, fmt::format("{} {}; export the file again", label, cause));
}

std::string folder_of(std::string_view folded) {
  return std::string(folded.substr(0, folded.rfind('/') + 1));
}

// Hidden files and what macOS adds are no projects.
bool is_project_entry(std::string_view folded, std::size_t depth) {
  const std::string_view base = folded.substr(folder_of(folded).size());
  return base.ends_with(".qde") && !base.starts_with('.') && !folded.starts_with("__macosx/") &&
         static_cast<std::size_t>(std::count(folded.begin(), folded.end(), '/')) == depth;
}

}  // namespace

struct Archive::Zip {
  zip_t* handle = nullptr;
  std::uint64_t bytes_left = 0;
  ~Zip() {
    if (handle != nullptr) zip_discard(handle);
  }
};

Archive::Archive() : zip_(std::make_unique<Zip>()) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

namespace {

Result<zip_t*> open_zip(InputFile input) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_filep_create(input.file.get(), 0, -1, &error);
  if (source != nullptr) std::ignore = input.file.release();  // now the source's own
  zip_t* handle = source != nullptr ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (handle == nullptr && source != nullptr) zip_source_free(source);
  const int number = zip_error_code_zip(&error);
  zip_error_fini(&error);
  if (handle != nullptr) return handle;
  return fail(
      Code::invalid,
      fmt::format("the archive is not a whole zip file (libzip {}); export it again", number));
}

// Two readers of one archive must see one archive.
bool agrees(zip_t* handle, std::size_t index, const DirectoryEntry& entry) {
  zip_stat_t status;
  const char* name = zip_get_name(handle, index, ZIP_FL_ENC_RAW);
  if (name == nullptr || zip_stat_index(handle, index, 0, &status) != 0) return false;
  return entry.name == name && status.size == entry.bytes &&
         status.comp_size == entry.compressed_bytes;
}

}  // namespace

Result<Archive> Archive::open(InputFile input, std::uint64_t unpacked_max) {
  Archive archive;
  archive.zip_->bytes_left = unpacked_max;
  QUALOG_ASSIGN(archive.entries_, read_central_directory(input));
  QUALOG_TRY(check_directory(archive.entries_));
  QUALOG_ASSIGN(archive.zip_->handle, open_zip(std::move(input)));
  const auto count = zip_get_num_entries(archive.zip_->handle, 0);
  if (count < 0 || static_cast<std::size_t>(count) != archive.size()) {
    return fail(Code::invalid, "the archive has two directories; export the file again");
  }
  for (std::size_t i = 0; i < archive.size(); ++i) {
    if (!agrees(archive.zip_->handle, i, archive.entries_[i])) {
      return broken(archive.label(i), "is described in two ways");
    }
    archive.by_name_.emplace(folded_name(archive.entries_[i].name), i);
  }
  const auto projects = archive.project_entries();
  if (!projects.empty())
    archive.folder_ = folder_of(folded_name(archive.entries_[projects.front()].name));
  return archive;
}

std::string Archive::label(std::size_t index) const {
  return entry_label(index, entries_[index].name);
}

std::optional<std::size_t> Archive::find(std::string_view name) const {
  const auto found = by_name_.find(folder_ + folded_name(name));
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::size_t> Archive::project_entries_at(std::size_t depth) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < size(); ++i) {
    if (is_project_entry(folded_name(entries_[i].name), depth)) found.push_back(i);
  }
  std::stable_partition(found.begin(), found.end(), [&](std::size_t i) {
    return folded_name(entries_[i].name).ends_with("project.qde");
  });
  return found;
}

std::vector<std::size_t> Archive::project_entries() const {
  auto found = project_entries_at(0);
  return found.empty() ? project_entries_at(1) : found;
}

Result<ByteSource> Archive::stream(std::size_t index, std::uint64_t bytes_max) {
  const DirectoryEntry& entry = entries_[index];
  const std::string name = label(index);
  if (entry.encrypted) return broken(name, "is encrypted");
  if (entry.method != ZIP_CM_STORE && entry.method != ZIP_CM_DEFLATE) {
    return broken(name, "is packed with another method than deflate");
  }
  if (entry.bytes > bytes_max) return broken(name, "is too large", Code::too_large);
  auto file = std::shared_ptr<zip_file_t>(zip_fopen_index(zip_->handle, index, 0), CloseEntry{});
  if (file == nullptr) return broken(name, "cannot be opened");
  return ByteSource([file, name, left = entry.bytes,
                     zip = zip_.get()](std::span<char> into) mutable -> Result<std::size_t> {
    const auto count = zip_fread(file.get(), into.data(), into.size());
    if (count < 0) return broken(name, "is broken");
    const auto bytes = static_cast<std::uint64_t>(count);
    if (bytes > left) return broken(name, "is larger than it says");
    if (bytes > zip->bytes_left) {
      return broken(name, "passes the limit of what one archive may unpack to", Code::too_large);
    }
    left -= bytes;
    zip->bytes_left -= bytes;
    if (bytes == 0 && left != 0) return broken(name, "is shorter than it says");
    return static_cast<std::size_t>(bytes);
  });
}

}  // namespace qualog::interchange
