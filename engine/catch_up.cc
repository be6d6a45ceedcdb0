// SPDX-License-Identifier: Apache-2.0
#include "engine/catch_up.h"

#include "engine/folding.h"
#include "engine/log/posix_files.h"
#include "projector/fold/fold.h"
#include "projector/state/durable_file.h"
#include "projector/state/open.h"
#include "schema/chain.h"

#include <fmt/format.h>

namespace qualog::engine {

namespace {

// What `read` finds in a state; its damage as an error.
template <class Read>
auto read_state(const projector::Environment& state, Read read)
    -> Result<decltype(read(std::declval<const projector::Reader&>()))> {
  QUALOG_ASSIGN(const auto txn, projector::ReadTransaction::begin(state));
  auto found = read(*txn);
  QUALOG_TRY(txn->undamaged());
  return found;
}

Result<void> note_where_it_is(const ProjectPlace& place, const std::optional<log::Seal>& seal) {
  if (seal) return projector::write_durably(place.moved(), seal->place);
  std::error_code ignored;
  std::filesystem::remove(place.moved(), ignored);
  return {};
}

// Whether a log holds what a state has folded of another: the same events and asides, in whatever
// records they lie.
class Passing final : public log::Sink {
 public:
  Passing(const LineageId& lineage, const log::Head& through) : through_(through) {
    at_.chain = events_.start(lineage);
    at_.aside_chain = asides_.start(lineage);
    settled_ = at_;
  }
  bool passed() const { return settled_ == through_; }

  Result<void> event(Sequence, ByteView bytes) override {
    if (at_.next_event == through_.next_event) return {};
    at_.chain = events_.next(at_.chain, bytes);
    at_.next_event = at_.next_event.next();
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView bytes) override {
    if (at_.next_aside == through_.next_aside) return {};
    at_.aside_chain = asides_.next(at_.aside_chain, bytes);
    at_.next_aside = at_.next_aside.next();
    return {};
  }
  Result<void> settled(const log::Place&, const log::Head&) override {
    settled_ = at_;
    return {};
  }
  void discarded() override { at_ = settled_; }

 private:
  Chain events_{ChainDomain::Events};
  Chain asides_{ChainDomain::Asides};
  log::Head through_;
  log::Head at_;
  log::Head settled_;
};

// A shared log whose places are others than its state's is one that was copied: what it holds is
// not trusted more than the state, which is kept where they differ.
Result<void> check_passes_through(const ProjectPlace& place, const projector::Environment& state) {
  QUALOG_ASSIGN(const auto applied, read_state(state, &applied_of));
  if (!place.log->is_shared() || !applied) return {};
  QUALOG_ASSIGN(const auto lineage, read_state(state, &projector::lineage_of));
  Passing passing(lineage, applied->head);
  QUALOG_ASSIGN(const auto summary, place.log->read({}, passing));
  if (!summary.damage.empty()) return log::damage_error(summary.damage.front());
  if (passing.passed()) return {};
  return fail(Code::damaged,
              fmt::format("{}: it does not hold what this machine has folded up to event {}: the "
                          "log has lost its end, or was replaced; restore the project from a "
                          "backup",
                          place.log->name(), applied->head.sequence().value));
}

// One reading of the log into the state. Notes which errors came from the state.
class Attempt final : public log::Sink {
 public:
  explicit Attempt(projector::Environment& state) : state_(state), folding_(state) {}

  // Owning the log.
  Result<CaughtUp> own(const ProjectPlace& place, Random& random) {
    QUALOG_ASSIGN(const auto applied, note(read_state(state_, &applied_of)));
    QUALOG_ASSIGN(auto opened,
                  place.log->open(applied ? applied->place : log::Place{}, applied, random, *this));
    QUALOG_TRY(note(folding_.finish()));
    QUALOG_ASSIGN(const auto clock, note(read_state(state_, &projector::clock_of)));
    return CaughtUp{std::move(opened), clock};
  }

  // Beside whoever owns it.
  Result<void> follow(const ProjectPlace& place) {
    QUALOG_ASSIGN(const auto applied, note(read_state(state_, &applied_of)));
    QUALOG_ASSIGN(const auto summary, applied
                                          ? place.log->read(applied->place, applied->head, *this)
                                          : place.log->read({}, *this));
    if (!summary.damage.empty()) return log::damage_error(summary.damage.front());
    QUALOG_TRY(note(folding_.finish()));
    return note_where_it_is(place, summary.seal);
  }

  // An empty state may fare better: this one is damaged, or the log is a copy, where no state is
  // evidence and this one may lie past its log.
  bool is_unfit(const Error& error) const {
    return error.code == Code::not_found || (state_failed_ && error.code == Code::damaged);
  }

  bool has_state_failed() const { return state_failed_; }

  Result<void> event(Sequence sequence, ByteView bytes) override {
    return note(folding_.event(sequence, bytes));
  }
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override {
    return note(folding_.aside(number, after, bytes));
  }
  Result<void> settled(const log::Place& place, const log::Head& head) override {
    return note(folding_.settled(place, head));
  }
  void discarded() override { folding_.discarded(); }

 private:
  template <class T>
  Result<T> note(Result<T> done) {
    state_failed_ = state_failed_ || !done;
    return done;
  }

  projector::Environment& state_;
  StateFolding folding_;
  bool state_failed_ = false;
};

}  // namespace

Result<std::unique_ptr<projector::Environment>> open_environment(
    const std::filesystem::path& directory) {
  QUALOG_ASSIGN(auto opened, projector::open_state(directory));
  return std::move(opened.environment);
}

// Without its mark nobody trusts a state.
Result<std::unique_ptr<projector::Environment>> renewed_environment(
    const std::filesystem::path& directory) {
  QUALOG_TRY(projector::unmark(directory));
  return open_environment(directory);
}

Result<CaughtUp> catch_up(const ProjectPlace& place, std::unique_ptr<projector::Environment>& state,
                          Random& random) {
  {
    Attempt attempt(*state);
    auto caught_up = attempt.own(place, random);
    if (caught_up || !attempt.is_unfit(caught_up.error())) return caught_up;
    if (!attempt.has_state_failed()) QUALOG_TRY(check_passes_through(place, *state));
  }
  state.reset();
  QUALOG_ASSIGN(state, renewed_environment(place.state()));
  return Attempt(*state).own(place, random);
}

// What is still being made has no directory under its own name: its maker may be on this machine,
// and gives it that. Where no log has begun, whoever opens it is told why.
Result<void> make_directory_of(const ProjectPlace& place) {
  QUALOG_ASSIGN(const bool is_there, projector::is_there(place.directory));
  if (is_there) return {};
  log::NoSink nothing;
  const auto read = place.log->read({}, nothing);
  if (!read && read.error().code != Code::not_found) return read.error();
  return projector::make_private_directory(place.directory);
}

namespace {

// Whoever calls has the lock.
Result<void> follow_from_nothing(const ProjectPlace& place) {
  QUALOG_ASSIGN(auto state, renewed_environment(place.state()));
  QUALOG_TRY(Attempt(*state).follow(place));
  return projector::close_state(std::move(state), place.state());
}

Result<std::unique_ptr<log::FileLock>> lock_here(const ProjectPlace& place) {
  QUALOG_TRY(make_directory_of(place));
  return log::PosixFiles().lock(place.owner_lock().string());
}

}  // namespace

Result<void> follow_anew(const ProjectPlace& place) {
  QUALOG_ASSIGN(const auto lock, lock_here(place));
  return follow_from_nothing(place);
}

Result<void> follow(const ProjectPlace& place) {
  QUALOG_ASSIGN(const auto lock, lock_here(place));
  QUALOG_ASSIGN(auto state, open_environment(place.state()));
  {
    Attempt attempt(*state);
    const auto followed = attempt.follow(place);
    if (followed) return projector::close_state(std::move(state), place.state());
    if (!attempt.is_unfit(followed.error())) return followed;
    if (!attempt.has_state_failed()) QUALOG_TRY(check_passes_through(place, *state));
  }
  state.reset();
  return follow_from_nothing(place);
}

}  // namespace qualog::engine
