// SPDX-License-Identifier: Apache-2.0
#include "replay/stream/telling.h"

#include <algorithm>

namespace qualog::stream {

namespace {

// A description of a code is no word of the codebook: it is where teams put their examples, in
// participants' words. Names of folders, files and programs are free text as well.
constexpr Told kTold[] = {
    {"event", "actor", Telling::Account},
    {"event", "on_behalf_of", Telling::Account},
    {"event", "reason", Telling::Words},

    {"project.created", "title", Telling::Words},
    {"project.created", "description", Telling::Words},
    {"project.created", "registry_id", Telling::Words},
    {"project.created", "language", Telling::Words},
    {"project.forked", "title", Telling::Words},
    {"project.props_changed", "title", Telling::Words},
    {"project.props_changed", "description", Telling::Words},
    {"project.props_changed", "registry_id", Telling::Words},
    {"project.props_changed", "language", Telling::Words},

    {"member.added", "principal", Telling::Account},
    {"member.removed", "principal", Telling::Account},
    {"member.moved", "principal", Telling::Account},
    {"user.profile_created", "id", Telling::Profile},
    {"user.profile_created", "principal", Telling::Account},
    {"user.profile_created", "name", Telling::Person},
    {"user.profile_created", "initials", Telling::Person},
    {"user.profile_created", "color", Telling::Plain},
    {"user.profile_created", "claim.author", Telling::Profile},
    {"user.profile_created", "claim.time", Telling::Date},
    {"user.profile_created", "claim.original", Telling::Person},
    {"user.props_changed", "profile", Telling::Profile},
    {"user.props_changed", "name", Telling::Person},
    {"user.props_changed", "initials", Telling::Person},
    {"user.props_changed", "color", Telling::Plain},

    {"folder.created", "name", Telling::Words},
    {"folder.renamed", "name", Telling::Words},
    {"source.created", "name", Telling::Words},
    {"source.created", "description", Telling::Words},
    {"source.created", "text", Telling::Words},
    {"source.created", "claim.author", Telling::Profile},
    {"source.created", "claim.time", Telling::Date},
    {"source.created", "claim.original", Telling::Words},
    {"source.text_supplied", "text", Telling::Words},
    {"source.props_changed", "name", Telling::Words},
    {"source.props_changed", "description", Telling::Words},
    {"source.props_changed", "color", Telling::Plain},
    {"source.text_edited", "splices.insert", Telling::Words},

    {"code.created", "name", Telling::Codebook},
    {"code.created", "description", Telling::Words},
    {"code.created", "nickname", Telling::Codebook},
    {"code.created", "color", Telling::Plain},
    {"code.created", "claim.author", Telling::Profile},
    {"code.created", "claim.time", Telling::Date},
    {"code.created", "claim.original", Telling::Codebook},
    {"code.props_changed", "name", Telling::Codebook},
    {"code.props_changed", "description", Telling::Words},
    {"code.props_changed", "nickname", Telling::Codebook},
    {"code.props_changed", "color", Telling::Plain},

    {"coding.added", "coder", Telling::Profile},
    {"coding.added", "claim.author", Telling::Profile},
    {"coding.added", "claim.time", Telling::Date},
    {"coding.added", "claim.original", Telling::Words},
    {"coding.removed", "coders", Telling::Account},
    {"coding.weight_or_comment_set", "comment", Telling::Words},
    {"annotation.created", "text", Telling::Words},
    {"annotation.created", "claim.author", Telling::Profile},
    {"annotation.created", "claim.time", Telling::Date},
    {"annotation.created", "claim.original", Telling::Words},
    {"annotation.text_changed", "text", Telling::Words},
    {"seealso.created", "external", Telling::Words},
    {"seealso.created", "name", Telling::Words},
    {"seealso.changed", "name", Telling::Words},
    {"seealso.changed", "external", Telling::Words},

    {"import.started", "file", Telling::Words},
    {"import.started", "origin", Telling::Words},
    {"import.started", "report", Telling::Words},
    {"undo.applied", "name", Telling::Words},
};

}  // namespace

std::span<const Told> all_told() { return kTold; }

Telling telling_of(std::string_view action, std::string_view field) {
  const auto* row = std::find_if(std::begin(kTold), std::end(kTold), [&](const Told& told) {
    return told.action == action && told.field == field;
  });
  return row == std::end(kTold) ? Telling::Nothing : row->telling;
}

}  // namespace qualog::stream
