// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/host/node.h"

namespace qualog::simulation {

using projector::Table;

void NodeRows::put(Table table, ByteView key, ByteView value) {
  if (bugs_.loses_rows_of == table && ++puts_ % 3 == 0) return;
  projector::Overlay::put(table, key, value);
}

void NodeRows::erase(Table table, ByteView key) {
  if (bugs_.keeps_rows_of != table) projector::Overlay::erase(table, key);
}

// What an opening reads goes into the state, whole groups only, and to the truth.
class Node::Opening final : public log::Sink {
 public:
  Opening(Node& node, Truth& truth) : node_(node), reading_(truth) {}

  Result<void> event(Sequence sequence, ByteView bytes) override {
    QUALOG_TRY(engine::fold_event(fold(), bytes));
    return reading_.event(sequence, bytes);
  }
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override {
    QUALOG_TRY(engine::fold_aside(fold(), bytes));
    return reading_.aside(number, after, bytes);
  }
  Result<void> settled(const log::Place& place, const log::Head& head) override {
    if (group_) group_->keep();
    group_.reset();
    node_.applied_ = {place, head};
    return reading_.settled(place, head);
  }
  void discarded() override {
    group_.reset();
    reading_.discarded();
  }

 private:
  projector::Fold& fold() {
    if (!group_) group_.emplace(*node_.rows_);
    return group_->fold();
  }

  Node& node_;
  Truth::Reading reading_;
  std::optional<engine::OpenGroup> group_;
};

Node::Node(const NodePlace& place, std::shared_ptr<const Checkpoint> from)
    : from_(std::move(from)) {
  rows_ = std::make_unique<NodeRows>(from_ ? &from_->rows : nullptr, place.bugs);
  if (from_) applied_ = from_->applied;
}

Result<std::unique_ptr<Node>> Node::open(const NodePlace& place,
                                         std::shared_ptr<const Checkpoint> from,
                                         engine::Subscriber subscriber) {
  std::unique_ptr<Node> node(new Node(place, std::move(from)));
  const auto trusted = node->from_ ? std::optional(node->applied_) : std::nullopt;
  Opening opening(*node, place.truth);
  QUALOG_ASSIGN(auto opened, place.storage.open(node->applied_.place, trusted, opening));
  place.truth.has_read_to(opened->settled());
  node->log_ = std::make_unique<WatchedLog>(std::move(opened), place.truth, place.bugs);
  if (place.bugs.forgets_commands) node->forget(Table::Commands);
  if (place.bugs.forgets_answers) node->forget(Table::Answers);
  auto options = place.options;
  if (place.bugs.leases_never_end) options.lease_timeout_us *= 1'000;
  if (place.bugs.leases_end_at_once) options.lease_timeout_us = 0;
  const auto last_time = place.bugs.clock_back ? 0 : projector::clock_of(*node->rows_);
  engine::FoldedState& state = *node;
  node->turns_ = std::make_unique<engine::Turns>(
      *node->log_, state, *place.keys, place.clock, last_time, options,
      [subscriber] { return std::vector<engine::Subscriber>{subscriber}; });
  return node;
}

void Node::forget(Table table) {
  std::vector<Bytes> keys;
  rows_->scan(table, {}, [&](ByteView key, ByteView) {
    keys.emplace_back(key.begin(), key.end());
    return true;
  });
  for (const auto& key : keys) rows_->erase(table, key);
}

void Node::turn() {
  turns_->arrange(queue_);
  auto taken = std::move(queue_);
  queue_.clear();
  while (!taken.empty()) turns_->run(taken);
}

Result<void> Node::reached(const log::Applied& place, std::size_t) {
  applied_ = place;
  return {};
}

std::shared_ptr<const Checkpoint> Node::checkpoint() const {
  auto made = std::make_shared<Checkpoint>();
  if (from_) from_->rows.write_to(made->rows);
  rows_->write_to(made->rows);
  made->applied = applied_;
  return made;
}

}  // namespace qualog::simulation
