// SPDX-License-Identifier: Apache-2.0
#include "engine/log/kafka/kafka_store.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::log {

KafkaStore::KafkaStore(std::shared_ptr<KafkaCluster> cluster, const ProjectId& project,
                       Opening opening)
    : cluster_(std::move(cluster)), name_{project, 0}, opening_(opening) {}

KafkaStore::KafkaStore(std::shared_ptr<KafkaCluster> cluster, KafkaTopicName name, Opening opening)
    : cluster_(std::move(cluster)),
      name_(name),
      topic_(topic_name(cluster_->plan().address.space, name)),
      opening_(opening) {}

std::string KafkaStore::name() const {
  const auto& space = cluster_->plan().address.space;
  return topic_.empty() ? topic_name(space, {name_.project, 1}) : topic_;
}

// Newest first.
Result<std::vector<KafkaTopicName>> KafkaStore::generations() {
  QUALOG_ASSIGN(auto admin, cluster_->admin());
  QUALOG_ASSIGN(const auto topics, admin.topics());
  std::vector<KafkaTopicName> found;
  for (const auto& topic : topics) {
    const auto name = parse_topic_name(cluster_->plan().address.space, topic);
    if (name && name->project == name_.project) found.push_back(*name);
  }
  std::sort(found.rbegin(), found.rend());
  return found;
}

Result<bool> KafkaStore::is_unfinished(const KafkaTopicName& name) {
  KafkaTopic topic(cluster_, topic_name(cluster_->plan().address.space, name));
  NoSink nothing;
  const auto read =
      read_topic_log(topic, {.which = {{name.project, {}}, name.generation}}, nothing);
  if (!read && read.error().code == Code::not_found) return true;
  if (!read) return read.error();
  return read->state.unfinished;
}

void KafkaStore::settle_on(const KafkaTopicName& name) {
  name_ = name;
  topic_ = topic_name(cluster_->plan().address.space, name);
  ids_.reset();
}

// While a project is on its way into a new generation, the one before is still its log.
Result<void> KafkaStore::find_topic() {
  if (!topic_.empty()) return {};
  QUALOG_ASSIGN(auto found, generations());
  while (found.size() > 1 && opening_ == Opening::finished) {
    QUALOG_ASSIGN(const bool unfinished, is_unfinished(found.front()));
    if (!unfinished) break;
    found.erase(found.begin());
  }
  if (found.empty())
    return fail(Code::not_found,
                fmt::format("{}: no topic holds the log of project {}",
                            text_of(cluster_->plan().address), name_.project.text()));
  settle_on(found.front());
  return {};
}

namespace {

// The first Fence says whose log it is.
Result<LogIds> ids_in(Topic& topic, const TopicLogIds& which) {
  TopicReading beginning(topic, which);
  const auto until_begun = [&](const TopicRecord& record) -> Result<bool> {
    const auto taken = beginning.take(record, nullptr);
    return taken ? Result<bool>(!beginning.is_begun()) : taken.error();
  };
  QUALOG_TRY(topic.read(0, std::nullopt, until_begun));
  if (!beginning.is_begun()) return beginning.none_here();
  return beginning.ids();
}

}  // namespace

Result<TopicPlan> KafkaStore::plan_for(Topic& topic, Place from) {
  TopicPlan plan{
      .which = {{name_.project, {}}, name_.generation}, .from = from, .opening = opening_};
  if (from == Place{}) return plan;
  if (from.segment != name_.generation)
    return fail(Code::not_found,
                fmt::format("topic {}: the state is of generation {}; build it anew", topic_,
                            from.segment));
  // Who begins in the middle has not seen whose log it is.
  if (!ids_) {
    QUALOG_ASSIGN(ids_, ids_in(topic, plan.which));
  }
  plan.which.ids = *ids_;
  return plan;
}

Result<std::unique_ptr<Log>> KafkaStore::create(const LineageId& lineage, Random& random) {
  if (topic_.empty()) {
    QUALOG_ASSIGN(const auto there, generations());
    settle_on({name_.project, there.empty() ? 1 : there.front().generation + 1});
  }
  const auto& replication = cluster_->plan().replication;
  QUALOG_ASSIGN(auto admin, cluster_->admin());
  QUALOG_ASSIGN(
      made_, admin.make_topic(topic_, {1, replication.replicas}, log_topic_settings(replication)));
  if (!made_)
    return fail(
        Code::invalid,
        fmt::format("topic {}: a log is here already, or somebody is making one; open it, or "
                    "try again",
                    topic_));
  const auto topic = std::make_shared<KafkaTopic>(cluster_, topic_);
  return create_topic_log(
      topic, {.which = {{name_.project, lineage}, name_.generation}, .opening = opening_}, random);
}

Result<OpenedLog> KafkaStore::open(Place from, const std::optional<Applied>& trusted,
                                   Random& random, Sink& sink) {
  return open_as(opening_, from, trusted, random, sink);
}

Result<OpenedLog> KafkaStore::open_as(Opening opening, Place from,
                                      const std::optional<Applied>& trusted, Random& random,
                                      Sink& sink) {
  QUALOG_TRY(find_topic());
  QUALOG_ASSIGN(auto admin, cluster_->admin());
  QUALOG_TRY(admin.check_topic(topic_, cluster_->plan().replication));
  const auto topic = std::make_shared<KafkaTopic>(cluster_, topic_);
  QUALOG_ASSIGN(auto plan, plan_for(*topic, from));
  plan.trusted = trusted;
  plan.opening = opening;
  return open_topic_log(topic, plan, random, sink);
}

Result<void> KafkaStore::publish(Random& random) {
  NoSink nothing;
  QUALOG_ASSIGN(auto opened, open_as(Opening::finishing, {}, std::nullopt, random, nothing));
  QUALOG_TRY(opened.log->close());
  // What is in an older one is in this one too.
  return delete_others(false);
}

Result<void> KafkaStore::delete_others(bool newer_too) {
  QUALOG_ASSIGN(auto admin, cluster_->admin());
  QUALOG_ASSIGN(const auto there, generations());
  for (const auto& name : there)
    if (name < name_ || (newer_too && name_ < name))
      QUALOG_TRY(admin.delete_topic(topic_name(cluster_->plan().address.space, name)));
  return {};
}

Result<LineageId> KafkaStore::lineage() {
  QUALOG_TRY(find_topic());
  KafkaTopic topic(cluster_, topic_);
  QUALOG_ASSIGN(const auto ids, ids_in(topic, {{name_.project, {}}, name_.generation}));
  return ids.lineage;
}

// An older generation alone would be taken for the project.
Result<void> KafkaStore::destroy() {
  if (auto found = find_topic(); !found)
    return found.error().code == Code::not_found ? Result<void>{} : found.error();
  QUALOG_TRY(delete_others(true));
  QUALOG_ASSIGN(auto admin, cluster_->admin());
  return admin.delete_topic(topic_);
}

Result<void> KafkaStore::discard() {
  if (!made_) return {};
  QUALOG_ASSIGN(auto admin, cluster_->admin());
  return admin.delete_topic(topic_);
}

Result<ReadSummary> KafkaStore::read(Place from, const std::optional<Head>& head, Sink& sink) {
  QUALOG_TRY(find_topic());
  KafkaTopic topic(cluster_, topic_);
  QUALOG_ASSIGN(auto plan, plan_for(topic, from));
  if (head) plan.trusted = Applied{from, *head};
  QUALOG_ASSIGN(auto summary, read_topic_log(topic, plan, sink));
  if (!summary.state.unfinished || opening_ != Opening::finished) return summary;
  return unfinished_error(topic_);
}

}  // namespace qualog::log
