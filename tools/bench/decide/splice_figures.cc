// SPDX-License-Identifier: Apache-2.0
// Re-anchoring: one splice in a long source on which thousands of codings stand, decided, folded
// and written to the state, against the bare puts of the rows that it leaves.
#include "engine/data_directory.h"
#include "engine/decide.h"
#include "projector/state/open.h"
#include "projector/tables.h"
#include "schema/assert.h"
#include "schema/commands.h"
#include "tools/bench/decide/decisions.h"
#include "tools/bench/figures.h"
#include "tools/probe/floors.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

constexpr std::uint32_t kLength = 200'000;
constexpr std::uint32_t kChunk = 40'000;
constexpr std::size_t kAnchors = 5'000;
constexpr std::size_t kSpliceRuns = 15;
constexpr double kGoalSeconds = 0.015;
constexpr double kGoalRatio = 3;
constexpr const char* kEditor = "ada";

// The rows that an overlay writes; what it erases is only counted.
class Rows final : public projector::Store {
 public:
  std::optional<ByteView> get(projector::Table, ByteView) const override { return std::nullopt; }
  void scan_from(projector::Table, ByteView, ByteView, Visit) const override {}
  void put(projector::Table table, ByteView key, ByteView value) override {
    Bytes full = {static_cast<std::uint8_t>(table)};
    full.insert(full.end(), key.begin(), key.end());
    written.push_back({std::move(full), Bytes(value.begin(), value.end())});
  }
  void erase(projector::Table, ByteView) override { ++erased; }

  std::vector<StoredRow> written;
  std::size_t erased = 0;
};

struct Splicing {
  double decided = 0;  // seconds to decide and fold
  double written = 0;  // seconds to write and commit
  Rows rows;
};

// A source in edit mode, its state in an environment.
class Source {
 public:
  Source(const std::filesystem::path& directory, std::size_t anchors)
      : state_(std::move(projector::open_state(directory).value().environment)) {
    fb::ProjectCreatedT project;
    project.lineage = engine::new_id<LineageId>(effects());
    project.title = name("re-anchoring");
    act({action_of(std::move(project))});
    create_text();
    code(anchors);
    fb::LeaseAcquiredT lease;
    lease.item = source_;
    act({action_of(std::move(lease))});
    token_ = decisions_.head();
  }

  Splicing take_back() {
    fb::UndoAppliedT undo;
    undo.sequences = {decisions_.head().value};
    return act({action_of(std::move(undo))});
  }

  // Replaces so many code points at `position` by seven.
  Splicing splice(std::uint32_t position, std::uint32_t length) {
    fb::SourceTextEditedT edit;
    edit.source = source_;
    edit.token = token_.value;
    edit.version = version().value;
    edit.splices.push_back(std::make_unique<fb::SpliceT>());
    edit.splices.back()->position = position;
    edit.splices.back()->delete_length = length;
    edit.splices.back()->insert = plain_text("1234567");
    return act({action_of(std::move(edit))});
  }

 private:
  engine::Effects effects() { return {clock_, random_}; }
  static std::unique_ptr<fb::TextT> name(std::string_view words) {
    return name_text({Bytes(32, 2)}, words);
  }

  void create_text() {
    fb::SourceCreatedT created;
    created.id = source_;
    created.name = name("a long interview");
    created.text = plain_text(std::string(kChunk, 'a'));
    created.length = kLength;
    std::vector<fb::ActionUnion> text = {action_of(std::move(created))};
    for (std::uint32_t position = kChunk; position < kLength; position += kChunk) {
      fb::SourceTextSuppliedT chunk;
      chunk.source = source_;
      chunk.position = position;
      chunk.text = plain_text(std::string(kChunk, 'a'));
      chunk.length = kLength;
      text.push_back(action_of(std::move(chunk)));
    }
    act(std::move(text));
  }

  // Passages from one end to the other that overlap.
  void code(std::size_t anchors) {
    fb::CodeCreatedT code;
    code.id = engine::new_id<ItemId>(effects());
    code.name = name("a code");
    const auto code_id = code.id;
    std::vector<fb::ActionUnion> codings = {action_of(std::move(code))};
    for (std::size_t number = 0; number < anchors; ++number) {
      fb::CodingAddedT coding;
      coding.id = engine::new_id<ItemId>(effects());
      coding.code = code_id;
      coding.source = source_;
      coding.begin = static_cast<std::uint32_t>(number * (kLength - 400) / anchors);
      coding.end = *coding.begin + 8 + static_cast<std::uint32_t>(number * 13 % 390);
      codings.push_back(action_of(std::move(coding)));
    }
    act(std::move(codings));
  }

  Sequence version() {
    const auto txn = projector::ReadTransaction::begin(*state_).value();
    return projector::content_row(*txn, source_).value().version;
  }

  Splicing act(std::vector<fb::ActionUnion> actions) {
    const auto command = command_of(engine::new_id<CommandId>(effects()), session_,
                                    std::move(actions), engine::kLatest);
    Splicing done;
    const auto txn = projector::ReadTransaction::begin(*state_).value();
    projector::Overlay rows(txn.get());
    done.decided = seconds_of([&] { decisions_.decide(rows, kEditor, command); });
    done.written = seconds_of([&] { write(rows); });
    rows.write_to(done.rows);
    return done;
  }

  void write(const projector::Overlay& rows) {
    auto txn = projector::WriteTransaction::begin(*state_).value();
    rows.write_to(*txn);
    txn->commit().value();
  }

  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<projector::Environment> state_;
  Decisions decisions_;
  ItemId source_ = engine::new_id<ItemId>(effects());
  SessionId session_ = engine::new_id<SessionId>(effects());
  Sequence token_;
};

// All that one kind of act was measured by.
class Times {
 public:
  void add(const Splicing& done, double floor) {
    times_.push_back((done.decided + done.written) * 1e3);
    ratios_.push_back((done.decided + done.written) / floor);
    note_ = fmt::format(
        "decide and fold {:.1f} ms, commit {:.1f} ms, of {} rows put and {} erased; "
        "bare puts {:.1f} ms",
        done.decided * 1e3, done.written * 1e3, done.rows.written.size(), done.rows.erased,
        floor * 1e3);
  }

  Figure figure(std::string name) const {
    const auto time = spread_of(times_), ratio = spread_of(ratios_);
    const bool met = time.median <= kGoalSeconds * 1e3 || ratio.median <= kGoalRatio;
    const auto note = fmt::format("{:.2f} x bare puts ({:.2f} .. {:.2f}); {}", ratio.median,
                                  ratio.low, ratio.high, note_);
    return {std::move(name), time.median, "ms", "<= 15, or 3 x puts", met,
            time.low,        time.high,   note};
  }

 private:
  std::vector<double> times_, ratios_;
  std::string note_;
};

// The floor of the same rows, measured at once.
void add_to(Times& times, const Extent& extent, const Splicing& done) {
  const auto& rows = done.rows.written;
  times.add(done, put_floor(extent.scratch, rows, rows.size()));
}

Figure splice_figure(const Extent& extent, Source& source, const char* where,
                     std::uint32_t position) {
  Times times;
  for (std::size_t run = 0; run < kSpliceRuns; ++run)
    add_to(times, extent, source.splice(position, 3));
  return times.figure(fmt::format("a splice at the {} of 200 k, 5 000 anchors", where));
}

// The middle half is taken out, with what stands on it, and comes back.
std::vector<Figure> deletion_figures(const Extent& extent, Source& source) {
  Times out, back;
  for (std::size_t run = 0; run < kSpliceRuns; ++run) {
    add_to(out, extent, source.splice(kLength / 4, kLength / 2));
    add_to(back, extent, source.take_back());
  }
  return {out.figure("the middle half of it is taken out"),
          back.figure("and comes back by an undo")};
}

}  // namespace

std::vector<Figure> splice_figures(const Extent& extent) {
  const auto directory = extent.scratch / "splice";
  std::filesystem::create_directories(directory);
  std::vector<Figure> figures;
  {
    Source source(directory, extent.of(kAnchors));
    figures = {splice_figure(extent, source, "start", 1),
               splice_figure(extent, source, "middle", kLength / 2),
               splice_figure(extent, source, "end", kLength - 10)};
    for (auto& figure : deletion_figures(extent, source)) figures.push_back(std::move(figure));
  }
  std::filesystem::remove_all(directory);
  return figures;
}

}  // namespace qualog::tools
