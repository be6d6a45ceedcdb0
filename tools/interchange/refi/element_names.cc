// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/element_names.h"

namespace qualog::interchange {

namespace {

// In the order of the enums.
constexpr std::string_view kSourceNames[] = {"TextSource", "PictureSource", "PDFSource",
                                             "AudioSource", "VideoSource"};
constexpr std::string_view kSelectionNames[] = {"PlainTextSelection", "TranscriptSelection",
                                                "PictureSelection",   "PDFSelection",
                                                "AudioSelection",     "VideoSelection"};
constexpr std::string_view kKindNames[] = {
    "(nothing)", "Project", "User",      "Code",   "Variable", "Case", "Source", "Representation",
    "SyncPoint", "Note",    "Selection", "Coding", "Link",     "Set",  "Graph"};
constexpr std::string_view kRoleNames[] = {"TextSource", "Representation", "TextDescription",
                                           "Transcript", "Representation"};

}  // namespace

std::string_view element_name(SourceKind kind) {
  return kSourceNames[static_cast<std::size_t>(kind)];
}

std::string_view element_name(SelectionKind kind) {
  return kSelectionNames[static_cast<std::size_t>(kind)];
}

std::string_view element_name(Kind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::string_view element_name(const TextForm& form) {
  if (form.role == TextRole::Own && form.owner.kind == Kind::Note) return "Note";
  return kRoleNames[static_cast<std::size_t>(form.role)];
}

}  // namespace qualog::interchange
