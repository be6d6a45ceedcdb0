// SPDX-License-Identifier: Apache-2.0
// golden_write: adds to tests/schema/golden/v1.tsv a line for each action or aside that has none
// yet, or none with all the fields that it has by now. It never changes a line: what was written
// once must be read for ever.
#include "tests/schema/golden.h"

#include <algorithm>
#include <fstream>
#include <iostream>

using namespace qualog::test;

int main() {
  const auto known = read_goldens(kGoldenFile);
  std::ofstream out(kGoldenFile, std::ios::app | std::ios::binary);
  for (const std::string& name : served_names()) {
    const auto made = make_golden(name);
    const bool written = std::any_of(known.begin(), known.end(), [&](const Golden& golden) {
      return golden.name == name && has_fields_of(golden, made);
    });
    if (written) continue;
    out << golden_line(made);
    std::cout << "added " << name << "\n";
  }
  return out.good() ? 0 : 1;
}
