// SPDX-License-Identifier: Apache-2.0
// ReferenceText: re-anchoring as it is defined in plain words, for the tests to compare with.
// Every code point has an identity; every code point, living or deleted, has the set of marks that
// it bears; a mark without points is a marker laid between two points. An edit walks the old text
// from front to back and lays down the new one. Slow, literal, and without any code of the product.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace qualog::test {

// One change in the coordinates of the old text.
struct Cut {
  std::size_t at = 0;
  std::size_t remove = 0;
  std::u32string insert;
};

// What an observer sees of a mark.
struct Seen {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool detached = false;

  bool operator==(const Seen&) const = default;
};

class ReferenceText {
 public:
  static constexpr int kMarksMax = 32;

  explicit ReferenceText(const std::u32string& text);

  void edit(const std::vector<Cut>& cuts);
  // Takes back the newest edit that stands; false when there is none.
  bool undo();
  // Takes back the newest undo, if no edit came after it; false when there is none.
  bool redo();

  // Lays the mark, new or laid before, on [begin, end); on the place `begin` when they are equal.
  void lay(int mark, std::size_t begin, std::size_t end);

  std::size_t length() const { return living_.size(); }
  std::u32string text() const;
  std::vector<int> marks() const;
  // Nothing when the points that bear the mark are not one stretch: the rule would be broken.
  std::optional<Seen> seen(int mark) const;

 private:
  using PointId = std::size_t;
  using MarkSet = std::uint32_t;

  struct Point {
    char32_t character;
    MarkSet bears;  // of a deleted point: what it bore when it was deleted
  };
  enum class Hold { Points, Place, Detached };
  struct Mark {
    Hold hold = Hold::Points;
    std::size_t place = 0;        // of Place and Detached: points in front of the marker
    std::size_t last_length = 0;  // of Detached
    std::vector<PointId> points;  // who bears it; filled in snapshots only

    bool operator==(const Mark&) const = default;
  };
  using Marks = std::map<int, Mark>;

  // A change with the identities of the points that it puts in.
  struct Change {
    std::size_t at;
    std::size_t remove;
    std::vector<PointId> insert;
  };
  struct Act {
    std::vector<Change> inverse;
    Marks before;
    Marks after;
  };
  struct NewText {
    std::vector<PointId> points;
    std::vector<std::size_t> place_of;  // new place of a marker, by its old place
    std::vector<Change> inverse;
  };

  static MarkSet bit(int mark) { return MarkSet{1} << mark; }
  PointId make_point(char32_t character);
  MarkSet borne_at(std::ptrdiff_t index) const;
  MarkSet rule(const Change& change) const;
  NewText walk(const std::vector<Change>& changes) const;
  // Inserted points keep what they remember of the marks in `remembered`.
  Act rewrite(const std::vector<Change>& changes, MarkSet remembered);
  void move_markers(const NewText& next, const std::vector<Change>& changes, const Marks& before);
  Act take_back(const Act& act);
  MarkSet unchanged_since(const Act& act) const;
  Marks snapshot() const;
  std::vector<std::size_t> bearers(int mark) const;

  std::vector<Point> points_;    // all that ever lived, by identity
  std::vector<PointId> living_;  // the text
  Marks marks_;
  std::vector<Act> done_;
  std::vector<Act> undone_;
};

}  // namespace qualog::test
