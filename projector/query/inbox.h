// SPDX-License-Identifier: Apache-2.0
// The inbox: commands that were refused, with all that their authors wrote, put together from the
// asides of one record group. Nothing typed is lost. Pure reads.
#pragma once

#include "projector/store.h"
#include "schema/ids.h"
#include "schema/text.h"

#include <optional>
#include <string>
#include <vector>

namespace qualog::projector {

struct InboxFilter {
  std::optional<std::string> author;  // a principal
  std::optional<SessionId> session;
  std::optional<CommandId> command;
  AsideNumber after;  // only later ones
};

// The event that was first.
struct WinnerEntry {
  std::string actor;
  Sequence sequence;
  std::int64_t time = 0;
  std::string action;
};

struct FacetEntry {
  std::string facet;  // "code:<id>.props"
  Sequence version;
  std::optional<Text> value;  // JSON; nothing above limits::kRefusalSideBytesMax
  std::uint32_t bytes = 0;    // of the value, also when it is not here
};

struct InboxEntry {
  AsideNumber number;
  Sequence after_sequence;  // the last event when it was refused
  std::int64_t time = 0;
  std::string author;
  SessionId session;
  CommandId command;
  std::uint8_t code = 0;  // fb::RefusalCode
  std::string detail;
  std::vector<std::string> facets;
  std::optional<WinnerEntry> winner;
  std::vector<FacetEntry> latest;  // theirs
  std::vector<FacetEntry> base;    // what it was made from
  std::vector<Text> mine;          // the refused actions as JSON, in parts; all, or `is_cut`
  bool is_cut = false;             // parts are missing
  std::optional<Text> reason;      // why its author wanted it
  Sequence seen;
  CommandId depends_on;  // an own command it built on, refused before it
  ItemId target;

  // The parts of `mine` put together; nothing when one is missing or sealed.
  std::optional<std::string> draft() const;
};

// Refusals in the order of their numbers. An aside that cannot be read is damage.
std::vector<InboxEntry> inbox(const Reader& reader, const InboxFilter& filter = {});

}  // namespace qualog::projector
