// SPDX-License-Identifier: Apache-2.0
// What the programs of these tests are told, KEY=VALUE each, and the topic that they get from it:
//   send=HOST:PORT,... read=HOST:PORT,... project=UUID replicas=N   the log, in the namespace
//   "test"
#pragma once

#include "engine/log/kafka/cluster.h"
#include "engine/log/topic_log.h"

#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace qualog::test {

class Arguments {
 public:
  Arguments(int count, char** words) {
    for (int n = 1; n < count; ++n) {
      const std::string_view word = words[n];
      const auto equals = word.find('=');
      if (equals != word.npos)
        values_[std::string(word.substr(0, equals))] = word.substr(equals + 1);
    }
  }
  // Without a default it must be there.
  std::string at(const std::string& key) const { return values_.at(key); }
  std::string at(const std::string& key, const std::string& otherwise) const {
    const auto found = values_.find(key);
    return found == values_.end() ? otherwise : found->second;
  }
  std::uint64_t number(const std::string& key, std::uint64_t otherwise) const {
    const auto text = at(key, "");
    return text.empty() ? otherwise : std::strtoull(text.c_str(), nullptr, 10);
  }

 private:
  std::map<std::string, std::string> values_;
};

// Gives up sooner than a deployment would: timeout=MILLISECONDS.
inline log::KafkaSettings impatient(const Arguments& arguments) {
  return {{"message.timeout.ms", arguments.at("timeout", "3000")},
          {"request.timeout.ms", "1500"},
          {"socket.timeout.ms", "2000"}};
}

inline std::shared_ptr<log::KafkaCluster> cluster_at(const std::string& bootstrap,
                                                     const Arguments& arguments) {
  const auto replicas = static_cast<int>(arguments.number("replicas", 3));
  return std::make_shared<log::KafkaCluster>(log::KafkaPlan{
      {bootstrap, "test"}, impatient(arguments), {replicas, replicas > 1 ? replicas - 1 : 1}});
}

inline log::TopicLogIds which_of(const Arguments& arguments) {
  return {{*ProjectId::parse(arguments.at("project")), {}}, 1};
}

inline std::string topic_name_of(const Arguments& arguments) {
  return log::topic_name("test", {which_of(arguments).ids.project, 1});
}

inline log::Obligations obligations_of(const std::string& name) {
  log::Obligations obligations;
  if (name == "delivery-alone") obligations.read_back = false;
  if (name == "no-fence-after-doubt") obligations.fence_after_doubt = false;
  if (name == "not-applied-before-fence") obligations.fence_before_not_applied = false;
  return obligations;
}

// A topic that is sent to in one way and read in another, and knows which record it handed over.
class NotingTopic final : public log::Topic {
 public:
  NotingTopic(std::shared_ptr<log::KafkaCluster> send, std::shared_ptr<log::KafkaCluster> read,
              const std::string& name)
      : send_(std::move(send), name), read_(std::move(read), name) {}

  log::SendReport send(ByteView record) override { return send_.send(record); }
  Result<void> read(std::uint64_t from, std::optional<std::uint64_t> through, Take take) override {
    return read_.read(from, through, [&](const log::TopicRecord& record) {
      place_ = record.offset + 1;
      return take(record);
    });
  }
  const std::string& name() const override { return read_.name(); }
  // Where the record ends that is being handed over.
  std::uint64_t place() const { return place_; }

 private:
  log::KafkaTopic send_, read_;
  std::uint64_t place_ = 0;
};

inline std::shared_ptr<NotingTopic> topic_of(const Arguments& arguments) {
  const auto send = cluster_at(arguments.at("send"), arguments);
  const auto read_at = arguments.at("read", arguments.at("send"));
  const auto read = read_at == arguments.at("send") ? send : cluster_at(read_at, arguments);
  return std::make_shared<NotingTopic>(send, read, topic_name_of(arguments));
}

}  // namespace qualog::test
