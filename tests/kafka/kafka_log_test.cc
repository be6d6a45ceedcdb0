// SPDX-License-Identifier: Apache-2.0
// Method: the conformance suite of logs on a real broker, and what only a broker can do.
#include "tests/engine/log/log_conformance.h"
#include "tests/kafka/kafka_backend.h"

namespace qualog::test {

QUALOG_LOG_CONFORMANCE(kafka_log_conforms, KafkaBackend)

}  // namespace qualog::test
