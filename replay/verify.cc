// SPDX-License-Identifier: Apache-2.0
#include "replay/verify.h"

#include "projector/fold/fold.h"
#include "projector/state/open.h"
#include "replay/meaning.h"
#include "replay/reading/log_reading.h"
#include "replay/scratch_state.h"
#include "schema/codec.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::replay {

namespace {

// The state as it stands, and what the log has behind it.
class LiveState {
 public:
  // Nothing where there is no state to be trusted.
  static std::unique_ptr<LiveState> open(const engine::ProjectPlace& place) {
    auto opened = projector::open_state_for_reading(place.state());
    if (!opened || *opened == nullptr) return nullptr;
    std::unique_ptr<LiveState> live(new LiveState);
    live->environment_ = std::move(*opened);
    auto txn = projector::ReadTransaction::begin(*live->environment_);
    if (!txn) return nullptr;
    live->txn_ = std::move(*txn);
    const auto applied = engine::applied_of(*live->txn_);
    if (!applied) return nullptr;
    live->applied_ = *applied;
    live->folding_ = std::make_unique<engine::MemoryFolding>(live->txn_.get(), *applied);
    return live;
  }

  void pass(const log::Place& place, const log::Head& head) {
    if (place <= applied_.place) passed_ = head;
  }
  // What the log has behind it. That it cannot be folded over it is a fault of the state: it is
  // folded beside it too, where a fault of the log shows.
  void event(Sequence sequence, ByteView bytes) {
    if (sequence >= applied_.head.next_event) note(folding_->event(sequence, bytes));
  }
  void aside(AsideNumber number, Sequence after, ByteView bytes) {
    if (number >= applied_.head.next_aside) note(folding_->aside(number, after, bytes));
  }
  void settled(const log::Place& place, const log::Head& head) {
    note(folding_->settled(place, head));
  }
  void discarded() { folding_->discarded(); }

  // It stands where the log has come, with the log's numbers and chains.
  bool is_of_this_log() const { return passed_ == applied_.head; }
  // And it could be folded on.
  bool fits() const { return folded_ && is_of_this_log(); }
  const log::Place& place() const { return applied_.place; }
  const projector::Reader& state() { return folding_->state(); }

 private:
  LiveState() = default;
  void note(const Result<void>& folded) { folded_ = folded_ && folded; }

  std::unique_ptr<projector::Environment> environment_;
  std::unique_ptr<projector::ReadTransaction> txn_;
  std::unique_ptr<engine::MemoryFolding> folding_;
  log::Applied applied_;
  std::optional<log::Head> passed_;  // the last head before its place
  bool folded_ = true;
};

// The chains at the sequences that somebody expects.
class ExpectedChains {
 public:
  explicit ExpectedChains(const std::vector<Expectation>& expected) : expected_(expected) {
    for (const auto& each : expected) last_ = std::max(last_, each.sequence);
    open_.met.resize(expected.size());
    settled_ = open_;
  }

  void event(Sequence sequence, ByteView stored) {
    if (sequence > last_) return;
    const auto event = event_view(stored);
    if (!event) return;
    open_.chain = chain_after(chain_, open_.chain, sequence, **event, stored);
    note(sequence, open_.chain);
  }
  void settled() { settled_ = open_; }
  void discarded() { open_ = settled_; }

  // The first that was not met; the chain before the first event is that of the lineage.
  std::optional<Sequence> unmet(const LineageId& lineage) {
    open_ = settled_;
    note({}, chain_.start(lineage));
    for (std::size_t i = 0; i < expected_.size(); ++i)
      if (!open_.met[i]) return expected_[i].sequence;
    return std::nullopt;
  }

 private:
  struct Reached {
    Digest chain{};
    std::vector<bool> met;  // by expectation
  };

  void note(Sequence sequence, const Digest& chain) {
    for (std::size_t i = 0; i < expected_.size(); ++i)
      if (expected_[i].sequence == sequence && expected_[i].chain == chain) open_.met[i] = true;
  }

  const std::vector<Expectation>& expected_;
  Sequence last_;
  Chain chain_{ChainDomain::Events};
  Reached open_;
  Reached settled_;
};

// Everything that one reading of the log feeds.
class Prover final : public StoppableSink {
 public:
  Prover(const VerifyOptions& options, LiveState* live, ScratchState& fresh)
      : options_(options), live_(live), fresh_(fresh), expected_(options.expect) {}

  Result<void> event(Sequence sequence, ByteView bytes) override {
    meaning_.event(sequence, bytes);
    expected_.event(sequence, bytes);
    tell(options_.progress, ++done_, 0);
    if (!folds()) return {};
    files_.event(sequence, bytes);
    if (live_ != nullptr) live_->event(sequence, bytes);
    return fresh_.sink().event(sequence, bytes);
  }

  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override {
    meaning_.aside(number, after, bytes);
    if (!folds()) return {};
    if (live_ != nullptr) live_->aside(number, after, bytes);
    return fresh_.sink().aside(number, after, bytes);
  }

  Result<void> settled(const log::Place& place, const log::Head& head) override {
    meaning_.settled(place);
    expected_.settled();
    files_.settled();
    if (live_ != nullptr) live_->pass(place, head);
    if (!folds()) return {};
    if (live_ != nullptr) live_->settled(place, head);
    return fresh_.sink().settled(place, head);
  }

  void discarded() override {
    meaning_.discarded();
    expected_.discarded();
    files_.discarded();
    fresh_.sink().discarded();
    if (live_ != nullptr) live_->discarded();
  }

  Meaning& meaning() { return meaning_; }
  ExpectedChains& expected() { return expected_; }
  const NamedFiles& files() const { return files_; }

 private:
  // The fold takes sound items only.
  bool folds() const { return meaning_.sound(); }

  const VerifyOptions& options_;
  LiveState* live_;
  ScratchState& fresh_;
  Meaning meaning_;
  ExpectedChains expected_;
  NamedFiles files_;
  std::uint64_t done_ = 0;
};

// One verification: the reading, then what it says of log, expectations and state.
class Verification {
 public:
  Verification(const engine::ProjectPlace& place, engine::Effects effects,
               const VerifyOptions& options)
      : place_(place), effects_(effects), options_(options) {}

  Result<VerifyReport> run(bool look_at_state) {
    if (look_at_state) live_ = LiveState::open(place_);
    QUALOG_ASSIGN(fresh_, ScratchState::make(place_.log->bytes()));
    Prover prover(options_, live_.get(), *fresh_);
    auto read = read_log(place_, prover);
    if (!read && read.error().code != Code::damaged) return read.error();
    if (read) {
      note_log(read->summary);
      note_expected(prover.expected());
    }
    note_meaning(prover.meaning());
    if (!read && report_.ok()) note(place_.log->name(), 0, {}, read.error().message);
    // A running owner's state may be ahead of the witness, where the reading ended.
    if (ran_ahead()) return beside_a_running_owner();
    if (report_.ok()) QUALOG_TRY(judge_state());
    if (report_.ok()) note_keys();
    QUALOG_TRY(judge_files(prover.files()));
    return std::move(report_);
  }

 private:
  Result<VerifyReport> beside_a_running_owner() const {
    QUALOG_ASSIGN(auto report, Verification(place_, effects_, options_).run(false));
    report.state = StateFound::NotLookedAt;
    return report;
  }

  void note(std::string file, std::uint64_t offset, Sequence sequence, std::string reason) {
    report_.damage.push_back({std::move(file), offset, sequence, std::move(reason)});
  }

  void note_log(const log::ReadSummary& summary) {
    owned_ = summary.owned;
    end_ = summary.settled_place;
    lineage_ = summary.ids.lineage;
    report_.head = summary.settled;
    report_.asides = summary.settled.next_aside.value - 1;
    report_.copy_ends = summary.copy_ends;
    report_.tail_bytes = summary.tail_bytes;
    report_.tail_has_records = summary.tail_has_records;
    report_.foreign = summary.foreign;
    report_.damage = summary.damage;
    if (!report_.ok()) name_lost_end(summary.end, report_.damage.front());
  }

  // A lost end begins where the reading ended, not at the place to which the log had come.
  void name_lost_end(const log::Place& end, log::Damage& damage) const {
    if (damage.file == file_of(end)) damage.offset = std::min(damage.offset, end.offset);
  }

  std::string file_of(const log::Place& place) const { return place_.log->name_at(place); }

  // Before the damage of the log, because nothing is looked at behind that.
  void note_meaning(Meaning& meaning) {
    const auto finding = meaning.finish();
    if (!finding) return;
    report_.damage.insert(report_.damage.begin(), {file_of(finding->behind), finding->behind.offset,
                                                   finding->sequence, finding->reason});
  }

  void note_expected(ExpectedChains& expected) {
    if (!report_.ok()) return;
    if (const auto unmet = expected.unmet(lineage_))
      note(place_.log->name(), 0, report_.head.sequence(), why_unmet(*unmet));
  }

  // An older copy is no other history, and does not prove this one either.
  std::string why_unmet(Sequence at) const {
    if (at <= report_.head.sequence())
      return fmt::format(
          "the chain of event {} is not the one that was expected: this is another history, or "
          "what was kept is another line than verify printed",
          at.value);
    return fmt::format(
        "it ends before event {}, whose chain was expected: a copy made earlier, or it has lost "
        "its end; expect of an earlier copy what was kept then",
        at.value);
  }

  // Without its keys a whole log can be read, and nobody can go on with it.
  void note_keys() {
    const auto keys = engine::load_keys(place_.keys, lineage_);
    if (!keys) note(place_.keys.string(), 0, report_.head.sequence(), keys.error().message);
  }

  bool ran_ahead() const { return live_ && owned_ && report_.ok() && live_->place() > end_; }

  Result<void> judge_state() {
    QUALOG_TRY(fresh_->finish());
    report_.digests = projector::digests(fresh_->state());
    // What event 1 says, as folded now.
    if (report_.head.sequence() && projector::lineage_of(fresh_->state()) != lineage_)
      note(place_.log->name(), 0, {}, "event 1 names another lineage than its log");
    if (!report_.ok()) return {};
    if (options_.approve) QUALOG_TRY(options_.approve(fresh_->state()));
    report_.state = state_found();
    if (report_.state == StateFound::Same) return {};
    if (options_.rebuild) return replace_state();
    note_difference();
    return {};
  }

  StateFound state_found() {
    if (!live_) return StateFound::Missing;
    if (live_agrees()) return StateFound::Same;
    // A shared log has no witness: that it was once more, or other, only its states know.
    const bool another = place_.log->is_shared() && !live_->is_of_this_log();
    return another ? StateFound::OfAnotherLog : StateFound::Differs;
  }

  Result<void> judge_files(const NamedFiles& files) {
    report_.files = files.count();
    QUALOG_ASSIGN(report_.bad_files, files.check(*place_.blobs));
    return {};
  }

  void note_difference() {
    if (report_.state == StateFound::Differs)
      note_state("the state is not what the log folds to; run verify --rebuild");
    if (report_.state == StateFound::OfAnotherLog)
      note(place_.log->name(), end_.offset, report_.head.sequence(),
           "it is not the log from which this machine's state was folded: it has lost its end, or "
           "was replaced; see what the other machines say, or go on with it after verify "
           "--rebuild");
  }

  bool live_agrees() {
    if (!live_->fits()) return false;
    const auto digests = projector::digests(live_->state());
    return live_->state().damage().empty() && digests == report_.digests;
  }

  Result<void> replace_state() {
    const bool missing = !live_;
    live_.reset();
    fresh_.reset();
    const auto rebuilt = engine::rebuild_state(place_, effects_);
    report_.state_replaced = rebuilt.has_value();
    if (rebuilt) return {};
    if (rebuilt.error().code != Code::held) return rebuilt.error();
    if (!missing)
      note_state(
          "the state differs from the log; stop the program that has the project open and "
          "run verify --rebuild again");
    return {};
  }

  void note_state(std::string reason) {
    note(place_.state().string(), 0, report_.head.sequence(), std::move(reason));
  }

  const engine::ProjectPlace& place_;
  engine::Effects effects_;
  const VerifyOptions& options_;
  std::unique_ptr<LiveState> live_;
  std::unique_ptr<ScratchState> fresh_;
  VerifyReport report_;
  bool owned_ = false;
  log::Place end_;
  LineageId lineage_;
};

}  // namespace

Result<Expectation> parse_expectation(std::string_view text) {
  const auto colon = text.find(':');
  const auto sequence = parse_number<std::uint64_t>(text.substr(0, colon));
  Expectation expected;
  const auto chain = from_hex(colon == text.npos ? "" : text.substr(colon + 1));
  if (!sequence || chain.size() != expected.chain.size())
    return fail(Code::invalid,
                "an expected chain is SEQUENCE:CHAIN, with 64 hexadecimal digits as verify prints "
                "them");
  expected.sequence.value = *sequence;
  std::copy(chain.begin(), chain.end(), expected.chain.begin());
  return expected;
}

Result<VerifyReport> verify(const engine::ProjectPlace& place, engine::Effects effects,
                            const VerifyOptions& options) {
  return Verification(place, effects, options).run(options.look_at_state);
}

}  // namespace qualog::replay
