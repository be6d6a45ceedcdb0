// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/team.h"

#include "engine/decide.h"
#include "projector/digest.h"
#include "schema/codec.h"

namespace qualog::test {

using engine::Answer;
using engine::Outcome;
using projector::Table;

namespace {

constexpr const char* kWho = "ada";

ItemId item(std::uint64_t number) {
  ItemId id;
  id.bytes[0] = 0x01;
  id.bytes[6] = 0x70;
  id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
  id.bytes[15] = static_cast<std::uint8_t>(number);
  return id;
}

// Lone ones, a refusal, a repetition, groups, a refusal of several parts, an undo; enough text that
// the log needs a second segment.
std::vector<fb::CommandT> make_commands() {
  std::vector<fb::CommandT> commands;
  SessionId session;
  session.bytes.fill(0xA1);
  const auto add = [&](const Actions& actions) {
    const CommandId id{item(1001 + commands.size()).bytes};
    commands.push_back(command_of(id, session, actions, engine::kLatest));
  };
  add({source_created(item(1), "interview", "There was nobody.")});
  add({code_created(item(2), "absence")});
  add({code_created(item(3), "Absence")});
  add({member_added(kWho, fb::Group::Owner)});
  add({code_created(item(4), "presence"), code_renamed(item(2), "being away")});
  Actions large = {source_begun(item(5), "long", std::string(40'000, 'x'), 240'000)};
  for (std::uint32_t at = 40'000; at < 240'000; at += 40'000)
    large.push_back(text_supplied(item(5), at, std::string(40'000, 'y'), 240'000));
  add(large);
  add({coded(item(6), item(4), item(1), 0, 5)});
  add({annotated(item(7), item(5), 0, 5, std::string(44'000, 'z')), code_renamed(item(99), "x")});
  add({annotated(item(8), item(1), 0, 5, "a note")});
  add({undone(std::vector<Sequence>{})});
  return commands;
}

const std::vector<fb::CommandT>& commands() {
  static const auto made = make_commands();
  return made;
}

std::string text_of(const Answer& answer) {
  return std::string(engine::name(answer.outcome)) + " " + std::to_string(answer.sequence.value) +
         (answer.noop ? " noop" : "") +
         (answer.refusal ? " " + answer.refusal->detail : std::string());
}

bool is_outcome(const Answer& answer) {
  return answer.outcome == Outcome::accepted || answer.outcome == Outcome::refused;
}

bool is_remembered(const projector::Reader& state, const CommandId& command) {
  return state.get(Table::Commands, command.view()) || state.get(Table::Answers, command.view());
}

// Folds a log and counts the outcomes of each command: lone events, groups, first asides.
class Counting final : public log::Sink {
 public:
  Result<void> event(Sequence sequence, ByteView bytes) override {
    const auto& event = trusted_event(bytes);
    if (event.group() == 0 || event.group() == event.sequence())
      ++open_[flatbuffers::UnPack(*event.command_id())];
    return folding.event(sequence, bytes);
  }
  Result<void> aside(AsideNumber number, Sequence after, ByteView bytes) override {
    QUALOG_ASSIGN(const auto* aside, aside_view(bytes));
    if (aside->body_type() != fb::AsideBody::ConflictDraftPart)
      ++open_[flatbuffers::UnPack(*aside->command_id())];
    return folding.aside(number, after, bytes);
  }
  Result<void> settled(const log::Place& place, const log::Head& head) override {
    for (const auto& [id, count] : open_) outcomes[id] += count;
    open_.clear();
    return folding.settled(place, head);
  }
  void discarded() override {
    open_.clear();
    folding.discarded();
  }

  std::map<CommandId, std::size_t> outcomes;
  engine::MemoryFolding folding{nullptr};

 private:
  std::map<CommandId, std::size_t> open_;
};

}  // namespace

Team::Team(std::function<std::size_t()> operations, std::uint64_t seed)
    : operations_(std::move(operations)), seed_(seed), random_(seed) {}

Team Team::as_of(std::size_t operations, std::function<std::size_t()> now) const {
  Team other(std::move(now), seed_ * 31 + operations % 1'000'003 + 7);
  if (data_made_ && *data_made_ <= operations) other.data_made_ = 0;
  if (project_made_ && *project_made_ <= operations) other.project_made_ = 0;
  for (const auto& [command, known] : known_)
    if (known.operations <= operations) other.known_[command] = {0, known.answer};
  return other;
}

Team::Wrong Team::live(const std::filesystem::path& root, const ProgramLife& life) {
  const auto path = root / "data";
  if (auto wrong = make_data_directory(path, life.is_faulty)) return wrong;
  const auto data = engine::DataDirectory::open(path);
  if (!data) return life.is_faulty ? Wrong() : "not opened: " + data.error().message;
  if (auto wrong = make_project(*data, life.is_faulty)) return wrong;
  const auto projects = data->projects().value();
  if (projects.empty()) return std::nullopt;
  const auto place = data->place_of(projects.front().id);
  if (auto wrong = send_all(place, life)) return wrong;
  return check_log(place);
}

Team::Wrong Team::make_data_directory(const std::filesystem::path& path, bool is_faulty) {
  const auto there = engine::DataDirectory::open(path);
  if (!there && data_made_) return "the data directory is lost: " + there.error().message;
  if (!there) {
    const auto made = engine::DataDirectory::init(path);
    if (!made) return is_faulty ? Wrong() : "no data directory: " + made.error().message;
  }
  if (!data_made_) data_made_ = operations_();
  return std::nullopt;
}

// There is no project, or a whole one.
Team::Wrong Team::make_project(const engine::DataDirectory& data, bool is_faulty) {
  auto projects = data.projects().value();
  if (projects.size() > 1) return "two projects";
  if (project_made_ && projects.empty()) return "the project is lost";
  if (!projects.empty() && projects.front().problem)
    return "half a project: " + projects.front().problem->message;
  if (projects.empty()) {
    const auto made = data.create("Gym", kWho, SessionId{item(900).bytes}, effects());
    projects = data.projects().value();
    if (!made && !is_faulty) return "no project: " + made.error().message;
    if (!made && !projects.empty() && made.error().code != Code::unknown_outcome)
      return "said not to be made, and is there: " + made.error().message;
    if (!made) return std::nullopt;
    if (projects.size() != 1 || projects.front().sequence != Sequence{2})
      return "made, and not there";
  }
  if (!project_made_) project_made_ = operations_();
  return std::nullopt;
}

Team::Wrong Team::send_all(const engine::ProjectPlace& place, const ProgramLife& life) {
  auto project = engine::Project::open(place, effects());
  if (!project) return life.is_faulty ? Wrong() : "not opened: " + project.error().message;
  bool in_doubt = false;
  for (const auto& command : commands()) {
    const auto answer = (*project)->owner().ask(copy(command), kWho);
    if (auto wrong = heard(command, answer, life.is_faulty)) return wrong;
    if (in_doubt && answer.outcome != Outcome::error) return "an answer after one in doubt";
    in_doubt = in_doubt || answer.outcome == Outcome::unknown;
  }
  if (auto wrong = check_reading(place, life.is_faulty)) return wrong;
  if (!life.closes) return std::nullopt;
  const auto closed = (*project)->close();
  return closed || life.is_faulty ? Wrong() : "not closed: " + closed.error().message;
}

Team::Wrong Team::heard(const fb::CommandT& command, const Answer& answer, bool is_faulty) {
  const auto& id = command.command_id;
  const auto known = known_.find(id);
  if (known != known_.end() && is_outcome(answer) && known->second.answer != text_of(answer))
    return "told " + known->second.answer + ", then " + text_of(answer);
  ++told_[answer.outcome];
  if (is_outcome(answer)) {
    denied_.erase(id);
    if (known == known_.end()) known_[id] = {operations_(), text_of(answer)};
    return std::nullopt;
  }
  if (!is_faulty) return "no outcome where nothing fails: " + answer.message;
  if (known != known_.end() && answer.outcome != Outcome::error)
    return "answered before, and now " + text_of(answer);
  if (answer.outcome == Outcome::not_applied) denied_.insert(id);
  return std::nullopt;
}

// Beside the owner, also one that takes no more commands: what was answered can be read. Where
// neither the witness nor the state could be written, the last answers are read after its end.
Team::Wrong Team::check_reading(const engine::ProjectPlace& place, bool is_faulty) const {
  const auto view = engine::View::open(place);
  if (!view) return "not to be read: " + view.error().message;
  if (is_faulty) return std::nullopt;
  for (const auto& [command, known] : known_)
    if (!is_remembered((*view)->state(), command)) return "a reader misses " + known.answer;
  return std::nullopt;
}

// After the end of the program: the log has what was told, once, and the state is its fold.
Team::Wrong Team::check_log(const engine::ProjectPlace& place) const {
  log::PosixFiles files;
  Counting counting;
  const auto read = log::read_file_log(files, (place.directory / "log").string(), {}, counting);
  if (!read) return "the log cannot be read: " + read.error().message;
  if (!read->damage.empty()) return "the log is damaged: " + read->damage.front().reason;
  if (read->copied) return "an image passes for a copy";
  for (const auto& [command, known] : known_)
    if (counting.outcomes[command] != 1)
      return std::to_string(counting.outcomes[command]) + " outcomes of " + known.answer;
  for (const auto& [command, count] : counting.outcomes)
    if (count > 1) return "an id with two outcomes";
  for (const auto& command : denied_)
    if (counting.outcomes.contains(command)) return "called not applied, and is there";
  const auto view = engine::View::open(place);
  if (!view) return "not to be read: " + view.error().message;
  if (projector::digests((*view)->state()) != projector::digests(counting.folding.state()))
    return "the state is not what the log holds";
  return std::nullopt;
}

}  // namespace qualog::test
