// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/golden/golden_log.h"

#include "engine/decide.h"
#include "engine/folding.h"
#include "engine/log/file_log.h"
#include "engine/log/posix_files.h"
#include "engine/owner/round.h"
#include "tests/support/actions.h"
#include "tests/support/effects.h"

#include <fmt/format.h>

namespace qualog::test {

namespace {

using engine::Answer;
using engine::Outcome;

ItemId item(std::uint8_t number) {
  ItemId id;
  id.bytes[0] = 0x01;
  id.bytes[6] = 0x70;
  id.bytes[15] = number;
  return id;
}

// The project while it is written: what is decided goes into the log at once.
class GoldenProject {
 public:
  GoldenProject(log::Log& log, Random& random) : log_(log), random_(random) {}

  // A command that has the expected outcome; gives its last event.
  Sequence does(std::string_view who, const Actions& actions, Outcome expected = Outcome::accepted,
                std::uint64_t seen = engine::kLatest) {
    engine::Round round = begin_round(state_);
    take(round, who, actions, seen);
    for (const auto& batch : round.batches()) append(batch);
    if (round.pending().empty()) return {};
    const auto& answer = round.pending().front().answer;
    if (answer.outcome != expected)
      note(fmt::format("command {} is {}: {}", commands_, engine::name(answer.outcome),
                       answer.refusal ? answer.refusal->detail : answer.message));
    return answer.sequence;
  }

  // Text that only its key could read; made by hand, since nothing here seals. `name`: what it is
  // compared by.
  std::unique_ptr<fb::TextT> sealed(std::uint32_t length, std::string_view name = {}) {
    auto text = std::make_unique<fb::TextT>();
    text->seal = std::make_unique<fb::SealT>();
    text->seal->subject = item(200);
    text->seal->key = item(201);
    text->seal->nonce = drawn(24);
    text->seal->bytes = drawn(length + 16);
    text->length = length;
    if (!name.empty()) text->match = name_match(test_name_key(), name);
    return text;
  }

  // Half a group that is given up: it leaves its record and a Fence.
  Result<void> discards(std::string_view who, const Actions& actions) {
    const projector::Overlay::Savepoint given_up(state_);
    engine::Round round = begin_round(state_);
    take(round, who, actions, engine::kLatest);
    auto batch = round.batches().front();
    batch.events.resize(1);
    batch.more = true;
    const auto half = log_.append(batch);
    if (half.outcome != log::Outcome::durable) return fail(half.code, half.cause);
    return log_.abandon_group();
  }

  Result<void> wrong() const {
    if (wrong_.empty()) return {};
    return fail(Code::invalid, wrong_);
  }
  projector::Store& state() { return state_; }

 private:
  Bytes drawn(std::size_t size) {
    Bytes bytes(size);
    random_.fill(bytes);
    return bytes;
  }

  engine::Round begin_round(projector::Overlay& state) {
    clock_ += 1'234'567;
    return {state, log_.head(), keys_, order_, clock_, std::int64_t{15} * 60'000'000};
  }

  void take(engine::Round& round, std::string_view who, const Actions& actions,
            std::uint64_t seen) {
    CommandId id;
    random_.fill(id.bytes);
    SessionId session;
    session.bytes.fill(static_cast<std::uint8_t>(who.front()));
    auto command = command_of(id, session, actions, seen);
    command.reason = plain_text("because");
    engine::Submission submission{std::move(command), std::string(who), false, {}};
    ++commands_;
    if (const auto taken = round.take(submission); !taken) note(taken.error().message);
  }

  // A group of several events goes over two records, as a large one would.
  void append(const log::Batch& batch) {
    const bool is_group = batch.events.size() > 2 || batch.asides.size() > 1;
    if (!is_group) return put(batch);
    log::Batch first{.more = true}, second;
    for (std::size_t n = 0; n < batch.events.size(); ++n)
      (n < 2 ? first : second).events.push_back(batch.events[n]);
    for (std::size_t n = 0; n < batch.asides.size(); ++n)
      (n < 1 ? first : second).asides.push_back(batch.asides[n]);
    put(first);
    put(second);
  }

  void put(const log::Batch& batch) {
    const auto appended = log_.append(batch);
    if (appended.outcome != log::Outcome::durable) note(appended.cause);
  }

  void note(const std::string& what) {
    if (wrong_.empty()) wrong_ = what;
  }

  log::Log& log_;
  Random& random_;
  const engine::LineageKeys keys_{Bytes(32, 0x43), test_name_key()};
  projector::MemoryStore state_;
  engine::SessionOrder order_;
  std::int64_t clock_ = 1'772'355'600'000'000;
  int commands_ = 0;
  std::string wrong_;
};

Action source_sealed(GoldenProject& project, const ItemId& id) {
  auto action = source_created(id, "interview", "");
  auto& source = *action.AsSourceCreated();
  source.name = project.sealed(9, "interview");
  source.text = project.sealed(40);
  source.length = 120;
  return action;
}

Action edit_sealed(GoldenProject& project, const ItemId& source, Sequence token, Sequence version) {
  auto action = text_edited(source, token, version, {{35, 10, "x"}, {60, 0, "\U0001F3CB\u00e9"}});
  action.AsSourceTextEdited()->splices.front()->insert = project.sealed(7);
  return action;
}

void begin(GoldenProject& project, std::string_view word) {
  project.does("ann", {project_created("Gym in change \U0001F3CB")});
  project.does("ann", {member_added("ben", fb::Group::Contributor)});
  project.does("ann", {member_added("ann", fb::Group::Owner)});
  project.does("ann", {folder_created(item(1), "interviews")});
  const std::string rest =
      "There was " + std::string(word) + " \U0001F600\U0001F601 and e\u0301te\u0301. \u4e2d\u6587";
  auto chunk = rest + std::string(80 - code_points(rest), '.');
  project.does("ann", {source_sealed(project, item(2)), text_supplied(item(2), 40, chunk, 120),
                       source_moved(item(2), item(1))});
  project.does("ann", {source_created(item(3), "thoughts", "a memo", {}, fb::SourceKind::Memo)});
  project.does("ann", {source_without_text(item(4), "lost tape")});
}

void code(GoldenProject& project) {
  project.does("ann", {code_created(item(10), "absence")});
  project.does("ben", {code_created(item(11), "presence", item(10))});
  project.does("ben", {code_folder_created(item(12), "places")});
  auto described = code_described(item(10), "");
  described.AsCodePropsChanged()->description = project.sealed(33);
  project.does("ann", {described});
  project.does("ben", {code_created(item(13), "ABSENCE ")}, Outcome::refused);
  for (std::uint8_t n = 0; n < 6; ++n)
    project.does(n % 2 == 0 ? "ann" : "ben",
                 {coded(item(static_cast<std::uint8_t>(20 + n)), item(n % 3 == 0 ? 10 : 11),
                        item(2), n * 9U, n * 9U + 30)});
  project.does("ben", {coded(item(30), item(10), item(4), 5, 900)});
  project.does("ben", {coded(item(31), item(11), item(2))});
  auto noted = coding_noted(item(20), "");
  noted.AsCodingWeightOrCommentSet()->comment = project.sealed(12);
  noted.AsCodingWeightOrCommentSet()->weight = -3;
  project.does("ann", {noted});
  auto note = annotated(item(40), item(2), 3, 50, "");
  note.AsAnnotationCreated()->text = project.sealed(21);
  project.does("ben", {note});
  project.does("ann", {memo_linked(item(10), item(3)), linked(item(41), item(2), item(11))});
}

void edit(GoldenProject& project) {
  const auto token = project.does("ann", {lease_acquired(item(2))});
  const auto version = projector::content_row(project.state(), item(2))->version;
  const auto edited = project.does("ann", {edit_sealed(project, item(2), token, version)});
  project.does("ben", {coding_range_changed(item(21), 1, 5)}, Outcome::refused);
  project.does("ann", {text_edited(item(2), token, edited, {{0, 20, ""}})});
  project.does("ann", {undone(std::vector<Sequence>{})});
  project.does("ann", {lease_released(item(2), token)});
  project.does("ben", {text_supplied(item(4), 0, "found again", 11)});
}

void collide(GoldenProject& project) {
  const auto look = project.does("ann", {code_renamed(item(11), "being there")});
  project.does("ben", {code_renamed(item(11), "staying")}, Outcome::refused, look.value - 1);
  project.does("ben",
               {code_renamed(item(11), "going"),
                annotated(item(42), item(2), 0, 3, std::string(17'000, 'z'))},
               Outcome::refused, look.value - 1);
  const auto merged = project.does("ann", {code_merged({item(11)}, item(12))});
  project.does("ben", {coded(item(43), item(11), item(2), 1, 2)}, Outcome::refused);
  const auto undo = project.does("ann", {undone(merged)});
  project.does("ann", {undone(undo)});
  project.does("ann", {code_unmerged({item(11)})});
  project.does("ann", {uncoded_range(item(10), item(2), 10, 20, {"*"})});
  project.does("ann", {code_deleted(item(12))});
  project.does("ann", {undone_as(project.does("ann", {uncoded({item(31)})}), "unused")});
  project.does("ann", {guest_access(false), project_described("seen from the door")});
  project.does("eve", {code_created(item(50), "outside")}, Outcome::refused);
}

void add_fact(std::string& facts, std::string_view name, const std::string& value) {
  facts += fmt::format("{} {}\n", name, value);
}

}  // namespace

std::filesystem::path golden_directory() { return QUALOG_SOURCE_DIR "/tests/engine/golden/v1"; }
std::filesystem::path golden_facts() { return golden_directory().string() + ".facts"; }

Result<std::string> facts_of_log(const std::filesystem::path& directory) {
  log::PosixFiles files;
  engine::MemoryFolding folding(nullptr);
  QUALOG_ASSIGN(const auto read, log::read_file_log(files, directory.string(), {}, folding));
  if (!read.damage.empty()) return log::damage_error(read.damage.front());
  return facts_of(folding);
}

Result<std::string> facts_of(engine::MemoryFolding& folding) {
  const auto& head = folding.applied().head;
  const auto digests = projector::digests(folding.state());
  QUALOG_TRY(folding.state().undamaged());
  std::string facts;
  add_fact(facts, "sequence", std::to_string(head.sequence().value));
  add_fact(facts, "chain", hex(head.chain));
  add_fact(facts, "aside", std::to_string(head.next_aside.value - 1));
  add_fact(facts, "aside_chain", hex(head.aside_chain));
  add_fact(facts, "digest", hex(digests.content));
  add_fact(facts, "state_digest", hex(digests.state));
  add_fact(facts, "aside_digest", hex(digests.aside));
  return facts;
}

Result<void> write_golden_log(const std::filesystem::path& directory, std::string_view word) {
  log::PosixFiles files;
  SeededRandom random(2026);
  ProjectId project;
  LineageId lineage;
  random.fill(project.bytes);
  random.fill(lineage.bytes);
  QUALOG_ASSIGN(auto log, log::create_file_log(files, directory.string(), project, lineage, random,
                                               {.first = 16 * 1024, .last = 16 * 1024}));
  GoldenProject golden(*log, random);
  begin(golden, word);
  code(golden);
  QUALOG_TRY(golden.discards("ben", {code_created(item(60), "given up"), code_deleted(item(10))}));
  edit(golden);
  collide(golden);
  QUALOG_TRY(golden.wrong());
  return log->close();
}

}  // namespace qualog::test
