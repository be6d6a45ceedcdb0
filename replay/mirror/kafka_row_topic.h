// SPDX-License-Identifier: Apache-2.0
// Rows on Kafka: a topic of messages, and the notes beside it for the cursors (engine/log/kafka/
// stream.h). One thread.
#pragma once

#include "engine/log/kafka/stream.h"
#include "replay/mirror/row_topic.h"

namespace qualog::mirror {

class KafkaRowTopic final : public RowTopic {
 public:
  // Errors: those of KafkaStream::open.
  static Result<std::unique_ptr<KafkaRowTopic>> open(const log::KafkaStreamPlan& plan);

  Result<void> send(const stream::Message& row) override;
  Result<void> keep(const std::vector<Cursor>& cursors) override;
  Result<std::vector<Cursor>> cursors() override;
  const std::string& name() const override { return stream_->topic(); }

 private:
  explicit KafkaRowTopic(std::unique_ptr<log::KafkaStream> stream) : stream_(std::move(stream)) {}

  std::unique_ptr<log::KafkaStream> stream_;
};

}  // namespace qualog::mirror
