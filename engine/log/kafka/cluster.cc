// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/cluster.h"

namespace qualog::log {

Result<KafkaProducer*> KafkaCluster::producer() {
  const std::lock_guard lock(mutex_);
  if (producers_.empty() || producers_.back()->has_failed()) {
    QUALOG_ASSIGN(auto made, KafkaProducer::make(plan_.address.bootstrap, plan_.settings));
    producers_.push_back(std::move(made));
  }
  return producers_.back().get();
}

Result<KafkaReader*> KafkaCluster::reader() {
  const std::lock_guard lock(mutex_);
  if (!reader_) {
    QUALOG_ASSIGN(reader_, KafkaReader::make(plan_.address.bootstrap, plan_.settings));
  }
  return reader_.get();
}

Result<KafkaAdmin> KafkaCluster::admin() {
  QUALOG_ASSIGN(auto* producing, producer());
  return KafkaAdmin(producing->client());
}

Result<void> KafkaTopic::open_to_write() {
  QUALOG_ASSIGN(auto* producer, cluster_->producer());
  if (handle_ && producer == producer_) return {};
  QUALOG_ASSIGN(handle_, producer->topic(name_));
  producer_ = producer;
  return {};
}

SendReport KafkaTopic::send(ByteView record) {
  if (auto opened = open_to_write(); !opened) return {Sent::refused, {}, opened.error()};
  return producer_->send(handle_.get(), record);
}

Result<void> KafkaTopic::read(std::uint64_t from, std::optional<std::uint64_t> through, Take take) {
  QUALOG_ASSIGN(auto* reader, cluster_->reader());
  return reader->read(name_, from, through, take);
}

}  // namespace qualog::log
