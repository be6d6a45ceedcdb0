// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/workbench.h"

#include "engine/decide.h"
#include "engine/log/file_log.h"
#include "projector/state/open.h"
#include "schema/assert.h"

#include <fmt/format.h>

namespace qualog::tools {

namespace {

// A segment gets its name when it is filled; the fill of zeros is no record.
bool is_segment(const std::string& path) {
  return path.ends_with(".segment") || path.ends_with("segment.tmp");
}
bool is_fill(ByteView bytes) { return !bytes.empty() && bytes.front() == 0; }

class CountingFile final : public log::File {
 public:
  CountingFile(std::unique_ptr<log::File> file, CountingFiles::Counts* counts)
      : file_(std::move(file)), counts_(counts) {}

  Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) override {
    return file_->read(offset, into);
  }
  Result<void> write(std::uint64_t offset, ByteView bytes) override {
    if (counts_ != nullptr && !is_fill(bytes)) ++counts_->writes, counts_->bytes += bytes.size();
    return file_->write(offset, bytes);
  }
  Result<void> sync() override {
    if (counts_ != nullptr) ++counts_->syncs;
    return file_->sync();
  }
  Result<std::uint64_t> size() override { return file_->size(); }
  Result<log::FileIdentity> identity() override { return file_->identity(); }

 private:
  std::unique_ptr<log::File> file_;
  CountingFiles::Counts* counts_;
};

template <class Action>
fb::ActionUnion made(Action action) {
  fb::ActionUnion made;
  made.Set(std::move(action));
  return made;
}

}  // namespace

Result<std::unique_ptr<log::File>> CountingFiles::open(const std::string& path,
                                                       log::Access access) {
  QUALOG_ASSIGN(auto file, files_.open(path, access));
  return std::make_unique<CountingFile>(std::move(file), is_segment(path) ? &counts_ : nullptr);
}
Result<std::unique_ptr<log::File>> CountingFiles::create(const std::string& path) {
  QUALOG_ASSIGN(auto file, files_.create(path));
  return std::make_unique<CountingFile>(std::move(file), is_segment(path) ? &counts_ : nullptr);
}
Result<void> CountingFiles::rename(const std::string& from, const std::string& to) {
  return files_.rename(from, to);
}
Result<void> CountingFiles::remove(const std::string& path) { return files_.remove(path); }
Result<std::vector<std::string>> CountingFiles::list(const std::string& directory) {
  return files_.list(directory);
}
Result<void> CountingFiles::sync_directory(const std::string& directory) {
  return files_.sync_directory(directory);
}
Result<std::unique_ptr<log::FileLock>> CountingFiles::lock(const std::string& path) {
  return files_.lock(path);
}
Result<bool> CountingFiles::locked(const std::string& path) { return files_.locked(path); }

Workbench::Workbench(const std::filesystem::path& directory) : directory_(directory) {
  std::filesystem::create_directories(directory / "log");
  const auto lineage = engine::new_id<LineageId>(effects());
  keys_.command = Bytes(32, 1);
  keys_.name.bytes = Bytes(32, 2);
  log_ = log::create_file_log(files_, (directory / "log").string(),
                              engine::new_id<ProjectId>(effects()), lineage, random_)
             .value();
  state_ = std::move(projector::open_state(directory / "state").value().environment);
  owner_ = std::make_unique<engine::Owner>(*log_, *state_, keys_, clock_, 0);
  session_ = new_session();
  fb::ProjectCreatedT created;
  created.lineage = lineage;
  created.title = name_text(keys_.name, "bench");
  std::vector<fb::ActionUnion> actions;
  actions.push_back(made(std::move(created)));
  ask(std::move(actions));
  begin();
}

Workbench::~Workbench() {
  if (owner_) close();
}

void Workbench::close() {
  owner_.reset();
  log_->close().value();
  projector::close_state(std::move(state_), directory_ / "state").value();
}

void Workbench::ask(std::vector<fb::ActionUnion> actions) {
  fb::CommandT command;
  command.command_id = engine::new_id<CommandId>(effects());
  command.session = session_;
  command.seen = engine::kLatest;
  for (auto& action : actions) {
    command.actions.push_back(std::make_unique<fb::ProposalT>());
    command.actions.back()->action = std::move(action);
  }
  const auto answer = owner_->ask(std::move(command), "ada");
  QUALOG_ASSERT(answer.outcome == engine::Outcome::accepted);
}

void Workbench::begin() {
  std::vector<fb::ActionUnion> actions;
  for (std::size_t number = 0; number < kCodes; ++number) {
    fb::CodeCreatedT code;
    code.id = engine::new_id<ItemId>(effects());
    code.name = name_text(keys_.name, fmt::format("code {}", number));
    codes_.push_back(code.id);
    actions.push_back(made(std::move(code)));
  }
  for (std::size_t number = 0; number < kSources; ++number) {
    fb::SourceCreatedT source;
    source.id = engine::new_id<ItemId>(effects());
    source.name = name_text(keys_.name, fmt::format("interview {}", number));
    source.text = plain_text(std::string(kSourceLength, 'a'));
    source.length = kSourceLength;
    sources_.push_back(source.id);
    actions.push_back(made(std::move(source)));
  }
  ask(std::move(actions));
}

fb::ActionUnion Workbench::next_coding() {
  const std::size_t number = next_++;
  fb::CodingAddedT coding;
  coding.id = engine::new_id<ItemId>(effects());
  coding.code = codes_[number * 7 % kCodes];
  coding.source = sources_[number % kSources];
  // Each time round the source the passages have other lengths, so that none comes twice.
  constexpr std::size_t kRound = kSourceLength - kLengths - 8;
  coding.begin = static_cast<std::uint32_t>(number * 31 % kRound);
  coding.end =
      *coding.begin + 8 + static_cast<std::uint32_t>((number * 13 + number / kRound) % kLengths);
  return made(std::move(coding));
}

fb::CommandT Workbench::coding(const SessionId& session) { return codings(session, 1); }

fb::CommandT Workbench::codings(const SessionId& session, std::size_t count) {
  fb::CommandT command;
  command.command_id = engine::new_id<CommandId>(effects());
  command.session = session;
  command.seen = engine::kLatest;
  for (std::size_t number = 0; number < count; ++number) {
    command.actions.push_back(std::make_unique<fb::ProposalT>());
    command.actions.back()->action = next_coding();
  }
  return command;
}

}  // namespace qualog::tools
