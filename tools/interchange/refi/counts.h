// SPDX-License-Identifier: Apache-2.0
// What a file holds, counted in elements of the standard, so that anybody can count again with any
// XML reader. Merged and repeated objects count as often as they are written, and so do elements
// where the standard has none, which are not read otherwise.
//
//   users       User                  sources    TextSource PictureSource PDFSource AudioSource
//   codes       Code, at any depth               VideoSource; no Representation, TextDescription
//   codings     Coding                           or Transcript, which are texts of a source
//   notes       Note                  selections PlainTextSelection TranscriptSelection
//   links       Link                             PictureSelection PDFSelection AudioSelection
//   sets        Set                              VideoSelection, wherever they stand
//   cases       Case                  variables  Variable
#pragma once

#include <cstdint>
#include <string_view>

namespace qualog::interchange {

struct Project;

struct Counts {
  std::uint64_t users = 0;
  std::uint64_t sources = 0;
  std::uint64_t codes = 0;
  std::uint64_t selections = 0;
  std::uint64_t codings = 0;
  std::uint64_t notes = 0;
  std::uint64_t links = 0;
  std::uint64_t sets = 0;
  std::uint64_t cases = 0;
  std::uint64_t variables = 0;

  bool operator==(const Counts&) const = default;
};

// Where an element is counted; null for one that is not.
std::uint64_t Counts::*counted_as(std::string_view element);

Counts count(const Project& project);

}  // namespace qualog::interchange
