// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/lines.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <unistd.h>

namespace qualog::tools {

namespace {

bool is_directory(std::FILE* file) {
  struct stat status {};
  return ::fstat(::fileno(file), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string_view without_line_feed(std::string_view line) {
  return line.substr(0, line.size() - (line.ends_with('\n') ? 1 : 0));
}

// What editors put in front of UTF-8, which a reader of JSON may pass over (RFC 8259, 8.1).
std::string_view without_mark(std::size_t number, std::string_view line) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return number == 1 && line.starts_with(kMark) ? line.substr(kMark.size()) : line;
}

}  // namespace

Result<Lines> Lines::open(const std::string& path) {
  const bool standard = path.empty() || path == "-";
  const auto name = standard ? "standard input" : path;
  File file(standard ? ::fdopen(::dup(STDIN_FILENO), "r") : std::fopen(path.c_str(), "re"),
            &std::fclose);
  if (file && !is_directory(file.get())) return Lines(std::move(file), name);
  return fail(Code::not_found,
              name + ": cannot be read; name a file of JSON lines, or - for stdin");
}

Result<std::optional<std::string>> Lines::next() {
  ++number_;
  char* read = nullptr;
  std::size_t room = 0;
  const auto bytes = ::getline(&read, &room, file_.get());
  const int error = errno;
  const std::unique_ptr<char, decltype(&std::free)> line(read, &std::free);
  const bool ended = bytes < 0 && std::feof(file_.get()) != 0;
  // Also when a part of the line came before it failed.
  if (std::ferror(file_.get()) != 0 || (bytes < 0 && !ended))
    return fail(Code::io, fmt::format("{}, line {}: {}; nothing from this line on was read", name_,
                                      number_, std::strerror(error)));
  if (ended) return std::optional<std::string>{};
  return std::optional<std::string>(
      without_mark(number_, without_line_feed({read, static_cast<std::size_t>(bytes)})));
}

bool Lines::is_terminal() const { return ::isatty(::fileno(file_.get())) == 1; }

}  // namespace qualog::tools
