// SPDX-License-Identifier: Apache-2.0
// KafkaGround: the cluster on which figures of logs on Kafka are measured, that of
// $QUALOG_KAFKA_BOOTSTRAP, as one process uses it; and logs there for workbenches, with what is
// delivered to their topics counted. Three replicas, of which two acknowledge.
#pragma once

#include "engine/log/kafka/cluster.h"
#include "tools/bench/workbench.h"

namespace qualog::tools {

// Of a cluster that is there.
log::KafkaPlan kafka_plan();
bool has_kafka();

class KafkaGround {
 public:
  // Makes a log in a topic of its own. This outlives it.
  Workbench::MakeLog make_log();
  // A write is a record, a sync its acknowledgement.
  Counts& counts() { return counts_; }

 private:
  std::shared_ptr<log::KafkaCluster> cluster_ = std::make_shared<log::KafkaCluster>(kafka_plan());
  Counts counts_;
};

}  // namespace qualog::tools
