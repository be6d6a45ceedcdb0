// SPDX-License-Identifier: Apache-2.0
// Chapter 4: a name is taken out of a transcript. Every coded passage moves exactly with its words;
// the correction is undone, and done again.
#include "tools/demo/chapters.h"
#include "tools/demo/text_edit.h"

#include <fmt/format.h>

#include <algorithm>

namespace qualog::demo {

namespace {

using Passages = std::vector<projector::CodingEntry>;

constexpr std::string_view kName = "Gunnhild Øvergård";
constexpr std::string_view kInstead = "[the senior midwife]";
constexpr std::size_t kInterview = 2;

const projector::CodingEntry* with_id(const Passages& passages, const ItemId& id) {
  const auto found = std::find_if(passages.begin(), passages.end(),
                                  [&](const auto& passage) { return passage.id == id; });
  return found == passages.end() ? nullptr : &*found;
}

// The first passage that has the name, the last of the text.
const projector::CodingEntry* naming(const Passages& passages) {
  const auto found = std::find_if(passages.begin(), passages.end(), [](const auto& passage) {
    return passage.text.find(kName) != std::string::npos;
  });
  return found == passages.end() ? nullptr : &*found;
}

Result<std::size_t> check_moved(const Passages& before, const Passages& after) {
  QUALOG_TRY(expect(before.size() == after.size(), "no coding is lost by a correction"));
  std::size_t moved = 0;
  for (const auto& old : before) {
    const auto* now = with_id(after, old.id);
    QUALOG_TRY(expect(now != nullptr && !now->detached, "every coding keeps its passage"));
    QUALOG_TRY(expect(now->text == replaced(old.text, kName, kInstead),
                      "every coded passage has its words, corrected"));
    moved += now->begin != old.begin || now->end != old.end ? 1 : 0;
  }
  return moved;
}

bool equal(const Passages& first, const Passages& second) {
  return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                    [](const auto& one, const auto& other) {
                      return one.id == other.id && one.begin == other.begin &&
                             one.end == other.end && one.text == other.text;
                    });
}

Result<Sequence> undo(Stage& stage, Sequence sequence) {
  fb::UndoAppliedT action;
  action.sequences = {sequence.value};
  return stage.act(kAda, action_of(std::move(action)));
}

std::string shown(const projector::CodingEntry& passage) {
  return fmt::format("[{}-{}] \"{}\"", passage.begin, passage.end, passage.text);
}

void tell(Teller& teller, const Passages& before, const Passages& after, std::size_t moved) {
  const auto* named = naming(before);
  const auto& last = before.back();
  teller.say(fmt::format(
      "A name must go from the transcript of {}. Ada replaces it in the whole text. {} coded "
      "passages lie on it; each was compared: all have exactly their words, {} of them at a new "
      "place. One that has the name, coded \"{}\" by {}:",
      sample_interviews()[kInterview].name, before.size(), moved, named->code.name.plain,
      named->coder.text()));
  teller.show("before", shown(*named));
  teller.show("after", shown(*with_id(after, named->id)));
  teller.say("And the last one, which only moved:");
  teller.show("before", shown(last));
  teller.show("after", shown(*with_id(after, last.id)));
  teller.say(
      "Ada takes the correction back: text and passages are as they were. She takes that back, "
      "too: the name is gone again, and every passage is in its place.");
}

}  // namespace

Result<void> transcript_chapter(Stage& stage, Teller& teller) {
  teller.chapter("transcript", "A transcript is corrected under coded passages");
  QUALOG_ASSIGN(const auto source, stage.source(kInterview));
  QUALOG_ASSIGN(const auto before, coded_on(stage, source));
  QUALOG_TRY(expect(naming(before) != nullptr, "a coded passage has the name"));
  QUALOG_ASSIGN(const auto token, take_lease(stage, kAda, source));
  QUALOG_ASSIGN(const auto edit, replace_words(stage, kAda, source, token, kName, kInstead));
  QUALOG_ASSIGN(const auto after, coded_on(stage, source));
  QUALOG_ASSIGN(const auto moved, check_moved(before, after));
  const auto* last = with_id(after, before.back().id);
  QUALOG_TRY(expect(last->text == before.back().text && last->begin != before.back().begin,
                    "the last passage only moves"));

  QUALOG_ASSIGN(const auto undone, undo(stage, edit));
  QUALOG_ASSIGN(const auto back, coded_on(stage, source));
  QUALOG_TRY(expect(equal(back, before), "undo gives every passage back as it was"));
  QUALOG_TRY(undo(stage, undone));
  QUALOG_ASSIGN(const auto again, coded_on(stage, source));
  QUALOG_TRY(expect(equal(again, after), "undoing the undo corrects the text again"));
  QUALOG_TRY(release_lease(stage, kAda, source, token));

  tell(teller, before, after, moved);
  teller.fact("passages", before.size());
  teller.fact("passages_moved", moved);
  teller.fact("passages_exact", true);
  teller.fact("undone_and_back", true);
  return {};
}

}  // namespace qualog::demo
