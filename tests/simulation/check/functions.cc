// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/check/functions.h"

#include "engine/blobs/named_blobs.h"
#include "engine/decide.h"
#include "engine/rules/access.h"
#include "projector/tables.h"
#include "schema/actions.h"
#include "schema/codec.h"
#include "tests/simulation/written.h"

#include <optional>

namespace qualog::simulation {

// A command of one action, and what decide knew when it came to it.
struct Functions::Asked {
  const engine::Rule& row;
  const fb::CommandT& command;
  engine::Context context;
  std::vector<Digest> blobs;  // that it names and that are complete
  const projector::Reader& state;

  template <class Ask>
  auto with(const fb::ActionUnion& action, Ask&& ask) const {
    const auto bytes = packed(action);
    const auto& proposal = trusted_proposal(bytes);
    auto known = context;
    known.complete_blobs = blobs;
    const bool latest = !command.seen || *command.seen == engine::kLatest;
    const engine::Question question{
        .state = state,
        .context = known,
        .rule = row,
        .action = *static_cast<const flatbuffers::Table*>(proposal.action()),
        .command = command,
        .seen = latest ? context.head : Sequence{*command.seen},
        .in_import = row.action == fb::Action::ImportStarted,
        .group = engine::strongest_group(state, known)};
    return ask(question);
  }
  const fb::ActionUnion& sent() const { return command.actions.front()->action; }
  // As it goes into the event; nothing where it cannot be.
  std::optional<fb::ActionUnion> adjusted() const {
    fb::ActionUnion action = sent();
    if (row.adjust == nullptr) return action;
    const auto refused = with(sent(), [&](const auto& asked) { return row.adjust(asked, action); });
    return refused ? std::nullopt : std::optional(std::move(action));
  }
};

Functions::Asked Functions::asked(const engine::Rule& row, const fb::CommandT& command,
                                  engine::Context context) const {
  context.lease_timeout_us = looks_.lease_timeout_us;
  auto blobs = engine::complete_among(looks_.blobs, engine::blobs_named_by(command));
  return {row, command, context, std::move(*blobs), looks_.state};
}

void Functions::wrong(const char* invariant, const Asked& asked, const std::string& what) {
  verdicts_.wrong(invariant, std::string(action_name(asked.row.action)) + " behind event " +
                                 std::to_string(asked.context.head.value) + " " + what);
}

const fb::Command* Functions::only_action(const CommandId& id, const Digest& digest) const {
  const auto* command = looks_.command(id, digest);
  return command != nullptr && command->actions()->size() == 1 ? command : nullptr;
}

// ---- events -------------------------------------------------------------------------------------

void Functions::before(const fb::Event& event) {
  const auto id = flatbuffers::UnPack(*event.command_id());
  const auto digest = flatbuffers::UnPack(*event.command_digest());
  if (id != command_) check_completed(id);
  const auto* row = written_row(event.action_type());
  if (row == nullptr) return;
  const auto* action = static_cast<const flatbuffers::Table*>(event.action());
  if (!row->completes.empty())
    completes_.push_back(id_in(*action, engine::field_in(row->action, row->completes)));
  const auto* command = only_action(id, digest);
  const bool is_first = event.group() == 0 || event.group() == event.sequence();
  if (command == nullptr || !is_first) return;
  const auto sent = unpack(*command);
  check_event(asked(*row, *sent,
                    {.principal = event.actor()->string_view(),
                     .now = event.time(),
                     .head = Sequence{event.sequence() - 1},
                     .digest = digest}),
              event);
}

void Functions::check_event(const Asked& asked, const fb::Event& event) {
  const auto action = asked.adjusted();
  if (!action) return wrong("I8", asked, "is accepted where it cannot be placed");
  fb::ActionUnion written;
  written.type = event.action_type();
  written.value = fb::ActionUnion::UnPack(event.action(), event.action_type(), nullptr);
  if (packed(*action) != packed(written)) wrong("I8", asked, "is another one in the log");
  asked.with(*action, [&](const engine::Question& question) {
    const auto& row = asked.row;
    if (row.repeats != nullptr && row.repeats(question))
      return wrong("I14", asked, "is an event, and changes nothing");
    if (row.special.check != nullptr)
      if (const auto refused = row.special.check(question))
        return wrong("I9", asked, "is accepted against " + refused->detail);
    const bool computes = row.compute != nullptr && !row.compute(question).empty();
    if (computes != (event.group() != 0)) wrong("I15", asked, "is not what its group is of");
  });
}

// A text that came in chunks is whole when its command has ended.
void Functions::check_completed(const CommandId& next) {
  for (const auto& source : completes_) {
    const auto content = projector::content_row(looks_.state, source);
    if (content && content->state == projector::ContentState::Growing)
      verdicts_.wrong("I22", "a command ends, and a text of it is not whole: " + source.text());
  }
  completes_.clear();
  command_ = next;
}

// ---- answers ------------------------------------------------------------------------------------

void Functions::aside(const fb::Aside& aside) {
  if (aside.body_as_CommandAnswered() == nullptr) return;
  const auto digest = flatbuffers::UnPack(*aside.command_digest());
  const auto* command = only_action(flatbuffers::UnPack(*aside.command_id()), digest);
  if (command == nullptr) return;
  const auto* row = written_row(command->actions()->Get(0)->action_type());
  if (row == nullptr) return;
  const auto sent = unpack(*command);
  check_repetition(asked(*row, *sent,
                         {.principal = aside.actor()->string_view(),
                          .now = aside.time(),
                          .head = Sequence{aside.after_sequence()},
                          .digest = digest}));
}

void Functions::check_repetition(const Asked& asked) {
  const auto action = asked.adjusted();
  const bool repeats =
      action && asked.row.repeats != nullptr &&
      asked.with(*action, [&](const auto& question) { return asked.row.repeats(question); });
  if (!repeats) wrong("I14", asked, "is answered as being so, and it is not");
}

}  // namespace qualog::simulation
