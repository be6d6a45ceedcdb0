// SPDX-License-Identifier: Apache-2.0
#include "replay/named_files.h"

#include "engine/blobs/named_blobs.h"
#include "replay/reading/log_reading.h"
#include "schema/codec.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::replay {

namespace {

constexpr const char* kNextStep =
    "put the file again with qualog blob put, or copy it back from "
    "a backup";

// Empty: it is what was stored.
Result<std::string> reason_of(engine::BlobStore& store, const engine::BlobInfo& blob) {
  const auto read = store.read(blob.hash, [](ByteView) -> Result<void> { return {}; });
  if (read && *read == blob.size) return std::string();
  if (read) return fmt::format("it has {} bytes, and its event says {}", *read, blob.size);
  if (read.error().code == Code::not_found) return fmt::format("it is missing; {}", kNextStep);
  if (read.error().code == Code::damaged)
    return fmt::format("its bytes are not what was stored; {}", kNextStep);
  return read.error();
}

}  // namespace

void NamedFiles::event(Sequence sequence, ByteView stored) {
  const auto event = event_view(stored);
  if (!event) return;
  for (const auto& blob : engine::blobs_named_by(**event)) open_.emplace(blob, sequence);
}

void NamedFiles::settled() {
  settled_.merge(open_);
  open_.clear();
}

std::vector<engine::BlobInfo> NamedFiles::blobs() const {
  std::vector<engine::BlobInfo> found;
  for (const auto& [blob, sequence] : settled_) found.push_back(blob);
  return found;
}

Result<std::vector<FileDamage>> NamedFiles::check(engine::BlobStore& store) const {
  std::vector<FileDamage> found;
  for (const auto& [blob, sequence] : settled_) {
    QUALOG_ASSIGN(auto reason, reason_of(store, blob));
    if (!reason.empty())
      found.push_back({blob, sequence, store.name_of(blob.hash), std::move(reason)});
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
  return found;
}

namespace {

class NamingSink final : public StoppableSink {
 public:
  Result<void> event(Sequence sequence, ByteView bytes) override {
    files_.event(sequence, bytes);
    return {};
  }
  Result<void> aside(AsideNumber, Sequence, ByteView) override { return {}; }
  Result<void> settled(const log::Place&, const log::Head&) override {
    files_.settled();
    return {};
  }
  void discarded() override { files_.discarded(); }

  const NamedFiles& files() const { return files_; }

 private:
  NamedFiles files_;
};

}  // namespace

Result<std::vector<engine::BlobInfo>> blobs_named_in(const engine::ProjectPlace& place) {
  NamingSink sink;
  QUALOG_ASSIGN(const auto read, read_log(place, sink));
  if (read.summary.damage.empty()) return sink.files().blobs();
  return fail(Code::damaged,
              fmt::format("{}: damaged, so nobody can tell what it names; run qualog verify",
                          place.log->name()));
}

}  // namespace qualog::replay
