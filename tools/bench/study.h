// SPDX-License-Identifier: Apache-2.0
// Study: what the project of a benchmark holds, as commands: codes, sources of text, and as many
// codings as are asked for, each of a passage that nothing else codes. One thread.
#pragma once

#include "engine/data_directory.h"

#include <vector>

namespace qualog::tools {

class Study {
 public:
  // `keys` outlive it.
  explicit Study(const engine::LineageKeys& keys) : keys_(keys) {}

  // Of a new project, in order.
  std::vector<fb::CommandT> beginning(const LineageId& lineage);
  // A command that adds one code; it needs nothing that was there before.
  fb::CommandT code(const SessionId& session);
  // A command that adds one coding.
  fb::CommandT coding(const SessionId& session) { return codings(session, 1); }
  // One group with so many of them.
  fb::CommandT codings(const SessionId& session, std::size_t count);
  SessionId new_session() { return engine::new_id<SessionId>(effects()); }

  engine::Effects effects() { return {clock_, random_}; }

  static constexpr std::size_t kCodes = 200;
  static constexpr std::size_t kSources = 20;
  static constexpr std::uint32_t kSourceLength = 40'000;
  static constexpr std::uint32_t kLengths = 390;  // how many lengths a coded passage may have

 private:
  fb::CommandT command_in(const SessionId& session, std::vector<fb::ActionUnion> actions);
  fb::ActionUnion next_code(const std::string& name);
  fb::ActionUnion next_source(std::size_t number);
  fb::ActionUnion next_coding();

  const engine::LineageKeys& keys_;
  SystemClock clock_;
  SystemRandom random_;
  std::vector<ItemId> codes_;
  std::vector<ItemId> sources_;
  std::size_t next_ = 0;
};

}  // namespace qualog::tools
