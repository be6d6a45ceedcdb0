// SPDX-License-Identifier: Apache-2.0
// Method: the conformance suite of logs on a real broker, and what only a broker can do.
#include "tests/engine/log/log_conformance.h"
#include "tests/kafka/kafka_backend.h"

#include <semaphore>
#include <thread>

// Of librdkafka, for tests; its header is the log's alone.
extern "C" int rd_kafka_test_fatal_error(rd_kafka_t* client, int error, const char* reason);

namespace qualog::test {

QUALOG_LOG_CONFORMANCE(kafka_log_conforms, KafkaBackend)

class Events final : public log::Sink {
 public:
  Result<void> event(Sequence, ByteView bytes) override {
    found.emplace_back(bytes.begin(), bytes.end());
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override { return {}; }
  void discarded() override {}

  std::vector<std::string> found;
};

// The client of the process fails for good; true: it had not before.
bool fail_client() {
  constexpr int kOutOfOrder = 45;
  auto* producer = kafka_cluster()->producer().value();
  return rd_kafka_test_fatal_error(producer->client().handle(), kOutOfOrder, "of a test") == 0;
}

log::Batch batch_of(const std::string& text) { return {{Bytes(text.begin(), text.end())}, {}}; }

// While records are under way, too: each one gets its answer, and what is answered is in the log.
BOOST_AUTO_TEST_CASE(a_client_that_fails_for_good_is_replaced_and_nothing_acknowledged_is_lost) {
  constexpr int kRecords = 2000;
  constexpr int kFailures = 5;
  KafkaBackend backend;
  log::NoSink nothing;
  auto opened = backend.open(nothing, {});
  BOOST_REQUIRE(opened);
  std::counting_semaphore<kFailures> due{0};
  int failures = 0;
  std::thread failing([&] {
    for (int n = 0; n < kFailures; ++n) {
      due.acquire();
      failures += fail_client() ? 1 : 0;
    }
  });
  std::vector<std::string> acknowledged, denied;
  for (int n = 0; n < kRecords; ++n) {
    if (n > 0 && n % (kRecords / (kFailures + 1)) == 0 && n <= kRecords - kFailures) due.release();
    const auto text = "event " + std::to_string(n);
    const auto appended = (*opened)->append(batch_of(text));
    BOOST_TEST_REQUIRE((appended.outcome != log::Outcome::unknown), appended.cause);
    (appended.outcome == log::Outcome::durable ? acknowledged : denied).push_back(text);
  }
  failing.join();
  BOOST_TEST(failures == kFailures);
  BOOST_TEST(acknowledged.back() == "event " + std::to_string(kRecords - 1));
  BOOST_TEST_MESSAGE(denied.size() << " of " << kRecords << " were not applied");
  BOOST_REQUIRE((*opened)->close());
  Events events;
  BOOST_REQUIRE(backend.store().read({}, events));
  BOOST_TEST(events.found == acknowledged, boost::test_tools::per_element());
}

}  // namespace qualog::test
