// SPDX-License-Identifier: Apache-2.0
#include "engine/owner/round.h"

#include "engine/blobs/named_blobs.h"
#include "engine/folding.h"
#include "engine/log/little_endian.h"
#include "engine/log/record.h"
#include "engine/owner/refusals.h"
#include "projector/query/stored_aside.h"
#include "schema/codec.h"
#include "schema/commands.h"
#include "schema/limits.h"

#include <utility>

namespace qualog::engine {

using projector::Table;

namespace {

constexpr std::size_t kSharedBytesMax = 512 * 1024;
constexpr std::uint64_t kNoSeen = ~std::uint64_t{0} - 1;

void add_number(Sha256& hash, std::uint64_t value) {
  std::array<std::uint8_t, 8> bytes;
  log::store(bytes.data(), value);
  hash.add(bytes);
}

std::vector<fb::AsideBodyUnion> repetition_aside(Sequence head) {
  fb::CommandAnsweredT body;
  body.sequence = head.value;
  std::vector<fb::AsideBodyUnion> bodies(1);
  bodies.front().Set(std::move(body));
  return bodies;
}

// What was answered the first time.
Result<Answer> first_answer(const projector::Reader& state, const Known& known, Answer answer) {
  answer.outcome = Outcome::accepted;
  answer.sequence = known.accepted;
  if (!known.aside) return answer;
  QUALOG_ASSIGN(const auto aside,
                projector::StoredAside::at(state, projector::key_of(Sequence{known.aside.value})));
  return answer_from(*aside);
}

Answer answer_behind(const fb::CommandT& command, const CommandId& awaited) {
  return without_outcome(
      Outcome::not_applied, command.command_id,
      fail(Code::conflict, "command " + awaited.text() +
                               " of the same session was not applied; send it again first, then "
                               "this one"));
}

CommandId own_command(std::string_view domain, const fb::CommandT& command) {
  return id_from<CommandId>(Sha256{}.add(view(domain)).add(command.command_id.view()).finish());
}

}  // namespace

Digest command_digest(const LineageKeys& keys, const fb::CommandT& command) {
  Sha256 hash;
  add_number(hash, command.seen ? *command.seen : kNoSeen);
  Bytes packed;
  for (const auto& proposal : command.actions) {
    pack(*proposal, packed);
    add_number(hash, packed.size());
    hash.add(packed);
  }
  return hmac_sha256(keys.command, hash.finish());
}

Answer answer_from(const fb::Aside& aside) {
  Answer answer;
  answer.command = flatbuffers::UnPack(*aside.command_id());
  if (const auto* noop = aside.body_as_CommandAnswered()) {
    answer.outcome = Outcome::accepted;
    answer.sequence = Sequence{noop->sequence()};
    answer.noop = true;
  } else if (const auto* refused = aside.body_as_ConflictRefused()) {
    answer.outcome = Outcome::refused;
    answer.refusal = std::shared_ptr<const fb::ConflictRefusedT>(refused->UnPack());
  }
  return answer;
}

Round::Round(projector::Overlay& state, const log::Head& head, const LineageKeys& keys,
             const SessionOrder& order, std::int64_t now, std::int64_t lease_timeout_us,
             BlobStore* blobs, std::size_t record_bytes)
    : state_(state),
      keys_(keys),
      order_(order),
      now_(now),
      lease_timeout_us_(lease_timeout_us),
      blobs_(blobs),
      record_bytes_(record_bytes),
      begin_(head),
      head_(head.sequence()),
      next_aside_(head.next_aside) {}

Context Round::context_for(const Submission& submission) const {
  return {submission.principal,
          now_,
          head_,
          command_digest(keys_, submission.command),
          lease_timeout_us_,
          submission.trusted,
          submission.groups,
          {}};
}

Result<void> Round::take(Submission& submission) {
  const Sequence before = head_;
  QUALOG_ASSIGN(auto pending, answer_to(submission));
  pending.done = std::exchange(submission.done, nullptr);
  pending.session = submission.command.session;
  pending_.push_back(std::move(pending));
  if (head_ == before) return {};
  QUALOG_TRY(end_silent_exclusive(submission));
  // Behind the answer: it does not wait for the record of the profile, which the principal's next
  // command brings where a crash comes between.
  return write_profile(submission);
}

// What the engine adds behind a command, under an id that follows from the command's.
Result<void> Round::add_own(const Submission& submission, const CommandId& id,
                            fb::ActionUnion action, AddEvents add) {
  Submission own;
  own.principal = submission.principal;
  own.trusted = true;
  own.command = command_of(id, submission.command.session, {std::move(action)});
  QUALOG_ASSIGN(auto decision, decide(state_, own.command, context_for(own)));
  auto* accepted = std::get_if<Acceptance>(&decision);
  if (accepted == nullptr) return {};
  head_ = accepted->last;
  (this->*add)(std::move(accepted->events), &log::Batch::events);
  return {};
}

// An exclusive session whose holder was silent for so long that somebody else could act is over
// for good, and the log says so, with the act or not at all: the holder who comes back would find
// it theirs, and shut the others out again.
Result<void> Round::end_silent_exclusive(const Submission& submission) {
  const auto project = projector::item_slice(state_, projector::kProjectItem);
  if (!project) return {};
  const auto exclusive =
      projector::value_of<projector::Exclusive>(*project, projector::Facet::Exclusive);
  if (exclusive.token == 0 || exclusive.session == submission.command.session) return {};
  fb::ExclusiveBrokenT broken;
  broken.token = exclusive.token;
  broken.end = fb::LeaseEnd::Timeout;
  return add_own(submission, own_command("qualog.exclusive.v1", submission.command),
                 action_of(std::move(broken)), &Round::add_with_last);
}

// An id that has its answer gets it, whatever keeps others waiting; where nobody can know, decide()
// says so.
bool Round::is_new(const fb::CommandT& command) const {
  const auto key = command.command_id.view();
  return !state_.get(Table::Commands, key) && !state_.get(Table::Answers, key) &&
         state_.damage().empty();
}

std::optional<CommandId> Round::awaited_before(const fb::CommandT& command) const {
  const auto awaited = order_.awaited_before(command);
  return awaited && is_new(command) ? awaited : std::nullopt;
}

Result<std::vector<Digest>> Round::complete_blobs(const fb::CommandT& command) const {
  const auto named = blobs_named_by(command);
  if (named.empty() || blobs_ == nullptr) return std::vector<Digest>();
  return complete_among(*blobs_, named);
}

Result<Round::Pending> Round::answer_to(const Submission& submission) {
  if (const auto awaited = awaited_before(submission.command))
    return Pending{answer_behind(submission.command, *awaited), nullptr, 0, {}};
  const auto complete = complete_blobs(submission.command);
  if (!complete && is_new(submission.command))
    return Pending{
        without_outcome(Outcome::not_applied, submission.command.command_id, complete.error()),
        nullptr,
        0,
        {}};
  Context context = context_for(submission);
  if (complete) context.complete_blobs = *complete;
  QUALOG_ASSIGN(auto decision, decide(state_, submission.command, context));
  Pending pending;
  auto& answer = pending.answer;
  answer.command = submission.command.command_id;
  if (const auto* known = std::get_if<Known>(&decision)) {
    QUALOG_ASSIGN(answer, first_answer(state_, *known, answer));
    pending.records = records_with(*known);
  } else if (const auto* misused = std::get_if<Misused>(&decision)) {
    answer.message = misused->problem;
    answer.code = Code::invalid;
    pending.records = records_with(misused->use);
  } else {
    QUALOG_TRY(settle(submission, context, decision, answer));
    pending.records = batches_.size();
  }
  return pending;
}

// How many of the round's records hold a first answer: none, when it was durable before. What is
// in flight waits for its own record and for no other.
std::size_t Round::records_with(const Known& known) const {
  auto event = begin_.next_event.value;
  auto aside = begin_.next_aside.value;
  std::size_t records = 0;
  const auto is_behind = [&] {
    return known.aside ? known.aside.value >= aside : known.accepted.value >= event;
  };
  while (is_behind() && records < batches_.size()) {
    event += batches_[records].events.size();
    aside += batches_[records].asides.size();
    ++records;
  }
  while (records > 0 && batches_[records - 1].more) ++records;
  return records;
}

// Turns a new outcome into events or asides.
Result<void> Round::settle(const Submission& submission, const Context& context, Decision& decision,
                           Answer& answer) {
  if (auto* accepted = std::get_if<Acceptance>(&decision)) {
    answer.outcome = Outcome::accepted;
    answer.sequence = head_ = accepted->last;
    if (accepted->is_group)
      add_alone(std::move(accepted->events), &log::Batch::events);
    else
      add_shared(std::move(accepted->events), &log::Batch::events);
    return {};
  }
  if (const auto* refusal = std::get_if<Refusal>(&decision)) {
    auto bodies = refusal_asides(state_, submission.command, head_, *refusal);
    answer.outcome = Outcome::refused;
    answer.refusal =
        std::make_shared<const fb::ConflictRefusedT>(*bodies.front().AsConflictRefused());
    return add_asides(submission, context, std::move(bodies));
  }
  answer.outcome = Outcome::accepted;
  answer.sequence = head_;
  answer.noop = true;
  return add_asides(submission, context, repetition_aside(head_));
}

// The first write of a principal brings their profile, as an event of its own.
Result<void> Round::write_profile(const Submission& submission) {
  const ItemId profile = projector::profile_item(submission.principal);
  if (submission.principal.empty() || state_.get(Table::Items, profile.view())) return {};
  fb::UserProfileCreatedT action;
  action.id = profile;
  action.principal = submission.principal;
  action.name = plain_text(submission.principal);
  return add_own(submission, own_command("qualog.profile.v1", submission.command),
                 action_of(std::move(action)), &Round::add_shared);
}

// ---- records ------------------------------------------------------------------------------------

log::Batch& Round::shared_batch(std::size_t item_bytes) {
  if (batches_.empty() || shared_bytes_ + item_bytes > kSharedBytesMax) {
    batches_.emplace_back();
    shared_bytes_ = log::kFrontBytes;
  }
  shared_bytes_ += item_bytes;
  return batches_.back();
}

void Round::add_shared(std::vector<Bytes> items, ItemsOfBatch list) {
  for (auto& item : items) (shared_batch(log::item_bytes(item)).*list).push_back(std::move(item));
}

// Settled together with what was added last: in its record, or in the next one of its group.
void Round::add_with_last(std::vector<Bytes> items, ItemsOfBatch list) {
  for (auto& item : items) {
    shared_bytes_ += log::item_bytes(item);
    (batches_.back().*list).push_back(std::move(item));
    if (!log::is_too_large(batches_.back())) continue;
    Bytes last = std::move((batches_.back().*list).back());
    (batches_.back().*list).pop_back();
    batches_.back().more = true;
    (batches_.emplace_back().*list).push_back(std::move(last));
  }
}

Result<void> Round::add_asides(const Submission& submission, const Context& context,
                               std::vector<fb::AsideBodyUnion> bodies) {
  projector::Fold fold(state_);
  std::vector<Bytes> items;
  for (auto& body : bodies) {
    fb::AsideT aside;
    aside.number = next_aside_.value;
    aside.after_sequence = head_.value;
    aside.time = now_;
    aside.actor = submission.principal;
    aside.session = submission.command.session;
    aside.command_id = submission.command.command_id;
    aside.command_digest = context.digest;
    aside.body = std::move(body);
    next_aside_ = next_aside_.next();
    pack(aside, items.emplace_back());
    QUALOG_TRY(fold_aside(fold, items.back()));
  }
  if (items.size() > 1)
    add_alone(std::move(items), &log::Batch::asides);
  else
    add_shared(std::move(items), &log::Batch::asides);
  return {};
}

// A group: records that follow each other with nobody else's between.
void Round::add_alone(std::vector<Bytes> items, ItemsOfBatch list) {
  std::size_t bytes = record_bytes_;
  bool first = true;
  for (auto& item : items) {
    bytes += log::item_bytes(item);
    if (bytes > record_bytes_) {
      if (!first) batches_.back().more = true;
      first = false;
      batches_.emplace_back();
      bytes = log::kFrontBytes + log::item_bytes(item);
    }
    (batches_.back().*list).push_back(std::move(item));
  }
  shared_bytes_ = kSharedBytesMax;
  full_ = true;
}

}  // namespace qualog::engine
