// SPDX-License-Identifier: Apache-2.0
#include "tools/qualog/support/history.h"

#include "replay/log_reading.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"
#include "schema/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace qualog::tools {

namespace {

// Keeps what is open until its group settles, then hands it on in the order in which it happened.
class Settling final : public replay::StoppableSink {
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
    if (head.sequence() >= range_.last) return enough();
    return {};
  }
  void discarded() override { open_.clear(); }

  const log::Place& place() const { return place_; }

 private:
  void keep(Sequence sequence, AsideNumber number, ByteView bytes) {
    open_.push_back({sequence, number, Bytes(bytes.begin(), bytes.end())});
  }

  const HistoryRange& range_;
  const VisitStored& visit_;
  log::Place place_;
  std::vector<Stored> open_;
};

}  // namespace

Result<bool> History::read_on(const HistoryRange& range, const VisitStored& visit) {
  Settling settling(range, visit, read_to_);
  const auto read = place_.log->read(read_to_, settling);
  read_to_ = settling.place();
  if (settling.stopped()) return false;
  if (!read) return read.error();
  if (!read->damage.empty()) return log::damage_error(read->damage.front());
  return !read->seal.has_value();
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

namespace {

// What an event's line always has, in this order.
constexpr std::array<const char*, 12> kEventKeys = {"sequence", "time",   "actor",   "session",
                                                    "action",   "target", "reason",  "command_id",
                                                    "seen",     "group",  "undo_of", "body"};

}  // namespace

boost::json::object event_line(const fb::Event& event) {
  auto given = event_json(event);
  boost::json::object line;
  for (const char* key : kEventKeys)
    line[key] = given.contains(key) ? std::move(given.at(key)) : boost::json::value();
  if (given.contains("on_behalf_of")) line["on_behalf_of"] = std::move(given.at("on_behalf_of"));
  return line;
}

}  // namespace qualog::tools
