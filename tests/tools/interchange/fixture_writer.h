// SPDX-License-Identifier: Apache-2.0
// Project files as research programs write them, from texts of our own: each program's habits
// (units, line ends, byte order mark, names of entries, braces and case of GUIDs) are switches. It
// counts positions with its own few lines, independent of the reader that is tested.
#pragma once

#include "tests/support/seed.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::test {

struct ProgramHabits {
  std::string_view name;
  std::string_view origin;
  bool utf16_units = false;
  bool crlf_in_file = false;
  bool crlf_counted_twice = false;
  bool mark_in_file = false;
  bool mark_counted = false;
  bool braces = false;
  bool upper_case = false;
  std::string_view project_entry = "project.qde";
  std::string_view folder = "sources/";
};

// standard, NVivo-like, ATLAS.ti-like, MAXQDA-like, QualCoder-like. What MAXQDA does is not known
// to us from a real file; its row stands for "UTF-16 units with a byte order mark in LF files".
extern const std::vector<ProgramHabits> kPrograms;

// A marked range in code points over text with LF, end exclusive.
struct Quote {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::string name;
};

struct FixtureSource {
  std::u32string text;  // LF line ends
  std::vector<Quote> quotes;
};

std::string utf8_of(std::u32string_view text);
// A GUID made of a kind and a number: the same in every run.
std::string fixture_guid(std::uint32_t kind, std::uint64_t number);

// Paragraphs in several scripts with characters beyond the basic plane, and quotes that begin and
// end at words; names are whole, cut, or titles that preview nothing.
FixtureSource random_source(Rng& rng, std::size_t paragraphs, std::size_t quotes);

// `position` (code points over LF) in the units of the program.
std::int64_t foreign_position(const FixtureSource& source, std::uint64_t position,
                              const ProgramHabits& habits);

// The bytes of the source's .txt.
std::string text_file(const FixtureSource& source, const ProgramHabits& habits);

// A whole .qdpx: one code, one user, each source with its quotes, each quote coded once.
std::string project_archive(const std::vector<FixtureSource>& sources, const ProgramHabits& habits);

// A project.qde around `body` (the children of Project).
std::string project_xml(std::string_view body, std::string_view origin = "fixture");
std::string escaped(std::string_view text);

// An archive of a project.qde around `body`, and texts as sources/NAME.
struct NamedText {
  std::string name;
  std::string bytes;
};
std::string archive_of(std::string_view xml, const std::vector<NamedText>& texts = {});

}  // namespace qualog::test
