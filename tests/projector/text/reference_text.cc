// SPDX-License-Identifier: Apache-2.0
#include "tests/projector/text/reference_text.h"

#include <algorithm>

namespace qualog::test {

ReferenceText::ReferenceText(const std::u32string& text) {
  for (const char32_t character : text) living_.push_back(make_point(character));
}

ReferenceText::PointId ReferenceText::make_point(char32_t character) {
  points_.push_back({character, 0});
  return points_.size() - 1;
}

void ReferenceText::edit(const std::vector<Cut>& cuts) {
  std::vector<Change> changes;
  for (const Cut& cut : cuts) {
    changes.push_back({cut.at, cut.remove, {}});
    for (const char32_t character : cut.insert) {
      changes.back().insert.push_back(make_point(character));
    }
  }
  done_.push_back(rewrite(changes, 0));
  undone_.clear();
}

bool ReferenceText::undo() {
  if (done_.empty()) return false;
  undone_.push_back(take_back(done_.back()));
  done_.pop_back();
  return true;
}

bool ReferenceText::redo() {
  if (undone_.empty()) return false;
  done_.push_back(take_back(undone_.back()));
  undone_.pop_back();
  return true;
}

// Deleted points come back as themselves. Marks that nobody has changed since are on them as they
// were; a marker that nobody has moved since lies again where it lay.
ReferenceText::Act ReferenceText::take_back(const Act& act) {
  const MarkSet unchanged = unchanged_since(act);
  Act result = rewrite(act.inverse, unchanged);
  for (auto& [number, mark] : marks_) {
    if ((unchanged & bit(number)) == 0) continue;
    mark = act.before.at(number);
    mark.points.clear();
  }
  result.after = snapshot();
  return result;
}

ReferenceText::MarkSet ReferenceText::unchanged_since(const Act& act) const {
  MarkSet result = 0;
  const Marks now = snapshot();
  for (const auto& [number, after] : act.after) {
    if (now.at(number) == after) result |= bit(number);
  }
  return result;
}

// What the point at an index bears; a point that does not exist bears nothing.
ReferenceText::MarkSet ReferenceText::borne_at(std::ptrdiff_t index) const {
  if (index < 0 || index >= static_cast<std::ptrdiff_t>(living_.size())) return 0;
  return points_[living_[static_cast<std::size_t>(index)]].bears;
}

// Inserted text bears what all it replaces bore; where it replaces nothing, what both neighbours
// bore.
ReferenceText::MarkSet ReferenceText::rule(const Change& change) const {
  const auto at = static_cast<std::ptrdiff_t>(change.at);
  if (change.remove == 0) return borne_at(at - 1) & borne_at(at);
  MarkSet all = ~MarkSet{0};
  for (std::size_t i = 0; i < change.remove; ++i) {
    all &= borne_at(at + static_cast<std::ptrdiff_t>(i));
  }
  return all;
}

// At each gap of the old text: first the markers that lie there, then what is inserted there, then
// the point behind it. What replaces points stands behind the markers that lay among them.
ReferenceText::NewText ReferenceText::walk(const std::vector<Change>& changes) const {
  NewText next;
  next.place_of.resize(living_.size() + 1);
  auto change = changes.begin();
  const auto put_in = [&next](const Change& now) {
    next.inverse.push_back({next.points.size(), now.insert.size(), {}});
    next.points.insert(next.points.end(), now.insert.begin(), now.insert.end());
  };
  for (std::size_t gap = 0; gap <= living_.size();) {
    next.place_of[gap] = next.points.size();
    if (change != changes.end() && change->at == gap && change->remove == 0) put_in(*change++);
    if (change == changes.end() || change->at != gap) {
      if (gap < living_.size()) next.points.push_back(living_[gap]);
      ++gap;
      continue;
    }
    const std::size_t end = gap + change->remove;
    std::vector<PointId> removed;
    removed.push_back(living_[gap]);
    for (++gap; gap < end; ++gap) {
      next.place_of[gap] = next.points.size();
      removed.push_back(living_[gap]);
    }
    put_in(*change++);
    next.inverse.back().insert = removed;
  }
  return next;
}

ReferenceText::Act ReferenceText::rewrite(const std::vector<Change>& changes, MarkSet remembered) {
  Act act;
  act.before = snapshot();
  const NewText next = walk(changes);
  for (const Change& change : changes) {
    const MarkSet by_rule = rule(change);
    for (const PointId id : change.insert) {
      points_[id].bears = (points_[id].bears & remembered) | (by_rule & ~remembered);
    }
  }
  move_markers(next, changes, act.before);
  act.inverse = next.inverse;
  act.after = snapshot();
  return act;
}

void ReferenceText::move_markers(const NewText& next, const std::vector<Change>& changes,
                                 const Marks& before) {
  std::vector<bool> deleted(living_.size(), false);
  for (const Change& change : changes) {
    for (std::size_t i = 0; i < change.remove; ++i) deleted[change.at + i] = true;
  }
  std::map<int, std::size_t> begins;
  for (const auto& [number, mark] : marks_) {
    if (mark.hold == Hold::Points) begins[number] = bearers(number).front();
  }
  living_ = next.points;
  for (auto& [number, mark] : marks_) {
    if (mark.hold == Hold::Points) {
      if (!bearers(number).empty()) continue;
      mark = {Hold::Detached, next.place_of[begins[number]], before.at(number).points.size(), {}};
      continue;
    }
    const std::size_t old_place = mark.place;
    mark.place = next.place_of[old_place];
    const bool inside = old_place > 0 && old_place < deleted.size();
    if (mark.hold == Hold::Place && inside && deleted[old_place - 1] && deleted[old_place]) {
      mark.hold = Hold::Detached;
    }
  }
}

void ReferenceText::lay(int mark, std::size_t begin, std::size_t end) {
  for (const PointId id : living_) points_[id].bears &= ~bit(mark);
  for (std::size_t i = begin; i < end; ++i) points_[living_[i]].bears |= bit(mark);
  marks_[mark] = begin == end ? Mark{Hold::Place, begin, 0, {}} : Mark{};
}

std::u32string ReferenceText::text() const {
  std::u32string result;
  for (const PointId id : living_) result += points_[id].character;
  return result;
}

std::vector<int> ReferenceText::marks() const {
  std::vector<int> result;
  for (const auto& [number, mark] : marks_) result.push_back(number);
  return result;
}

std::vector<std::size_t> ReferenceText::bearers(int mark) const {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < living_.size(); ++i) {
    if ((points_[living_[i]].bears & bit(mark)) != 0) result.push_back(i);
  }
  return result;
}

ReferenceText::Marks ReferenceText::snapshot() const {
  Marks result = marks_;
  for (auto& [number, mark] : result) {
    for (const std::size_t index : bearers(number)) mark.points.push_back(living_[index]);
  }
  return result;
}

std::optional<Seen> ReferenceText::seen(int number) const {
  const Mark& mark = marks_.at(number);
  const std::vector<std::size_t> indexes = bearers(number);
  if (mark.hold != Hold::Points) {
    if (!indexes.empty()) return std::nullopt;
    return Seen{mark.place, mark.place + mark.last_length, mark.hold == Hold::Detached};
  }
  if (indexes.empty() || indexes.back() - indexes.front() + 1 != indexes.size()) {
    return std::nullopt;
  }
  return Seen{indexes.front(), indexes.back() + 1, false};
}

}  // namespace qualog::test
