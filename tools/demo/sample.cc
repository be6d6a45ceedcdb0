// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/sample.h"

#include "schema/text.h"

#include <algorithm>

namespace qualog::demo {

namespace {

constexpr std::uint32_t kPassageMin = 12;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return made;
}

// Behind the sentence that begins at `from`: its mark, and quotation marks that close there.
std::size_t sentence_end(std::string_view line, std::size_t from) {
  for (std::size_t at = from; at < line.size(); ++at) {
    if (line[at] != '.' && line[at] != '?' && line[at] != '!') continue;
    std::size_t end = at + 1;
    while (end < line.size() && line[end] == '"') ++end;
    if (end == line.size() || line[end] == ' ') return end;
  }
  return line.size();
}

// Where the answer begins; the end of the line when it is none.
std::size_t answer_begin(std::string_view line) {
  const auto colon = line.find(": ");
  const bool answered = colon < 16 && !line.starts_with("Interviewer");
  return answered ? colon + 2 : line.size();
}

void add_passages(std::size_t interview, std::vector<Passage>& passages) {
  const auto text = sample_interviews()[interview].text;
  for (std::size_t line_begin = 0; line_begin < text.size();) {
    const auto line_end = std::min(text.find('\n', line_begin), text.size());
    const auto line = text.substr(line_begin, line_end - line_begin);
    for (std::size_t at = answer_begin(line); at < line.size();) {
      const auto end = sentence_end(line, at);
      const auto begin = code_points(text.substr(0, line_begin + at));
      const auto sentence = line.substr(at, end - at);
      const auto length = code_points(sentence);
      if (length >= kPassageMin) passages.push_back({interview, begin, begin + length, sentence});
      at = end + 1;
    }
    line_begin = line_end + 1;
  }
}

bool has_cue(const std::string& sentence, std::string_view cue) {
  for (auto at = sentence.find(cue); at != std::string::npos; at = sentence.find(cue, at + 1))
    if (at == 0 || !is_letter(sentence[at - 1])) return true;
  return false;
}

struct Match {
  std::size_t passage = 0;
  std::size_t code = 0;
};

std::vector<Match> make_matches() {
  std::vector<Match> matches;
  const auto& passages = sample_passages();
  const auto& codes = sample_codes();
  for (std::size_t passage = 0; passage < passages.size(); ++passage) {
    const auto sentence = lower(passages[passage].text);
    for (std::size_t code = 0; code < codes.size(); ++code) {
      const auto& cues = codes[code].cues;
      if (std::any_of(cues.begin(), cues.end(),
                      [&](std::string_view cue) { return has_cue(sentence, cue); }))
        matches.push_back({passage, code});
    }
  }
  return matches;
}

const std::vector<Match>& matches() {
  static const auto made = make_matches();
  return made;
}

}  // namespace

const std::vector<Passage>& sample_passages() {
  static const auto made = [] {
    std::vector<Passage> passages;
    for (std::size_t interview = 0; interview < sample_interviews().size(); ++interview)
      add_passages(interview, passages);
    return passages;
  }();
  return made;
}

std::vector<SampleCoding> sample_codings() {
  std::vector<SampleCoding> codings;
  for (const auto& [passage, code] : matches()) {
    const std::size_t first = sample_passages()[passage].interview;
    codings.push_back({passage, code, first});
    // The second coder read along and agreed with two in five.
    if ((passage * 7 + code * 3) % 5 < 2)
      codings.push_back({passage, code, (first + 1) % kCoders.size()});
  }
  return codings;
}

std::vector<SampleCoding> codings_left_for(std::size_t coder) {
  std::vector<SampleCoding> codings;
  for (const auto& [passage, code] : matches())
    if ((sample_passages()[passage].interview + 2) % kCoders.size() == coder)
      codings.push_back({passage, code, coder});
  return codings;
}

}  // namespace qualog::demo
