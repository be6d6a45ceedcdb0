// SPDX-License-Identifier: Apache-2.0
#include "replay/point_in_time.h"

#include "projector/fold/fold.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"

namespace qualog::replay {

namespace {

// Hands on what a state at `last` is folded from: events up to it, and asides before the next one.
class Prefix final : public StoppableSink {
 public:
  Prefix(Sequence last, log::Sink& sink, const Progress& progress)
      : last_(last), sink_(sink), progress_(progress) {}

  Result<void> event(Sequence sequence, ByteView bytes) override {
    passed_ = passed_ || sequence > last_;
    if (sequence > last_) return {};
    tell(progress_, sequence.value, last_.value);
    return sink_.event(sequence, bytes);
  }
  // By what the aside itself says: its record may hold later events in front of it.
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override {
    QUALOG_ASSIGN(const auto* aside, aside_view(bytes));
    if (aside->after_sequence() > last_.value) return {};
    return sink_.aside(number, after, bytes);
  }
  Result<void> settled(const log::Place& place, const log::Head& head) override {
    QUALOG_TRY(sink_.settled(place, head));
    if (passed_) return enough();
    return {};
  }
  void discarded() override {
    passed_ = false;
    sink_.discarded();
  }

 private:
  Sequence last_;
  log::Sink& sink_;
  const Progress& progress_;
  bool passed_ = false;
};

bool is_head(const Wanted& wanted, const engine::View& view) {
  if (const auto* sequence = std::get_if<Sequence>(&wanted)) return *sequence == view.head();
  return std::get<std::int64_t>(wanted) >= projector::clock_of(view.state());
}

Result<std::unique_ptr<ScratchState>> fold_until(const engine::ProjectPlace& place,
                                                 const Moment& moment, const Progress& progress) {
  QUALOG_ASSIGN(auto scratch, ScratchState::make(moment.bytes));
  if (moment.sequence) {
    Prefix prefix(moment.sequence, scratch->sink(), progress);
    const auto reading = read_log(place, prefix);
    if (!reading) return reading.error();
  }
  QUALOG_TRY(scratch->finish());
  return scratch;
}

// Now, as far as it can be read: a damaged project still has a past.
Result<std::unique_ptr<engine::View>> view_of(const engine::ProjectPlace& place) {
  auto view = engine::View::open(place);
  if (!view && view.error().code == Code::damaged) return std::unique_ptr<engine::View>{};
  return view;
}

}  // namespace

PointInTime::PointInTime(std::unique_ptr<engine::View> view)
    : moment_{view->head(), projector::clock_of(view->state()), view->applied().head.chain, 0},
      view_(std::move(view)),
      state_(&view_->state()) {}

PointInTime::PointInTime(std::unique_ptr<ScratchState> scratch, const Moment& moment)
    : moment_(moment), scratch_(std::move(scratch)), state_(&scratch_->state()) {}

Result<std::unique_ptr<PointInTime>> open_at(const engine::ProjectPlace& place,
                                             const std::string& sequence_or_time,
                                             const Progress& progress) {
  QUALOG_ASSIGN(const auto wanted, parse_wanted(sequence_or_time));
  QUALOG_ASSIGN(auto view, view_of(place));
  if (view && is_head(wanted, *view))
    return std::unique_ptr<PointInTime>(new PointInTime(std::move(view)));
  const auto* sequence = std::get_if<Sequence>(&wanted);
  if (view && sequence != nullptr && *sequence > view->head())
    return beyond_head(*sequence, view->head());
  view.reset();
  QUALOG_ASSIGN(const auto moment, find_moment(place, wanted, progress));
  QUALOG_ASSIGN(auto scratch, fold_until(place, moment, progress));
  return std::unique_ptr<PointInTime>(new PointInTime(std::move(scratch), moment));
}

}  // namespace qualog::replay
