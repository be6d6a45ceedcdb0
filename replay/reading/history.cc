// SPDX-License-Identifier: Apache-2.0
#include "replay/reading/history.h"

#include "replay/reading/log_reading.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::replay {

namespace {

// Keeps what is open until its group settles, then hands it on in the order in which it happened.
class Settling final : public StoppableSink {
 public:
  Settling(const HistoryRange& range, const VisitStored& visit, log::Place from)
      : range_(range), visit_(visit), place_(from) {}

  Result<void> event(Sequence sequence, ByteView bytes) override {
    if (sequence >= range_.first && sequence <= range_.last) keep(sequence, {}, bytes);
    return {};
  }
  Result<void> aside(AsideNumber number, Sequence, ByteView bytes) override {
    if (!range_.with_asides) return {};
    QUALOG_ASSIGN(const auto* aside, aside_view(bytes));
    const Sequence after{aside->after_sequence()};
    if (after >= range_.first && after <= range_.last) keep(after, number, bytes);
    return {};
  }
  Result<void> settled(const log::Place& place, const log::Head& head) override {
    std::stable_sort(open_.begin(), open_.end(), [](const Stored& a, const Stored& b) {
      return std::tie(a.sequence, a.aside) < std::tie(b.sequence, b.aside);
    });
    for (const auto& item : open_) {
      QUALOG_ASSIGN(const bool more, visit_(item));
      if (!more) return enough();
    }
    open_.clear();
    place_ = place;
    last_ = head.sequence();
    if (head.sequence() >= range_.last) return enough();
    return {};
  }
  void discarded() override { open_.clear(); }

  const log::Place& place() const { return place_; }
  Sequence last() const { return last_; }

 private:
  void keep(Sequence sequence, AsideNumber number, ByteView bytes) {
    open_.push_back({sequence, number, Bytes(bytes.begin(), bytes.end())});
  }

  const HistoryRange& range_;
  const VisitStored& visit_;
  log::Place place_;
  Sequence last_{};
  std::vector<Stored> open_;
};

}  // namespace

Result<HistoryEnd> History::read_on(const HistoryRange& range, const VisitStored& visit) {
  Settling settling(range, visit, read_to_);
  const auto read = place_.log->read(read_to_, settling);
  read_to_ = settling.place();
  if (settling.last()) last_ = settling.last();
  if (settling.stopped()) return HistoryEnd::enough;
  if (!read) return read.error();
  if (!read->damage.empty()) return log::damage_error(read->damage.front());
  return read->seal ? HistoryEnd::moved : HistoryEnd::reached;
}

Result<Bytes> stored_event(const engine::ProjectPlace& place, Sequence sequence) {
  Bytes found;
  const auto read =
      History(place).read_on({sequence, sequence, false}, [&](const Stored& item) -> Result<bool> {
        found = item.bytes;
        return false;
      });
  if (!found.empty()) return found;
  if (!read) return read.error();
  return fail(Code::not_found,
              fmt::format("no event {} in this project; qualog log lists them", sequence.value));
}

}  // namespace qualog::replay
