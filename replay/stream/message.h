// SPDX-License-Identifier: Apache-2.0
// A row as a message of a topic: its key, which keeps a project's rows in order, its headers as
// CloudEvents 1.0 in binary mode (Kafka protocol binding), and its value. Pure; any thread.
#pragma once

#include "replay/stream/rows.h"

#include <utility>
#include <vector>

namespace qualog::stream {

struct Message {
  std::string key;                                           // project_id
  std::vector<std::pair<std::string, std::string>> headers;  // ce_id, ce_type ..., content-type
  std::string value;                                         // as ndjson(row)
};

Message message_of(const Row& row);

}  // namespace qualog::stream
