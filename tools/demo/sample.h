// SPDX-License-Identifier: Apache-2.0
// The sample study "Night shifts": four invented interviews, a codebook, four coders and what they
// have coded. Codings follow from a rule, never from chance: a sentence is coded where a cue of the
// code begins one of its words. Positions are Unicode code points, ends exclusive. Pure; any
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qualog::demo {

inline constexpr std::string_view kStudy = "Night shifts";

struct Interview {
  std::string_view name;
  std::string_view text;  // UTF-8, LF line ends
};
const std::array<Interview, 4>& sample_interviews();

struct Coder {
  std::string_view account;
  std::string_view name;  // what the file of the other program calls them
};
inline constexpr std::array<Coder, 4> kCoders = {{{"ada", "Ada Lindqvist"},
                                                  {"bo", "Bo Østby"},
                                                  {"cleo", "Cleo Marchetti"},
                                                  {"dag", "Dag Ålund"}}};

struct SampleCode {
  std::string_view name;
  std::string_view parent;  // empty: at the top
  std::string_view color;
  std::string_view definition;
  std::vector<std::string_view> cues;  // beginnings of words, lower case; empty: never by the rule
};
// Parents stand before their children.
const std::vector<SampleCode>& sample_codes();

struct SampleMemo {
  std::string_view name;
  std::string_view on;  // the code or interview that it is about
  std::string_view text;
};
const std::vector<SampleMemo>& sample_memos();

// One sentence of an answer.
struct Passage {
  std::size_t interview = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view text;
};
// In the order of the texts; what the interviewer says is left out.
const std::vector<Passage>& sample_passages();

struct SampleCoding {
  std::size_t passage = 0;
  std::size_t code = 0;
  std::size_t coder = 0;
};
// What the file holds: each interview was coded by two.
std::vector<SampleCoding> sample_codings();
// What is left for `coder`: an interview that the file does not have from them.
std::vector<SampleCoding> codings_left_for(std::size_t coder);

// The study as a REFI-QDA project file (.qde, REFI-QDA 1.5), texts inline.
std::string sample_file();

}  // namespace qualog::demo
