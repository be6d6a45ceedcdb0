// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/command_line.h"

#include "engine/decide.h"
#include "schema/json.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace qualog::tools {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 9> kFields = {
    "command_id", "actor", "session", "seen", "after", "reason", "action", "body", "actions"};

Error wrong(std::string_view field, std::string_view expected) {
  return fail(Code::invalid, fmt::format("\"{}\" must be {}", field, expected));
}

Result<void> check_fields(const json::object& line) {
  for (const auto& [key, value] : line)
    if (std::find(kFields.begin(), kFields.end(), std::string_view(key)) == kFields.end())
      return fail(Code::invalid, fmt::format("unknown field \"{}\"", std::string_view(key)));
  return {};
}

template <class AnyId>
Result<AnyId> id_in(const json::object& line, std::string_view field, AnyId otherwise) {
  const auto* value = line.if_contains(field);
  if (value == nullptr || value->is_null()) return otherwise;
  const auto id = value->is_string() ? AnyId::parse(value->get_string()) : std::nullopt;
  if (!id || !*id) return wrong(field, "a UUID");
  return *id;
}

Result<std::string> text_in(const json::object& line, std::string_view field,
                            std::string otherwise) {
  const auto* value = line.if_contains(field);
  if (value == nullptr || value->is_null()) return otherwise;
  if (!value->is_string()) return wrong(field, "a string");
  return std::string(value->get_string());
}

Result<void> read_seen(const json::object& line, fb::CommandT& command) {
  const auto* value = line.if_contains("seen");
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string() && value->get_string() == "latest") {
    command.seen = engine::kLatest;
    return {};
  }
  boost::system::error_code error;
  const auto number = value->to_number<std::uint64_t>(error);
  if (error || !(value->is_int64() || value->is_uint64()))
    return wrong("seen", "a sequence or \"latest\"");
  command.seen = number;
  return {};
}

Result<std::unique_ptr<fb::ProposalT>> proposal_from(const json::object& line,
                                                     const NameKey& names) {
  QUALOG_ASSIGN(const auto action, text_in(line, "action", ""));
  if (action.empty()) return fail(Code::invalid, "\"action\" is missing");
  const auto* body = line.if_contains("body");
  if (body != nullptr && !body->is_object()) return wrong("body", "an object");
  auto proposal = std::make_unique<fb::ProposalT>();
  QUALOG_ASSIGN(proposal->action,
                action_from_json(action, body ? body->get_object() : json::object{}, names));
  return proposal;
}

}  // namespace

Result<std::vector<std::unique_ptr<fb::ProposalT>>> proposals_from(const json::array& list,
                                                                   const NameKey& names) {
  std::vector<std::unique_ptr<fb::ProposalT>> proposals;
  for (const auto& entry : list) {
    if (!entry.is_object()) return wrong("actions", "a list of {\"action\",\"body\"}");
    QUALOG_ASSIGN(auto proposal, proposal_from(entry.get_object(), names));
    proposals.push_back(std::move(proposal));
  }
  if (proposals.empty()) return fail(Code::invalid, "\"actions\" is empty");
  return proposals;
}

Result<SessionId> CommandReader::session_for(const json::object& line, const std::string& actor) {
  auto& own = sessions_[actor];
  if (!own) own = engine::new_id<SessionId>(globals_.effects());
  return id_in(line, "session", own);
}

Result<engine::Submission> CommandReader::read(std::string_view text) {
  QUALOG_ASSIGN(const auto line, parse_json_line(text));
  QUALOG_TRY(check_fields(line));
  engine::Submission submission;
  auto& command = submission.command;
  QUALOG_ASSIGN(submission.principal, text_in(line, "actor", globals_.actor));
  QUALOG_TRY(check_actor(submission.principal));
  QUALOG_ASSIGN(command.command_id,
                id_in(line, "command_id", engine::new_id<CommandId>(globals_.effects())));
  QUALOG_ASSIGN(command.session, session_for(line, submission.principal));
  QUALOG_ASSIGN(command.after, id_in(line, "after", CommandId{}));
  QUALOG_TRY(read_seen(line, command));
  QUALOG_ASSIGN(const auto reason, text_in(line, "reason", ""));
  if (!reason.empty()) command.reason = plain_text(reason);
  const auto* list = line.if_contains("actions");
  if (list != nullptr && !list->is_array()) return wrong("actions", "a list");
  QUALOG_ASSIGN(command.actions,
                proposals_from(list ? list->get_array() : json::array{line}, names_));
  QUALOG_TRY(check_command(command));
  return submission;
}

}  // namespace qualog::tools
