// SPDX-License-Identifier: Apache-2.0
#include "engine/kafka_init.h"

#include "engine/kafka_settings.h"
#include "engine/log/kafka/space_record.h"

#include <fmt/format.h>

namespace qualog::engine {

namespace fs = std::filesystem;

namespace {

// A record on the majority of its replicas is acknowledged; of one or two there is no majority to
// spare.
log::Replication replication_of(int replicas) { return {replicas, replicas / 2 + replicas % 2}; }

Result<log::Replication> wanted_replication(const std::optional<int>& replicas) {
  constexpr int kMost = 9;
  const int count = replicas.value_or(3);
  if (count >= 1 && count <= kMost) return replication_of(count);
  return fail(Code::invalid, "--replicas must be from 1 to 9");
}

Error other_store(const char* option, const SharedStore& store) {
  return fail(Code::invalid,
              fmt::format("{} {}: the machines of this namespace share another one; mount that, or "
                          "choose another namespace",
                          option, store.path.string()));
}

Result<void> check_agreed(const log::SpaceRecord& agreed, const log::SpaceRecord& mine,
                          const KafkaLayout& layout, const KafkaRequest& request) {
  if (agreed.keys != mine.keys) return other_store("--keys", layout.keys);
  if (agreed.blobs != mine.blobs) return other_store("--blobs", layout.blobs);
  if (!request.replicas || agreed.replication == mine.replication) return {};
  return fail(Code::invalid,
              fmt::format("--replicas {}: the namespace keeps {} copies; leave the option out",
                          *request.replicas, agreed.replication.replicas));
}

// What the cluster agrees to.
Result<KafkaLayout> agree(const KafkaRequest& request, log::KafkaSettings settings,
                          Effects effects) {
  KafkaLayout layout{request.address, {}, {}, {}};
  QUALOG_ASSIGN(layout.replication, wanted_replication(request.replicas));
  const auto cluster = std::make_shared<log::KafkaCluster>(
      log::KafkaPlan{request.address, std::move(settings), layout.replication});
  QUALOG_ASSIGN(auto admin, cluster->admin());
  QUALOG_TRY(admin.check_brokers());
  QUALOG_ASSIGN(layout.keys, claim_store(request.keys, new_id<CommandId>(effects).text()));
  QUALOG_ASSIGN(layout.blobs, claim_store(request.blobs, new_id<CommandId>(effects).text()));
  const log::SpaceRecord mine{layout.keys.identity, layout.blobs.identity, layout.replication};
  QUALOG_ASSIGN(const auto agreed, log::agree_on_space(cluster, mine));
  QUALOG_TRY(check_agreed(agreed, mine, layout, request));
  layout.replication = agreed.replication;
  QUALOG_TRY(note_namespace(layout.keys, request.address.space));
  QUALOG_TRY(admin.check_topic(log::namespace_topic(request.address.space), layout.replication));
  return layout;
}

}  // namespace

Result<DataLayout> init_on_kafka(const fs::path& path, const KafkaRequest& request,
                                 Effects effects) {
  QUALOG_ASSIGN(auto file, read_kafka_settings(request.settings));
  QUALOG_TRY(DataDirectory::check_usable(path));
  QUALOG_ASSIGN(auto kafka, agree(request, std::move(file.settings), effects));
  const DataLayout layout{std::move(kafka)};
  QUALOG_TRY(DataDirectory::init(path, layout, file.text));
  return layout;
}

}  // namespace qualog::engine
