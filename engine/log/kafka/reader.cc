// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/reader.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <array>
#include <chrono>

namespace qualog::log {

namespace {

using Time = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(15);
// How often a leader that says that the topic ends is asked again.
constexpr auto kAskedAgain = std::chrono::seconds(1);
constexpr int kPartitionMilliseconds = 5000;
constexpr int kWaitMilliseconds = 50;
constexpr std::int32_t kPartition = 0;
constexpr std::size_t kAlignment = 8;

// One stretch of a topic, attached while the object lives.
class Stretch {
 public:
  Stretch(KafkaClient& client, rd_kafka_topic_t* topic, const std::string& name)
      : client_(client), name_(name), topic_(topic), queue_(rd_kafka_queue_new(client.handle())) {}
  ~Stretch() {
    if (attached_) rd_kafka_consume_stop(topic_, kPartition);
    rd_kafka_queue_destroy(queue_);
  }
  Stretch(const Stretch&) = delete;
  Stretch& operator=(const Stretch&) = delete;

  Result<void> read(std::uint64_t from, std::optional<std::uint64_t> through, Topic::Take take) {
    next_ = from;
    through_ = through;
    QUALOG_TRY(attach());
    last_ = Time::now();
    while (!done_) {
      QUALOG_TRY(take_some(take));
      if (!done_ && Time::now() - last_ > kPatience) return given_up();
      if (!done_ && ended_ && Time::now() - asked_ > kAskedAgain) QUALOG_TRY(ask_again());
    }
    return {};
  }

 private:
  Result<void> attach() {
    const auto offset = static_cast<std::int64_t>(next_);
    if (rd_kafka_consume_start_queue(topic_, kPartition, offset, queue_) != 0)
      return fail(Code::io, fmt::format("topic {}: it is being read already", name_));
    attached_ = true;
    asked_ = Time::now();
    return {};
  }

  // The end comes too early: a new leader may not know yet how far the topic goes. librdkafka tells
  // an end once, so it is attached anew.
  Result<void> ask_again() {
    rd_kafka_consume_stop(topic_, kPartition);
    attached_ = false;
    return attach();
  }

  // Nothing came for so long. A leader that has answered until now, with an end, knows what it
  // says.
  Error given_up() const {
    if (ended_ && Time::now() - *ended_ < 3 * kAskedAgain)
      return fail(Code::damaged,
                  fmt::format("topic {}: it ends at offset {} and held more: it has lost its end; "
                              "restore the project from a backup",
                              name_, next_));
    if (is_gone()) return fail(Code::not_found, fmt::format("topic {}: no such topic", name_));
    return client_.unreachable(fmt::format("topic {}, offset {}", name_, next_));
  }

  // A consumer waits for a topic that was there before.
  bool is_gone() const {
    const rd_kafka_metadata_t* metadata = nullptr;
    const auto error =
        rd_kafka_metadata(client_.handle(), 0, topic_, &metadata, kPartitionMilliseconds);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return false;
    const bool gone = metadata->topic_cnt == 1 &&
                      metadata->topics[0].err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    rd_kafka_metadata_destroy(metadata);
    return gone;
  }

  // Waits for one message, then takes what is there: a batch would wait until it is full.
  Result<void> take_some(Topic::Take take) {
    auto* first = rd_kafka_consume_queue(queue_, kWaitMilliseconds);
    if (first == nullptr) return {};
    auto taken = take_one(*first, take);
    rd_kafka_message_destroy(first);
    if (!taken || done_) return taken;
    std::array<rd_kafka_message_t*, 512> messages;
    const auto count = rd_kafka_consume_batch_queue(queue_, 0, messages.data(), messages.size());
    for (ssize_t n = 0; n < count; ++n) {
      auto* message = messages[static_cast<std::size_t>(n)];
      if (taken && !done_) taken = take_one(*message, take);
      rd_kafka_message_destroy(message);
    }
    return taken;
  }

  Result<void> take_one(const rd_kafka_message_t& message, Topic::Take take) {
    if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) return take_error(message);
    const auto offset = static_cast<std::uint64_t>(message.offset);
    if (offset < next_) return {};
    if (!end_) end_ = known_end();
    last_ = Time::now();
    ended_.reset();
    next_ = offset + 1;
    QUALOG_ASSIGN(const bool more, take({offset, aligned(message)}));
    done_ = !more || has_reached(next_);
    return {};
  }

  // librdkafka hands records over where they lie in the answer to a fetch, and the items in them
  // are read in place.
  ByteView aligned(const rd_kafka_message_t& message) {
    const auto* begin = static_cast<const std::uint8_t*>(message.payload);
    if (reinterpret_cast<std::uintptr_t>(begin) % kAlignment == 0) return {begin, message.len};
    record_.assign(begin, begin + message.len);
    return record_;
  }

  // Of the newest answer to a fetch; none: the end is told by an event of its own.
  std::optional<std::uint64_t> known_end() const {
    std::int64_t low = 0, high = 0;
    const auto error =
        rd_kafka_get_watermark_offsets(client_.handle(), name_.c_str(), kPartition, &low, &high);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR || high <= 0) return std::nullopt;
    return static_cast<std::uint64_t>(high);
  }

  bool has_reached(std::uint64_t next) const {
    if (through_ && *through_ >= next) return false;
    return end_ && next >= *end_;
  }

  Result<void> take_error(const rd_kafka_message_t& message) {
    switch (message.err) {
      case RD_KAFKA_RESP_ERR__PARTITION_EOF:
        done_ = !through_ || next_ > *through_;
        ended_ = Time::now();
        return {};
      case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
        return fail(Code::damaged,
                    fmt::format("topic {}: offset {} is not in it: it has lost its end, or its "
                                "beginning was deleted; restore the project from a backup",
                                name_, next_));
      case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
      case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        return fail(Code::not_found, fmt::format("topic {}: no such topic", name_));
      case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        return fail(Code::forbidden,
                    fmt::format("topic {}: the broker grants no right to read it; docs/kafka.md "
                                "lists the rights that are needed",
                                name_));
      case RD_KAFKA_RESP_ERR__BAD_MSG:
        return fail(Code::damaged,
                    fmt::format("topic {}, offset {}: the broker's own check of it fails; restore "
                                "the project from a backup",
                                name_, next_));
      default:
        return {};  // librdkafka goes on by itself; patience has an end
    }
  }

  KafkaClient& client_;
  const std::string& name_;
  rd_kafka_topic_t* topic_;
  rd_kafka_queue_t* queue_;
  bool attached_ = false;
  bool done_ = false;
  std::uint64_t next_ = 0;
  Bytes record_;
  std::optional<std::uint64_t> through_;
  std::optional<std::uint64_t> end_;
  Time::time_point asked_;                 // when it was attached
  Time::time_point last_;                  // that a record came
  std::optional<Time::time_point> ended_;  // that the leader said so, and nothing has come since
};

}  // namespace

Result<std::unique_ptr<KafkaReader>> KafkaReader::make(const std::string& bootstrap,
                                                       const KafkaSettings& settings) {
  QUALOG_ASSIGN(auto client, KafkaClient::make(KafkaRole::consumer, bootstrap, settings));
  return std::unique_ptr<KafkaReader>(new KafkaReader(std::move(client)));
}

rd_kafka_topic_t* KafkaReader::topic(const std::string& name) {
  const std::lock_guard lock(mutex_);
  auto& handle = topics_[name];
  if (!handle) handle.reset(rd_kafka_topic_new(client_->handle(), name.c_str(), nullptr));
  return handle.get();
}

Result<void> KafkaReader::read(const std::string& topic, std::uint64_t from,
                               std::optional<std::uint64_t> through, Topic::Take take) {
  return Stretch(*client_, this->topic(topic), topic).read(from, through, take);
}

}  // namespace qualog::log
