// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/memory_project.h"

#include "engine/decide.h"
#include "schema/codec.h"
#include "schema/fbs/aside_generated.h"

#include <boost/test/unit_test.hpp>

namespace qualog::test {

void GatedLog::close_gate() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

void GatedLog::open_gate() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = false;
  }
  changed_.notify_all();
}

void GatedLog::wait_for_append() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_; });
}

log::Appended GatedLog::append(const log::Batch& batch) {
  ++appends_;
  {
    std::unique_lock lock(mutex_);
    waiting_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !closed_; });
    waiting_ = false;
  }
  auto whole = batch;
  if (breach_ == Breach::SplitsGroups) whole.more = false;
  auto appended = inner_->append(whole);
  const bool unknown = appended.outcome == log::Outcome::unknown;
  if (breach_ == Breach::DeniesUnknown && unknown) appended.outcome = log::Outcome::not_applied;
  if (breach_ == Breach::AnswersEarly || (breach_ == Breach::AffirmsUnknown && unknown))
    appended = {log::Outcome::durable, inner_->settled_place(), Code::io, {}};
  return appended;
}

namespace {
std::unique_ptr<projector::ReadTransaction> committed(const projector::Environment& state) {
  auto txn = projector::ReadTransaction::begin(state);
  BOOST_REQUIRE_MESSAGE(txn, txn.error().message);
  return std::move(*txn);
}
}  // namespace

MemoryProject::MemoryProject(std::uint64_t seed, Breach breach)
    : random_(seed),
      adversary_(seed + 1'000'000),
      keys_{Bytes(32, 0x43), test_name_key()},
      records_(test_ids(), adversary_),
      breach_(breach) {
  open(true);
  ask(command(1, {project_created("Gym in change")}));
}

bool MemoryProject::open(bool from_nothing) {
  close();
  if (from_nothing || !state_) {
    state_.reset();
    const auto path =
        std::filesystem::path(directory_.path()) / ("state" + std::to_string(++environments_));
    std::filesystem::create_directory(path);
    auto made = projector::Environment::open(path, projector::Environment::Mode::ReadWrite);
    BOOST_REQUIRE_MESSAGE(made, made.error().message);
    state_ = std::move(*made);
  }
  const auto applied = engine::applied_of(*read());
  engine::StateFolding folding(*state_);
  auto opened =
      log::open_memory_log(records_, applied ? applied->place : log::Place{}, random_, folding);
  if (!opened) return false;
  BOOST_REQUIRE(folding.finish());
  if (breach_ == Breach::ForgetsIds) forget_ids();
  log_ = std::make_unique<GatedLog>(std::move(*opened), breach_);
  owner_ = std::make_unique<engine::Owner>(*log_, *state_, keys_, clock_,
                                           projector::clock_of(*committed(*state_)));
  return true;
}

void MemoryProject::close() {
  if (owner_) owner_->stop();
  owner_.reset();
  log_.reset();
}

void MemoryProject::forget_ids() {
  auto txn = projector::WriteTransaction::begin(*state_);
  BOOST_REQUIRE(txn);
  for (const auto table : {projector::Table::Commands, projector::Table::Answers}) {
    std::vector<Bytes> keys;
    (*txn)->scan(table, {}, [&](ByteView key, ByteView) {
      keys.emplace_back(key.begin(), key.end());
      return true;
    });
    for (const auto& key : keys) (*txn)->erase(table, key);
  }
  BOOST_REQUIRE((*txn)->commit());
}

std::future<engine::Answer> MemoryProject::send(const fb::CommandT& command,
                                                std::string_view principal) {
  auto promise = std::make_shared<std::promise<engine::Answer>>();
  auto answered = promise->get_future();
  owner_->submit({copy(command), std::string(principal), false,
                  [promise](const engine::Answer& answer) { promise->set_value(answer); }});
  return answered;
}

ItemId MemoryProject::item(std::uint64_t number) {
  ItemId id;
  id.bytes[0] = 0x01;
  id.bytes[6] = 0x70;
  for (std::size_t byte = 0; byte < 8; ++byte)
    id.bytes[15 - byte] = static_cast<std::uint8_t>(number >> (8 * byte));
  return id;
}

fb::CommandT MemoryProject::command(std::uint64_t number, const Actions& actions) {
  SessionId session;
  session.bytes.fill(0xA1);
  return command_of(CommandId{item(number).bytes}, session, actions, engine::kLatest);
}

std::unique_ptr<projector::ReadTransaction> MemoryProject::read() {
  if (owner_) BOOST_REQUIRE(owner_->flush());
  return committed(*state_);
}

projector::Digests MemoryProject::digests() { return projector::digests(*read()); }

projector::Digests MemoryProject::digests_shown() {
  return projector::digests(*committed(*state_));
}

namespace {

// Counts outcomes; of a group only its first event, of a refusal only its first part.
class Outcomes final : public log::Sink {
 public:
  Result<void> event(Sequence, ByteView bytes) override {
    const auto& event = trusted_event(bytes);
    if (event.group() == 0 || event.group() == event.sequence())
      ++open_[flatbuffers::UnPack(*event.command_id())];
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView bytes) override {
    QUALOG_ASSIGN(const auto* aside, aside_view(bytes));
    if (aside->body_type() != fb::AsideBody::ConflictDraftPart)
      ++open_[flatbuffers::UnPack(*aside->command_id())];
    return {};
  }
  Result<void> settled(const log::Place&, const log::Head&) override {
    for (const auto& [id, count] : open_) found[id] += count;
    open_.clear();
    return {};
  }
  void discarded() override { open_.clear(); }

  std::map<CommandId, std::size_t> found;

 private:
  std::map<CommandId, std::size_t> open_;
};

}  // namespace

log::MemoryRecords MemoryProject::records_of_a_fair_log() const {
  auto records = records_;
  records.set_odds({});
  records.script({});
  return records;
}

projector::Digests MemoryProject::folded() {
  auto records = records_of_a_fair_log();
  engine::MemoryFolding folding(nullptr);
  const auto opened = log::open_memory_log(records, {}, random_, folding);
  BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
  return projector::digests(folding.state());
}

std::map<CommandId, std::size_t> MemoryProject::outcomes() {
  auto records = records_of_a_fair_log();
  records.land_held(~std::size_t{0});
  Outcomes sink;
  const auto opened = log::open_memory_log(records, {}, random_, sink);
  BOOST_REQUIRE_MESSAGE(opened, opened.error().message);
  return std::move(sink.found);
}

}  // namespace qualog::test
