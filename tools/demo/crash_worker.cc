// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/crash_worker.h"

#include "engine/decide.h"
#include "schema/commands.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sstream>
#include <unistd.h>
#include <utility>

namespace qualog::demo {

namespace {

// A report is as large as the smallest pipe, so that hardly any are under way.
constexpr std::size_t kReportBytes = 4096;
constexpr std::size_t kUnderWay = 8;

// ---- pipes --------------------------------------------------------------------------------------

bool write_all(int pipe, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(pipe, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// One report, padded; nothing at the end.
std::string read_report(int pipe) {
  std::string report;
  while (report.size() < kReportBytes) {
    char bytes[kReportBytes];
    const auto got = ::read(pipe, bytes, kReportBytes - report.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    report.append(bytes, static_cast<std::size_t>(got));
  }
  return report.substr(0, report.find_last_not_of(' ') + 1);
}

std::string padded(std::string report) {
  report.resize(kReportBytes, ' ');
  return report;
}

// Everything until an empty line; the pipe stays open.
std::string read_orders(int pipe) {
  std::string text;
  while (!text.ends_with("\n\n")) {
    char bytes[4096];
    const auto got = ::read(pipe, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    text.append(bytes, static_cast<std::size_t>(got));
  }
  return text;
}

// ---- orders as text -----------------------------------------------------------------------------

std::string text_of_orders(const Orders& orders) {
  std::string text =
      fmt::format("{} {} {}\n", orders.project.text(), orders.session.text(), orders.account);
  for (const auto& order : orders.orders)
    text += fmt::format("{} {} {} {} {} {}\n", order.command.text(), order.coding.text(),
                        order.code.text(), order.source.text(), order.begin, order.end);
  return text + "\n";
}

template <class AnyId>
AnyId next_id(std::istream& from) {
  std::string text;
  from >> text;
  return AnyId::parse(text).value_or(AnyId{});
}

Orders orders_in(const std::string& text) {
  std::istringstream from(text);
  Orders orders;
  orders.project = next_id<ProjectId>(from);
  orders.session = next_id<SessionId>(from);
  from >> orders.account;
  while (true) {
    Order order;
    order.command = next_id<CommandId>(from);
    order.coding = next_id<ItemId>(from);
    order.code = next_id<ItemId>(from);
    order.source = next_id<ItemId>(from);
    if (!(from >> order.begin >> order.end)) return orders;
    orders.orders.push_back(order);
  }
}

// ---- the other process --------------------------------------------------------------------------

void submit_all(engine::Project& project, const Orders& orders, int reports) {
  std::mutex mutex;
  std::condition_variable room;
  std::size_t under_way = 0;
  for (const auto& order : orders.orders) {
    std::unique_lock lock(mutex);
    room.wait(lock, [&] { return under_way < kUnderWay; });
    ++under_way;
    lock.unlock();
    project.owner().submit({coding_command(order, orders.session), orders.account, false,
                            [&](const engine::Answer& answer) {
                              const bool accepted = answer.outcome == engine::Outcome::accepted;
                              write_all(reports, padded(accepted ? answer.command.text()
                                                                 : "!a coding was not accepted"));
                              const std::lock_guard guard(mutex);
                              --under_way;
                              room.notify_all();
                            }});
  }
  std::unique_lock lock(mutex);
  room.wait(lock, [&] { return under_way == 0; });
}

[[noreturn]] void work(const std::filesystem::path& directory, int orders_pipe, int reports) {
  const auto text = read_orders(orders_pipe);
  if (text.empty()) ::_exit(0);  // nobody wants it
  const auto orders = orders_in(text);
  SystemClock clock;
  SystemRandom random;
  const auto data = engine::DataDirectory::open(directory);
  auto project = data ? engine::Project::open(data->place_of(orders.project), {clock, random})
                      : Result<std::unique_ptr<engine::Project>>(data.error());
  if (project)
    submit_all(**project, orders, reports);
  else
    write_all(reports, padded("!" + project.error().message.substr(0, kReportBytes - 1)));
  char ended = 0;
  static_cast<void>(::read(orders_pipe, &ended, 1) == 0);  // until it is killed, or alone
  ::_exit(0);
}

void close_pipe(int& pipe) {
  if (pipe >= 0) ::close(pipe);
  pipe = -1;
}

Error no_worker() {
  return fail(Code::io, fmt::format("demo: no second process: {}", std::strerror(errno)));
}

}  // namespace

fb::CommandT coding_command(const Order& order, const SessionId& session) {
  fb::CodingAddedT coding;
  coding.id = order.coding;
  coding.code = order.code;
  coding.source = order.source;
  coding.begin = order.begin;
  coding.end = order.end;
  return command_of(order.command, session, {action_of(std::move(coding))}, engine::kLatest);
}

Result<CrashWorker> CrashWorker::start(const std::filesystem::path& directory) {
  int orders[2] = {-1, -1}, reports[2] = {-1, -1};
  if (::pipe2(orders, O_CLOEXEC) != 0 || ::pipe2(reports, O_CLOEXEC) != 0) return no_worker();
  ::fcntl(reports[1], F_SETPIPE_SZ, static_cast<int>(kReportBytes));
  const pid_t pid = ::fork();
  if (pid < 0) return no_worker();
  if (pid == 0) {
    ::close(orders[1]);
    ::close(reports[0]);
    work(directory, orders[0], reports[1]);
  }
  ::close(orders[0]);
  ::close(reports[1]);
  return CrashWorker(pid, orders[1], reports[0]);
}

CrashWorker::CrashWorker(CrashWorker&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      orders_(std::exchange(other.orders_, -1)),
      reports_(std::exchange(other.reports_, -1)) {}

CrashWorker::~CrashWorker() {
  if (pid_ > 0) static_cast<void>(kill());
  close_pipe(orders_);
  close_pipe(reports_);
}

Result<void> CrashWorker::give(const Orders& orders) const {
  if (write_all(orders_, text_of_orders(orders))) return {};
  return no_worker();
}

Result<void> CrashWorker::kill() {
  int status = 0;
  ::kill(pid_, SIGKILL);
  pid_t ended = -1;
  do ended = ::waitpid(pid_, &status, 0);
  while (ended < 0 && errno == EINTR);
  const bool killed = ended == pid_ && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  pid_ = -1;
  if (killed) return {};
  return fail(Code::io, "demo: the second process ended before it was killed");
}

Result<std::vector<CommandId>> CrashWorker::work_and_die(const Orders& orders,
                                                         std::size_t reports) {
  QUALOG_TRY(give(orders));
  std::vector<CommandId> reported;
  for (auto report = read_report(reports_); !report.empty(); report = read_report(reports_)) {
    const auto id = CommandId::parse(report);
    if (!id) return fail(Code::io, "demo: the second process says: " + report.substr(1));
    reported.push_back(*id);
    if (reported.size() == reports) QUALOG_TRY(kill());
  }
  if (pid_ < 0) return reported;
  return fail(Code::io, "demo: the second process ended before it was killed");
}

}  // namespace qualog::demo
