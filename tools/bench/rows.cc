// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/rows.h"

#include "engine/log/posix_files.h"
#include "engine/log/reading.h"

#include <unordered_set>

namespace qualog::tools {

namespace {

std::string full_key(projector::Table table, ByteView key) {
  return std::string(1, static_cast<char>(table)).append(text_of(key));
}

// Notes which keys are written, in order.
class Noting final : public projector::Store {
 public:
  explicit Noting(projector::Overlay& state) : state_(state) {}

  std::optional<ByteView> get(projector::Table table, ByteView key) const override {
    return state_.get(table, key);
  }
  void scan_from(projector::Table table, ByteView prefix, ByteView first,
                 Visit visit) const override {
    state_.scan_from(table, prefix, first, visit);
  }
  void put(projector::Table table, ByteView key, ByteView value) override {
    auto full = full_key(table, key);
    if (known_.insert(full).second) order_.push_back(std::move(full));
    state_.put(table, key, value);
  }
  void erase(projector::Table table, ByteView key) override { state_.erase(table, key); }

  const std::vector<std::string>& order() const { return order_; }

 private:
  projector::Overlay& state_;
  std::unordered_set<std::string> known_;
  std::vector<std::string> order_;
};

class NotingSink final : public log::Sink {
 public:
  Result<void> event(Sequence, ByteView bytes) override { return engine::fold_event(fold_, bytes); }
  Result<void> aside(AsideNumber, Sequence, ByteView bytes) override {
    return engine::fold_aside(fold_, bytes);
  }
  Result<void> settled(const log::Place&, const log::Head&) override { return {}; }
  void discarded() override {}

  const std::vector<std::string>& order() const { return noting_.order(); }

 private:
  projector::MemoryStore state_;
  Noting noting_{state_};
  projector::Fold fold_{noting_};
};

}  // namespace

std::set<std::string> row_keys(const projector::Environment& state) {
  std::set<std::string> keys;
  const auto txn = projector::ReadTransaction::begin(state).value();
  for (int table = 1; table < 64; ++table)
    txn->scan(static_cast<projector::Table>(table), {}, [&](ByteView key, ByteView) {
      keys.insert(full_key(static_cast<projector::Table>(table), key));
      return true;
    });
  return keys;
}

std::vector<StoredRow> new_rows(const projector::Environment& state,
                                const std::filesystem::path& log_directory,
                                const std::set<std::string>& before) {
  NotingSink sink;
  log::PosixFiles files;
  (void)log::read_file_log(files, log_directory.string(), {}, sink).value();
  const auto txn = projector::ReadTransaction::begin(state).value();
  std::vector<StoredRow> rows;
  for (const auto& key : sink.order()) {
    if (before.contains(key)) continue;
    const auto value =
        txn->get(static_cast<projector::Table>(key[0]), view(std::string_view(key).substr(1)));
    if (value) rows.push_back({Bytes(key.begin(), key.end()), Bytes(value->begin(), value->end())});
  }
  return rows;
}

}  // namespace qualog::tools
