// SPDX-License-Identifier: Apache-2.0
// SubjectText: the product doing what ReferenceText does, the way the fold will: pieces of stored
// texts, ranges under numbers, an edit map an act, and the Restores kept with each act. A Flaw
// distorts its answers on purpose, so that the tests can show that the harness catches it.
#pragma once

#include "projector/text/edit_map.h"
#include "projector/text/pieces.h"
#include "tests/projector/text/reference_text.h"

#include <map>
#include <string>
#include <vector>

namespace qualog::test {

enum class Flaw {
  None,
  EndTakesInsertion,    // off by one at the insertion edge: text put in right behind a range bears
  EitherNeighbour,      // inserted text bears if either neighbour bore
  PartlyReplacedBears,  // replacing text bears if the last point it replaces bore
  NoRestores,           // undo by the rule alone
  NoRestoresOfUndo,     // undo restores, the undo of the undo does not
  DetachedStaysPut,     // later edits do not move a detached range
};

class SubjectText {
 public:
  SubjectText(const std::u32string& text, Flaw flaw);

  void edit(const std::vector<Cut>& cuts);
  bool undo();
  bool redo();
  void lay(int mark, std::size_t begin, std::size_t end);

  std::uint32_t length() const;
  std::u32string text() const;
  const std::map<int, text::Range>& ranges() const { return ranges_; }
  // Whether every undo and redo so far gave back the list of pieces that it had to.
  bool pieces_came_back() const { return pieces_came_back_; }

 private:
  using Restores = std::map<int, text::Restore>;
  struct Act {
    std::vector<text::Splice> splices;
    text::Pieces before;
    text::Pieces removed;
    Restores restores;
  };

  text::Piece store(const std::u32string& text);
  Act perform(const std::vector<text::Splice>& splices, const text::Pieces& inserted,
              const text::EditMap& map, const Restores& kept);
  Act take_back(const Act& act, bool use_restores);
  text::Range distorted(text::Range before, text::Range after,
                        const std::vector<text::Splice>& splices) const;

  Flaw flaw_;
  std::vector<std::string> stored_;  // UTF-8; a piece's text is an index
  text::Pieces pieces_;
  std::map<int, text::Range> ranges_;
  std::vector<Act> done_;
  std::vector<Act> undone_;
  bool pieces_came_back_ = true;
};

}  // namespace qualog::test
