// SPDX-License-Identifier: Apache-2.0
// What all machines of a namespace share, in the first record of a topic of its own: which key
// store and which blob store are theirs, and how often a record is kept. Whoever comes first
// decides; the order of the topic says who that was.
#pragma once

#include "engine/log/kafka/cluster.h"

#include <string>

namespace qualog::log {

struct SpaceRecord {
  std::string keys;   // identity of the key store
  std::string blobs;  // identity of the blob store
  Replication replication;
  bool operator==(const SpaceRecord&) const = default;
};

// The record of the cluster's namespace; `mine` becomes it where there is none yet.
// Errors: those of the cluster; damaged, what is there is no such record.
Result<SpaceRecord> agree_on_space(std::shared_ptr<KafkaCluster> cluster, const SpaceRecord& mine);

}  // namespace qualog::log
