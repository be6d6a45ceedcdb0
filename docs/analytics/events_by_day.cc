// SPDX-License-Identifier: Apache-2.0
// A small subscriber: reads the whole topic of a mirror, counts each event once, and prints how
// many of each type there were on each day, as CSV. A start for your own, with nothing of Qualog.
//
//   g++ -std=c++20 events_by_day.cc -o events_by_day -lrdkafka -lboost_json -lboost_container
//   ./events_by_day 127.0.0.1:9092 qualog.events.v1

#include <boost/json.hpp>
#include <librdkafka/rdkafka.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace {

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "events_by_day: %s\n", why.c_str());
  std::exit(1);
}

// No group: every run begins at the first row.
rd_kafka_t* connect(const char* brokers) {
  char why[512];
  auto* settings = rd_kafka_conf_new();
  for (const auto& [name, value] : {std::pair{"bootstrap.servers", brokers},
                                    {"group.id", "events_by_day"},
                                    {"enable.auto.commit", "false"},
                                    {"enable.partition.eof", "true"}})
    if (rd_kafka_conf_set(settings, name, value, why, sizeof why) != RD_KAFKA_CONF_OK) stop(why);
  auto* client = rd_kafka_new(RD_KAFKA_CONSUMER, settings, why, sizeof why);
  if (client == nullptr) stop(why);
  rd_kafka_poll_set_consumer(client);
  return client;
}

// All partitions from the beginning; how many there are.
int attach(rd_kafka_t* client, const char* name) {
  const rd_kafka_metadata_t* metadata = nullptr;
  auto* topic = rd_kafka_topic_new(client, name, nullptr);
  const auto error = rd_kafka_metadata(client, 0, topic, &metadata, 10'000);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) stop(rd_kafka_err2str(error));
  if (metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR)
    stop(rd_kafka_err2str(metadata->topics[0].err));
  const int count = metadata->topics[0].partition_cnt;
  auto* partitions = rd_kafka_topic_partition_list_new(count);
  for (int n = 0; n < count; ++n)
    rd_kafka_topic_partition_list_add(partitions, name, n)->offset = RD_KAFKA_OFFSET_BEGINNING;
  rd_kafka_assign(client, partitions);
  rd_kafka_topic_partition_list_destroy(partitions);
  rd_kafka_metadata_destroy(metadata);
  rd_kafka_topic_destroy(topic);
  return count;
}

class Counts {
 public:
  // A row may come more than once: its project and its number say which one it is.
  void add(std::string_view row) {
    const auto event = boost::json::parse(row);
    const std::string project(event.at("project_id").as_string());
    if (!seen_.emplace(project, event.at("seq").to_number<long long>()).second) return;
    const std::string_view at = event.at("at").as_string();
    ++counts_[{std::string(at.substr(0, 10)), std::string(event.at("type").as_string())}];
  }
  void print() const {
    std::puts("day,type,events");
    for (const auto& [key, events] : counts_)
      std::printf("%s,%s,%d\n", key.first.c_str(), key.second.c_str(), events);
  }

 private:
  std::set<std::pair<std::string, long long>> seen_;
  std::map<std::pair<std::string, std::string>, int> counts_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) stop("usage: events_by_day BROKERS TOPIC");
  auto* client = connect(argv[1]);
  const int partitions = attach(client, argv[2]);
  std::set<int> ended;
  Counts counts;
  while (static_cast<int>(ended.size()) < partitions) {
    auto* message = rd_kafka_consumer_poll(client, 10'000);
    if (message == nullptr) stop("nothing came for 10 s");
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
      counts.add({static_cast<const char*>(message->payload), message->len});
    else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
      ended.insert(message->partition);
    else
      stop(rd_kafka_message_errstr(message));
    rd_kafka_message_destroy(message);
  }
  counts.print();
  rd_kafka_destroy(client);
}
