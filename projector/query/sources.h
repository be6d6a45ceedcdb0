// SPDX-License-Identifier: Apache-2.0
// The sources of a project and where they lie. Pure reads.
#pragma once

#include "projector/tables.h"

#include <string>
#include <vector>

namespace qualog::projector {

struct SourceEntry {
  ItemId id;
  Props props;                       // subkind: fb::SourceKind
  ItemId folder;                     // zero: none
  std::vector<std::string> folders;  // names from the root down to `folder`
  ContentState state = ContentState::Complete;
  std::uint32_t length = 0;  // code points
  Sequence version;          // of its text
  ItemId memo;               // the living memo linked to it, if any
  Media media;               // of a source that is a file, or stands for one
};

// Living sources, memos too, by folders, then name, then id.
std::vector<SourceEntry> sources(const Reader& reader);

}  // namespace qualog::projector
