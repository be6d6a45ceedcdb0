// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/admin.h"

#include "engine/log/kafka/topic_handle.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <functional>
#include <map>
#include <memory>

namespace qualog::log {

namespace {

using Time = std::chrono::steady_clock;
using Settings = std::map<std::string, std::string>;

constexpr int kTimeoutMilliseconds = 15'000;
// Long enough for a broker to say that it lets nobody in.
constexpr int kFirstMilliseconds = 1'000;

template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* object) const {
    destroy(object);
  }
};
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroy<&rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroy<&rd_kafka_event_destroy>>;
using Options = std::unique_ptr<rd_kafka_AdminOptions_t, Destroy<&rd_kafka_AdminOptions_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Destroy<&rd_kafka_metadata_destroy>>;

// What a request to the cluster came to.
struct Reply {
  rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
  std::string text;
};

bool is_about_rights(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED;
}

Error error_of(const Reply& reply, const std::string& what) {
  if (is_about_rights(reply.error))
    return fail(Code::forbidden,
                fmt::format("{}: the broker grants no right to it ({}); docs/kafka.md lists the "
                            "rights that are needed",
                            what, rd_kafka_err2name(reply.error)));
  if (reply.error == RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR)
    return fail(Code::invalid, fmt::format("{}: the cluster has too few brokers for that; give "
                                           "fewer with --replicas, or add brokers ({})",
                                           what, reply.text));
  return fail(Code::io, fmt::format("{}: {}", what, reply.text));
}

// Sends an administrative request and waits for its event.
Result<Event> ask(KafkaClient& client, rd_kafka_admin_op_t operation, const std::string& what,
                  const std::function<void(rd_kafka_AdminOptions_t*, rd_kafka_queue_t*)>& send) {
  Queue queue(rd_kafka_queue_new(client.handle()));
  Options options(rd_kafka_AdminOptions_new(client.handle(), operation));
  std::array<char, 256> why{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), kTimeoutMilliseconds, why.data(),
                                            why.size());
  send(options.get(), queue.get());
  Event event(rd_kafka_queue_poll(queue.get(), 2 * kTimeoutMilliseconds));
  if (!event) return client.unreachable(what);
  if (const auto error = rd_kafka_event_error(event.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    if (!is_about_rights(error)) return client.unreachable(what);
    return error_of({error, rd_kafka_event_error_string(event.get())}, what);
  }
  return event;
}

Reply reply_of(const rd_kafka_topic_result_t& result) {
  const char* text = rd_kafka_topic_result_error_string(&result);
  return {rd_kafka_topic_result_error(&result), text != nullptr ? text : ""};
}

Result<Metadata> metadata_of(KafkaClient& client, const std::string* topic) {
  const rd_kafka_metadata_t* found = nullptr;
  rd_kafka_topic_t* only =
      topic ? rd_kafka_topic_new(client.handle(), topic->c_str(), nullptr) : nullptr;
  const auto ask_for = [&](int milliseconds) {
    return rd_kafka_metadata(client.handle(), topic == nullptr ? 1 : 0, only, &found, milliseconds);
  };
  auto error = ask_for(kFirstMilliseconds);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR && !client.trouble().is_about_rights())
    error = ask_for(kMetadataMilliseconds);
  if (only != nullptr) rd_kafka_topic_destroy(only);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
    return client.unreachable(topic ? "topic " + *topic : std::string("the list of topics"));
  return Metadata(found);
}

// Whether the one topic asked for has a partition with a leader.
bool has_leader(const rd_kafka_metadata_t& metadata) {
  return metadata.topic_cnt == 1 && metadata.topics[0].partition_cnt > 0 &&
         metadata.topics[0].partitions[0].leader >= 0;
}

Result<void> wait_for_leader(KafkaClient& client, const std::string& name) {
  const auto end = Time::now() + std::chrono::milliseconds(kTimeoutMilliseconds);
  while (Time::now() < end) {
    QUALOG_ASSIGN(const auto metadata, metadata_of(client, &name));
    if (has_leader(*metadata)) return {};
    rd_kafka_poll(client.handle(), 20);
  }
  return fail(Code::unreachable, fmt::format("topic {}: no broker leads it; try again", name));
}

Result<Settings> settings_of(KafkaClient& client, rd_kafka_ResourceType_t kind,
                             const std::string& name) {
  const auto what = (kind == RD_KAFKA_RESOURCE_TOPIC ? "topic " : "broker ") + name;
  auto* resource = rd_kafka_ConfigResource_new(kind, name.c_str());
  auto event =
      ask(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, what, [&](auto* options, auto* queue) {
        rd_kafka_DescribeConfigs(client.handle(), &resource, 1, options, queue);
      });
  rd_kafka_ConfigResource_destroy(resource);
  if (!event) return event.error();
  std::size_t count = 0;
  const auto* result = rd_kafka_event_DescribeConfigs_result(event->get());
  const auto** resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
  if (count != 1) return client.unreachable(what);
  if (const auto error = rd_kafka_ConfigResource_error(resources[0]);
      error != RD_KAFKA_RESP_ERR_NO_ERROR)
    return error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART
               ? fail(Code::not_found, what + ": no such topic")
               : error_of({error, rd_kafka_err2str(error)}, what);
  Settings settings;
  const auto** entries = rd_kafka_ConfigResource_configs(resources[0], &count);
  for (std::size_t n = 0; n < count; ++n)
    if (const char* value = rd_kafka_ConfigEntry_value(entries[n]))
      settings[rd_kafka_ConfigEntry_name(entries[n])] = value;
  return settings;
}

// ---- what is promised ---------------------------------------------------------------------------

enum class Wanted { exactly, at_least };

struct Promise {
  const char* name;
  Wanted wanted;
  std::string value;
};

std::vector<Promise> promises(const Replication& replication) {
  return {{"cleanup.policy", Wanted::exactly, "delete"},
          {"retention.ms", Wanted::exactly, "-1"},
          {"retention.bytes", Wanted::exactly, "-1"},
          {"unclean.leader.election.enable", Wanted::exactly, "false"},
          {"min.insync.replicas", Wanted::at_least, std::to_string(replication.in_sync)},
          {"max.message.bytes", Wanted::at_least, "1000000"}};
}

long long number(const std::string& text) {
  long long value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool keeps(const Promise& promise, const Settings& settings) {
  const auto found = settings.find(promise.name);
  if (found == settings.end()) return false;
  if (promise.wanted == Wanted::exactly) return found->second == promise.value;
  return number(found->second) >= number(promise.value);
}

std::string value_in(const Settings& settings, const char* name) {
  const auto found = settings.find(name);
  return found == settings.end() ? "unknown" : found->second;
}

std::string weaker_than(const std::vector<Promise>& promised, const Settings& settings) {
  std::string weaker;
  for (const auto& promise : promised) {
    if (keeps(promise, settings)) continue;
    weaker += fmt::format("{}{} is {}, {}{} is needed", weaker.empty() ? "" : "; ", promise.name,
                          value_in(settings, promise.name),
                          promise.wanted == Wanted::at_least ? "at least " : "", promise.value);
  }
  return weaker;
}

std::string weaker_layout(const rd_kafka_metadata_t& metadata, const Replication& promised) {
  const auto& topic = metadata.topics[0];
  if (topic.partition_cnt != 1)
    return fmt::format("it has {} partitions, 1 is needed", topic.partition_cnt);
  const int replicas = topic.partitions[0].replica_cnt;
  if (replicas >= promised.replicas) return {};
  return fmt::format("it has {} replicas, at least {} are needed", replicas, promised.replicas);
}

Error weaker_error(const std::string& what, const std::string& weaker) {
  return fail(Code::invalid, fmt::format("{} promises less than Qualog does: {}; mend that on the "
                                         "cluster and try again",
                                         what, weaker));
}

}  // namespace

TopicSettings log_topic_settings(const Replication& replication) {
  return {{"cleanup.policy", "delete"},
          {"retention.ms", "-1"},
          {"retention.bytes", "-1"},
          {"min.insync.replicas", std::to_string(replication.in_sync)},
          {"unclean.leader.election.enable", "false"},
          {"message.timestamp.type", "LogAppendTime"},
          {"max.message.bytes", "1048588"},
          {"segment.bytes", "67108864"},
          {"segment.index.bytes", "1048576"},
          {"compression.type", "producer"}};
}

Result<bool> KafkaAdmin::make_topic(const std::string& name, const TopicShape& shape,
                                    const TopicSettings& settings) {
  const auto what = "topic " + name;
  std::array<char, 256> why{};
  auto* topic =
      rd_kafka_NewTopic_new(name.c_str(), shape.partitions, shape.replicas, why.data(), why.size());
  if (topic == nullptr) return fail(Code::invalid, what + ": " + why.data());
  for (const auto& [key, value] : settings)
    rd_kafka_NewTopic_set_config(topic, key.c_str(), value.c_str());
  auto event = ask(client_, RD_KAFKA_ADMIN_OP_CREATETOPICS, what, [&](auto* options, auto* queue) {
    rd_kafka_CreateTopics(client_.handle(), &topic, 1, options, queue);
  });
  rd_kafka_NewTopic_destroy(topic);
  if (!event) return event.error();
  std::size_t count = 0;
  const auto** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event->get()), &count);
  const auto reply = reply_of(*results[0]);
  if (reply.error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) return false;
  if (reply.error != RD_KAFKA_RESP_ERR_NO_ERROR) return error_of(reply, what);
  QUALOG_TRY(wait_for_leader(client_, name));
  return true;
}

Result<void> KafkaAdmin::delete_topic(const std::string& name) {
  const auto what = "topic " + name;
  auto* topic = rd_kafka_DeleteTopic_new(name.c_str());
  auto event = ask(client_, RD_KAFKA_ADMIN_OP_DELETETOPICS, what, [&](auto* options, auto* queue) {
    rd_kafka_DeleteTopics(client_.handle(), &topic, 1, options, queue);
  });
  rd_kafka_DeleteTopic_destroy(topic);
  if (!event) return event.error();
  std::size_t count = 0;
  const auto** results =
      rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event->get()), &count);
  const auto reply = reply_of(*results[0]);
  const bool gone = reply.error == RD_KAFKA_RESP_ERR_NO_ERROR ||
                    reply.error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
  return gone ? Result<void>{} : error_of(reply, what);
}

Result<void> KafkaAdmin::delete_before(const std::string& name, std::int64_t offset) {
  const auto what = "topic " + name;
  auto* offsets = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(offsets, name.c_str(), 0)->offset = offset;
  auto* records = rd_kafka_DeleteRecords_new(offsets);
  rd_kafka_topic_partition_list_destroy(offsets);
  auto event = ask(client_, RD_KAFKA_ADMIN_OP_DELETERECORDS, what, [&](auto* options, auto* queue) {
    rd_kafka_DeleteRecords(client_.handle(), &records, 1, options, queue);
  });
  rd_kafka_DeleteRecords_destroy(records);
  if (!event) return event.error();
  const auto* done =
      rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event->get()));
  if (done->elems[0].err == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return error_of({done->elems[0].err, rd_kafka_err2str(done->elems[0].err)}, what);
}

Result<std::vector<std::string>> KafkaAdmin::topics() {
  QUALOG_ASSIGN(const auto metadata, metadata_of(client_, nullptr));
  std::vector<std::string> names;
  for (int n = 0; n < metadata->topic_cnt; ++n) names.emplace_back(metadata->topics[n].topic);
  return names;
}

Result<void> KafkaAdmin::check_topic(const std::string& name, const Replication& promised) {
  QUALOG_ASSIGN(const auto metadata, metadata_of(client_, &name));
  if (!has_leader(*metadata) && metadata->topic_cnt == 1 &&
      metadata->topics[0].err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
    return fail(Code::not_found, fmt::format("topic {}: no such topic", name));
  if (metadata->topic_cnt == 1 && is_about_rights(metadata->topics[0].err))
    return error_of({metadata->topics[0].err, ""}, "topic " + name);
  const auto layout = weaker_layout(*metadata, promised);
  if (!layout.empty()) return weaker_error("topic " + name, layout);
  QUALOG_ASSIGN(const auto settings, settings_of(client_, RD_KAFKA_RESOURCE_TOPIC, name));
  const auto weaker = weaker_than(promises(promised), settings);
  return weaker.empty() ? Result<void>{} : weaker_error("topic " + name, weaker);
}

// Whoever sends to a deleted project would make its topic anew, with weaker settings.
Result<void> KafkaAdmin::check_brokers() {
  QUALOG_ASSIGN(const auto metadata, metadata_of(client_, nullptr));
  const std::vector<Promise> promised = {{"auto.create.topics.enable", Wanted::exactly, "false"}};
  for (int n = 0; n < metadata->broker_cnt; ++n) {
    const auto id = std::to_string(metadata->brokers[n].id);
    QUALOG_ASSIGN(const auto settings, settings_of(client_, RD_KAFKA_RESOURCE_BROKER, id));
    const auto weaker = weaker_than(promised, settings);
    if (!weaker.empty()) return weaker_error("broker " + id, weaker);
  }
  return {};
}

}  // namespace qualog::log
