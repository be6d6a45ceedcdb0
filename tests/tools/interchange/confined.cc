// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/interchange/confined.h"

#include "schema/assert.h"
#include "tools/interchange/project_file.h"

#include <sys/wait.h>

#include <csignal>
#include <ctime>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace qualog::test {

namespace {

// A line of /proc/self/status, in bytes.
std::uint64_t status_bytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return std::stoull(line.substr(name.size() + 1)) * 1024;
  }
  return 0;
}

void work_in_child(const std::function<std::pair<std::string, std::string>()>& work, int out) {
  std::ofstream("/proc/self/clear_refs") << "5";  // the highest mark becomes the present size
  const std::uint64_t before = status_bytes("VmRSS");
  const std::clock_t start = std::clock();
  const auto [code, message] = work();
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const std::uint64_t highest = status_bytes("VmHWM");
  std::ostringstream line;
  line << (highest > before ? highest - before : 0) << ' ' << seconds << ' '
       << (code.empty() ? "-" : code) << ' ' << message;
  const std::string text = line.str();
  QUALOG_ASSERT(::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
}

std::string read_pipe(int in) {
  std::string text;
  char buffer[4096];
  for (ssize_t count = 0; (count = ::read(in, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

Outcome run_confined(const std::function<std::pair<std::string, std::string>()>& work) {
  int ends[2];
  QUALOG_ASSERT(::pipe(ends) == 0);
  const pid_t child = ::fork();
  QUALOG_ASSERT(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE}) std::signal(number, SIG_DFL);
    work_in_child(work, ends[1]);
    ::_exit(0);
  }
  ::close(ends[1]);
  const std::string text = read_pipe(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  Outcome outcome;
  std::istringstream line(text);
  line >> outcome.growth_bytes >> outcome.seconds >> outcome.code;
  outcome.finished = WIFEXITED(status) && WEXITSTATUS(status) == 0 && !outcome.code.empty();
  outcome.read = outcome.code == "-";
  line.get();
  std::getline(line, outcome.message, '\0');
  return outcome;
}

Outcome read_confined(const std::filesystem::path& path) {
  return run_confined([&]() -> std::pair<std::string, std::string> {
    auto project = interchange::read_project_file(path);
    if (project) return {};
    return {std::string(name(project.error().code)), project.error().message};
  });
}

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "qualog-XXXXXX").string();
  QUALOG_ASSERT(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path ScratchFolder::write(const std::string& name, std::string_view bytes) const {
  const std::filesystem::path file = path_ / name;
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  QUALOG_ASSERT(out.good());
  return file;
}

}  // namespace qualog::test
