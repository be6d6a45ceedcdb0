// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/demo.h"

#include "tools/demo/chapters.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace qualog::demo {

namespace fs = std::filesystem;

namespace {

fs::path free_directory() {
  std::error_code ignored;
  for (int number = 1;; ++number) {
    fs::path path = fmt::format("qualog-demo-{}", number);
    if (!fs::exists(fs::symlink_status(path, ignored))) return path;
  }
}

Result<void> check_unused(const fs::path& directory) {
  std::error_code error;
  const auto status = fs::status(directory, error);
  if (!fs::exists(status)) return {};
  if (fs::is_directory(status) && fs::is_empty(directory, error) && !error) return {};
  return fail(Code::invalid, fmt::format("{}: in use; name a new or empty directory for the demo",
                                         directory.string()));
}

// A word for a shell.
std::string quoted(const std::string& word) {
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-+,:@").find(c) != std::string_view::npos;
  });
  if (plain && !word.empty()) return word;
  std::string made = "'";
  for (const char c : word) made += c == '\'' ? "'\\''" : std::string(1, c);
  return made + "'";
}

void tell_what_next(Stage& stage, Teller& teller) {
  const auto directory = quoted(stage.data().path().string());
  const std::array<std::string, 3> commands = {
      fmt::format("qualog -d {} --actor {} codes \"{}\"", directory, kAda, stage.memory().restored),
      fmt::format("qualog -d {} --actor cleo conflicts show \"{}\" {}", directory, kStudy,
                  stage.memory().refused.text()),
      fmt::format("qualog -d {} --actor {} log \"{}\" \"{}\"", directory, kAda,
                  stage.memory().restored, kDisputed)};
  teller.chapter("next", "Now you");
  teller.say(fmt::format("All of this is in {}. Try next:", directory));
  boost::json::array list;
  for (const auto& command : commands) {
    teller.line(command);
    list.emplace_back(command);
  }
  teller.fact("data", stage.data().path().string());
  teller.fact("commands", std::move(list));
  teller.finish();
}

}  // namespace

Result<void> run_demo(const DemoRequest& request, engine::Effects effects) {
  const auto directory = request.directory.empty() ? free_directory() : request.directory;
  QUALOG_TRY(check_unused(directory));
  QUALOG_ASSIGN(auto worker, CrashWorker::start(directory));
  QUALOG_ASSIGN(auto stage, Stage::make(directory, effects));
  Teller teller(request.json);
  QUALOG_TRY(import_chapter(stage, teller));
  QUALOG_TRY(conflict_chapter(stage, teller));
  QUALOG_TRY(crash_chapter(stage, teller, worker));
  QUALOG_TRY(transcript_chapter(stage, teller));
  QUALOG_TRY(history_chapter(stage, teller));
  QUALOG_TRY(groups_chapter(stage, teller));
  QUALOG_TRY(accident_chapter(stage, teller));
  tell_what_next(stage, teller);
  return {};
}

}  // namespace qualog::demo
