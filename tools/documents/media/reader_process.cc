// SPDX-License-Identifier: Apache-2.0
#include "tools/documents/media/reader_process.h"

#include "schema/limits.h"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <spawn.h>
#include <unistd.h>

namespace qualog::documents {

namespace {

constexpr std::size_t kHeadBytesMax = 4 * 1024 * 1024;

class Handle {
 public:
  explicit Handle(int number = -1) : number_(number) {}
  ~Handle() { close(); }
  Handle(Handle&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Handle& operator=(Handle&&) = delete;
  int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

// Killed and waited for, if nobody has waited before.
class Process {
 public:
  explicit Process(pid_t id) : id_(id) {}
  ~Process() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    wait();
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  int wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return status;
  }

 private:
  pid_t id_;
};

std::string reader_path() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};  // never one of the working directory
  return (self.parent_path() / "qualog-reader").string();
}

struct Actions {
  posix_spawn_file_actions_t all;
  Actions() { posix_spawn_file_actions_init(&all); }
  ~Actions() { posix_spawn_file_actions_destroy(&all); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
};

Result<pid_t> spawn(int input, int output, const char* kind) {
  Actions actions;
  posix_spawn_file_actions_adddup2(&actions.all, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions.all, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions.all, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string path = reader_path(), argument = kind, locale = "LC_ALL=C.UTF-8";
  std::array<char*, 3> arguments = {path.data(), argument.data(), nullptr};
  std::array<char*, 2> environment = {locale.data(), nullptr};
  pid_t process = 0;
  const int failed = ::posix_spawn(&process, path.c_str(), &actions.all, nullptr, arguments.data(),
                                   environment.data());
  if (failed == 0) return process;
  return fail(Code::not_found,
              fmt::format("the program that reads such files cannot be started (errno {}); "
                          "qualog-reader belongs beside qualog",
                          failed));
}

Error too_much() {
  return fail(Code::too_large, "the file needs more time or memory than a file may; split it");
}

// All that it says, until it ends; within time and length.
Result<std::string> listen(int output) {
  using namespace std::chrono;
  const auto deadline = steady_clock::now() + seconds(2 * limits::kReaderSecondsMax);
  std::string heard;
  std::array<char, 64 * 1024> buffer;
  while (true) {
    const auto left = duration_cast<milliseconds>(deadline - steady_clock::now()).count();
    pollfd waiting{output, POLLIN, 0};
    const int ready = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return too_much();
    const auto count = ::read(output, buffer.data(), buffer.size());
    if (count == 0) return heard;
    if (count > 0) heard.append(buffer.data(), static_cast<std::size_t>(count));
    if (heard.size() > limits::kSourceTextBytesMax + kHeadBytesMax) return too_much();
  }
}

Error ended_badly(int status) {
  const bool by_time = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
  if (by_time || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)) return too_much();
  return fail(Code::invalid, "the file brought its reader down; export it again");
}

Result<ReaderAnswer> answer_in(const std::string& heard) {
  const std::size_t end = std::min(heard.find('\n'), heard.size());
  if (end > kHeadBytesMax) return too_much();
  boost::system::error_code error;
  const auto head = boost::json::parse({heard.data(), end}, error);
  if (error || !head.is_object())
    return fail(Code::invalid, "the file brought its reader astray; export it again");
  if (const auto* reason = head.as_object().if_contains("error"); reason && reason->is_string())
    return fail(Code::invalid,
                fmt::format("the file cannot be read: {}", std::string_view(reason->get_string())));
  return ReaderAnswer{head.as_object(), heard.substr(std::min(end + 1, heard.size()))};
}

}  // namespace

Result<ReaderAnswer> ask_reader(const interchange::InputFile& input, const char* kind) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(Code::io, "no pipe; try again");
  Handle from(ends[0]), to(ends[1]);
  std::rewind(input.file.get());
  const int file = ::fileno(input.file.get());
  ::lseek(file, 0, SEEK_SET);
  QUALOG_ASSIGN(const pid_t id, spawn(file, to.get(), kind));
  Process process(id);
  to.close();
  QUALOG_ASSIGN(const std::string heard, listen(from.get()));
  const int status = process.wait();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return ended_badly(status);
  return answer_in(heard);
}

}  // namespace qualog::documents
