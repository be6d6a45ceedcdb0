// SPDX-License-Identifier: Apache-2.0
// Random histories of edits, marks, undo and undo of the undo, on the product and on a model that
// marks each code point, compared after every act; and every small edit of every small text. The
// same harness must catch each product that is wrong on purpose.
#include "tests/projector/text/reference_text.h"
#include "tests/projector/text/subject_text.h"
#include "tests/support/seed.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>

namespace qualog::test {
namespace {

constexpr std::uint64_t kCases = 100'000;
constexpr std::uint64_t kControlCases = 2'000;

std::u32string random_text(Rng& rng, std::size_t length) {
  static constexpr char32_t kAlphabet[] = {U'a',      U'\n',         U'\u00e4',    U'\u0301',
                                           U'\u4e2d', U'\U0001F600', U'\U0010FFFF'};
  std::u32string result;
  while (result.size() < length) result += kAlphabet[below(rng, std::size(kAlphabet))];
  return result;
}

bool joins(const Cut& front, const Cut& cut) {
  if (front.at + front.remove != cut.at) return false;
  const bool two_insertions = front.remove == 0 && cut.remove == 0;
  const bool two_deletions = front.insert.empty() && cut.insert.empty();
  return two_insertions || two_deletions;
}

// One to five cuts of which about half touch the one in front.
std::vector<Cut> random_cuts(Rng& rng, std::size_t length) {
  std::vector<Cut> cuts;
  std::size_t at = below(rng, length + 1);
  for (std::uint64_t left = 1 + below(rng, 5); left > 0 && at <= length; --left) {
    const std::size_t remove = below(rng, std::min<std::size_t>(length - at, 4) + 1);
    const Cut cut{at, remove, random_text(rng, below(rng, 4))};
    const bool nothing = cut.remove == 0 && cut.insert.empty();
    if (!nothing && (cuts.empty() || !joins(cuts.back(), cut))) cuts.push_back(cut);
    at += remove + (below(rng, 2) == 0 ? 0 : below(rng, 4));
  }
  return cuts;
}

// Both sides of one history; `fault` says where they first differ.
class Pair {
 public:
  Pair(const std::u32string& text, Flaw flaw) : reference_(text), subject_(text, flaw) {}

  void edit(const std::vector<Cut>& cuts) {
    reference_.edit(cuts);
    subject_.edit(cuts);
    compare("edit");
  }
  void lay(int mark, std::size_t begin, std::size_t end) {
    reference_.lay(mark, begin, end);
    subject_.lay(mark, begin, end);
    compare("lay");
  }
  void undo() { take_back("undo", reference_.undo(), subject_.undo()); }
  void redo() { take_back("redo", reference_.redo(), subject_.redo()); }

  std::size_t length() const { return reference_.length(); }
  const std::map<int, text::Range>& ranges() const { return subject_.ranges(); }
  const std::string& fault() const { return fault_; }

 private:
  void take_back(const char* act, bool in_reference, bool in_subject) {
    if (in_reference != in_subject) note(act, "done by one side only");
    compare(act);
  }

  void compare(const char* act) {
    if (subject_.text() != reference_.text()) note(act, "texts differ");
    if (!subject_.pieces_came_back()) note(act, "other pieces than before");
    for (const int mark : reference_.marks()) compare_mark(act, mark);
  }

  void compare_mark(const char* act, int mark) {
    const auto seen = reference_.seen(mark);
    if (!seen) return note(act, "the reference's mark is not one stretch");
    const text::Range& range = subject_.ranges().at(mark);
    if (Seen{range.begin, range.end, range.detached} == *seen) return;
    std::ostringstream difference;
    difference << "mark " << mark << " expected " << seen->begin << " to " << seen->end << ' '
               << seen->detached << ", is " << range.begin << " to " << range.end << ' '
               << range.detached;
    note(act, difference.str());
  }

  void note(const char* act, const std::string& difference) {
    if (fault_.empty()) fault_ = std::string(act) + ": " + difference;
  }

  ReferenceText reference_;
  SubjectText subject_;
  std::string fault_;
};

void lay_random(Pair& pair, Rng& rng, int mark) {
  const std::size_t begin = below(rng, pair.length() + 1);
  const std::size_t end = begin + below(rng, pair.length() - begin + 1);
  pair.lay(mark, begin, below(rng, 8) == 0 ? begin : end);
}

void act_at_random(Pair& pair, Rng& rng) {
  switch (below(rng, 8)) {
    case 0:
      return lay_random(pair, rng, static_cast<int>(below(rng, 8)));
    case 1:
    case 2:
    case 3:
      return pair.undo();
    case 4:
      return pair.redo();
    default:
      if (auto cuts = random_cuts(rng, pair.length()); !cuts.empty()) pair.edit(cuts);
  }
}

// The first fault of one random history, empty when there is none.
std::string random_history(Rng& rng, Flaw flaw) {
  Pair pair(random_text(rng, below(rng, 16)), flaw);
  for (int mark = 0; mark < 4; ++mark) lay_random(pair, rng, mark);
  for (std::uint64_t left = 3 + below(rng, 8); left > 0 && pair.fault().empty(); --left) {
    act_at_random(pair, rng);
  }
  return pair.fault();
}

// Histories in which the flaw shows.
std::uint64_t caught(Flaw flaw) {
  std::uint64_t result = 0;
  for (std::uint64_t seed = 1; seed <= kControlCases; ++seed) {
    Rng rng(seed);
    if (!random_history(rng, flaw).empty()) ++result;
  }
  return result;
}

// All lists of up to three cuts with insertions of up to one code point.
void for_all_cuts(std::size_t length, std::vector<Cut>& cuts,
                  const std::function<void(const std::vector<Cut>&)>& body) {
  if (!cuts.empty()) body(cuts);
  if (cuts.size() == 3) return;
  const std::size_t from = cuts.empty() ? 0 : cuts.back().at + cuts.back().remove;
  for (std::size_t at = from; at <= length; ++at) {
    for (std::size_t remove = 0; remove <= length - at; ++remove) {
      for (std::size_t insert = remove == 0 ? 1 : 0; insert <= 1; ++insert) {
        const Cut cut{at, remove, std::u32string(insert, U'x')};
        if (!cuts.empty() && joins(cuts.back(), cut)) continue;
        cuts.push_back(cut);
        for_all_cuts(length, cuts, body);
        cuts.pop_back();
      }
    }
  }
}

// Every range of a text of this length carries a mark.
void lay_all_ranges(Pair& pair) {
  int mark = 0;
  for (std::size_t begin = 0; begin <= pair.length(); ++begin) {
    for (std::size_t end = begin; end <= pair.length(); ++end) pair.lay(mark++, begin, end);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(re_anchoring)

BOOST_AUTO_TEST_CASE(ranges_follow_the_marks_of_each_code_point) {
  for_seeds(kCases, [](Rng& rng, std::uint64_t seed) {
    const std::string fault = random_history(rng, Flaw::None);
    BOOST_REQUIRE_MESSAGE(fault.empty(), "QUALOG_SEED=" << seed << ": " << fault);
  });
}

BOOST_AUTO_TEST_CASE(every_small_edit_of_every_small_text_is_right_and_reversible) {
  std::uint64_t edits = 0;
  for (std::size_t length = 0; length <= 6; ++length) {
    std::vector<Cut> cuts;
    for_all_cuts(length, cuts, [&](const std::vector<Cut>& all) {
      Pair pair(std::u32string(length, U'o'), Flaw::None);
      lay_all_ranges(pair);
      const std::map<int, text::Range> ranges = pair.ranges();
      pair.edit(all);
      pair.undo();
      BOOST_REQUIRE((pair.ranges() == ranges));
      pair.redo();
      pair.undo();
      BOOST_REQUIRE((pair.ranges() == ranges));
      BOOST_REQUIRE_MESSAGE(pair.fault().empty(), pair.fault());
      ++edits;
    });
  }
  // As many as an enumeration apart counts: a list left out by mistake would show here.
  BOOST_TEST(edits == 5'160U);
}

BOOST_AUTO_TEST_CASE(harness_catches_each_flaw) {
  BOOST_TEST(caught(Flaw::None) == 0U);
  BOOST_TEST(caught(Flaw::EndTakesInsertion) > 0U);
  BOOST_TEST(caught(Flaw::EitherNeighbour) > 0U);
  BOOST_TEST(caught(Flaw::PartlyReplacedBears) > 0U);
  BOOST_TEST(caught(Flaw::NoRestores) > 0U);
  BOOST_TEST(caught(Flaw::NoRestoresOfUndo) > 0U);
  BOOST_TEST(caught(Flaw::DetachedStaysPut) > 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace qualog::test
