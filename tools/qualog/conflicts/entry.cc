// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/conflicts/entry.h"

#include "tools/qualog/support/lookup.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace qualog::tools {

namespace json = boost::json;
using projector::InboxEntry;

json::value parsed_or_null(const std::string& text) {
  boost::system::error_code error;
  auto value = json::parse(text, error);
  return error ? json::value() : value;
}

json::value draft_json(const InboxEntry& entry) {
  const auto draft = entry.draft();
  return draft ? parsed_or_null(*draft) : json::value();
}

json::value first_action(const json::value& draft) {
  if (!draft.is_array() || draft.get_array().empty()) return nullptr;
  const auto* first = draft.get_array().front().if_object();
  const auto* action = first != nullptr ? first->if_contains("action") : nullptr;
  return action != nullptr ? *action : json::value();
}

std::string_view word_in(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

ItemId item_in(const json::object& body, std::string_view key) {
  const auto bytes = parse_uuid(word_in(body, key));
  return bytes ? ItemId{*bytes} : ItemId{};
}

Result<InboxEntry> find_entry(const projector::Reader& state, const std::string& id) {
  projector::InboxFilter filter;
  filter.command = CommandId::parse(id);
  if (!filter.command)
    return fail(Code::invalid, "the id of a refused command is a UUID; conflicts ls prints them");
  auto entries = projector::inbox(state, filter);
  QUALOG_TRY(state.undamaged());
  if (!entries.empty()) return std::move(entries.front());
  return fail(Code::not_found, fmt::format("no refused command {} in this project; qualog "
                                           "conflicts ls lists them",
                                           id));
}

Result<void> check_may_see(const projector::Reader& state, const InboxEntry& entry,
                           const std::string& actor) {
  if (entry.author == actor || projector::is_owner(state, actor)) return {};
  return fail(Code::forbidden, fmt::format("the refused command {} is for its author and the "
                                           "Owners of the project; say who acts with --actor",
                                           entry.command.text()));
}

}  // namespace qualog::tools
