// SPDX-License-Identifier: Apache-2.0
// qualog init DIR: makes an empty data directory, with its logs in it or on Kafka.
#include "engine/kafka_init.h"
#include "tools/qualog/commands.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/table.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

// What an acknowledgement is worth there, where it is worth less than on a disk of one's own.
void tell_of_few_copies(const engine::KafkaLayout& kafka) {
  if (kafka.replication.in_sync > 1) return;
  say("warning: acknowledged means on {} of {} copies: what one broker loses can be gone. With "
      "three brokers leave --replicas out",
      kafka.replication.in_sync, kafka.replication.replicas);
}

Result<Exit> init_with_kafka(const Globals& globals, const InitOptions& options) {
  if (options.keys.empty() || options.blobs.empty())
    return fail(Code::invalid,
                "--log needs --keys DIR and --blobs DIR: directories that every "
                "machine of the namespace has mounted");
  QUALOG_ASSIGN(const auto address, log::parse_kafka_address(options.log));
  QUALOG_ASSIGN(const auto layout, engine::init_on_kafka(options.directory,
                                                         {address, options.settings, options.keys,
                                                          options.blobs, options.replicas},
                                                         globals.effects()));
  tell_of_few_copies(*layout.kafka);
  return Exit::done;
}

Result<Exit> init_any(const Globals& globals, const InitOptions& options) {
  if (!options.log.empty()) return init_with_kafka(globals, options);
  QUALOG_TRY(engine::DataDirectory::init(options.directory));
  return Exit::done;
}

}  // namespace

Exit init(const Globals& globals, const InitOptions& options) {
  const auto made = init_any(globals, options);
  if (!made) return report(globals, made.error());
  if (globals.json)
    print_line({{"data", one_line(options.directory)}});
  else
    print("Made the data directory {}.\nNext: qualog -d {} project create NAME\n",
          one_line(options.directory), one_line(options.directory));
  return Exit::done;
}

}  // namespace qualog::tools
