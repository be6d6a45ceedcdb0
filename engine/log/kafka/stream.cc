// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/stream.h"

#include "engine/log/kafka/admin.h"
#include "engine/log/kafka/reader.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>

namespace qualog::log {

namespace {

using Time = std::chrono::steady_clock;

constexpr int kStreamServeMilliseconds = 50;
constexpr std::size_t kTopicNameMax = 240;  // Kafka allows 249; that of the notes is longer
constexpr std::string_view kScheme = "kafka://";

std::string notes_topic(const std::string& topic) { return topic + ".cursors"; }

// As long as its readers want: who runs the cluster may bound it.
const TopicSettings kMessages = {{"cleanup.policy", "delete"},
                                 {"retention.ms", "-1"},
                                 {"retention.bytes", "-1"},
                                 {"message.timestamp.type", "LogAppendTime"},
                                 {"max.message.bytes", "8388608"}};
const TopicSettings kNotes = {{"cleanup.policy", "compact"}, {"segment.bytes", "16777216"}};

bool has(const std::vector<std::string>& topics, const std::string& name) {
  return std::find(topics.begin(), topics.end(), name) != topics.end();
}

rd_kafka_headers_t* headers_of(std::span<const KafkaStream::Header> given) {
  auto* headers = rd_kafka_headers_new(given.size());
  for (const auto& [name, value] : given)
    rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  return headers;
}

bool is_topic_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kTopicNameMax && name != "." && name != ".." &&
         std::all_of(name.begin(), name.end(), fits);
}

}  // namespace

// What became of the messages, as told on the thread that serves.
class KafkaStream::Deliveries final : public KafkaDelivery {
 public:
  explicit Deliveries(const std::string& topic) : topic_(topic) {}

  void delivered(const KafkaDelivered& delivered) override {
    --waiting_;
    last_ = Time::now();
    if (!delivered.stored && !failed_) failed_ = error_of(delivered);
  }
  void queued() { ++waiting_; }

  bool all() const { return waiting_ == 0; }
  Time::time_point last() const { return last_; }
  Result<void> check() const { return failed_ ? Result<void>(*failed_) : Result<void>{}; }

 private:
  Error error_of(const KafkaDelivered& delivered) const {
    if (delivered.denied) return no_right_to_topic("write", topic_);
    return fail(delivered.never ? Code::too_large : Code::io,
                fmt::format("topic {}: {}; what was sent since the last note may be there or not",
                            topic_, delivered.why));
  }

  std::string topic_;
  std::uint64_t waiting_ = 0;
  Time::time_point last_{};
  std::optional<Error> failed_;
};

KafkaStream::KafkaStream(const KafkaStreamPlan& plan, std::unique_ptr<KafkaClient> client)
    : plan_(plan),
      deliveries_(std::make_unique<Deliveries>(plan.topic)),
      client_(std::move(client)) {}

KafkaStream::~KafkaStream() = default;

Result<std::unique_ptr<KafkaStream>> KafkaStream::open(const KafkaStreamPlan& plan) {
  QUALOG_ASSIGN(auto client, KafkaClient::make(KafkaRole::stream, plan.bootstrap, plan.settings));
  std::unique_ptr<KafkaStream> stream(new KafkaStream(plan, std::move(client)));
  QUALOG_TRY(stream->open_topics());
  return stream;
}

Result<void> KafkaStream::open_topics() {
  QUALOG_TRY(make_topics());
  QUALOG_ASSIGN(messages_, open_topic(*client_, plan_.topic));
  QUALOG_ASSIGN(notes_, open_topic(*client_, notes_topic(plan_.topic)));
  return {};
}

// The notes come last: with them the topic is whole.
Result<void> KafkaStream::make_topics() {
  KafkaAdmin admin(*client_);
  const auto notes = notes_topic(plan_.topic);
  QUALOG_ASSIGN(const auto there, admin.topics());
  const bool has_messages = has(there, plan_.topic), has_notes = has(there, notes);
  if (has_notes && !has_messages)
    return fail(
        Code::invalid,
        fmt::format("topic {} is gone, and {} says that messages are in it; delete that too "
                    "to begin anew",
                    plan_.topic, notes));
  if (!has_messages)
    QUALOG_TRY(admin.make_topic(plan_.topic, {plan_.partitions, plan_.replicas}, kMessages));
  if (!has_notes) QUALOG_TRY(admin.make_topic(notes, {1, plan_.replicas}, kNotes));
  return {};
}

Result<void> KafkaStream::send(const std::string& key, std::span<const Header> headers,
                               const std::string& value) {
  return enqueue(messages_.get(), RD_KAFKA_PARTITION_UA, key, headers, value);
}

Result<void> KafkaStream::note(const std::string& key, const std::string& value) {
  return enqueue(notes_.get(), 0, key, {}, value);
}

Result<void> KafkaStream::enqueue(rd_kafka_topic_t* topic, std::int32_t partition,
                                  const std::string& key, std::span<const Header> headers,
                                  const std::string& value) {
  const auto since = Time::now();
  for (;;) {
    QUALOG_TRY(deliveries_->check());
    auto* held = headers_of(headers);
    const auto error = rd_kafka_producev(
        client_->handle(), RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()), RD_KAFKA_V_HEADERS(held),
        RD_KAFKA_V_OPAQUE(static_cast<KafkaDelivery*>(deliveries_.get())), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      deliveries_->queued();
      rd_kafka_poll(client_->handle(), 0);
      return {};
    }
    rd_kafka_headers_destroy(held);  // taken by what was queued only
    if (error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
      return fail(Code::too_large, fmt::format("topic {}: a message of {} bytes is more than it "
                                               "takes",
                                               rd_kafka_topic_name(topic), value.size()));
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL)
      return fail(Code::io,
                  fmt::format("topic {}: {}", rd_kafka_topic_name(topic), rd_kafka_err2str(error)));
    QUALOG_TRY(serve(since));
  }
}

// Lets the broker's answers come in.
Result<void> KafkaStream::serve(Time::time_point since) {
  rd_kafka_poll(client_->handle(), kStreamServeMilliseconds);
  QUALOG_TRY(deliveries_->check());
  if (Time::now() - std::max(since, deliveries_->last()) < kPatience) return {};
  return client_->unreachable("topic " + plan_.topic);
}

Result<void> KafkaStream::flush() {
  const auto since = Time::now();
  while (!deliveries_->all()) {
    rd_kafka_flush(client_->handle(), kStreamServeMilliseconds);
    if (!deliveries_->all()) QUALOG_TRY(serve(since));
  }
  return deliveries_->check();
}

Result<std::vector<std::string>> KafkaStream::notes() const {
  QUALOG_ASSIGN(const auto reader, KafkaReader::make(plan_.bootstrap, plan_.settings));
  std::vector<std::string> found;
  const auto keep = [&](const TopicRecord& record) -> Result<bool> {
    found.emplace_back(reinterpret_cast<const char*>(record.bytes.data()), record.bytes.size());
    return true;
  };
  QUALOG_TRY(reader->read(notes_topic(plan_.topic), 0, std::nullopt, keep));
  return found;
}

Result<KafkaStreamPlan> parse_kafka_stream(std::string_view text, const std::string& otherwise) {
  const auto wrong = [&](const std::string& why) {
    return fail(
        Code::invalid,
        fmt::format("\"{}\": {}; a topic is kafka://HOST:PORT[,HOST:PORT...][/TOPIC]", text, why));
  };
  if (!text.starts_with(kScheme)) return wrong("it does not begin with kafka://");
  const auto rest = text.substr(kScheme.size());
  const auto slash = rest.find('/');
  const auto topic = slash == rest.npos ? otherwise : std::string(rest.substr(slash + 1));
  if (!are_brokers(rest.substr(0, slash))) return wrong("the brokers are not HOST:PORT");
  if (!is_topic_name(topic))
    return wrong(
        fmt::format("the topic is not 1 to {} letters, digits, dots, underscores and "
                    "hyphens",
                    kTopicNameMax));
  return KafkaStreamPlan{.bootstrap = std::string(rest.substr(0, slash)), .topic = topic};
}

}  // namespace qualog::log
