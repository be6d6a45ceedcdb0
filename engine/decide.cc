// SPDX-License-Identifier: Apache-2.0
#include "engine/decide.h"

#include "engine/rules/access.h"
#include "engine/rules/imports.h"
#include "projector/fold/fold.h"
#include "projector/query/stored_aside.h"
#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "schema/limits.h"

#include <algorithm>

namespace qualog::engine {

namespace {

using projector::CommandRow;
using projector::SessionRow;
using projector::Table;

// ---- what holds for the whole command -----------------------------------------------------------

bool is_by(const fb::Aside& aside, std::string_view principal) {
  return (aside.actor() != nullptr ? aside.actor()->string_view() : "") == principal;
}

// What cannot be read is no unknown id: its command would take effect twice.
Result<std::optional<Decision>> answered_before(const projector::Reader& state,
                                                const fb::CommandT& command,
                                                const Context& context) {
  const auto answer = [](bool same, const Known& use) {
    return std::optional<Decision>(
        same ? Decision{use} : Misused{"the command id was used before with other content", use});
  };
  const auto key = command.command_id.view();
  if (const auto row = projector::row_of<CommandRow>(state, Table::Commands, key)) {
    const bool same = row->principal == context.principal && row->digest == context.digest;
    return answer(same, {row->last, {}});
  }
  QUALOG_TRY(state.undamaged());
  const auto number = state.get(Table::Answers, key);
  if (!number) return std::optional<Decision>();
  QUALOG_ASSIGN(const auto aside, projector::StoredAside::at(state, *number));
  const auto* digest = aside->command_digest();
  const bool same = is_by(*aside, context.principal) && digest != nullptr &&
                    flatbuffers::UnPack(*digest) == context.digest;
  return answer(same, {{}, AsideNumber{aside->number()}});
}

Verdict check_session(const projector::Reader& state, const fb::CommandT& command,
                      const Context& context) {
  for (const auto table : {Table::Sessions, Table::AsideSessions}) {
    const auto row = projector::row_of<SessionRow>(state, table, command.session.view());
    if (row && row->principal != context.principal)
      return refuse(fb::RefusalCode::Denied, "session");
    if (row && row->ended) return refuse(fb::RefusalCode::SessionEnded, "session");
  }
  return {};
}

// What the command builds on was refused, so it is refused too. It is an own one, or none.
Verdict check_after(const projector::Reader& state, const fb::CommandT& command,
                    const Context& context) {
  const auto key = command.after.view();
  if (!command.after) return {};
  const auto refused_for = [&](fb::RefusalCode code) {
    auto refusal = refuse(code, "after");
    refusal.depends_on = command.after;
    return refusal;
  };
  const auto unknown = refused_for(fb::RefusalCode::BadRef);
  if (const auto row = projector::row_of<CommandRow>(state, Table::Commands, key))
    return row->principal == context.principal ? Verdict{} : unknown;
  const auto number = state.get(Table::Answers, key);
  if (!number) return unknown;
  const auto aside = projector::StoredAside::at(state, *number);
  if (!aside) state.report_damage(aside.error().message);
  if (!aside || !is_by(**aside, context.principal)) return unknown;
  const auto* refused = (*aside)->body_as_ConflictRefused();
  if (refused == nullptr) return {};
  auto refusal = refused_for(refused->code());
  if (const auto* winner = refused->winner()) refusal.winner = Sequence{winner->sequence()};
  return refusal;
}

Verdict check_seen(const fb::CommandT& command, const Context& context) {
  if (!command.seen || *command.seen == kLatest || *command.seen <= context.head.value) return {};
  return refuse(fb::RefusalCode::SeenAhead, "seen");
}

// Whoever makes items can compute the id of anybody's profile. Nobody acts as what another made.
Verdict check_profile(const projector::Reader& state, const Context& context) {
  const auto row = projector::item_slice(state, projector::profile_item(context.principal));
  if (!row) return {};
  const auto role = projector::value_of<projector::Role>(*row, projector::Facet::Role);
  if (row->kind == projector::Kind::Profile && role.principal == context.principal) return {};
  return refuse(fb::RefusalCode::IdReused, "profile");
}

Verdict check_command(const projector::Reader& state, const fb::CommandT& command,
                      const Context& context) {
  if (auto verdict = check_session(state, command, context)) return verdict;
  if (auto verdict = check_profile(state, context)) return verdict;
  if (auto verdict = check_seen(command, context)) return verdict;
  return check_after(state, command, context);
}

// ---- one action after the other -----------------------------------------------------------------

class Decider {
 public:
  Decider(projector::Store& state, const fb::CommandT& command, const Context& context)
      : state_(state), command_(command), context_(context), fold_(state), next_(context.head) {}

  Result<Decision> run() {
    in_import_ = is_import(command_);
    for (const auto& proposal : command_.actions) {
      QUALOG_TRY(act(proposal->action, false));
      if (refusal_) return Decision{*refusal_};
    }
    if (auto verdict = check_completed()) return Decision{*verdict};
    if (made_.events.empty()) return Decision{Repetition{}};
    return finish();
  }

 private:
  using Event = fb::EventT;

  Question question(const Bytes& packed, const Rule& rule, bool computed) const {
    const auto& proposal = trusted_proposal(packed);
    return {.state = state_,
            .context = context_,
            .rule = rule,
            .action = *static_cast<const flatbuffers::Table*>(proposal.action()),
            .command = command_,
            .seen = seen(computed),
            .in_import = in_import_,
            .trusted = context_.trusted || computed,
            .computed = computed,
            .group = actor_group_};
  }

  Sequence seen(bool computed) const {
    const bool latest = computed || !command_.seen || *command_.seen == kLatest;
    return latest ? next_ : Sequence{*command_.seen};
  }

  Result<void> act(const fb::ActionUnion& sent, bool computed) {
    const Rule* rule = rule_of(sent.type);
    if (rule == nullptr) return refuse_with(refuse(fb::RefusalCode::Unsupported, "action"));
    actor_group_ = strongest_group(state_, context_);
    fb::ActionUnion action = sent;
    Bytes bytes = packed(action);
    if (auto verdict = check(question(bytes, *rule, computed))) return refuse_with(*verdict);
    const auto stale = check_versions(question(bytes, *rule, computed));
    if (rule->adjust != nullptr) {
      if (auto verdict = rule->adjust(question(bytes, *rule, computed), action))
        return refuse_with(stale.value_or(*verdict));
      bytes = packed(action);
    }
    const Question asked = question(bytes, *rule, computed);
    // What is so already collides with nobody, whoever made it so.
    if (rule->repeats != nullptr && rule->repeats(asked)) return {};
    if (stale) return refuse_with(*stale);
    if (rule->special.check != nullptr)
      if (auto verdict = rule->special.check(asked)) return refuse_with(*verdict);
    return carry_out(asked, action);
  }

  static Verdict check(const Question& asked) {
    for (const CheckFunction check :
         {&check_access, &check_exclusive, CheckFunction{&check_frozen}, &check_lease,
          &check_references, CheckFunction{&check_claim}, &check_names})
      if (auto verdict = check(asked)) return verdict;
    return {};
  }

  Result<void> carry_out(const Question& asked, const fb::ActionUnion& action) {
    const Rule& rule = asked.rule;
    auto computed = rule.compute != nullptr ? rule.compute(asked) : std::vector<fb::ActionUnion>{};
    if (!rule.completes.empty()) completes_.push_back(asked.id(rule.completes));
    const bool takes_back = rule.undone != nullptr && computed.empty();
    is_group_ = is_group_ || !computed.empty();
    QUALOG_TRY(append(action, takes_back ? rule.undone(action) : Sequence{}));
    for (const auto& effect : computed) {
      QUALOG_TRY(act(effect, true));
      if (refusal_) return {};
    }
    return {};
  }

  // Packs the event that follows and folds it, so that the next action sees it.
  Result<void> append(const fb::ActionUnion& action, Sequence undo_of) {
    if (made_.events.size() >= limits::kGroupEventsMax)
      return refuse_with(refuse(fb::RefusalCode::TooLarge, "group"));
    next_ = next_.next();
    Event event;
    event.sequence = next_.value;
    event.time = context_.now;
    event.actor = context_.principal;
    event.session = command_.session;
    event.command_id = command_.command_id;
    event.command_digest = context_.digest;
    event.seen = seen_in_header();
    event.group = in_group() ? group_start().value : 0;
    event.undo_of = undo_of.value;
    if (command_.reason) event.reason = std::make_unique<fb::TextT>(*command_.reason);
    event.action = action;
    pack(event, made_.events.emplace_back());
    if (made_.events.back().size() > limits::kItemBytesMax)
      return refuse_with(refuse(fb::RefusalCode::TooLarge, "action"));
    QUALOG_TRY(fold_.event(trusted_event(made_.events.back())));
    if (fold_.taken()) return refuse_with(refuse(fb::RefusalCode::IdReused, "id"));
    return {};
  }

  std::uint64_t seen_in_header() const {
    return command_.seen && *command_.seen != kLatest ? *command_.seen : context_.head.value;
  }
  bool in_group() const { return is_group_ || command_.actions.size() > 1; }
  Sequence group_start() const { return context_.head.next(); }

  Result<void> refuse_with(Refusal refusal) {
    refusal_ = std::move(refusal);
    return {};
  }

  // A text that came in chunks is whole when the command ends.
  Verdict check_completed() const {
    for (const auto& source : completes_) {
      const auto content = projector::content_row(state_, source);
      if (content && content->state == projector::ContentState::Growing)
        return refuse(fb::RefusalCode::Invalid, "length: the text is not whole");
    }
    return {};
  }

  Decision finish() {
    made_.first = context_.head.next();
    made_.last = next_;
    made_.is_group = in_group();
    return std::move(made_);
  }

  projector::Store& state_;
  const fb::CommandT& command_;
  const Context& context_;
  projector::Fold fold_;
  Sequence next_;
  std::uint8_t actor_group_ = 0;  // fb::Group, before the action at hand
  bool in_import_ = false;
  bool is_group_ = false;  // an action had computed effects
  std::vector<ItemId> completes_;
  Verdict refusal_;
  Acceptance made_;
};

}  // namespace

Result<Decision> decide(projector::Overlay& state, const fb::CommandT& command,
                        const Context& context) {
  QUALOG_ASSIGN(auto answer, answered_before(state, command, context));
  if (answer) return std::move(*answer);
  const auto verdict = check_command(state, command, context);
  QUALOG_TRY(state.undamaged());
  if (verdict) return Decision{*verdict};
  projector::Overlay::Savepoint attempt(state);
  auto decision = Decider(state, command, context).run();
  if (!decision) return decision;
  if (std::holds_alternative<Acceptance>(*decision)) attempt.keep();
  QUALOG_TRY(state.undamaged());
  return decision;
}

}  // namespace qualog::engine
