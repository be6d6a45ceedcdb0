// SPDX-License-Identifier: Apache-2.0
// CommandReader: a line of `qualog apply` as a command. The line says who acts: whoever may run
// this program on the data directory is its administrator. One thread.
#pragma once

#include "tools/qualog/globals.h"

#include <map>

namespace qualog::tools {

class CommandReader {
 public:
  // Lines without an actor are `globals.actor`'s; lines without a session share one per actor. All
  // are decided in their order.
  CommandReader(const NameKey& names, const Globals& globals) : names_(names), globals_(globals) {}

  // Errors: invalid, naming the field; too_large.
  Result<engine::Submission> read(std::string_view line);

 private:
  Result<SessionId> session_for(const boost::json::object& line, const std::string& actor);

  const NameKey& names_;
  const Globals& globals_;
  const SessionId sender_ = engine::new_id<SessionId>(globals_.effects());
  std::map<std::string, SessionId> sessions_;
};

using Proposals = std::vector<std::unique_ptr<fb::ProposalT>>;

// [{"action","body"}, ...] as proposals. Error: invalid, naming the entry and the field.
Result<Proposals> proposals_from(const boost::json::array& list, const NameKey& names);

}  // namespace qualog::tools
