// SPDX-License-Identifier: Apache-2.0
// Random project.qde files: well-formed XML whose elements, names, identities, references, ranges,
// dates and texts are of every kind, good and bad. The same for the same seed.
#pragma once

#include "tests/support/seed.h"

#include <string>
#include <string_view>

namespace qualog::test {

class RandomFile {
 public:
  explicit RandomFile(Rng& rng) : rng_(rng) {}

  std::string xml();

 private:
  // An element with attributes, in random order, and children.
  std::string users();
  std::string codebook();
  std::string codes(int depth);
  std::string sources();
  std::string source();
  std::string media();
  std::string text_parts(const std::string& text);
  std::string selection(const std::string& text);
  std::string area(std::string_view element);
  std::string codings();
  std::string notes();
  std::string links();
  std::string cases();
  std::string variables();
  std::string values();
  std::string sets();
  std::string strange();
  std::string description();
  std::string note_references();

  // `times` parts, up to `most` - 1 of them.
  template <class Part>
  std::string several(std::uint64_t most, Part part) {
    std::string all;
    for (std::uint64_t left = below(rng_, most); left > 0; --left) all += part();
    return all;
  }

  bool one_in(std::uint64_t chances) { return below(rng_, chances) == 0; }
  std::string identity();                   // guid="..." of a new or used identity, or none
  std::string reference(const char* name);  // name="..." of a used identity, or of none
  std::string guid();
  std::string named();
  std::string claims();
  std::string position(const std::string& text);
  std::string distance();
  std::string name();
  std::string text();
  std::string date();

  Rng& rng_;
  std::uint64_t used_ = 1;  // identities so far
};

}  // namespace qualog::test
