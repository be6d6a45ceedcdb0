// SPDX-License-Identifier: Apache-2.0
// CrashWorker: a second process that works in the project and is killed in the middle (SIGKILL).
// It is forked before any thread exists, waits for its orders on a pipe, and reports each answer on
// another only after the owner has given it. What it has not been able to report when it is killed
// is what a real client would not know. The report pipe is kept small, so that most of the work is
// always still to do. Ends by itself when this process does. One thread.
#pragma once

#include "engine/data_directory.h"
#include "schema/fbs/command_generated.h"

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace qualog::demo {

// One coding to make; the same command each time it is sent.
struct Order {
  CommandId command;
  ItemId coding;
  ItemId code;
  ItemId source;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};
fb::CommandT coding_command(const Order& order, const SessionId& session);

struct Orders {
  ProjectId project;
  SessionId session;
  std::string account;
  std::vector<Order> orders;
};

class CrashWorker {
 public:
  // Forks. `directory`: the data directory, which need not exist yet.
  static Result<CrashWorker> start(const std::filesystem::path& directory);
  CrashWorker(CrashWorker&& other) noexcept;
  CrashWorker& operator=(CrashWorker&&) = delete;
  ~CrashWorker();

  // Lets it work until it has reported `reports` answers, kills it, and gives the ids of all
  // commands that it reported as accepted. The project must be closed here.
  // Errors: io; and when it could not work, what it said.
  Result<std::vector<CommandId>> work_and_die(const Orders& orders, std::size_t reports);

 private:
  CrashWorker(pid_t pid, int orders, int reports) : pid_(pid), orders_(orders), reports_(reports) {}
  Result<void> give(const Orders& orders) const;
  Result<void> kill();

  pid_t pid_ = -1;
  int orders_ = -1;
  int reports_ = -1;
};

}  // namespace qualog::demo
