// SPDX-License-Identifier: Apache-2.0
#include "replay/moment.h"

#include "schema/codec.h"
#include "schema/fbs/event_generated.h"
#include "schema/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace qualog::replay {

namespace {

bool is_within(const Wanted& wanted, Sequence sequence, std::int64_t time) {
  if (const auto* last = std::get_if<Sequence>(&wanted)) return sequence <= *last;
  return time <= std::get<std::int64_t>(wanted);
}

// Notes the last end of a group, or of an event outside one, of which nothing is too late. What is
// read provisionally is taken back when it is discarded.
class Finder final : public StoppableSink {
 public:
  Finder(const Wanted& wanted, const Progress& progress) : wanted_(wanted), progress_(progress) {}

  Result<void> event(Sequence sequence, ByteView bytes) override {
    QUALOG_ASSIGN(const auto* event, event_view(bytes));
    if (begins_unit(sequence, event->group())) end_unit();
    open_.passed = open_.passed || !is_within(wanted_, sequence, event->time());
    open_.last = {sequence, event->time(), next_chain(sequence, *event, bytes),
                  open_.last.bytes + bytes.size()};
    tell(progress_, sequence.value, 0);
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override {
    end_unit();
    settled_ = open_;
    if (settled_.passed) return enough();
    return {};
  }
  void discarded() override { open_ = settled_; }

  const Moment& found() const { return settled_.found; }
  Sequence last() const { return settled_.last.sequence; }

 private:
  struct Reached {
    Moment last;   // everything read
    Moment found;  // the last one within what is wanted
    bool passed = false;
  };

  void end_unit() {
    if (!open_.passed) open_.found = open_.last;
  }
  // Past the moment nobody asks for it.
  Digest next_chain(Sequence sequence, const fb::Event& event, ByteView stored) {
    if (open_.passed) return {};
    return chain_after(chain_, open_.last.chain, sequence, event, stored);
  }

  const Wanted& wanted_;
  const Progress& progress_;
  Chain chain_{ChainDomain::Events};
  Reached open_;
  Reached settled_;
};

}  // namespace

Result<Wanted> parse_wanted(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_digit)) {
    // More digits than a sequence can have is beyond every head.
    constexpr auto kBeyond = std::numeric_limits<std::uint64_t>::max();
    return Wanted{Sequence{parse_number<std::uint64_t>(text).value_or(kBeyond)}};
  }
  if (const auto time = parse_rfc3339(text)) return Wanted{*time};
  return fail(Code::invalid, fmt::format("\"{}\" is neither a sequence nor a time; write 120 or "
                                         "2026-11-21T14:00:00Z",
                                         text));
}

Error beyond_head(Sequence wanted, Sequence head) {
  return fail(Code::not_found, fmt::format("there is no event {} yet; the last one is {}",
                                           wanted.value, head.value));
}

Result<Moment> find_moment(const engine::ProjectPlace& place, const Wanted& wanted,
                           const Progress& progress) {
  Finder finder(wanted, progress);
  QUALOG_ASSIGN(const auto reading, read_log(place, finder));
  if (reading.stopped) return finder.found();
  const auto* sequence = std::get_if<Sequence>(&wanted);
  if (const auto& damage = reading.summary.damage; !damage.empty()) {
    if (sequence == nullptr || *sequence > finder.found().sequence)
      return log::damage_error(damage.front());
  }
  if (sequence != nullptr && *sequence > finder.last())
    return beyond_head(*sequence, finder.last());
  return finder.found();
}

}  // namespace qualog::replay
