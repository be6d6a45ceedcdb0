// SPDX-License-Identifier: Apache-2.0
#include "projector/state/mark.h"

#include "projector/state/durable_file.h"
#include "projector/state/format.h"
#include "schema/file_error.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <fcntl.h>
#include <optional>
#include <sstream>

namespace qualog::projector {

namespace {

// The data file as the file system knows it. A copy has another inode or another birth. One that
// was written over the original has those of the original; but it was written over the untouched
// file beside it too, and no program can set the time of a file's last change.
struct Identity {
  std::uint64_t inode = 0;
  std::int64_t birth_s = 0;
  std::uint32_t birth_ns = 0;
  std::int64_t untouched_s = 0;
  std::uint32_t untouched_ns = 0;
  bool operator==(const Identity&) const = default;
};

// Where pages that were never synced may still be seen. A device has its number for as long as it
// is mounted, so this is compared only where no clean stop speaks for the file.
struct Running {
  std::string boot;
  std::string device;  // major:minor
  bool operator==(const Running&) const = default;
};

struct DataFile {
  Identity identity;
  Running running;
  std::uint64_t bytes = 0;
};

struct Mark {
  std::uint64_t format = 0;
  Running running;
  Identity identity;
  std::uint64_t bytes = 0;  // of the data file when it was marked
  bool clean = false;
};

std::filesystem::path mark_file(const std::filesystem::path& directory) {
  return directory.string() + ".mark";
}

Result<std::string> boot_id() {
  QUALOG_ASSIGN(std::string text, read_small("/proc/sys/kernel/random/boot_id"));
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

using FileStatus = struct statx;

// Nothing when there is no such file.
Result<std::optional<FileStatus>> status_of(const std::filesystem::path& file) {
  FileStatus found;
  if (::statx(AT_FDCWD, file.c_str(), 0, STATX_BASIC_STATS | STATX_BTIME, &found) == 0)
    return std::optional<FileStatus>(found);
  if (errno == ENOENT || errno == ENOTDIR) return std::optional<FileStatus>{};
  return file_error("cannot look at", file);
}

// Nothing when one of the two files is missing.
Result<std::optional<DataFile>> data_file(const std::filesystem::path& directory) {
  QUALOG_ASSIGN(const auto data, status_of(directory / "data.mdb"));
  QUALOG_ASSIGN(const auto untouched, status_of(directory / "untouched"));
  if (!data || !untouched) return std::optional<DataFile>{};
  const Identity identity{data->stx_ino, data->stx_btime.tv_sec, data->stx_btime.tv_nsec,
                          untouched->stx_ctime.tv_sec, untouched->stx_ctime.tv_nsec};
  const auto device = fmt::format("{}:{}", data->stx_dev_major, data->stx_dev_minor);
  QUALOG_ASSIGN(const std::string boot, boot_id());
  return std::optional<DataFile>(DataFile{identity, {boot, device}, data->stx_size});
}

std::string format_mark(const Mark& mark) {
  const auto& file = mark.identity;
  return fmt::format(
      "qualog-state {}\nboot {} {}\nfile {} {} {}\nuntouched {} {}\nbytes {}\nstop {}\nend\n",
      mark.format, mark.running.boot, mark.running.device, file.inode, file.birth_s, file.birth_ns,
      file.untouched_s, file.untouched_ns, mark.bytes, mark.clean ? "clean" : "none");
}

// Nothing unless the text is what format_mark() writes.
std::optional<Mark> parse_mark(const std::string& text) {
  std::istringstream in(text);
  in.imbue(std::locale::classic());
  Mark mark;
  auto& file = mark.identity;
  std::string word, stop;
  in >> word >> mark.format >> word >> mark.running.boot >> mark.running.device >> word >>
      file.inode >> file.birth_s >> file.birth_ns >> word >> file.untouched_s >>
      file.untouched_ns >> word >> mark.bytes >> word >> stop;
  mark.clean = stop == "clean";
  if (!in || format_mark(mark) != text) return std::nullopt;
  return mark;
}

// The format is the first thing a mark says, so that a newer one can still be told.
bool is_other_format(const std::string& text) {
  const auto line = text.substr(0, text.find('\n'));
  return line.starts_with("qualog-state ") && line != fmt::format("qualog-state {}", kStateFormat);
}

Trust judge(const std::string& text, const DataFile& data) {
  if (is_other_format(text)) return Trust::OtherFormat;
  const auto mark = parse_mark(text);
  if (!mark) return Trust::Unreadable;
  if (mark->identity != data.identity) return Trust::Foreign;
  if (data.bytes < mark->bytes) return Trust::Unreadable;
  return mark->clean || mark->running == data.running ? Trust::Trusted : Trust::Unclean;
}

Result<void> write_mark(const std::filesystem::path& directory, bool clean) {
  QUALOG_ASSIGN(const auto data, data_file(directory));
  if (!data) return fail(Code::not_found, "mark " + directory.string() + ": it has no data file");
  const Mark mark{kStateFormat, data->running, data->identity, data->bytes, clean};
  return write_durably(mark_file(directory), format_mark(mark));
}

}  // namespace

std::string_view name(Trust trust) {
  static constexpr std::array<std::string_view, 6> kNames = {
      "trusted", "absent", "unreadable", "of another format", "a copy", "not cleanly stopped"};
  return kNames.at(static_cast<std::size_t>(trust));
}

Result<void> make_untouched(const std::filesystem::path& directory) {
  return write_durably(directory / "untouched",
                       "Nobody writes to this file: state.mark knows when it was made.\n");
}

Result<Trust> read_mark(const std::filesystem::path& directory) {
  QUALOG_ASSIGN(const auto data, data_file(directory));
  if (!data) return Trust::Absent;
  auto text = read_small(mark_file(directory));
  if (!text && text.error().code == Code::not_found) return Trust::Absent;
  if (!text && text.error().code == Code::too_large) return Trust::Unreadable;
  if (!text) return text.error();
  return judge(*text, *data);
}

Result<void> mark_dirty(const std::filesystem::path& directory) {
  return write_mark(directory, false);
}

Result<void> mark_clean(const std::filesystem::path& directory) {
  return write_mark(directory, true);
}

Result<void> unmark(const std::filesystem::path& directory) {
  return remove_file(mark_file(directory));
}

}  // namespace qualog::projector
