// SPDX-License-Identifier: Apache-2.0
// qualog conflicts reapply PROJECT ID [--use ITEM]: a refused command once more, on what is newest.
// Of a creation whose name was taken, who has the name stands for what was refused, also in the
// author's later commands that were refused for it; or it is made under another name. Passages are
// carried to where their words stand now. Who acts is who runs this, never the author in their
// absence. The new command's id follows from the refused one's: whoever sends it twice gets the
// first answer.
#include "engine/decide.h"
#include "engine/owner/round.h"
#include "projector/query/stored_aside.h"
#include "schema/actions.h"
#include "schema/chain.h"
#include "tools/qualog/acts/own_lease.h"
#include "tools/qualog/command_line.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/conflicts/carried.h"
#include "tools/qualog/conflicts/entry.h"
#include "tools/qualog/conflicts/substitution.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/tally.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace qualog::tools {

namespace {

namespace json = boost::json;
using projector::InboxEntry;
using Substitutions = std::vector<Substitution>;

// What a draft is sent with otherwise than it was refused.
struct Change {
  Substitutions substitutions;
  std::string name;  // of its creation; empty: its own
};

// A UUID of version 8 (RFC 9562): made from what it stands for.
CommandId id_again(const CommandId& refused, const Change& change, std::uint8_t attempt) {
  Sha256 hash;
  hash.add(view("qualog.reapply.v1")).add(refused.view()).add({&attempt, 1});
  for (const auto& each : change.substitutions) hash.add(each.refused.view()).add(each.used.view());
  hash.add(view(change.name));
  auto id = id_from<CommandId>(hash.finish());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x80);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
  return id;
}

// What a command was answered before. One that cannot be read is left to the engine to tell.
std::optional<engine::Answer> first_answer(const projector::Reader& state, const CommandId& id) {
  using projector::Table;
  const auto row = projector::row_of<projector::CommandRow>(state, Table::Commands, id.view());
  if (row) return engine::Answer{engine::Outcome::accepted, id, row->last};
  const auto number = state.get(Table::Answers, id.view());
  if (!number) return std::nullopt;
  const auto aside = projector::StoredAside::at(state, *number);
  return aside ? std::optional(engine::answer_from(**aside)) : std::nullopt;
}

// Sent, where it has its answer. It is not asked again: its passages were carried to another text.
struct Attempt {
  CommandId id;
  std::optional<engine::Answer> answer;
};

// An attempt that was refused too is not the last word: the next one has an id of its own.
Result<Attempt> next_attempt(const projector::Reader& state, const CommandId& refused,
                             const Change& change) {
  for (unsigned number = 0; number < 256; ++number) {
    const auto id = id_again(refused, change, static_cast<std::uint8_t>(number));
    auto answer = first_answer(state, id);
    if (!answer || answer->outcome != engine::Outcome::refused)
      return Attempt{id, std::move(answer)};
  }
  return fail(Code::too_large, "it was refused 256 times; send it by qualog apply");
}

Result<json::array> draft_of(const InboxEntry& entry) {
  const auto draft = draft_json(entry);
  if (!draft.is_array())
    return fail(Code::invalid, "the draft cannot be sent again: parts of it are missing or sealed");
  if (first_action(draft) == json::value(action_name(fb::Action::ImportStarted)))
    return fail(Code::invalid, "an import is not kept whole; run qualog project import again");
  return draft.get_array();
}

// What is about an item that was never made cannot be found, whether it said `after` or not.
bool misses_one_of(const InboxEntry& entry, const std::vector<ItemId>& items) {
  if (entry.code != static_cast<std::uint8_t>(fb::RefusalCode::BadRef)) return false;
  const auto draft = entry.draft().value_or("");
  return std::any_of(items.begin(), items.end(), [&](const ItemId& item) {
    return draft.find(item.text()) != std::string::npos;
  });
}

// The author's later commands that were refused because this one, which makes `items`, was.
std::vector<InboxEntry> built_on(const projector::Reader& state, const InboxEntry& first,
                                 const std::vector<ItemId>& items) {
  projector::InboxFilter filter;
  filter.author = first.author;
  filter.after = first.number;
  std::set<CommandId> refused = {first.command};
  std::vector<InboxEntry> found;
  for (auto& entry : projector::inbox(state, filter)) {
    const bool depends = entry.depends_on && refused.count(entry.depends_on) > 0;
    if (!depends && !misses_one_of(entry, items)) continue;
    refused.insert(entry.command);
    found.push_back(std::move(entry));
  }
  return found;
}

std::string name_now(const projector::Reader& state, const ItemId& item) {
  const auto row = projector::item(state, item);
  return row ? projector::value_of<projector::Props>(*row, projector::Facet::Props).name.plain : "";
}

// An uncoding that names nobody is of its author's codings, whoever sends it again.
void name_coders(json::array& actions, const std::string& author) {
  for (auto& part : actions) {
    if (word_in(part.get_object(), "action") != action_name(fb::Action::CodingRemoved)) continue;
    auto& body = part.at("body").get_object();
    const auto* coders = body.if_contains("coders");
    const bool names_some = coders != nullptr && coders->is_array() && !coders->get_array().empty();
    if (body.contains("source") && !names_some) body["coders"] = json::array{author};
  }
}

// ---- sending

struct Draft {
  SessionId session;
  json::array actions;
};

struct Sent {
  CommandId refused;
  engine::Answer answer;
};

struct Replaced {
  Substitution by;
  std::string name;               // of what stands for it
  std::vector<std::string> left;  // fields that stay in the inbox alone
};

struct Reapplied {
  std::vector<Replaced> replaced;
  std::vector<Sent> sent;

  bool is_refused() const {
    return !sent.empty() && sent.front().answer.outcome != engine::Outcome::accepted;
  }
};

class Again {
 public:
  Again(const Globals& globals, engine::Project& project) : globals_(globals), project_(project) {}

  Result<Reapplied> run(const ConflictsOptions& options) {
    QUALOG_ASSIGN(const auto state, project_.read());
    QUALOG_ASSIGN(const auto entry, find_entry(*state, options.id));
    QUALOG_TRY(check_may_see(*state, entry, globals_.actor));
    QUALOG_ASSIGN(auto draft, draft_of(entry));
    QUALOG_ASSIGN(const auto change, change_of(*state, entry, options, draft));
    QUALOG_TRY(send(*state, entry, draft, change));
    const auto made = made_by(draft);
    if (made.empty() || done_.is_refused()) return std::move(done_);
    for (const auto& later : built_on(*state, entry, made))
      send_later(*state, later, {change.substitutions, ""});
    return std::move(done_);
  }

 private:
  Result<Change> change_of(const projector::Reader& state, const InboxEntry& entry,
                           const ConflictsOptions& options, json::array& draft) {
    const auto& names = project_.keys().name;
    if (!options.name.empty()) {
      QUALOG_ASSIGN(draft, renamed(state, names, entry, std::move(draft), options.name));
      return Change{{}, options.name};
    }
    QUALOG_ASSIGN(auto substitutions, substitutions_for(state, names, entry, draft, options.use));
    for (const auto& each : substitutions)
      done_.replaced.push_back({each, name_now(state, each.used), left_behind(draft, each)});
    return Change{std::move(substitutions), ""};
  }

  // What cannot be sent is told among the answers, and holds up no other.
  void send_later(const projector::Reader& state, const InboxEntry& entry, const Change& change) {
    const auto draft = draft_of(entry);
    const auto sent = draft ? send(state, entry, *draft, change) : Result<void>(draft.error());
    if (!sent)
      done_.sent.push_back({entry.command, engine::without_outcome(engine::Outcome::error,
                                                                   entry.command, sent.error())});
  }

  Result<void> send(const projector::Reader& state, const InboxEntry& entry,
                    const json::array& draft, const Change& change) {
    auto actions = substituted(draft, change.substitutions);
    if (actions.empty()) return {};
    name_coders(actions, entry.author);
    QUALOG_ASSIGN(auto attempt, next_attempt(state, entry.command, change));
    if (!attempt.answer) {
      QUALOG_ASSIGN(actions, carried(state, entry.seen, std::move(actions)));
      QUALOG_ASSIGN(attempt.answer, ask(attempt.id, entry, in_edit_mode(state, actions)));
    }
    done_.sent.push_back({entry.command, std::move(*attempt.answer)});
    return {};
  }

  // In the session in which the actor edits what it is about, where they do: with its token.
  Draft in_edit_mode(const projector::Reader& state, json::array actions) const {
    SessionId session = session_;
    for (auto& part : actions) {
      auto& body = part.at("body").get_object();
      const auto lease = own_lease(globals_, state, item_in(body, "source"));
      if (!lease) continue;
      session = lease->session;
      if (body.contains("token")) body["token"] = lease->token;
    }
    return {session, std::move(actions)};
  }

  Result<engine::Answer> ask(const CommandId& id, const InboxEntry& entry, const Draft& draft) {
    fb::CommandT command;
    command.command_id = id;
    command.session = draft.session;
    command.seen = engine::kLatest;
    if (entry.reason) command.reason = text_to(*entry.reason);
    QUALOG_ASSIGN(command.actions, proposals_from(draft.actions, project_.keys().name));
    QUALOG_TRY(check_command(command));
    return project_.owner().ask(std::move(command), globals_.actor);
  }

  const Globals& globals_;
  engine::Project& project_;
  SessionId session_ = engine::new_id<SessionId>(globals_.effects());
  Reapplied done_;
};

// ---- printing

void print_substitution(const Globals& globals, const ConflictsOptions& options,
                        const Replaced& each) {
  const auto refused = each.by.refused.text(), used = each.by.used.text();
  if (globals.json)
    return print_line({{"reapplied", options.id},
                       {"result", "replaced"},
                       {"refused_item", refused},
                       {"used", used},
                       {"left", json::array(each.left.begin(), each.left.end())}});
  print("replaced {}: \"{}\" ({}) stands for it{}\n", refused, one_line(each.name), used,
        each.left.empty()
            ? ""
            : fmt::format("; in the inbox alone stay its {}", fmt::join(each.left, ", ")));
}

void print_sent(const Globals& globals, const Sent& sent) {
  if (!globals.json) return print("{}\n", one_line(answer_text(sent.answer)));
  auto line = answer_json(sent.answer);
  line["reapplied"] = sent.refused.text();
  print_line(line);
}

// Of one answer its own exit code, of several what they come to.
Exit exit_for(const Reapplied& done) {
  if (done.sent.size() == 1) return exit_of(done.sent.front().answer);
  Tally tally;
  for (const auto& sent : done.sent) tally.count(sent.answer);
  return tally.exit();
}

Result<Exit> reapply(const Globals& globals, const ConflictsOptions& options) {
  QUALOG_ASSIGN(const auto project, globals.open(options.project));
  const auto done = Again(globals, *project).run(options);
  const auto closed = project->close();
  if (!done) return done.error();
  for (const auto& each : done->replaced) print_substitution(globals, options, each);
  for (const auto& sent : done->sent) print_sent(globals, sent);
  if (!closed) return closed.error();
  return exit_for(*done);
}

}  // namespace

Exit conflicts_reapply(const Globals& globals, const ConflictsOptions& options) {
  return finish(globals, reapply(globals, options));
}

}  // namespace qualog::tools
