// SPDX-License-Identifier: Apache-2.0
// A client of librdkafka: made, kept served, and asked what troubles it. The settings here are
// those that the protocol of topic_log.h rests on; docs/decisions/0017 says why. Any
// thread.
#pragma once

#include "engine/log/kafka/address.h"
#include "engine/log/kafka/settings.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

typedef struct rd_kafka_s rd_kafka_t;  // NOLINT: librdkafka's name

namespace qualog::log {

// What a client last complained of, in words for whoever runs it.
class KafkaTrouble {
 public:
  void note(int code, std::string text);
  // One line with the cause and the next step; "" while there is none.
  std::string words() const;
  // Whether it is about who the client is or may do.
  bool is_about_rights() const;

 private:
  mutable std::mutex mutex_;
  int code_ = 0;
  std::string text_;
};

enum class KafkaRole { producer, consumer, stream };  // stream: the producer of stream.h

// What the broker said of one record, handed to whoever sent it, on the thread that serves.
struct KafkaDelivered {
  bool stored;          // it is in the topic
  bool never;           // it is not, and cannot come to be: the broker refused it
  bool denied;          // for want of a right
  std::int64_t offset;  // of one copy, or negative
  std::string why;      // unless stored
};

class KafkaDelivery {
 public:
  virtual ~KafkaDelivery() = default;
  virtual void delivered(const KafkaDelivered& delivered) = 0;
};

class KafkaClient {
 public:
  // Connects to nobody yet. What a producer sends has a KafkaDelivery as its opaque. Error:
  // invalid, a setting that librdkafka refuses.
  static Result<std::unique_ptr<KafkaClient>> make(KafkaRole role, const std::string& bootstrap,
                                                   const KafkaSettings& settings);
  ~KafkaClient();
  KafkaClient(const KafkaClient&) = delete;
  KafkaClient& operator=(const KafkaClient&) = delete;

  rd_kafka_t* handle() const { return handle_; }
  const KafkaTrouble& trouble() const { return trouble_; }
  // That no broker answers, and why.
  Error unreachable(const std::string& what) const;

 private:
  KafkaClient() = default;

  std::string bootstrap_;
  KafkaTrouble trouble_;
  rd_kafka_t* handle_ = nullptr;
};

}  // namespace qualog::log
