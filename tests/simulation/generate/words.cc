// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/generate/words.h"

#include "tests/support/actions.h"

#include <array>
#include <vector>

namespace qualog::simulation {

namespace {

Text text_of_words(std::string words, bool is_name) {
  Text text;
  text.length = code_points(words);
  if (is_name) text.match = name_match(test::test_name_key(), words);
  text.plain = std::move(words);
  return text;
}

std::vector<Text> make_names() {
  std::vector<Text> names;
  for (const std::string stem : {"absence", "Absence", "trust", "\u00e9t\u00e9", "e\u0301t\u00e9",
                                 "\U0001F3CB gym", "body image", "\u4e2d\u6587"})
    for (int number = 0; number < 8; ++number)
      names.push_back(
          text_of_words(number == 0 ? stem : stem + " " + std::to_string(number), true));
  return names;
}

std::vector<Text> make_words() {
  std::vector<Text> made;
  for (const auto* words :
       {"", "a", "There was nobody.", "\U0001F600\U0001F601 \u00e4\u00f6", "\u4e2d\u6587\u5b57",
        "7", "true", "2026-01-31", "Why did she stop going there?"})
    made.push_back(text_of_words(words, false));
  return made;
}

std::vector<Text> make_source_texts() {
  std::vector<Text> made = {text_of_words("", false), text_of_words("Once.\r\n", false)};
  std::string text;
  for (int line = 0; line < 6; ++line) {
    text += "I went there every day \U0001F3CB and nobody said a word.\n\u4e2d\u6587 ";
    made.push_back(text_of_words(text, false));
  }
  return made;
}

// By fb::AttributeType. Also as names, for the values that attributes offer.
std::vector<std::vector<Text>> make_values() {
  std::vector<std::vector<Text>> made;
  const std::vector<std::vector<const char*>> all = {
      {"often", "never"},      {"7", "-12", "400"},          {"7.5", "0.25", "3"},
      {"2026-01-31T10:00:00"}, {"2026-01-31", "1999-12-01"}, {"10:00:00", "23:59:59"},
      {"true", "false"}};
  for (const auto& of_type : all)
    for (auto& texts = made.emplace_back(); const auto* words : of_type)
      texts.push_back(text_of_words(words, true));
  return made;
}

}  // namespace

const Text& some_words_of(fb::AttributeType type, Dice& dice) {
  static const auto values = make_values();
  return dice.one_of(values.at(static_cast<std::size_t>(type)));
}

const Text& some_name(Dice& dice) {
  static const auto names = make_names();
  return dice.one_of(names);
}

const Text& some_words(Dice& dice) {
  static const auto words = make_words();
  return dice.one_in(400) ? huge_words() : dice.one_of(words);
}

const Text& some_sentence(Dice& dice) {
  for (int tries = 0; tries < 4; ++tries)
    if (const auto& words = some_words(dice); words.length > 0) return words;
  return some_words(dice);
}

const Text& huge_words() {
  static const Text huge = text_of_words(std::string(40'000, 'z'), false);
  return huge;
}

const Text& some_source_text(Dice& dice) {
  static const auto texts = make_source_texts();
  return dice.one_in(10) ? texts[dice.below(2)] : dice.one_of(texts);
}

const std::string& some_machine_string(Dice& dice) {
  static const std::vector<std::string> strings = {"", "en", "registry-7", "x"};
  return dice.one_of(strings);
}

}  // namespace qualog::simulation
