// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/story.h"

#include "engine/log/file_log.h"
#include "engine/log/reading.h"

#include <algorithm>
#include <array>

namespace qualog::test {

namespace {

const std::string kDirectory = "/log";
// Small, so that a short story has many segments.
constexpr log::SegmentSizes kSizes{.first = 2048, .last = 8192};

bool begins_with(const std::vector<std::string>& all, const std::vector<std::string>& start) {
  return all.size() >= start.size() && std::equal(start.begin(), start.end(), all.begin());
}

std::vector<std::string> texts(const std::vector<RecordingSink::Item>& items) {
  std::vector<std::string> result;
  for (const auto& item : items) result.push_back(item.text);
  return result;
}

}  // namespace

Story::Story(std::uint64_t acts_seed, std::uint64_t disk_seed, Weakness weakness)
    : random_(acts_seed), rng_(acts_seed), disk_(disk_seed), files_(disk_, weakness) {}

std::optional<std::string> Story::live(const Life& life) {
  faults_ = life.sync_fails_in != 0 || life.write_fails_in != 0;
  if (read_before_.reset(); created_ && !faults_ && below(rng_, 3) == 0) {
    if (auto wrong = read_as_reader()) return wrong;
  }
  disk_.die_in(life.dies_in);
  if (life.sync_fails_in != 0) disk_.fail_sync(life.sync_fails_in, life.syncs_fail_again);
  if (life.write_fails_in != 0) disk_.fail_write(life.write_fails_in);
  if (auto wrong = open()) return wrong;
  for (std::uint64_t n = 0; n < life.acts && log_ && log_->writable() && !disk_.dead(); ++n) act();
  if (log_ && below(rng_, 3) == 0) (void)log_->close();
  log_.reset();
  if (life.power_cut) {
    disk_.cut_power();
    ++power_cuts_;
  } else {
    disk_.restart_process();
  }
  return std::nullopt;
}

Story::Wrong Story::open_failed(const Error& error) const {
  if (faulty()) return std::nullopt;
  return "refused: " + error.message;
}

Story::Wrong Story::create() {
  const auto ids = test_ids();
  auto made = log::create_file_log(files_, kDirectory, ids.project, ids.lineage, random_, kSizes);
  if (!made) return open_failed(made.error());
  log_ = std::move(*made);
  created_ = true;
  return check({}, {});
}

Story::Wrong Story::open() {
  RecordingSink sink;
  const bool from_state = folded_ && below(rng_, 2) == 0;
  const auto folded = from_state ? *folded_ : Folded{};
  const auto trusted = from_state ? std::optional(folded.applied) : std::nullopt;
  auto opened =
      log::open_file_log(files_, kDirectory, folded.applied.place, trusted, random_, sink, kSizes);
  if (!opened && opened.error().code == Code::not_found && !disk_.dead() && !created_) {
    return create();
  }
  if (!opened) return open_failed(opened.error());
  created_ = true;
  log_ = std::move(opened->log);
  auto events = texts(sink.events), asides = texts(sink.asides);
  events.insert(events.begin(), certain_.begin(),
                certain_.begin() + static_cast<std::ptrdiff_t>(folded.events));
  asides.insert(asides.begin(), certain_asides_.begin(),
                certain_asides_.begin() + static_cast<std::ptrdiff_t>(folded.asides));
  if (!sink.nothing_open()) return "an open group was left with the sink";
  if (opened->summary.copied) return "an image passes for a copy";
  return check(std::move(events), std::move(asides));
}

// What a reader sees of a log that nobody owns is what the next owner finds.
Story::Wrong Story::read_as_reader() {
  RecordingSink sink;
  auto summary = log::read_file_log(files_, kDirectory, {}, sink);
  if (!summary) return "a reader is refused: " + summary.error().message;
  if (!summary->damage.empty()) return "a reader sees damage: " + summary->damage[0].reason;
  read_before_ = sink.texts();
  return std::nullopt;
}

Story::Wrong Story::check(std::vector<std::string> events, std::vector<std::string> asides) {
  if (!begins_with(events, certain_)) return "lost: what was certain is not there in its order";
  if (!begins_with(asides, certain_asides_)) return "lost: an aside";
  for (const auto& event : events) {
    if (never_.count(event) > 0) return "resurrected: " + event.substr(0, 12);
  }
  if (std::set<std::string>(events.begin(), events.end()).size() != events.size()) return "double";
  if (read_before_ && *read_before_ != events) return "a reader saw something else";
  if (auto wrong = check_groups(events)) return wrong;
  certain_ = std::move(events);
  certain_asides_ = std::move(asides);
  return std::nullopt;
}

// Words of a group end in its number; three make one.
Story::Wrong Story::check_groups(const std::vector<std::string>& events) const {
  std::map<std::string, int> parts;
  for (const auto& event : events) {
    if (event[0] == 'g') ++parts[event.substr(event.rfind('@'))];
  }
  for (const auto& [group, count] : parts) {
    if (count != 3) return "half a group: " + group;
  }
  return std::nullopt;
}

std::string Story::word(char kind) {
  static constexpr std::array<std::size_t, 6> kPadding{0, 10, 300, 700, 1500, 40};
  return kind + std::to_string(++words_) + std::string(kPadding[below(rng_, 6)], '.');
}

void Story::act() {
  const auto choice = below(rng_, 100);
  if (choice < 50) return append_one();
  if (choice < 62) return append_aside();
  if (choice < 82) return append_group();
  log_->maintain();
}

void Story::told(const log::Appended& appended, const std::vector<std::string>& events,
                 const std::vector<std::string>& asides) {
  if (appended.outcome == log::Outcome::not_applied) never_.insert(events.begin(), events.end());
  if (appended.outcome != log::Outcome::durable) return;
  certain_.insert(certain_.end(), events.begin(), events.end());
  certain_asides_.insert(certain_asides_.end(), asides.begin(), asides.end());
  if (below(rng_, 3) != 0) return;
  folded_ = Folded{{appended.place, log_->settled()}, certain_.size(), certain_asides_.size()};
}

void Story::append_one() {
  const auto event = word('e');
  const auto aside = word('a');
  const bool both = below(rng_, 4) == 0;
  const auto batch = both ? batch_of({event}, {aside}) : batch_of({event});
  told(log_->append(batch), {event}, both ? std::vector{aside} : std::vector<std::string>());
}

void Story::append_aside() {
  const auto aside = word('a');
  told(log_->append(batch_of({}, {aside})), {}, {aside});
}

void Story::append_group() {
  const auto number = "@" + std::to_string(words_);
  std::vector<std::string> events;
  for (int part = 1; part <= 3; ++part) {
    if (part == 2 && below(rng_, 8) == 0) {
      // Given up: it is as if it had never been sent, once the fence is there.
      if (log_->abandon_group()) never_.insert(events.begin(), events.end());
      return;
    }
    events.push_back(word('g') + number);
    const auto appended = log_->append(batch_of({events.back()}, {}, part < 3));
    if (part == 3 || appended.outcome != log::Outcome::durable) return told(appended, events, {});
  }
}

}  // namespace qualog::test
