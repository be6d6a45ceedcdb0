// SPDX-License-Identifier: Apache-2.0
#include "engine/log/survey.h"

#include "engine/log/walk.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::log {

namespace {

constexpr std::size_t kSurveyBytes = 1024 * 1024;

Result<bool> begun(Files& files, const Catalog& catalog) {
  auto opened = files.open(catalog.path(catalog.last), Access::Read);
  // Beside an owner who is opening: removed since it was listed.
  if (!opened && opened.error().code == Code::not_found) return false;
  QUALOG_ASSIGN(auto file, std::move(opened));
  QUALOG_ASSIGN(const auto header, read_segment_header(*file, catalog.last));
  if (header.status != HeaderStatus::Invalid) return true;
  QUALOG_ASSIGN(const auto tail, scan_tail(*file, 0));
  return tail.record.has_value();
}

// The witness is durable before the first record: without it, a log was never finished only if
// nothing but a first header is there.
Result<bool> holds_records(Files& files, const std::string& directory) {
  auto listed = load_catalog(files, directory);
  if (!listed && listed.error().code == Code::not_found) return false;
  QUALOG_ASSIGN(const auto catalog, std::move(listed));
  if (catalog.last != 1) return catalog.last > 1;
  QUALOG_ASSIGN(auto file, files.open(catalog.path(1), Access::Read));
  QUALOG_ASSIGN(const auto tail, scan_tail(*file, kSegmentHeaderBytes));
  return tail.record.has_value();
}

Error lost_end(const Catalog& catalog, const Place& end, const Place& seen) {
  return fail(Code::damaged,
              fmt::format("{}: the log ends in segment {} at byte {}, but it had come to segment "
                          "{}, byte {}: its end is lost; restore the project from a backup",
                          catalog.directory, end.segment, end.offset, seen.segment, seen.offset));
}

// Walks to the end; `witnessed` must be met on the way with its head.
Result<void> walk_to_end(Walk& walk, const Mark* witnessed, const Place& from, Survey& survey) {
  bool met = witnessed == nullptr;
  for (bool more = true; more;) {
    met = met || (walk.place() == witnessed->place && walk.state().head == witnessed->head);
    if (walk.place() == from) survey.at_from = walk.state();
    QUALOG_ASSIGN(more, walk.next());
  }
  if (!met) return lost_end(survey.catalog, walk.place(), witnessed->place);
  return {};
}

Result<void> look_behind_end(Files& files, const Catalog& catalog, bool lenient, Survey& survey) {
  QUALOG_ASSIGN(auto file, files.open(catalog.path(catalog.last), Access::Read));
  QUALOG_ASSIGN(const auto tail, scan_tail(*file, survey.end.offset));
  survey.tail_bytes = tail.used_end - survey.end.offset;
  survey.tail_has_records = tail.record.has_value();
  if (!tail.record || lenient) return {};
  return damage_error({catalog.path(catalog.last), survey.end.offset, survey.state.head.sequence(),
                       "no valid record begins here, but one follows"});
}

// Writes bytes [from, to) of a segment over themselves and syncs them.
Result<void> write_again(File& file, std::uint64_t from, std::uint64_t to) {
  Bytes block(std::min<std::uint64_t>(kSurveyBytes, to - from));
  while (from < to) {
    const auto part = std::span(block).first(std::min<std::uint64_t>(block.size(), to - from));
    QUALOG_ASSIGN(const auto got, file.read(from, part));
    if (got != part.size()) return fail(Code::io, "a segment became shorter while it was read");
    QUALOG_TRY(file.write(from, part));
    from += part.size();
  }
  return file.sync();
}

// Where the records of a segment end.
Result<std::uint64_t> end_of(Files& files, const Survey& survey, std::uint64_t number) {
  if (number == survey.end.segment) return survey.end.offset;
  QUALOG_ASSIGN(auto file, files.open(survey.catalog.path(number + 1), Access::Read));
  QUALOG_ASSIGN(const auto header, read_segment_header(*file, number + 1));
  return header.header.previous_bytes;
}

Result<void> write_behind(Files& files, const Survey& survey, const Place& witnessed) {
  for (auto number = witnessed.segment; number <= survey.end.segment; ++number) {
    QUALOG_ASSIGN(const auto to, end_of(files, survey, number));
    const auto from = number == witnessed.segment ? witnessed.offset : 0;
    if (from >= to) continue;
    QUALOG_ASSIGN(auto file, files.open(survey.catalog.path(number), Access::ReadWrite));
    QUALOG_TRY(write_again(*file, from, to));
  }
  return {};
}

// Who copied the files may not have synced them.
Result<void> sync_all(Files& files, const Catalog& catalog) {
  for (std::uint64_t number = 1; number <= catalog.last; ++number) {
    QUALOG_ASSIGN(auto file, files.open(catalog.path(number), Access::ReadWrite));
    QUALOG_TRY(file->sync());
  }
  return {};
}

Result<void> zero_tail(Files& files, const Survey& survey) {
  QUALOG_ASSIGN(auto file, files.open(survey.catalog.path(survey.end.segment), Access::ReadWrite));
  QUALOG_TRY(file->write(survey.end.offset, Bytes(survey.tail_bytes)));
  return file->sync();
}

Result<void> remove_never_begun(Files& files, const Survey& survey) {
  for (auto n = survey.never_begun; n > 0; --n) {
    QUALOG_TRY(files.remove(survey.catalog.path(survey.catalog.last + n)));
  }
  return {};
}

}  // namespace

Result<Catalog> begun_segments(Files& files, const std::string& directory,
                               std::uint64_t& never_begun) {
  QUALOG_ASSIGN(auto catalog, load_catalog(files, directory));
  for (never_begun = 0; catalog.last > 0; --catalog.last, ++never_begun) {
    QUALOG_ASSIGN(const bool is_begun, begun(files, catalog));
    if (is_begun) break;
  }
  return catalog;
}

Error witness_damage(const std::string& directory) {
  return fail(Code::damaged, fmt::format("{}: neither slot is valid; restore the project from a "
                                         "backup",
                                         witness_path(directory)));
}

Result<std::unique_ptr<File>> open_witness(Files& files, const std::string& directory,
                                           Access access) {
  const auto path = witness_path(directory);
  auto file = files.open(path, access);
  if (file || file.error().code != Code::not_found) return file;
  QUALOG_ASSIGN(const bool records, holds_records(files, directory));
  if (!records) {
    return fail(Code::not_found,
                fmt::format("{}: no log is here; restore the project from a backup", directory));
  }
  return fail(Code::damaged,
              fmt::format("{}: the witness is missing; restore the project from a backup", path));
}

Result<Survey> survey(Files& files, const std::string& directory, const WitnessReading& witness,
                      const Place& from) {
  const bool lenient = witness.running_copy();
  const Mark* const evidence = lenient ? nullptr : &*witness.mark;
  Survey result;
  QUALOG_ASSIGN(result.catalog, begun_segments(files, directory, result.never_begun));
  const auto& catalog = result.catalog;
  if (catalog.last == 0) return lost_end(catalog, {}, witness.mark->place);
  if (!lenient && evidence->place.segment > catalog.last) {
    return lost_end(catalog, {catalog.last, 0}, evidence->place);
  }
  Walk walk(files, catalog);
  QUALOG_TRY(walk.begin(lenient ? catalog.last : evidence->place.segment));
  QUALOG_TRY(walk_to_end(walk, evidence, from, result));
  result.ids = walk.ids();
  result.state = walk.state();
  result.seal = walk.seal();
  result.end = walk.place();
  QUALOG_TRY(look_behind_end(files, catalog, lenient, result));
  return result;
}

Result<void> repair(Files& files, const Survey& survey, const WitnessReading& witness) {
  const bool lenient = witness.running_copy();
  const auto witnessed = lenient ? Place{survey.end.segment, 0} : witness.mark->place;
  QUALOG_TRY(write_behind(files, survey, witnessed));
  if (witness.copied) QUALOG_TRY(sync_all(files, survey.catalog));
  if (survey.tail_bytes > 0 && !lenient) QUALOG_TRY(zero_tail(files, survey));
  QUALOG_TRY(remove_never_begun(files, survey));
  // Always: even the name of the witness may be shown and not durable, after a failed creation.
  return files.sync_directory(survey.catalog.directory);
}

}  // namespace qualog::log
