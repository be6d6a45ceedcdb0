// SPDX-License-Identifier: Apache-2.0
#include "tests/projector/text/subject_text.h"

#include "projector/text/utf8_index.h"
#include "schema/assert.h"

#include <utf8.h>

#include <iterator>

namespace qualog::test {

namespace {

std::string to_utf8(const std::u32string& text) {
  std::string result;
  ::utf8::utf32to8(text.begin(), text.end(), std::back_inserter(result));
  return result;
}

std::u32string from_utf8(std::string_view utf8) {
  std::u32string result;
  ::utf8::utf8to32(utf8.begin(), utf8.end(), std::back_inserter(result));
  return result;
}

std::uint32_t number(std::size_t value) { return static_cast<std::uint32_t>(value); }

// The range, wider by text that was put in right in front of it or right behind it.
text::Range with_edges(text::Range after, text::Range before,
                       const std::vector<text::Splice>& splices, bool front) {
  for (const text::Splice& splice : splices) {
    if (splice.delete_length != 0) continue;
    if (splice.position == before.end) after.end += splice.insert_length;
    if (front && splice.position == before.begin) after.begin -= splice.insert_length;
  }
  return after;
}

text::Range with_partly_replaced(text::Range after, text::Range before,
                                 const std::vector<text::Splice>& splices) {
  for (const text::Splice& splice : splices) {
    const std::uint32_t end = splice.position + splice.delete_length;
    const bool over_begin = splice.position < before.begin && before.begin < end;
    if (over_begin && end < before.end) after.begin -= splice.insert_length;
  }
  return after;
}

}  // namespace

SubjectText::SubjectText(const std::u32string& text, Flaw flaw) : flaw_(flaw) {
  pieces_ = text::normalised(text::Pieces{store(text)});
}

text::Piece SubjectText::store(const std::u32string& text) {
  stored_.push_back(to_utf8(text));
  return {stored_.size() - 1, 0, number(text.size())};
}

std::uint32_t SubjectText::length() const { return number(text::length(pieces_)); }

std::u32string SubjectText::text() const {
  std::string utf8;
  for (const text::Piece& piece : pieces_) {
    const auto index = text::Utf8Index::make(stored_.at(piece.text));
    utf8 += index.value().slice(piece.begin, piece.begin + piece.length);
  }
  return from_utf8(utf8);
}

void SubjectText::lay(int mark, std::size_t begin, std::size_t end) {
  const text::Range range{number(begin), number(end), false};
  QUALOG_ASSERT(text::check(range, length()).has_value());
  ranges_[mark] = range;
}

void SubjectText::edit(const std::vector<Cut>& cuts) {
  std::vector<text::Splice> splices;
  text::Pieces inserted;
  for (const Cut& cut : cuts) {
    splices.push_back({number(cut.at), number(cut.remove), number(cut.insert.size())});
    inserted.push_back(store(cut.insert));
  }
  done_.push_back(perform(splices, inserted, text::EditMap(splices), {}));
  undone_.clear();
}

SubjectText::Act SubjectText::perform(const std::vector<text::Splice>& splices,
                                      const text::Pieces& inserted, const text::EditMap& map,
                                      const Restores& kept) {
  const auto applied = text::apply(pieces_, splices, inserted);
  QUALOG_ASSERT(applied.has_value());
  QUALOG_ASSERT(text::length(applied->text) == text::new_length(splices, length()));
  Act act{splices, pieces_, applied->removed, {}};
  pieces_ = applied->text;
  for (auto& [mark, range] : ranges_) {
    const auto restore = kept.find(mark);
    const auto moved = map.move(range, restore == kept.end() ? nullptr : &restore->second);
    if (moved.restore) act.restores.emplace(mark, *moved.restore);
    range = distorted(range, moved.range, splices);
  }
  return act;
}

SubjectText::Act SubjectText::take_back(const Act& act, bool use_restores) {
  const text::EditMap map = text::EditMap(act.splices).undone();
  Act result = perform(text::inverse(act.splices), act.removed, map,
                       use_restores ? act.restores : Restores{});
  pieces_came_back_ = pieces_came_back_ && pieces_ == act.before;
  return result;
}

bool SubjectText::undo() {
  if (done_.empty()) return false;
  undone_.push_back(take_back(done_.back(), flaw_ != Flaw::NoRestores));
  done_.pop_back();
  return true;
}

bool SubjectText::redo() {
  if (undone_.empty()) return false;
  const bool use_restores = flaw_ != Flaw::NoRestores && flaw_ != Flaw::NoRestoresOfUndo;
  done_.push_back(take_back(undone_.back(), use_restores));
  undone_.pop_back();
  return true;
}

text::Range SubjectText::distorted(text::Range before, text::Range after,
                                   const std::vector<text::Splice>& splices) const {
  if (flaw_ == Flaw::DetachedStaysPut && before.detached && after.detached) return before;
  if (before.detached || after.detached || before.begin == before.end) return after;
  switch (flaw_) {
    case Flaw::EndTakesInsertion:
      return with_edges(after, before, splices, false);
    case Flaw::EitherNeighbour:
      return with_edges(after, before, splices, true);
    case Flaw::PartlyReplacedBears:
      return with_partly_replaced(after, before, splices);
    default:
      return after;
  }
}

}  // namespace qualog::test
