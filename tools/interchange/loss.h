// SPDX-License-Identifier: Apache-2.0
// What an import must warn about (REFI-QDA 1.5 section 7): everything that the file holds and the
// model cannot carry (Lost), and everything that was read but with a doubt (Doubt). One row for
// each element and reason, with a count, in the order of first appearance; never text of a source.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qualog::interchange {

enum class LossKind { Lost, Doubt };

struct Loss {
  LossKind kind;
  std::string element;  // as in the standard: "Vertex", "Set@color"
  std::uint64_t count;
  std::string reason;
};

class LossList {
 public:
  void lost(std::string_view element, std::string_view reason, std::uint64_t count = 1) {
    add(LossKind::Lost, element, reason, count);
  }
  void doubt(std::string_view element, std::string_view reason, std::uint64_t count = 1) {
    add(LossKind::Doubt, element, reason, count);
  }
  void add(LossKind kind, std::string_view element, std::string_view reason, std::uint64_t count);
  // What a file invented itself: past kLossRowsMax of such rows the rest is counted in one.
  void invented(std::string_view element, std::string_view reason);
  std::vector<Loss> take();

 private:
  std::vector<Loss> rows_;
  std::map<std::pair<std::string, std::string>, std::size_t> index_;
  std::size_t invented_ = 0;
};

// A name of an element or attribute that a file invented, fit to be shown: itself if it is a short
// ASCII name, else "(another name)".
std::string shown_name(std::string_view name);

}  // namespace qualog::interchange
