// SPDX-License-Identifier: Apache-2.0
// KafkaPlan: what a data directory says of the cluster that its logs lie on. A value.
#pragma once

#include "engine/log/kafka/address.h"
#include "engine/log/kafka/admin.h"
#include "engine/log/kafka/settings.h"

namespace qualog::log {

struct KafkaPlan {
  KafkaAddress address;
  KafkaSettings settings;
  Replication replication;
};

}  // namespace qualog::log
