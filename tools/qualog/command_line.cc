// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/command_line.h"

#include "engine/decide.h"
#include "schema/json.h"
#include "schema/near_names.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

namespace json = boost::json;

namespace {

using Fields = std::vector<std::string_view>;

const Fields kOfLine = {"command_id", "actor",  "session", "seen",   "after",
                        "reason",     "action", "body",    "actions"};
const Fields kOfListed = {"action", "body"};

Error wrong(std::string_view field, std::string_view expected) {
  return fail(Code::invalid, fmt::format("\"{}\" must be {}", field, expected));
}

// Of a key that is none, only what looks like one is shown: it may be somebody's words.
Result<void> check_fields(const json::object& line, const Fields& fields) {
  for (const auto& [key, value] : line) {
    const std::string_view given(key.data(), key.size());
    if (std::find(fields.begin(), fields.end(), given) != fields.end()) continue;
    const auto shown = is_plain_name(given) ? fmt::format("\"{}\"", given) : "a key";
    return fail(Code::invalid, shown + " is no field of this" + did_you_mean(given, fields));
  }
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
  QUALOG_ASSIGN(auto made,
                action_from_json(action, body ? body->get_object() : json::object{}, names));
  return proposal_of(std::move(made));
}

Result<std::unique_ptr<fb::ProposalT>> listed_proposal(const json::object& entry,
                                                       const NameKey& names) {
  QUALOG_TRY(check_fields(entry, kOfListed));
  return proposal_from(entry, names);
}

}  // namespace

Result<Proposals> proposals_from(const json::array& list, const NameKey& names) {
  Proposals proposals;
  for (const auto& entry : list) {
    if (!entry.is_object()) return wrong("actions", "a list of {\"action\",\"body\"}");
    auto proposal = listed_proposal(entry.get_object(), names);
    if (!proposal)
      return fail(proposal.error().code,
                  fmt::format("actions[{}]: {}", proposals.size(), proposal.error().message));
    proposals.push_back(std::move(*proposal));
  }
  if (proposals.empty()) return fail(Code::invalid, "\"actions\" is empty");
  return proposals;
}

namespace {

// One action, or a list of them.
Result<Proposals> proposals_of(const json::object& line, const NameKey& names) {
  const auto* list = line.if_contains("actions");
  if (list != nullptr && !list->is_array()) return wrong("actions", "a list");
  if (list != nullptr && (line.contains("action") || line.contains("body")))
    return fail(Code::invalid, "\"actions\" stands alone, without \"action\" and \"body\"");
  if (list != nullptr) return proposals_from(list->get_array(), names);
  Proposals proposals(1);
  QUALOG_ASSIGN(proposals.front(), proposal_from(line, names));
  return proposals;
}

}  // namespace

Result<SessionId> CommandReader::session_for(const json::object& line, const std::string& actor) {
  auto& own = sessions_[actor];
  if (!own) own = engine::new_id<SessionId>(globals_.effects());
  return id_in(line, "session", own);
}

Result<engine::Submission> CommandReader::read(std::string_view text) {
  QUALOG_ASSIGN(const auto line, parse_json_line(text));
  QUALOG_TRY(check_fields(line, kOfLine));
  engine::Submission submission;
  submission.sender = sender_;
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
  QUALOG_ASSIGN(command.actions, proposals_of(line, names_));
  QUALOG_TRY(check_command(command));
  return submission;
}

}  // namespace qualog::tools
