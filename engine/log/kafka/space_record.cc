// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/space_record.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <optional>

namespace qualog::log {

namespace {

constexpr const char* kFormat = "qualog namespace 1\nkeys {}\nblobs {}\nreplicas {}\nin_sync {}\n";

std::string text_of(const SpaceRecord& record) {
  return fmt::format(fmt::runtime(kFormat), record.keys, record.blobs, record.replication.replicas,
                     record.replication.in_sync);
}

std::optional<SpaceRecord> parse(std::string text) {
  std::array<char, 65> keys{}, blobs{};
  SpaceRecord record;
  const int read = std::sscanf(
      text.c_str(), "qualog namespace 1\nkeys %64s\nblobs %64s\nreplicas %d\nin_sync %d",
      keys.data(), blobs.data(), &record.replication.replicas, &record.replication.in_sync);
  record.keys = keys.data();
  record.blobs = blobs.data();
  if (read != 4) return std::nullopt;
  return record;
}

Result<std::optional<std::string>> first_record(Topic& topic) {
  std::optional<std::string> first;
  QUALOG_TRY(topic.read(0, std::nullopt, [&](const TopicRecord& record) -> Result<bool> {
    first.emplace(record.bytes.begin(), record.bytes.end());
    return false;
  }));
  return first;
}

Result<void> send(Topic& topic, const SpaceRecord& record) {
  const auto text = text_of(record);
  const auto report = topic.send(Bytes(text.begin(), text.end()));
  return report.sent == Sent::delivered ? Result<void>{} : report.why;
}

}  // namespace

Result<SpaceRecord> agree_on_space(std::shared_ptr<KafkaCluster> cluster, const SpaceRecord& mine) {
  const auto& space = cluster->plan().address.space;
  KafkaTopic topic(cluster, namespace_topic(space));
  QUALOG_ASSIGN(auto admin, cluster->admin());
  QUALOG_TRY(admin.make_topic(topic.name(), {1, mine.replication.replicas},
                              log_topic_settings(mine.replication)));
  QUALOG_ASSIGN(auto first, first_record(topic));
  if (!first) {
    QUALOG_TRY(admin.check_topic(topic.name(), mine.replication));
    QUALOG_TRY(send(topic, mine));
    QUALOG_ASSIGN(first, first_record(topic));
  }
  const auto record = first ? parse(*first) : std::nullopt;
  if (record) return *record;
  return fail(Code::damaged, fmt::format("topic {}: its first record is not that of a namespace of "
                                         "this version; choose another namespace",
                                         topic.name()));
}

}  // namespace qualog::log
