// SPDX-License-Identifier: Apache-2.0
#include "tests/replay/discarded_group.h"

#include "engine/log/file_log.h"
#include "schema/codec.h"
#include "tests/replay/workshop.h"

#include <fmt/format.h>

namespace qualog::test {

namespace {

std::unique_ptr<fb::EventT> last_event(const engine::ProjectPlace& place) {
  return unpack(*good(event_view(stored_events(place).back())));
}

// Owns the log for as long as `use` runs.
void with_log(const engine::ProjectPlace& place, engine::Effects effects,
              const std::function<void(log::Log&)>& use) {
  log::PosixFiles files;
  log::NoSink sink;
  auto opened = good(
      log::open_file_log(files, (place.directory / "log").string(), {}, {}, effects.random, sink));
  use(*opened.log);
  BOOST_REQUIRE(opened.log->close());
}

}  // namespace

void discard_group(const engine::ProjectPlace& place, engine::Effects effects, int events) {
  const auto last = last_event(place);
  const auto first = last->sequence + 1;
  with_log(place, effects, [&](log::Log& log) {
    for (int n = 0; n < events; ++n) {
      fb::EventT event(*last);
      event.sequence = first + static_cast<std::uint64_t>(n);
      event.group = first;
      event.command_id = CommandId{UuidBytes{0xDD}};
      log::Batch batch;
      batch.more = true;
      pack(event, batch.events.emplace_back());
      BOOST_REQUIRE(log.append(batch).outcome == log::Outcome::durable);
    }
    BOOST_REQUIRE(log.abandon_group());
  });
}

void append_past_the_engine(const engine::ProjectPlace& place, engine::Effects effects,
                            const std::function<log::Batch(const fb::EventT& last)>& make) {
  const auto last = last_event(place);
  with_log(place, effects, [&](log::Log& log) {
    BOOST_REQUIRE(log.append(make(*last)).outcome == log::Outcome::durable);
  });
}

}  // namespace qualog::test
