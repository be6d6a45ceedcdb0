// SPDX-License-Identifier: Apache-2.0
#include "tests/replay/workshop.h"

#include "replay/reading/log_reading.h"
#include "schema/codec.h"
#include "schema/commands.h"
#include "schema/fbs/command_generated.h"
#include "schema/fbs/event_generated.h"
#include "schema/json.h"

#include <fmt/format.h>

#include <cstdlib>

namespace qualog::test {

// ---- record -------------------------------------------------------------------------------------

Record::Record(const LineageId& lineage) {
  events_.push_back({0, 0, {}, chain_.start(lineage), projector::digests(store_)});
}

void Record::event(Sequence sequence, ByteView stored) {
  BOOST_REQUIRE_EQUAL(sequence.value, events_.size());
  const auto* event = good(event_view(stored));
  BOOST_REQUIRE(fold_.event(*event));
  events_.push_back({event->time(), event->group(), Bytes(stored.begin(), stored.end()),
                     chain_.next(events_.back().chain, stored), projector::digests(store_)});
}

std::uint64_t Record::cut(std::uint64_t sequence) const {
  if (sequence >= head()) return sequence;
  const auto group = events_.at(sequence + 1).group;
  return group != 0 && group <= sequence ? group - 1 : sequence;
}

// ---- working ------------------------------------------------------------------------------------

Working::Working(const engine::ProjectPlace& place, engine::Effects effects, Record* record)
    : effects_(effects), record_(record), project_(good(engine::Project::open(place, effects))) {
  if (record == nullptr) return;
  project_->owner().subscribe([this](Sequence sequence, ByteView stored) {
    published_.emplace_back(sequence, Bytes(stored.begin(), stored.end()));
  });
}

// The record checks what it is told, which Boost.Test bears on one thread only.
Working::~Working() {
  BOOST_CHECK(project_->close());
  for (const auto& [sequence, stored] : published_) record_->event(sequence, stored);
}

engine::Answer Working::ask(const std::string& actor, const std::vector<Act>& acts,
                            std::optional<std::uint64_t> seen, CommandId id) {
  auto& session = sessions_[actor];
  if (!session) session = engine::new_id<SessionId>(effects_);
  if (!id) id = engine::new_id<CommandId>(effects_);
  std::vector<fb::ActionUnion> actions;
  for (const auto& act : acts)
    actions.push_back(
        good(action_from_json(act.action, good(parse_json_line(act.body)), project_->keys().name)));
  auto command = command_of(id, session, std::move(actions), seen.value_or(engine::kLatest));
  return project_->owner().ask(std::move(command), actor);
}

std::uint64_t Working::must(const std::string& actor, const std::vector<Act>& acts) {
  const auto answer = ask(actor, acts);
  BOOST_REQUIRE_MESSAGE(
      answer.outcome == engine::Outcome::accepted,
      acts.front().action << ": " << (answer.refusal ? answer.refusal->detail : answer.message));
  return answer.sequence.value;
}

// ---- workshop -----------------------------------------------------------------------------------

Workshop::Workshop() {
  auto pattern = (fs::temp_directory_path() / "qualog-test-XXXXXX").string();
  BOOST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
  BOOST_REQUIRE(engine::DataDirectory::init(path_ / "data"));
  data_ = good(engine::DataDirectory::open(path_ / "data"));
}

Workshop::~Workshop() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

engine::ProjectPlace Workshop::create(const std::string& name) {
  const auto session = engine::new_id<SessionId>(effects());
  return data_->place_of(good(data_->create(name, "anna", session, effects())).id);
}

Record Workshop::record(const engine::ProjectPlace& place) {
  const auto lineage = projector::lineage_of(good(engine::View::open(place))->state());
  Record record(lineage);
  std::uint64_t sequence = 0;
  for (const auto& stored : stored_events(place)) record.event(Sequence{++sequence}, stored);
  return record;
}

replay::VerifyReport Workshop::verify(const engine::ProjectPlace& place,
                                      const replay::VerifyOptions& options) {
  return good(replay::verify(place, effects(), options));
}

replay::Restored Workshop::restore(const engine::ProjectPlace& from, const std::string& at,
                                   const std::string& name) {
  return good(replay::restore(*data_, {from, at, name, "anna"}, effects()));
}

// ---- what people do -----------------------------------------------------------------------------

std::string item(std::uint64_t number) {
  return fmt::format("00000000-0000-7000-8000-{:012x}", number);
}

Act code_created(std::uint64_t id, const std::string& name) {
  return {"code.created", fmt::format(R"({{"id":"{}","name":"{}"}})", item(id), name)};
}

Act code_renamed(std::uint64_t id, const std::string& name) {
  return {"code.props_changed", fmt::format(R"({{"code":"{}","name":"{}"}})", item(id), name)};
}

Act source_created(std::uint64_t id, const std::string& name, const std::string& text) {
  return {"source.created", fmt::format(R"({{"id":"{}","name":"{}","text":"{}","length":{}}})",
                                        item(id), name, text, text.size())};
}

Act coding_added(std::uint64_t id, std::uint64_t code, std::uint64_t source, int begin, int end) {
  return {"coding.added",
          fmt::format(R"({{"id":"{}","code":"{}","source":"{}","begin":{},"end":{}}})", item(id),
                      item(code), item(source), begin, end)};
}

namespace {

constexpr std::size_t kChunkBytes = 48 * 1024;
constexpr std::size_t kChunks = 22;  // more than one record holds

}  // namespace

std::vector<Act> long_source(std::uint64_t id) {
  std::vector<Act> acts;
  for (std::size_t chunk = 0; chunk < kChunks; ++chunk) {
    const std::string text(kChunkBytes, static_cast<char>('a' + chunk % 26));
    if (chunk == 0)
      acts.push_back({"source.created",
                      fmt::format(R"({{"id":"{}","name":"Long {}","text":"{}","length":{}}})",
                                  item(id), id, text, kChunks * kChunkBytes)});
    else
      acts.push_back({"source.text_supplied",
                      fmt::format(R"({{"source":"{}","position":{},"text":"{}","length":{}}})",
                                  item(id), chunk * kChunkBytes, text, kChunks * kChunkBytes)});
  }
  return acts;
}

constexpr std::uint64_t kLongSource = 90'000;  // behind all other ids

void work(Working& working, Rng& rng, int commands) {
  working.must("anna", {{"member.added", R"({"principal":"bo","group":"contributor"})"}});
  working.must("anna", {source_created(1, "Interview 1", "I swim before work. It calms me.")});
  working.must("anna", {code_created(2, "Stress"), code_created(3, "Rest")});
  std::uint64_t next = 100;
  for (int n = 0; n < commands; ++n) {
    const std::string actor = below(rng, 2) == 0 ? "anna" : "bo";
    const auto id = next++;
    const int begin = static_cast<int>(below(rng, 20));
    switch (below(rng, 8)) {
      case 0:
        working.ask(actor, {code_created(id, fmt::format("Code {}", id))});
        break;
      case 1:
        working.ask(actor, {code_renamed(2, fmt::format("Stress {}", id))});
        break;
      case 2:
        working.ask(actor, {code_created(id, fmt::format("Group {}", id)),
                            coding_added(++next, id, 1, begin, begin + 3),
                            coding_added(++next, 3, 1, begin, begin + 5)});
        break;
      case 3:
        working.ask(actor, {{"undo.applied", "{}"}});
        break;
      case 4:  // seen too long ago: refused once somebody else has renamed it
        working.ask(actor, {code_renamed(2, fmt::format("Late {}", id))}, 5);
        break;
      case 5:
        working.ask(actor, {{"code.deleted", fmt::format(R"({{"code":"{}"}})", item(id - 2))}});
        break;
      default:
        working.ask(actor, {coding_added(id, 2 + below(rng, 2), 1, begin, begin + 4)});
    }
    if (n == commands * 4 / 5) working.must("anna", long_source(kLongSource));
  }
}

// ---- the log as it is ---------------------------------------------------------------------------

namespace {

class Collector final : public replay::StoppableSink {
 public:
  Result<void> event(Sequence, ByteView bytes) override {
    open_.emplace_back(bytes.begin(), bytes.end());
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override {
    events.insert(events.end(), open_.begin(), open_.end());
    open_.clear();
    return {};
  }
  void discarded() override { open_.clear(); }

  std::vector<Bytes> events;

 private:
  std::vector<Bytes> open_;
};

}  // namespace

std::vector<Bytes> stored_events(const engine::ProjectPlace& place) {
  Collector collector;
  BOOST_REQUIRE(replay::read_log(place, collector));
  return std::move(collector.events);
}

}  // namespace qualog::test
