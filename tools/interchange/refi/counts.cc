// SPDX-License-Identifier: Apache-2.0
#include "tools/interchange/refi/counts.h"

#include "tools/interchange/refi/project_model.h"

namespace qualog::interchange {

namespace {

struct CountedElement {
  std::string_view name;
  std::uint64_t Counts::*count;
};

constexpr CountedElement kCountedElements[] = {
    {"User", &Counts::users},
    {"TextSource", &Counts::sources},
    {"PictureSource", &Counts::sources},
    {"PDFSource", &Counts::sources},
    {"AudioSource", &Counts::sources},
    {"VideoSource", &Counts::sources},
    {"Code", &Counts::codes},
    {"PlainTextSelection", &Counts::selections},
    {"TranscriptSelection", &Counts::selections},
    {"PictureSelection", &Counts::selections},
    {"PDFSelection", &Counts::selections},
    {"AudioSelection", &Counts::selections},
    {"VideoSelection", &Counts::selections},
    {"Coding", &Counts::codings},
    {"Note", &Counts::notes},
    {"Link", &Counts::links},
    {"Set", &Counts::sets},
    {"Case", &Counts::cases},
    {"Variable", &Counts::variables},
};

}  // namespace

std::uint64_t Counts::*counted_as(std::string_view element) {
  for (const CountedElement& row : kCountedElements) {
    if (row.name == element) return row.count;
  }
  return nullptr;
}

Counts count(const Project& project) {
  Counts counts = project.passed_over;
  counts.users += project.users.size();
  counts.sources += project.sources.size();
  counts.codes += project.codes.size();
  counts.selections += project.selections.size();
  counts.codings += project.codings.size();
  counts.notes += project.notes.size();
  counts.links += project.links.size();
  counts.sets += project.sets.size();
  counts.cases += project.cases.size();
  counts.variables += project.variables.size();
  return counts;
}

}  // namespace qualog::interchange
