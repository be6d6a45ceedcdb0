// SPDX-License-Identifier: Apache-2.0
// The conformance suite of logs: what every backend must do, whatever stores it. A backend is a
// class with `Result<std::unique_ptr<Log>> open(Sink&, Place from)`, which makes the log the first
// time, and belongs to test_ids(). Instantiate by QUALOG_LOG_CONFORMANCE(name, Backend); destroying
// a Log without close() is a crash of its owner.
#pragma once

#include "engine/log/log.h"
#include "engine/log/record.h"
#include "engine/log/rule.h"
#include "schema/limits.h"
#include "tests/engine/log/log_support.h"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

namespace qualog::test {

using Texts = std::vector<std::string>;

template <class Backend>
std::unique_ptr<log::Log> opened(Backend& backend, log::Sink& sink, log::Place from = {}) {
  auto result = backend.open(sink, from);
  BOOST_REQUIRE_MESSAGE(result, result.error().message);
  return std::move(*result);
}

template <class Backend>
RecordingSink contents(Backend& backend) {
  RecordingSink sink;
  opened(backend, sink);
  return sink;
}

inline bool durable(const log::Appended& appended) {
  BOOST_TEST((appended.outcome == log::Outcome::durable), appended.cause);
  return appended.outcome == log::Outcome::durable;
}

template <class Backend>
void a_new_log_is_empty() {
  Backend backend;
  RecordingSink sink;
  const auto log = opened(backend, sink);
  const auto start = log::Chains().start(test_ids().lineage);
  BOOST_TEST((log->head() == start));
  BOOST_TEST((log->settled() == start));
  BOOST_TEST(log->writable());
  BOOST_TEST(sink.events.empty());
}

template <class Backend>
void what_was_appended_is_read_in_order() {
  Backend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one", "two"})));
  durable(log->append(batch_of({}, {"refused"})));
  durable(log->append(batch_of({"three"}, {"noted", ""})));
  durable(log->append(batch_of({})));
  const auto head = log->head();
  BOOST_TEST(head.sequence().value == 3U);
  BOOST_TEST(head.next_aside.value == 4U);
  log.reset();
  RecordingSink sink;
  log = opened(backend, sink);
  BOOST_TEST(sink.texts() == (Texts{"one", "two", "three"}), boost::test_tools::per_element());
  BOOST_REQUIRE(sink.asides.size() == 3U);
  BOOST_TEST((sink.asides[0] == RecordingSink::Item{1, 2, "refused"}));
  BOOST_TEST((sink.asides[1] == RecordingSink::Item{2, 3, "noted"}));
  BOOST_TEST((sink.asides[2] == RecordingSink::Item{3, 3, ""}));
  BOOST_TEST((log->head() == head));
  BOOST_TEST((sink.applied.head == head));
}

template <class Backend>
void the_chains_are_those_of_the_definition() {
  Backend backend;
  RecordingSink sink;
  const auto log = opened(backend, sink);
  durable(log->append(batch_of({"one"}, {"aside"})));
  durable(log->append(batch_of({"two"})));
  Chain events(ChainDomain::Events), asides(ChainDomain::Asides);
  auto chain = events.start(test_ids().lineage);
  for (const char* text : {"one", "two"}) chain = events.next(chain, view(text));
  const auto aside = asides.next(asides.start(test_ids().lineage), view("aside"));
  BOOST_TEST(hex(log->head().chain) == hex(chain));
  BOOST_TEST(hex(log->head().aside_chain) == hex(aside));
}

template <class Backend>
void a_group_over_several_records_settles_as_one() {
  Backend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"before"})));
  const auto before = log->settled();
  durable(log->append(batch_of({"a"}, {"part"}, true)));
  durable(log->append(batch_of({"b"}, {}, true)));
  BOOST_TEST((log->settled() == before));
  BOOST_TEST(log->head().sequence().value == 3U);
  durable(log->append(batch_of({"c"})));
  BOOST_TEST((log->settled() == log->head()));
  log.reset();
  const auto sink = contents(backend);
  BOOST_TEST(sink.texts() == (Texts{"before", "a", "b", "c"}), boost::test_tools::per_element());
  BOOST_TEST(sink.asides.size() == 1U);
}

template <class Backend>
void an_open_group_is_gone_after_a_crash() {
  Backend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"before"})));
  const auto before = log->settled();
  durable(log->append(batch_of({"a"}, {"x"}, true)));
  durable(log->append(batch_of({"b"}, {}, true)));
  log.reset();
  RecordingSink sink;
  log = opened(backend, sink);
  BOOST_TEST(sink.texts() == Texts{"before"}, boost::test_tools::per_element());
  BOOST_TEST(sink.nothing_open());
  BOOST_TEST(sink.discards == 1);
  BOOST_TEST((log->head() == before));
  durable(log->append(batch_of({"after"})));
  log.reset();
  BOOST_TEST(contents(backend).texts() == (Texts{"before", "after"}),
             boost::test_tools::per_element());
}

template <class Backend>
void a_group_that_is_given_up_leaves_nothing() {
  Backend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"before"})));
  const auto before = log->settled();
  durable(log->append(batch_of({"a"}, {}, true)));
  BOOST_TEST(!log->abandon_group().has_error());
  BOOST_TEST((log->head() == before));
  BOOST_TEST(!log->abandon_group().has_error(), "nothing is open: nothing is done");
  durable(log->append(batch_of({"after"})));
  log.reset();
  BOOST_TEST(contents(backend).texts() == (Texts{"before", "after"}),
             boost::test_tools::per_element());
}

template <class Backend>
void reading_from_a_place_gives_what_lies_behind_it() {
  Backend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one"})));
  const auto appended = log->append(batch_of({"two"}, {"x"}));
  BOOST_TEST((log->settled_place() == appended.place));
  durable(log->append(batch_of({"a"}, {}, true)));
  BOOST_TEST((log->settled_place() == appended.place), "an open group settles nothing");
  durable(log->append(batch_of({"b"})));
  log.reset();
  RecordingSink sink;
  log = opened(backend, sink, appended.place);
  BOOST_TEST(sink.texts() == (Texts{"a", "b"}), boost::test_tools::per_element());
  BOOST_TEST(sink.events[0].number == 3U);
  BOOST_TEST(sink.asides.empty());
  const auto place = log->settled_place();
  log.reset();
  RecordingSink nothing;
  opened(backend, nothing, place);
  BOOST_TEST(nothing.events.empty());
}

template <class Backend>
void a_sealed_log_takes_nothing_and_names_the_new_place() {
  Backend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one"})));
  durable(log->seal({"kafka://there/topic", Sequence{1}, log->head().chain}));
  BOOST_TEST(!log->writable());
  const auto refused = log->append(batch_of({"two"}));
  BOOST_TEST((refused.outcome == log::Outcome::not_applied));
  BOOST_TEST((refused.code == Code::moved));
  log.reset();
  for (int n = 0; n < 2; ++n) {
    RecordingSink sink;
    const auto again = backend.open(sink, {});
    BOOST_REQUIRE(!again);
    BOOST_TEST((again.error().code == Code::moved));
    BOOST_TEST(again.error().message.find("kafka://there/topic") != std::string::npos);
    BOOST_TEST(sink.texts() == Texts{"one"}, boost::test_tools::per_element());
  }
}

template <class Backend>
void what_is_too_large_is_refused_and_takes_its_group_with_it() {
  Backend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  log::Batch large;
  large.events.assign(1, Bytes(limits::kItemBytesMax));
  durable(log->append(large));
  large.events[0].push_back(0);
  durable(log->append(batch_of({"a"}, {}, true)));
  const auto refused = log->append(large);
  BOOST_TEST((refused.outcome == log::Outcome::not_applied));
  BOOST_TEST((refused.code == Code::too_large));
  BOOST_TEST((log->head() == log->settled()));
  large.events.assign(13, Bytes(limits::kItemBytesMax));
  large.events.push_back({});
  large.events.back().resize(limits::kRecordBytesMax - log::batch_bytes(large));
  durable(log->append(large));
  large.events.back().resize(large.events.back().size() + 1);
  BOOST_TEST((log->append(large).code == Code::too_large));
  BOOST_TEST(log->writable());
  log.reset();
  BOOST_TEST(contents(backend).events.size() == 15U);
}

template <class Backend>
void a_closed_log_takes_nothing() {
  Backend backend;
  RecordingSink first;
  auto log = opened(backend, first);
  durable(log->append(batch_of({"one"})));
  BOOST_TEST(!log->close().has_error());
  BOOST_TEST(!log->close().has_error());
  BOOST_TEST(!log->writable());
  const auto refused = log->append(batch_of({"two"}));
  BOOST_TEST((refused.outcome == log::Outcome::not_applied));
  BOOST_TEST((refused.code == Code::read_only));
  BOOST_TEST(contents(backend).texts() == Texts{"one"}, boost::test_tools::per_element());
}

template <class Backend>
void an_error_of_the_sink_is_handed_on() {
  struct Failing final : log::Sink {
    Result<void> event(Sequence, ByteView) override { return fail(Code::no_space, "state full"); }
    Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
    Result<void> settled(const log::Place&, const log::Head&) override { return {}; }
    void discarded() override {}
  };
  Backend backend;
  RecordingSink first;
  durable(opened(backend, first)->append(batch_of({"one"})));
  Failing sink;
  const auto result = backend.open(sink, {});
  BOOST_REQUIRE(!result);
  BOOST_TEST((result.error().code == Code::no_space));
  BOOST_TEST(contents(backend).events.size() == 1U);
}

// What a model of a log holds: what is settled, and what waits in an open group.
struct ModelLog {
  Texts events, asides, open_events, open_asides;
  void append(const log::Batch& batch) {
    for (const auto& event : batch.events) open_events.emplace_back(event.begin(), event.end());
    for (const auto& aside : batch.asides) open_asides.emplace_back(aside.begin(), aside.end());
    if (batch.more) return;
    events.insert(events.end(), open_events.begin(), open_events.end());
    asides.insert(asides.end(), open_asides.begin(), open_asides.end());
    discard();
  }
  void discard() {
    open_events.clear();
    open_asides.clear();
  }
};

inline log::Batch random_batch(Rng& rng) {
  log::Batch batch;
  for (auto n = below(rng, 4); n > 0; --n) {
    batch.events.push_back(Bytes(below(rng, 300), static_cast<std::uint8_t>(rng())));
  }
  for (auto n = below(rng, 3); n > 0; --n) {
    batch.asides.push_back(Bytes(below(rng, 100), static_cast<std::uint8_t>(rng())));
  }
  batch.more = below(rng, 4) == 0;
  return batch;
}

template <class Backend>
void a_random_history_is_what_its_model_says() {
  for_seeds(40, [](Rng& rng, std::uint64_t seed) {
    Backend backend;
    RecordingSink first;
    auto log = opened(backend, first);
    ModelLog model;
    for (int step = 0; step < 40; ++step) {
      const auto choice = below(rng, 20);
      if (choice == 0) {
        log.reset();
        RecordingSink sink;
        log = opened(backend, sink);
        model.discard();
        BOOST_TEST((sink.texts() == model.events), "seed " << seed);
        BOOST_TEST(sink.asides.size() == model.asides.size(), "seed " << seed);
      } else if (choice == 1) {
        BOOST_TEST(!log->abandon_group().has_error());
        model.discard();
      } else if (choice == 2) {
        log->maintain();
      } else {
        const auto batch = random_batch(rng);
        if (durable(log->append(batch))) model.append(batch);
      }
    }
  });
}

}  // namespace qualog::test

#define QUALOG_LOG_RULE_(rule, Backend) \
  BOOST_AUTO_TEST_CASE(rule) { qualog::test::rule<Backend>(); }

// The whole suite for one backend, as a suite of that name.
#define QUALOG_LOG_CONFORMANCE(name, Backend)                                         \
  BOOST_AUTO_TEST_SUITE(name)                                                         \
  QUALOG_LOG_RULE_(a_new_log_is_empty, Backend)                                       \
  QUALOG_LOG_RULE_(what_was_appended_is_read_in_order, Backend)                       \
  QUALOG_LOG_RULE_(the_chains_are_those_of_the_definition, Backend)                   \
  QUALOG_LOG_RULE_(a_group_over_several_records_settles_as_one, Backend)              \
  QUALOG_LOG_RULE_(an_open_group_is_gone_after_a_crash, Backend)                      \
  QUALOG_LOG_RULE_(a_group_that_is_given_up_leaves_nothing, Backend)                  \
  QUALOG_LOG_RULE_(reading_from_a_place_gives_what_lies_behind_it, Backend)           \
  QUALOG_LOG_RULE_(a_sealed_log_takes_nothing_and_names_the_new_place, Backend)       \
  QUALOG_LOG_RULE_(what_is_too_large_is_refused_and_takes_its_group_with_it, Backend) \
  QUALOG_LOG_RULE_(a_closed_log_takes_nothing, Backend)                               \
  QUALOG_LOG_RULE_(an_error_of_the_sink_is_handed_on, Backend)                        \
  QUALOG_LOG_RULE_(a_random_history_is_what_its_model_says, Backend)                  \
  BOOST_AUTO_TEST_SUITE_END()
