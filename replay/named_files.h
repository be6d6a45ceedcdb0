// SPDX-License-Identifier: Apache-2.0
// NamedFiles: the blobs that a log's events name, each with the first event that does so, and
// whether they are what was stored. What is discarded is forgotten. One thread.
#pragma once

#include "engine/blobs/blob_store.h"
#include "engine/project.h"
#include "schema/ids.h"

#include <map>
#include <string>
#include <vector>

namespace qualog::replay {

// A blob that is missing, or is not what was stored.
struct FileDamage {
  engine::BlobInfo blob;
  Sequence sequence;  // the first event that names it
  std::string path;
  std::string reason;
};

class NamedFiles {
 public:
  // Calls in log order, as a Sink is called; items are sound.
  void event(Sequence sequence, ByteView stored);
  void settled();
  void discarded() { open_.clear(); }

  std::size_t count() const { return settled_.size(); }
  std::vector<engine::BlobInfo> blobs() const;
  // Reads every one of them whole. In the order of their events. Errors: those of the area.
  Result<std::vector<FileDamage>> check(engine::BlobStore& store) const;

 private:
  using Naming = std::map<engine::BlobInfo, Sequence>;
  Naming open_;
  Naming settled_;
};

// Those that the settled events of a project name, read beside whoever writes it. Errors: those of
// read_log; damaged, a log that cannot be read to its end may name more.
Result<std::vector<engine::BlobInfo>> blobs_named_in(const engine::ProjectPlace& place);

}  // namespace qualog::replay
