// SPDX-License-Identifier: Apache-2.0
// Method: the conformance suite on every backend there is: the memory log, the file log on the
// simulated disk, the file log on the real file system.
#include "engine/log/memory_log.h"
#include "tests/engine/log/file_backend.h"
#include "tests/engine/log/log_conformance.h"

namespace qualog::test {

class MemoryBackend {
 public:
  Result<std::unique_ptr<log::Log>> open(log::Sink& sink, log::Place from) {
    return log::open_memory_log(records_, from, random_, sink);
  }

 private:
  SeededRandom random_{3};
  log::MemoryRecords records_{test_ids(), random_};
};

QUALOG_LOG_CONFORMANCE(memory_log_conforms, MemoryBackend)
QUALOG_LOG_CONFORMANCE(file_log_on_simulated_disk_conforms, SimBackend)
QUALOG_LOG_CONFORMANCE(file_log_on_file_system_conforms, PosixBackend)

}  // namespace qualog::test
