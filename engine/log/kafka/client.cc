// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/client.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <array>
#include <vector>

namespace qualog::log {

namespace {

using Defaults = std::vector<std::pair<const char*, const char*>>;

// Of both roles.
const Defaults kCommon = {{"client.id", "qualog"},
                          {"allow.auto.create.topics", "false"},
                          {"socket.nagle.disable", "true"},
                          {"socket.timeout.ms", "5000"},
                          {"reconnect.backoff.ms", "50"},
                          {"reconnect.backoff.max.ms", "1000"},
                          {"retry.backoff.ms", "50"},
                          {"topic.metadata.refresh.fast.interval.ms", "100"},
                          {"topic.metadata.propagation.max.ms", "120000"}};

// One record in flight a project keeps the order; many projects share a connection. The protocol
// bears duplicates, so the producer is plain: up to librdkafka 2.2 an idempotent one may become
// fatal for the whole process when a broker fails.
const Defaults kProducer = {{"acks", "all"},
                            {"enable.idempotence", "false"},
                            {"max.in.flight", "256"},
                            {"linger.ms", "0"},
                            {"message.timeout.ms", "20000"},
                            {"request.timeout.ms", "4000"},
                            {"queue.buffering.max.messages", "20000"},
                            {"queue.buffering.max.kbytes", "65536"},
                            {"message.max.bytes", "1000000"}};

// What is sent is given up by whoever sends, not by time. Keys go where other clients would put
// them. A row may be longer than the event that it is made from.
const Defaults kStream = {{"acks", "all"},
                          {"enable.idempotence", "false"},
                          {"max.in.flight", "1"},
                          {"linger.ms", "5"},
                          {"message.timeout.ms", "0"},
                          {"request.timeout.ms", "4000"},
                          {"queue.buffering.max.messages", "50000"},
                          {"queue.buffering.max.kbytes", "65536"},
                          {"message.max.bytes", "8388608"},
                          {"partitioner", "murmur2_random"}};

// A fetch that finds nothing says that the end is reached, after fetch.wait.max.ms. A full queue is
// looked at again after a second only (librdkafka before 2.2): what it holds must last that long.
const Defaults kConsumer = {{"enable.auto.commit", "false"},
                            {"enable.auto.offset.store", "false"},
                            {"enable.partition.eof", "true"},
                            {"auto.offset.reset", "error"},
                            {"isolation.level", "read_uncommitted"},
                            {"check.crcs", "true"},
                            {"fetch.wait.max.ms", "5"},
                            {"fetch.error.backoff.ms", "50"},
                            {"fetch.message.max.bytes", "1048588"},
                            {"queued.max.messages.kbytes", "65536"}};

const Defaults& defaults_of(KafkaRole role) {
  switch (role) {
    case KafkaRole::producer:
      return kProducer;
    case KafkaRole::consumer:
      return kConsumer;
    default:
      return kStream;
  }
}

// What is often behind a complaint, and what to do.
struct Hint {
  const char* part;
  const char* step;
};
constexpr std::array<Hint, 10> kHints = {{
    {"SCRAM",
     "the password is wrong, or the broker is Kafka 4 and librdkafka older than 2.6.1: there "
     "use PLAIN over TLS, or client certificates"},
    {"Invalid username or password", "see sasl.username and sasl.password"},
    {"certificate verify failed", "set ssl.ca.location to the authority that signed the broker"},
    {"bad certificate",
     "the broker wants a client certificate: set ssl.certificate.location and "
     "ssl.key.location"},
    {"certificate required",
     "the broker wants a client certificate: set ssl.certificate.location "
     "and ssl.key.location"},
    {"security.protocol", "the broker speaks TLS or SASL: set security.protocol"},
    {"Connection refused", "see that the broker runs and listens there"},
    {"Failed to resolve", "see that the name of the broker is right"},
    {"ApiVersionRequest failed", "what answers there is no broker; see the name and the port"},
    {"in-flight",
     "it took too long: the broker hangs, or what answers there is no broker; see the name and the "
     "port"},
}};

// Without the value, which may be a password.
Error wrong_setting(const std::string& why) {
  return fail(Code::invalid,
              fmt::format("{}; see the settings of the cluster (--kafka-settings FILE, later "
                          "kafka.conf in the data directory)",
                          why));
}

Result<void> set(rd_kafka_conf_t* conf, const char* name, const char* value) {
  std::array<char, 512> why{};
  if (rd_kafka_conf_set(conf, name, value, why.data(), why.size()) == RD_KAFKA_CONF_OK) return {};
  return wrong_setting(fmt::format("{}: {}", name, why.data()));
}

Result<void> set_all(rd_kafka_conf_t* conf, const Defaults& defaults) {
  for (const auto& [name, value] : defaults) QUALOG_TRY(set(conf, name, value));
  return {};
}

KafkaTrouble& trouble_of(void* opaque) { return *static_cast<KafkaTrouble*>(opaque); }

void on_error(rd_kafka_t*, int code, const char* reason, void* opaque) {
  trouble_of(opaque).note(code, reason);
}

void on_log(const rd_kafka_t* client, int level, const char*, const char* text) {
  constexpr int kWorstThatIsNoTrouble = 5;
  if (level < kWorstThatIsNoTrouble)
    trouble_of(rd_kafka_opaque(client)).note(RD_KAFKA_RESP_ERR__FAIL, text);
}

// Refused by rule, and never sent before: no copy of it can be anywhere.
bool is_never(const rd_kafka_message_t& message) {
  const bool refused = message.err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
                       message.err == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE;
  return refused && rd_kafka_message_status(&message) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED;
}

void on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  const bool stored = message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
  static_cast<KafkaDelivery*>(message->_private)
      ->delivered({stored, !stored && is_never(*message),
                   message->err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, message->offset,
                   stored ? std::string() : rd_kafka_err2str(message->err)});
}

struct DestroyConf {
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
};

bool is_specific(int code) {
  return code == RD_KAFKA_RESP_ERR__SSL || code == RD_KAFKA_RESP_ERR__AUTHENTICATION;
}

}  // namespace

// That brokers are down is known from elsewhere, and hides why.
void KafkaTrouble::note(int code, std::string text) {
  const std::lock_guard lock(mutex_);
  if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && !text_.empty()) return;
  if (is_specific(code_) && !is_specific(code)) return;
  code_ = code;
  text_ = std::move(text);
}

std::string KafkaTrouble::words() const {
  const std::lock_guard lock(mutex_);
  for (const auto& hint : kHints)
    if (text_.find(hint.part) != std::string::npos) return fmt::format("{}; {}", text_, hint.step);
  return text_;
}

bool KafkaTrouble::is_about_rights() const {
  const std::lock_guard lock(mutex_);
  return code_ == RD_KAFKA_RESP_ERR__AUTHENTICATION;
}

Result<std::unique_ptr<KafkaClient>> KafkaClient::make(KafkaRole role, const std::string& bootstrap,
                                                       const KafkaSettings& settings) {
  std::unique_ptr<KafkaClient> client(new KafkaClient);
  client->bootstrap_ = bootstrap;
  std::unique_ptr<rd_kafka_conf_t, DestroyConf> conf(rd_kafka_conf_new());
  QUALOG_TRY(set(conf.get(), "bootstrap.servers", bootstrap.c_str()));
  QUALOG_TRY(set_all(conf.get(), kCommon));
  QUALOG_TRY(set_all(conf.get(), defaults_of(role)));
  for (const auto& [name, value] : settings)
    QUALOG_TRY(set(conf.get(), name.c_str(), value.c_str()));
  rd_kafka_conf_set_opaque(conf.get(), &client->trouble_);
  rd_kafka_conf_set_error_cb(conf.get(), &on_error);
  rd_kafka_conf_set_log_cb(conf.get(), &on_log);
  const bool sends = role != KafkaRole::consumer;
  if (sends) rd_kafka_conf_set_dr_msg_cb(conf.get(), &on_delivery);
  std::array<char, 512> why{};
  client->handle_ = rd_kafka_new(sends ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, conf.get(),
                                 why.data(), why.size());
  if (client->handle_ == nullptr) return wrong_setting(why.data());
  (void)conf.release();  // it is the client's now
  return client;
}

KafkaClient::~KafkaClient() {
  if (handle_ != nullptr) rd_kafka_destroy_flags(handle_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

Error KafkaClient::unreachable(const std::string& what) const {
  const auto words = trouble_.words();
  const auto code = trouble_.is_about_rights() ? Code::forbidden : Code::unreachable;
  return fail(
      code,
      fmt::format("{}: {}: {}", bootstrap_, what,
                  words.empty() ? "no broker answers; see that it runs and listens there" : words));
}

}  // namespace qualog::log
