// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/message.h"

#include "replay/stream/lines.h"

#include <fmt/format.h>

namespace qualog::stream {

namespace {

std::string said(const Row& row, Col col) {
  const auto& value = row.at(col);
  return value.is_string() ? std::string(value.get_string()) : std::string();
}

// Of an act on no single thing: its kind.
std::string subject(const Row& row) {
  const auto id = said(row, Col::EntityId);
  return said(row, Col::EntityType) + (id.empty() ? "" : "/" + id);
}

}  // namespace

Message message_of(const Row& row) {
  const auto project = said(row, Col::ProjectId);
  return {project,
          {{"ce_specversion", "1.0"},
           {"ce_id", said(row, Col::EventId)},
           {"ce_source", "/qualog/projects/" + project},
           {"ce_type", fmt::format("qualog.{}.v1", said(row, Col::Type))},
           {"ce_time", said(row, Col::At)},
           {"ce_subject", subject(row)},
           {"content-type", "application/json"}},
          ndjson(row)};
}

}  // namespace qualog::stream
